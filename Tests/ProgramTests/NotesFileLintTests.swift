import LectureNotes
import TestSupport
import Testing

/// What `document lint` doubts in a file without errors.
@Suite struct NotesFileLintTests {
  /// Every relation is tried on the example, with what is left and right where they differ.
  @Test func relationsAreTried() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
    scratch.write(text, to: "right.notes")
    scratch.write(
      text.replacing("= ε_j^{ℓ+1} h_k^ℓ", with: "= 2 ε_j^{ℓ+1} h_k^ℓ"), to: "wrong.notes")
    scratch.write(
      text.replacing("  cost quadratic", with: "  cost squared-error").replacing(
        "if quadratic cost", with: "if one output"), to: "cost.notes")
    func run(_ command: String) throws -> Run {
      try reply(to: "document \(command)\n", folder: scratch.path)
    }
    let all = "14 relations tried on its example, all hold"
    #expect(try run("load right.notes").outputLines.last == all)
    let wrong = try run("load wrong.notes")
    #expect(wrong.status == 0)
    #expect(wrong.output.contains("tried on its example: 1 does not hold, (7): verify LABEL shows"))
    let lines = text.lines
    let seventh = try #require(lines.firstIndex { $0.hasPrefix("(7)") }) + 1
    let lint = try run("lint wrong.notes")
    // ∂J/∂θ = ε h, so that the right side is twice the left.
    let row = try #require(lint.output.lines.first { $0.hasPrefix("wrong.notes:\(seventh):1: ") })
    #expect(row.contains("(7) does not hold on the example, at ℓ="))
    let numbers = lint.output.replacing("\n", with: " ").replacing("−", with: "-")
    let left = try #require(numbers.firstMatch(of: /left (\S+), right (\S+)/))
    let (small, large) = (Double(left.1), Double(left.2))
    #expect(try abs(#require(large) - 2 * #require(small)) < 1e-6)
    #expect(lint.outputLines.last == "my-notes: 14 relations, no errors, 1 warning")
    let cost = try run("lint cost.notes")
    #expect(
      cost.output.contains("model's cost is squared-error, Σ (y − a)²; with quadratic it holds"))
  }

  @Test func doubts() throws {
    let scratch = ScratchFolder()
    func lint(_ from: String, _ to: String) throws -> String {
      let text = Library.exampleText
      try #require(text.contains(from))
      scratch.write(text.replacing(from, with: to), to: "x.notes")
      let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
      #expect(run.status == 0, "\(run.error)")
      return run.output.lines.joined(separator: " ")
    }
    #expect(
      try lint("(8) : bias", "(7) : bias").contains("(7) is the label of another relation, in line")
    )
    #expect(!(try lint("(6), matrix :", "(6) :").contains("label of another")))
    #expect(try lint(": bias gradient", ": identity").contains("no relation is the bias gradient"))
    #expect(try lint(": hidden error", ": identity").contains("no relation is the hidden error"))
    #expect(try lint("  data 1 0.5 -> 1\n", "").contains("the example has no data"))
  }

  /// A role that the notes have and no step on their example takes.
  @Test(arguments: [
    ("elementwise at L\n", "elementwise at L+1\n", "(5)", "output error", "there is no layer L+1"),
    (
      "elementwise at L\n", "softmax at L\n", "(5)", "output error",
      "layer 2 is sigmoid, not softmax"
    ),
    (
      "ε_k^L = ", "ε_k^{L+1} = ", "(5)", "output error",
      "its left side is no quantity that a step computes"
    ),
    ("where ℓ < L", "where 2 ≤ ℓ < L", "(6)", "hidden error", "2 ≤ ℓ < L never holds there"),
    (
      "where ℓ < L", "where ℓ ≥ 2\n  where ℓ < L", "(6)", "hidden error",
      "ℓ ≥ 2, ℓ < L never holds there"
    ),
    ("net 2 2 1\n", "net 2 2 1\n  bias none\n", "(1)", "forward", "the network has no bias"),
    (
      "net 2 2 1\n", "net 2 2 1\n  activation 2 softmax\n", "(5)", "output error",
      "layer 2 is softmax, not elementwise"
    ),
  ])
  func uncited(
    _ from: String, _ to: String, _ label: String, _ role: String, _ reason: String
  ) throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText.replacing(from, with: to, maxReplacements: 1)
    scratch.write(text, to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    let line = try #require(text.lines.firstIndex { $0 == "\(label) : \(role)" }) + 1
    let said = run.outputLines.joined(separator: " ")
    let warning =
      "x.notes:\(line):1: \(label) has the role \(role), but stepping the example does not use it: \(reason)"
    #expect(said.contains(warning), "\(said)")
  }

  /// A network without hidden layers asks for no hidden error, one without biases for no gradient.
  @Test func nothingIsMissedThatNoStepAsksFor() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
      .replacing("net 2 2 1\n  θ[0] = [0.5 -0.3; 0.2 0.4]\n  θ[1] = [0.7 -0.6]", with: "net 2 1")
    scratch.write(text, to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    #expect(
      run.outputLines == [
        "11 relations tried on its example, all hold",
        "my-notes: 14 relations, no errors, no warnings",
      ])
  }

  /// A warning stands over its line and a caret, as an error does.
  @Test func warningsAreMarked() throws {
    let scratch = ScratchFolder()
    scratch.write(Library.exampleText.replacing("  1 index :", with: "  2 index :"), to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    #expect(
      run.outputLines == [
        "x.notes:110:1: misprint 1 of (6) is not listed under errata",
        "  (6) : hidden error", "  ^~~", "14 relations tried on its example, all hold",
        "my-notes: 14 relations, no errors, 1 warning",
      ])
  }
}
