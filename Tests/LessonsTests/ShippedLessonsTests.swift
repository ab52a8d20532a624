import Foundation
import IndexNotation
import LectureNotes
import REPL
import TestSupport
import Testing

@testable import Lessons

/// Every lesson that ships: checked, run, and shown to fail when a number of it is wrong.
@Suite struct ShippedLessonsTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("lessons")

  static let names = Shelf.names

  private func lesson(_ name: String) throws -> Lesson {
    try Shelf.lesson(Word(text: name, columns: Columns(0, 1)), path: name)
  }

  private func fresh() throws -> Session { try classroom(after: []) }

  /// The program has the lessons of the folder, all of them, as they are.
  @Test func theFolderIsInsideTheProgram() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: ShippedLessonsTests.folder.path)
      .filter { $0.hasSuffix(".bp") }.sorted()
    #expect(files == ShippedLessonsTests.names.map { "\($0).bp" })
    #expect(files.count >= 16)
    for (index, file) in files.enumerated() {
      let url = ShippedLessonsTests.folder.appendingPathComponent(file)
      let text = try String(contentsOf: url, encoding: .utf8)
      let lesson = try lesson(ShippedLessonsTests.names[index])
      #expect(lesson.lines.map(\.text).joined(separator: "\n") == text, "\(file)")
      #expect(lesson.number == index + 1)
    }
  }

  @Test(arguments: names) func lint(name: String) throws {
    let lint = try Lint(try lesson(name), try fresh())
    #expect(
      lint.problems.isEmpty, "\(lint.problems.map { "\($0.place?.line ?? 0): \($0.message)" })")
    #expect(lint.expectationCount >= 6, "\(lint.expectationCount)")
  }

  /// Piped, with its own answers; with other numbers its questions still stand.
  @Test(arguments: names) func straightThrough(name: String) throws {
    let file = ShippedLessonsTests.folder.appendingPathComponent("\(name).bp").path
    let run = try runBinary(arguments: ["-q", file])
    #expect(run.status == 0, "\(run.error)")
    let count = try #require(Int(run.output.prefix { $0.isNumber }))
    #expect(run.output == "\(count) of \(count) expectations hold\n")
    for seed in ["1", "7", "2026"] {
      let other = try runBinary(arguments: ["--seed", seed, file])
      #expect(other.status == 0, "seed \(seed): \(other.error)")
    }
    let inside = try runBinary(arguments: ["-q", "-e", "lesson start \(name)"])
    #expect(inside.status == 0 && inside.output == run.output, "\(inside.error)")
  }

  // MARK: mutations

  /// A number with its third significant digit changed by one; nil if there is no number.
  static func mutated(_ text: String) -> String? {
    var characters = Array(text)
    let end = characters.firstIndex { "eE".contains($0) } ?? characters.count
    guard characters[..<end].contains(where: { $0.isNumber }),
      characters[..<end].allSatisfy({ $0.isNumber || "+-−.".contains($0) })
    else { return nil }
    var seen = 0
    var hasPoint = false
    for index in 0..<end {
      if characters[index] == "." { hasPoint = true }
      guard let digit = characters[index].wholeNumberValue, seen > 0 || digit > 0 else { continue }
      seen += 1
      guard seen == 3 else { continue }
      characters[index] = Character(String(digit == 9 ? 8 : digit + 1))
      return String(characters)
    }
    // 0.5 has its third digit unwritten; so has 0, which has none.
    let padding =
      (hasPoint ? "" : ".") + String(repeating: "0", count: seen == 0 ? 2 : 2 - seen) + "1"
    return String(characters[..<end]) + padding + String(characters[end...])
  }

  @Test func mutations() {
    for (text, other) in [
      ("0.138499", "0.139499"), ("-0.125", "-0.126"), ("0.5", "0.501"), ("0", "0.001"),
      ("1", "1.01"), ("12", "12.1"), ("1.9e-7", "1.91e-7"), ("0.00877135", "0.00878135"),
      ("0.999955", "0.998955"), ("100", "101"),
    ] { #expect(ShippedLessonsTests.mutated(text) == other, "\(text)") }
    #expect(ShippedLessonsTests.mutated("a[1][1]") == nil)
  }

  /// A line whose expected number is wrong in its third digit; nil if the line expects none.
  private func mutant(of line: Lesson.Line, _ question: Question?) -> String? {
    let code = Interpreter.withoutComment(line.text)
    switch line.kind {
    case .answer:
      let answer = String(code.trimmed.dropFirst("answer".count)).trimmed
      if let number = ShippedLessonsTests.mutated(answer) {
        if case .number? = question?.kind { return "answer \(number)" }
      }
      switch question?.kind {
      case .choice?:
        let wrong = question?.options.firstIndex { !$0.isRight } ?? 0
        return "answer \(question?.mark(wrong) ?? "")"
      case .sign?: return "answer \(answer == "-" ? "+" : "-")"
      case .formula?: return "answer 1 + (\(answer))"
      case .next?:
        return answer.hasPrefix("§") || answer.contains("line") ? "answer cost" : "answer forward 1"
      case .number?: return "answer 1.01 (\(answer))"
      case nil: return nil
      }
    case .expectation:
      guard let equals = code.lastIndex(of: "=") else { return nil }
      let (left, right) = (code[...equals], code[code.index(after: equals)...])
      let words = right.split(separator: " ")
      guard let first = words.first, words.count == 1 || words[1] == "within",
        let number = ShippedLessonsTests.mutated(String(first))
      else { return "\(left) 0.01 + (\(right))" }
      return "\(left) \(([number] + words.dropFirst().map(String.init)).joined(separator: " "))"
    case .blank, .prose, .heading, .ask, .questionPart, .command: return nil
    }
  }

  /// Each expectation and each answer, changed by itself, fails at its line.
  @Test(arguments: names) func everyExpectedNumberMatters(name: String) throws {
    let lesson = try lesson(name)
    var interpreter = Interpreter(try fresh())
    var count = 0
    var sample: (line: Int, text: String)?
    for line in lesson.lines {
      if let mutant = mutant(of: line, interpreter.session.question) {
        count += 1
        if count % 5 == 1 { sample = (line.number, mutant) }
        var other = interpreter
        do throws(CommandError) {
          _ = try other.run(mutant)
          Issue.record("\(name):\(line.number): \(mutant) holds")
        } catch {
          #expect(
            error.kind == .doesNotHold,
            "\(name):\(line.number): \(mutant): \(error.message)")
        }
      }
      _ = try interpreter.run(line.text)
    }
    #expect(count >= 6)
    try runs(lesson, with: try #require(sample))
  }

  /// Through the program: status 1, and the line is named.
  private func runs(_ lesson: Lesson, with mutant: (line: Int, text: String)) throws {
    let scratch = ScratchFolder()
    var texts = lesson.lines.map(\.text)
    texts[mutant.line - 1] = mutant.text
    scratch.write(texts.joined(separator: "\n"), to: "x.bp")
    let run = try runBinary(arguments: ["-q", "x.bp"], folder: scratch.path)
    #expect(run.status == 1)
    #expect(run.error.contains("x.bp:\(mutant.line):"), "\(mutant): \(run.error)")
  }

  // MARK: what is taught

  /// Every numbered equation of every document is met in a lesson, in a row that ends with its
  /// label.
  @Test func everyNumberedEquationIsMet() throws {
    var met: [String: Set<String>] = [:]
    for name in ShippedLessonsTests.names {
      let lesson = try lesson(name)
      var interpreter = Interpreter(try fresh())
      for line in lesson.lines {
        let rows = try interpreter.run(line.text).map(\.text)
        let document = interpreter.session.document
        for label in document.printedLabels
        where rows.contains(where: { ShippedLessonsTests.row($0, cites: label, document.id) }) {
          met[document.id, default: []].insert(label)
        }
      }
    }
    for id in Library.shipped {
      let document = try Session(document: id).document
      let numbered = document.printedLabels.filter { label in
        label.wholeMatch(of: /\([0-9]+[a-z]?\)/) != nil || label.hasPrefix("line ")
          || label.wholeMatch(of: /§3, Theorem [12]/) != nil
      }
      #expect(!numbered.isEmpty)
      let missing = numbered.filter { !(met[id] ?? []).contains($0) }
      #expect(missing.isEmpty, "\(id) has \(numbered.count); not met: \(missing)")
    }
  }

  /// At the right edge, or as the heading of `equation`.
  private static func row(_ row: String, cites label: String, _ id: String) -> Bool {
    if row.hasPrefix("\(id) \(label),") { return true }
    guard !row.hasPrefix("next:") else { return false }
    return row.ranges(of: label).contains { range in
      let before = row[..<range.lowerBound]
      let after = row[range.upperBound...]
      let follows = ["", " †", " also ", "  ", "; ", ", ", " (", " §", " “"].contains {
        $0.isEmpty ? after.isEmpty : after.hasPrefix($0)
      }
      // A label stands by itself: not in a formula or a sentence.
      return follows && before.hasSuffix(" ") && !after.contains("=")
        && !row.hasPrefix("?") && !before.hasSuffix("by ")
    }
  }

  /// Every document has two lessons or more, and what a lesson needs comes before it.
  @Test func everyDocumentHasItsLessons() throws {
    let lessons = try Shelf.lessons()
    for id in Library.shipped {
      #expect(lessons.count { $0.documents.contains(id) } >= 2, "\(id)")
    }
    for lesson in lessons.dropFirst() {
      #expect(!lesson.prerequisites.isEmpty, "\(lesson.name)")
      for name in lesson.prerequisites {
        let before = try self.lesson(name)
        #expect((before.number ?? 99) < (lesson.number ?? 0), "\(lesson.name) needs \(name)")
      }
    }
  }
}
