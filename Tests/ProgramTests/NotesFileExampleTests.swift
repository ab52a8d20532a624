import LectureNotes
import TestSupport
import Testing

/// The example section of a file of notes: what it may hold, and what is said of a line that fails.
@Suite struct NotesFileExampleTests {
  typealias Wrong = WrongNotes

  @Test(arguments: [
    Wrong(
      "  net 2 2 1\n", "  net notes\n", "net notes runs this very section", mark: "notes",
      "give the sizes, as in: net 2 2 1"),
    Wrong(
      "  net 2 2 1\n", "  document gonzalez\n  net notes\n",
      "an example sets up a network; 'document' does not belong here", mark: "document"),
    Wrong("  net 2 2 1\n", "  nett 2 2 1\n", "no command 'nett'", mark: "nett"),
    Wrong(
      "  net 2 2 1\n", "  # none\n", "no network yet", mark: "θ[0]",
      "type: net 2 3 1, or: net mazur"),
    Wrong(
      "  net 2 2 1\n  θ[0] = [0.5 -0.3; 0.2 0.4]\n  θ[1] = [0.7 -0.6]\n  data 1 0.5 -> 1\n",
      "  rate 0.5\n", "the example sets up no network", mark: "rate 0.5",
      "begin it with: net 2 2 1"),
    Wrong(
      "data 1 0.5 -> 1", "data 1 0.5 2 -> 1", "needs 2 inputs (network 2-2-1), got 3", mark: "2"),
    Wrong("data 1 0.5 -> 1", "data load x.csv", "the example reads no other file", mark: "load"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "θ[1] = [0.7 -0.6; 1 2]", "θ[1] is 1×2; this matrix is 2×2",
      mark: "[0.7 -0.6; 1 2]"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "θ[1] =\n      [0.7 -0.6 1]", "θ[1] is 1×2; this matrix is 1×3",
      mark: "[0.7 -0.6 1]"),
    Wrong("θ[1] = [0.7 -0.6]", "q[1] = [0.7 -0.6]", "these notes have no 'q'", mark: "q"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "init xavier",
      "init xavier needs its seed here, so that the example is always the same", mark: "xavier",
      "as in: init xavier seed 1"),
    Wrong(
      "data 1 0.5 -> 1", "θ[0] + 1",
      "an example sets up a network; an expression does not belong here", mark: "θ[0] + 1"),
  ]) func example(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: ["save x.json", "undo", "quit", "source x.bp", "train 3", "verify all", "set"])
  func commandsThatSetUpNothing(_ line: String) throws {
    let name = line.split(separator: " ")[0]
    try Wrong(
      "data 1 0.5 -> 1", line, "an example sets up a network; '\(name)' does not belong here",
      mark: String(name),
      "it takes assignments, and net, data, init, cost, activation, bias, reduction, direction, rate"
    ).check()
  }

  @Test(arguments: [
    "init uniform -1 1 seed 4", "set rate 0.25", "bias frozen", "activation 1 tanh", "λ = 2",
    "β[0] = 0.5", "y[1] = 0.5", "cost mse  # another",
  ])
  func commandsThatSetUpANetwork(_ line: String) throws {
    let scratch = ScratchFolder()
    scratch.write(
      Library.exampleText.replacing("data 1 0.5 -> 1\n", with: "data 1 0.5 -> 1\n  \(line)\n"),
      to: "x.notes")
    let run = try reply(
      to: "document load x.notes\nnet notes\nstep\n", folder: scratch.path)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Forward, layer 1"))
  }

  @Test func notesWithoutAnExample() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
    let start = try #require(text.range(of: "\nexample\n")).lowerBound
    let end = try #require(text.range(of: "# NUMBER CLASS")).lowerBound
    scratch.write(String(text[..<start] + "\n" + text[end...]), to: "x.notes")
    let run = try reply(
      to: "document load x.notes\nnet 2 3 1\nnet notes\nwhere\n", ["--keep-going"],
      folder: scratch.path)
    #expect(run.errorLines.first == "<stdin>:3:5: error: my-notes has no example")
    #expect(run.output.contains("network 2-3-1") && run.status == 1)
  }

  /// The fault of a line may be the declaration's: it is named.
  @Test(arguments: [
    Wrong(
      "[j][k]\n  Θ", "[k][j]\n  Θ", "θ[1] is 2×1; this matrix is 1×2", mark: "[0.7 -0.6]",
      "as in: θ[1] = [1; 2]; line 47 says how θ is bound"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "Θ[1] = [0.7; -0.6; 1]", "Θ[1] is 1×2; this matrix is 3×1",
      mark: "[0.7; -0.6; 1]",
      "as in: Θ[1] = [1 2]; line 47 says how θ is bound, line 48 how Θ is made of it"),
    Wrong(
      "θ[0] = ", "θ[2] = ", "θ has layers 0 to 1, not 2", mark: "2",
      "line 47 says how θ is bound", skipping: "θ["),
  ]) func declarationsAreNamed(_ wrong: Wrong) throws { try wrong.check() }
}
