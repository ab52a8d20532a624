import LectureNotes
import TestSupport
import Testing

/// The example file of notes with one thing wrong: `document load` refuses it, `document lint` lists
/// the error, both where the file has it.
struct WrongNotes: CustomTestStringConvertible, Sendable {
  var from: String
  var to: String
  var message: String
  /// The text that is marked; empty for the place after the last character.
  var mark: String
  /// What stands before the mark in the new text, where it is not the first of its like.
  var skipped: String
  var advice: String?

  init(
    _ from: String, _ to: String, _ message: String, mark: String, _ advice: String? = nil,
    skipping skipped: String = ""
  ) {
    (self.from, self.to, self.message, self.mark) = (from, to, message, mark)
    (self.advice, self.skipped) = (advice, skipped)
  }

  var testDescription: String { String(to.prefix(60)).debugDescription }

  /// The example file with the one thing wrong.
  func text() throws -> String {
    let whole = Library.exampleText
    try #require(whole.contains(from))
    return whole.replacing(from, with: to, maxReplacements: 1)
  }

  func check() throws {
    let scratch = ScratchFolder()
    let text = try text()
    scratch.write(text, to: "x.notes")
    let place = try #require(Library.exampleText.range(of: from)).lowerBound
    let before = Library.exampleText[..<place].count
    let changed = text.index(text.startIndex, offsetBy: before + skipped.count)
    let start = mark.isEmpty ? changed : try #require(text[changed...].range(of: mark)).lowerBound
    let line = text[..<start].count { $0.isNewline } + 1
    let source = text.split(separator: "\n", omittingEmptySubsequences: false)[line - 1]
    let lineStart = text[..<start].lastIndex { $0.isNewline }.map { text.index(after: $0) }
    let column = text.distance(from: lineStart ?? text.startIndex, to: start) + 1
    for command in ["load", "lint"] {
      let run = try reply(
        to: "document \(command) x.notes\nwhere\n", ["--keep-going"], folder: scratch.path)
      #expect(run.ending == .exited(1))
      let errors = run.errorLines
      let first = try #require(errors.first)
      #expect(first == "x.notes:\(line):\(column): error: \(message)")
      try #require(errors.count > 2)
      let caret = errors[2].trimmed.count
      let isCut = errors[1].count < source.count + 2
      let reachesTheCut = isCut && errors[2].count >= errors[1].count
      #expect(caret == max(1, mark.count) || reachesTheCut, "\(run.error)")
      if let advice {
        let said = errors.dropFirst(3).prefix { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }
        #expect(said.joined(separator: " ") == advice)
      }
      #expect(!run.error.contains("\u{1B}") && !run.output.contains("\u{1B}"))
      #expect(!run.output.contains("my-notes: z weighted"))
    }
  }
}
