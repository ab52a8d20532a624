import LectureNotes
import REPL
import Testing

/// `show` follows the letters of the notes before the words of the program.
@Suite struct ShowTests {
  private func head(_ document: String, _ line: String) throws -> [String] {
    let answer = try session(document, after: "net notes", "run").answer(line)
    return try #require(answer.first).split(separator: " ").map(String.init)
  }

  @Test(arguments: [
    ("gonzalez", "a"), ("gonzalez", "z"), ("zero-indexed", "a"), ("zero-indexed", "o"),
    ("four-equations", "z"), ("four-equations", "a"), ("softmax-matrix", "s"),
    ("softmax-matrix", "x"), ("general-case", "z"), ("gonzalez", "δ"), ("gonzalez", "delta"),
  ])
  func aLetterShowsItself(document: String, letter: String) throws {
    let shown = letter == "delta" ? "δ" : letter
    #expect(try head(document, "show \(letter)").last == shown)
  }

  @Test(arguments: Library.shipped) func wordsMeanTheSameEverywhere(id: String) throws {
    let session = try session(id, after: "net notes", "run")
    let layers = try session.answer("show activations").dropFirst().map { $0.prefix(3) }
    #expect(layers.first == "  0")
    #expect(try session.answer("show weighted inputs").dropFirst().first?.hasPrefix("  1") == true)
    #expect(try session.answer("show weights") == session.answer("show w"))
    #expect(try session.answer("show errors") == session.answer("show delta"))
  }

  /// Weights, vectors and matrices have letters too.
  @Test func otherLetters() throws {
    let gonzalez = try session("gonzalez", after: "net notes")
    #expect(try gonzalez.answer("show v") == gonzalez.answer("show w"))
    #expect(try gonzalez.answer("show b") == ["this network has no biases"])
    let four = try session(after: "net notes")
    #expect(try four.answer("show W") == four.answer("show w"))
    #expect(try four.answer("show y") == four.answer("show data"))
  }
}
