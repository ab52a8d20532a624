import TestSupport
import Testing

/// A line the program refuses, and what it answers: the message, the stretch of the line that is
/// marked, and what to do.
struct Refused: CustomTestStringConvertible, Sendable {
  let line: String
  let mark: String
  let message: String
  let advice: String?
  /// Which occurrence of the mark, and whether it is the place after the line's last character.
  var isAtEnd = false

  init(_ line: String, _ mark: String, _ message: String, _ advice: String? = nil) {
    (self.line, self.mark, self.message, self.advice) = (line, mark, message, advice)
  }

  /// Something is missing after the last of these characters.
  init(_ line: String, after mark: String, _ message: String, _ advice: String? = nil) {
    self.init(line, mark, message, advice)
    isAtEnd = true
  }

  var testDescription: String { "‘\(line.prefix(40))’" }

  /// Columns of the mark, which stands in the line as its last occurrence.
  var columns: (start: Int, count: Int)? {
    guard let range = line.ranges(of: mark).last else { return nil }
    let start = line.distance(
      from: line.startIndex, to: isAtEnd ? range.upperBound : range.lowerBound)
    return (start, isAtEnd ? 1 : mark.count)
  }
}

extension Refused {
  static let ready = "net 2 3 1\ndata 0.5 1 -> 1\nrate 0.5\n"

  /// What must hold for every refused line: place, line, caret, advice, status, nothing changed.
  func check(after setup: String = ready) throws {
    let scratch = ScratchFolder()
    let look = setup.isEmpty ? "where" : "where\nsave %.json"
    scratch.write(
      [setup, look.replacing("%", with: "a"), line, look.replacing("%", with: "b"), ""]
        .joined(separator: "\n"), to: "x.bp")
    let run = try runBinary(arguments: ["--keep-going", "x.bp"], folder: scratch.path)
    let number = setup.lines.count + 1 + look.lines.count + 1
    let (start, count) = try #require(columns)
    let errors = run.errorLines.filter { !setup.isEmpty || !$0.contains("net mazur") }
    let first = try #require(errors.firstIndex { $0.hasPrefix("x.bp:\(number):") }, "\(run.error)")
    #expect(errors[first] == "x.bp:\(number):\(start + 1): error: \(message)")
    #expect(errors.indices.contains(first + 2), "\(run.error)")
    if line.count < 70 {
      #expect(errors[first + 1] == "  " + line.replacing("\t", with: " "))
      let caret =
        String(repeating: " ", count: start + 2) + "^"
        + String(repeating: "~", count: max(0, count - 1))
      #expect(errors[first + 2] == caret)
    }
    if let advice = advice {
      let said = errors[(first + 3)...].prefix { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }
      #expect(said.joined(separator: " ") == advice)
    }
    #expect(run.ending == .exited(1))
    #expect(!run.output.contains("\u{1b}") && !run.error.contains("\u{1b}"))
    if !setup.isEmpty {
      #expect(try #require(scratch.text("a.json")) == #require(scratch.text("b.json")))
      let places = run.outputLines.filter { $0.contains("▸ forward 1") || $0.contains("moment") }
      #expect(places.count == 4 && places[0] == places[2] && places[1] == places[3])
    }
    let stopped = try runBinary(arguments: ["x.bp"], folder: scratch.path)
    #expect(stopped.status == 1 && (setup.isEmpty || stopped.errorLines.count <= 7))
  }
}
