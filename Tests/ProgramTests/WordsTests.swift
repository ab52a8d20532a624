import TestSupport
import Testing

/// Words and letters that the notes do not have: each message names the whole word, its place, and
/// what to write.
@Suite struct WordsTests {
  private static let listed =
    "their symbols are C W a b w x y z α δ, their functions σ φ"

  @Test(arguments: [
    Refused("print everything", "everything", "these notes have no 'everything'", listed),
    Refused("dictionary softmax", "softmax", "these notes have no 'softmax'", listed),
    Refused("print aq + 1", "aq", "these notes have no 'aq'", listed),
    Refused(
      "why a[2][1] example 1", "example", "these notes have no 'example'",
      "example is a command, not a symbol; for one example's value write @, as in: a[2][1] @1"),
    Refused(
      "print history", "history", "these notes have no 'history'", listed),
    Refused(
      "print alpa", "alpa", "these notes have no 'alpa'", "did you mean alpha?"),
    Refused("print help", "help", "these notes have no 'help'", "help is a command, not a symbol"),
    Refused(
      "print eta", "eta", "these notes have no 'eta'",
      "four-equations writes the learning rate α"),
    Refused("dE/dw[1][1,1]", "E", "these notes have no 'E'", "four-equations writes the cost C"),
    Refused(
      "dC/ds[1][1]", "s", "these notes have no 's'",
      "four-equations writes the weighted input z"),
    Refused(
      "equation dE/dw", "dE/dw", "four-equations has no equation 'dE/dw'",
      "four-equations writes the cost C"),
    Refused(
      "equation zebra", "zebra", "four-equations has no equation 'zebra'",
      "type: equations all"),
    Refused(
      "equations zebra crossing", "zebra crossing",
      "four-equations has no equation 'zebra crossing'", "type: equations all"),
  ]) func unknownWords(_ refused: Refused) throws { try refused.check() }

  @Test(arguments: [
    Refused(
      "W1 = [1 2; 3 4; 5 6]", "W1", "'W1' is no symbol of four-equations",
      "write W[1] = …, or W^1 as the notes have it"),
    Refused(
      "W(2) = [1 2 3]", "W(2)", "'W(2)' is no symbol of four-equations",
      "write W[2] = …, or W^2 as the notes have it"),
    Refused(
      "b(1) = 0.1", "b(1)", "'b(1)' is no symbol of four-equations",
      "write b[1] = …, or b^1 as the notes have it"),
    Refused(
      "W_2 = [1 2 3]", "W_2", "W takes 2 indices after its layer",
      "write W[2] = …, or W^2 as the notes have it"),
    Refused(
      "w11 = 0.1", "w11", "'w11' is no symbol of four-equations",
      "write w[1][1,1] = …, the layer first"),
    Refused("set alpha 0.1", "alpha", "there is no setting 'alpha'", "type: alpha = 0.1"),
    Refused(
      "set eta 0.1", "eta", "there is no setting 'eta'",
      "four-equations writes the learning rate α"),
    Refused("set alpha = 0.1", "=", "set takes no =", "type: alpha = 0.1"),
    Refused("set rate = 0.1", "=", "set takes no =", "type: rate 0.1"),
    Refused("rate = 0.1", "rate", "rate is a setting, and takes no =", "type: rate 0.1"),
    Refused(
      #"\frac{1}{2}"#, #"\frac"#, #"\frac is not read here"#,
      "write a quotient with a stroke: (a)/(b)"),
    Refused(
      #"print \foo"#, #"\foo"#, #"\foo is not read here"#,
      "write the letter itself, as δ or delta, Σ or sum"),
    Refused(
      "goto backward 1", "backward 1", "'backward 1' is no number of a moment",
      "the moments are 1 to 3; show history lists them; to go on to it: until backward 1"),
    Refused(
      "back to forward 2", "to forward 2", "'to forward 2' is no number of computations",
      "back 2 goes two computations back; goto N goes to moment N of show history"),
  ]) func otherSpellings(_ refused: Refused) throws { try refused.check() }

  private static let softmax = "document softmax-matrix\nnet notes\n"

  @Test(arguments: [
    Refused(
      "W1 = [1 2; 3 4]", "W1", "'W1' is no symbol of softmax-matrix",
      "write W[1] = …, or W^(1) as the notes have it"),
    Refused(
      "why dE/dW[1][1,2]", "dE/dW[1][1,2]", "W has no value of its own",
      "its entries are written w: w[1][1,2]"),
    Refused(
      "equation dC/dw", "dC/dw", "softmax-matrix has no equation 'dC/dw'",
      "softmax-matrix writes the loss of one example e, of all E"),
    Refused("set eta 0.1", "eta", "there is no setting 'eta'", "type: eta = 0.1"),
  ]) func inOtherNotes(_ refused: Refused) throws { try refused.check(after: WordsTests.softmax) }

  @Test func lettersAndTheirLines() throws {
    let run = try reply(
      to: WordsTests.softmax
        + "run\nvalue Δ[1]\nvalue Δ̲[1]\nvalue Delta[1]\nvalue X[1]\nvalue X̲[1]\n",
      ["-q"])
    #expect(run.status == 0 && run.error.isEmpty)
    let lines = run.outputLines
    #expect(lines.count == 20)
    #expect(lines[0..<4] == lines[4..<8] && lines[0..<4] == lines[8..<12])
    #expect(lines[12..<16] == lines[16..<20])
  }

  @Test func absencesOfOnesOwnNotes() throws {
    let scratch = ScratchFolder()
    scratch.write(try reply(to: "document example\n").output, to: "my.notes")
    let setup = "document load my.notes\nnet notes\nrun\n"
    for (line, advice) in [
      ("delta[1]", "my-notes writes the error ε (typed epsilon)"),
      ("δ[1]", "my-notes writes the error ε (typed epsilon)"),
      ("dC/dw[1][1,1]", "my-notes writes the cost J; my-notes writes the weights θ (typed theta)"),
    ] {
      let run = try reply(to: setup + line + "\n", folder: scratch.path)
      #expect(run.status == 1)
      #expect(run.errorLines.last == "  " + advice)
    }
    let run = try reply(to: setup + "show\n", folder: scratch.path)
    #expect(!run.output.contains("made up for this program"))
    #expect(run.output.contains("∂J/∂θ") && !run.output.contains("∂J/∂w"))
  }

  /// The advice fits the network on screen.
  @Test(arguments: [
    ("net 2 2 2", "type: data 1 0.5 -> 1 0"), ("net 3 1", "type: data 1 0.5 1 -> 1"),
  ]) func adviceBeforeData(_ net: String, _ advice: String) throws {
    for line in ["step", "a[1][1] @1", "value C", "equation (2) at l=1", "x[1] = 3", "verify"] {
      let run = try reply(to: "\(net)\n\(line)\n")
      #expect(run.status == 1)
      #expect(run.errorLines.last == "  " + advice, "\(line): \(run.error)")
    }
  }

  @Test func placesNeedANetwork() throws {
    for line in ["equation (2) at l=99", "equation (2) latex at l=99"] {
      let run = try reply(to: line + "\n")
      #expect(run.status == 1 && run.output.isEmpty)
      #expect(run.errorLines.first?.hasSuffix("error: no network yet") == true)
    }
    let run = try reply(to: "document softmax-matrix\nnet notes\nequation title of §1.0.1 at l=1\n")
    #expect(run.status == 1 && run.error.contains("states nothing to evaluate"))
  }

  @Test func latexLettersAreRead() throws {
    for (latex, plain) in [
      (#"\delta_2^{(1)}"#, "delta[1][2]"), (#"\partial C/\partial w[1][1,1]"#, "dC/dw[1][1,1]"),
      (#"\sum_k w^2_1k a^1_k"#, "sum(k, w[2][1,k] a[1][k])"), (#"2\cdot\alpha"#, "2 alpha"),
    ] {
      let run = try reply(to: mazur + "run\nexpect \(latex) = 1 * (\(plain))\n", ["-q"])
      #expect(run.status == 0, "\(run.error)")
      #expect(run.outputLines.last == "1 of 1 expectations hold")
    }
  }

  @Test func nestedPowers() throws {
    let run = try reply(
      to:
        "net 1 1\nprint 2^2^2^2^2\nprint (((2²)²)²)²\nprint 2^{2^2}\nprint 2^{1+1}\nascii on\n2^2^2\n"
    )
    #expect(
      run.outputLines.filter { $0.contains("2 =") || $0.hasPrefix("  ") } == [
        "  (((2²)²)²)² = 65536.0", "  (((2²)²)²)² = 65536.0",
        "  2^{2^2}", "  = 2^(2²)", "  = 16.0000", "  2^{1 + 1}", "  = 2^(1 + 1)", "  = 4.00000",
        "  (2^2)^2 = 16.0000",
      ], "\(run.output)")
  }
}
