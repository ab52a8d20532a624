import TestSupport
import Testing

@Suite struct BadInputTests {
  // MARK: words and numbers, rows 1 to 47

  @Test(arguments: [
    Refused("forwrd", "forwrd", "no command 'forwrd'", "did you mean 'forward'?"),
    Refused(
      "re", "re", "'re' could be: reinit, reduction, restart, redo, review", "type more letters"),
    Refused("xyzzy", "xyzzy", "no command 'xyzzy'", "type help for the list"),
    Refused(
      "fоrward", "о", "'\\u{43E}' is a Cyrillic letter that only looks like one of ours",
      "write the Latin one"),
    Refused("quit now please", "now", "unexpected 'now'", "usage: quit [STATUS]"),
    Refused("quit 1 please", "please", "unexpected 'please'", "usage: quit [STATUS]"),
    Refused("run it", "it", "unexpected 'it'", "usage: run"),
  ]) func rows1to6and41and44(_ refused: Refused) throws { try refused.check() }

  @Test func blankLinesAndCommentsDoNothing() throws {
    let run = try reply(to: "\n   # comment\n\t\n# forwrd\n")
    #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
  }

  @Test func commandsIgnoreCase() throws {
    let run = try reply(to: Refused.ready + "FORWARD\nvalue C\n", ["-q"])
    #expect(run.status == 0 && run.outputLines.count == 1)
  }

  @Test(arguments: [
    Refused(
      "data 1 -> 1", after: "data 1", "needs 2 inputs (network 2-3-1), got 1",
      "as in: data 1 0.5 -> 1"),
    Refused("data 1 2 3 -> 1", "3", "needs 2 inputs (network 2-3-1), got 3"),
    Refused("data 1 2", after: "2", "the targets are missing", "as in: data 1 0.5 -> 1"),
    Refused(
      "data 1 2 ->", after: "->", "needs 1 target (network 2-3-1), got 0", "as in: data 1 0.5 -> 1"),
    Refused("data 1 2 -> 1 0", "0", "needs 1 target (network 2-3-1), got 2"),
    Refused(
      "data 1,5 2 -> 1", "1,5", "'1,5' is not a number",
      "write 1.5 (a point), or 1 5 (two numbers)"),
    Refused(
      "data 1e400 0 -> 1", "1e400", "1e400 is too large for a double (the limit is 1.8e308)"),
    Refused("data nan 0 -> 1", "nan", "nan is not allowed as input", "write a finite number"),
    Refused("data 0 -inf -> 1", "-inf", "-inf is not allowed as input", "write a finite number"),
    Refused("data ½ ٣ -> 1", "½", "'½' is not a number (digits 0–9 and .)"),
    Refused("data 0 ٣ -> 1", "٣", "'٣' is not a number (digits 0–9 and .)"),
    Refused("data 0x10 0 -> 1", "0x10", "'0x10' is not a number (digits 0–9 and .)"),
    Refused("data 0 1_000 -> 1", "1_000", "'1_000' is not a number (digits 0–9 and .)"),
    Refused(
      "w[1][1,1] = 1e400", "1e400", "1e400 is too large for a double (the limit is 1.8e308)"),
    Refused("w[1][1,1] = 1/0", "1/0", "this divides by zero"),
    Refused("w[1][1,1] = 2^5000", "w[1][1,1]", "the value is inf, not a finite number"),
  ]) func rows7to14(_ refused: Refused) throws { try refused.check() }

  @Test func tooSmallIsZero() throws {
    let run = try reply(to: "net 1 1\ndata 1e-400 -> 1\nvalue a[0][1]\n", ["-q"])
    #expect(run.output == "0\n" && run.status == 0)
  }

  private static let counted = "needs a count from 1 to 10000000"

  @Test(arguments: [
    Refused("step 0", "0", counted, "back goes backwards"),
    Refused("step -1", "-1", counted, "back goes backwards"),
    Refused(
      "step 99999999999999999999", "99999999999999999999",
      "99999999999999999999 is too large a count (the limit is 10000000)", "back goes backwards"),
    Refused("step 1.5", "1.5", "'1.5' is not a whole number", "back goes backwards"),
    Refused(
      "step two", "two", "step needs a whole number, or layer, neuron, pass, all",
      "as in: step 3, or: step neuron"),
    Refused(
      "train 9223372036854775807", "9223372036854775807",
      "9223372036854775807 is too large a count (the limit is 10000000)"),
    Refused("train 0", "0", counted),
    Refused(
      "train 5 weeks", "weeks", "'weeks' is no unit of training",
      "as in: train 100 epochs, or: train 100 steps"),
    Refused(
      "set rate -0.1", "-0.1", "the learning rate must be above 0 (got −0.1)",
      "to climb instead of descend: direction ascent"),
    Refused(
      "α = -0.1", "-0.1", "the learning rate must be above 0 (got −0.1)",
      "to climb instead of descend: direction ascent"),
    Refused("init xavier seed 1e3", "1e3", "the seed needs a whole number from 0"),
    Refused("goto 99", "99", "the moments are 1 to 3"),
    Refused(
      "back 3", "3", "nothing was computed before this",
      "undo takes back the last line; goto N goes to any moment"),
    Refused("example 2", "2", "the examples are 1 to 1"),
    Refused("digits 1e9", "1e9", "'1e9' is not a whole number"),
    Refused("digits 18", "18", "18 is too large a count (the limit is 17)"),
    Refused("width 10", "10", "width needs a number from 40 to 1000"),
    Refused("quit 126", "126", "126 is too large a count (the limit is 125)", "as in: quit 2"),
  ]) func rows15to21(_ refused: Refused) throws { try refused.check() }

  @Test func rateOfZeroWarns() throws {
    let run = try reply(to: "rate 0\n")
    #expect(run.status == 0)
    #expect(run.outputLines == ["α = 0", "with rate 0 an update changes nothing"])
  }

  @Test(arguments: [
    Refused("a[9][1]", "9", "a has layers 0 to 2, not 9"),
    Refused("z[0]", "0", "z has layers 1 to 2, not 0"),
    Refused(
      "print delta[2][1]", "delta[2][1]",
      "δ₁² is not known yet: it comes in backward 2, after the cost",
      "type: until backward 1, or: run"),
    Refused(
      "print dC/dw[1]", "dC/dw[1]",
      "∂C/∂w¹ is not known yet: it comes in backward 1, after the cost",
      "type: until update, or: run"),
    Refused(
      "print 2 ∂C/∂w[1][1,1]", "∂C/∂w[1][1,1]",
      "∂C/∂w₁₁¹ is not known yet: it comes in backward 1, after the cost",
      "type: until update, or: run"),
    Refused(
      "backward", "backward", "nothing to go back from: the cost is not known yet", "type: forward"),
    Refused(
      "update", "update", "no gradient to follow yet: next is forward 1", "type: run, then: update"),
    Refused(
      "z[1][1] = 3", "z[1][1]", "z₁¹ is computed, not set",
      "set weights, biases, inputs, targets or α"),
  ]) func rows22to26(_ refused: Refused) throws { try refused.check() }

  /// Row 22 asks for the index itself: what it may be, what it was, the caret under it.
  @Test(arguments: [("print w[2][1,9]", "9"), ("print w[2][2,1]", "2,"), ("a[1][7]", "7")])
  func theIndexItself(_ line: String, _ index: String) throws {
    let run = try reply(to: Refused.ready + line + "\n")
    #expect(run.status == 1)
    let column = try #require(line.ranges(of: index).last).lowerBound.utf16Offset(in: line) + 1
    let reached = run.error.hasPrefix("<stdin>:4:\(column): ")
    let named = run.errorLines[0].contains(String(index.prefix(1)))
    #expect(reached && named, "\(run.error)")
  }

  /// Not 0.45 for every weight.
  @Test(arguments: [
    Refused(
      "w[2] = 0.15 3", "3", "two numbers side by side",
      "a vector has brackets, as in: [1 2], or [1/2, 3]; a product of numbers needs *"),
    Refused(
      "w[2][1] = 3", "w[2][1]", "w takes 2 indices after its layer", "write w[2][1,1]"),
    Refused("net 2-3-1", "2-3-1", "'2-3-1' is not a whole number", "as in: net 2 3 1"),
    Refused("exit", "exit", "no command 'exit'", "type quit, or Ctrl-D"),
    Refused(
      "init normal 1e308 seed 1", "init", "a weight would not be finite",
      "draw from a smaller range"),
  ]) func whatIsLikelyMeantOtherwise(_ refused: Refused) throws { try refused.check() }

  /// The gradient is (1·10¹⁰⁰ − 0)·10¹⁰⁰; times the rate 10¹⁵⁰ no Double holds it.
  @Test func updateStaysFinite() throws {
    let setup =
      "net 1 1\nactivation 1 identity\nw[1][1,1] = 1\ndata 1e100 -> 0\nrate 1e150\nstep 3\n"
    let run = try reply(to: setup + "update\nvalue w[1][1,1]\nwhere\n", ["--keep-going"])
    #expect(run.status == 1)
    #expect(
      run.errorLines[0] == "<stdin>:7:1: error: a weight would not be finite after this update")
    #expect(run.outputLines.contains("1"))
    #expect(run.output.contains("▸ update"), "\(run.output)")
  }

  @Test(arguments: ["dC/dw[2][1,1]", "∂C/∂w[2][1,1]", "∂C/∂w₁₁²", "dC/dw^2_11"])
  func bothSpellings(_ derivative: String) throws {
    let script = Refused.ready + "run\nvalue \(derivative)\nprint \(derivative)\n"
    let run = try reply(to: script)
    #expect(run.status == 0, "\(run.error)")
  }

  @Test(arguments: ["run", "step", "w[1][1,1] = 2", "print a[1]", "save x", "data 1 -> 1", "back"])
  func row27(_ line: String) throws {
    let run = try reply(to: line + "\n")
    #expect(run.status == 1)
    #expect(run.errorLines[0].hasSuffix("error: no network yet"))
    #expect(run.errorLines.last == "  type: net 2 3 1, or: net mazur")
  }

  @Test(arguments: [
    Refused("net 2 0 1", "0", "layer 1 has 0 neurons; at least 1"),
    Refused(
      "net 5", after: "5", "needs at least 2 layers, the inputs and the outputs",
      "as in: net 2 3 1"),
    Refused(
      "net 100000000 100000000", "100000000 100000000",
      "10000000100000000 weights and biases; the limit is 1000000"),
    Refused(
      "net 3000000000 3000000000 3000000000", "3000000000 3000000000 3000000000",
      "18000000006000000000 weights and biases; the limit is 1000000"),
    Refused(
      "net 9223372036854775807 1", "9223372036854775807 1",
      "9223372036854775808 weights and biases; the limit is 1000000"),
    Refused(
      "net 99999999999999999999 1", "99999999999999999999",
      "99999999999999999999 is too large a count (the limit is 9223372036854775807)"),
    Refused("net 2 -1", "-1", "needs a count of 1 or more"),
    Refused("net 2:tanh 3 1", "tanh", "the inputs have no activation"),
    Refused(
      "net 2 3:sigmod 1", "sigmod", "there is no activation called 'sigmod'",
      "did you mean 'sigmoid'? activations: identity, sigmoid, tanh, relu, leaky-relu, softplus, softmax"
    ),
    Refused("net mazzur", "mazzur", "there is no network 'mazzur'", "did you mean mazur?"),
  ]) func rows28to32(_ refused: Refused) throws { try refused.check() }

  @Test func row33() throws {
    let run = try reply(to: "net" + String(repeating: " 1", count: 10_000) + "\n")
    #expect(run.status == 1)
    #expect(run.errorLines[0] == "<stdin>:1:5: error: at most 256 layers (got 10000)")
    #expect(run.errorLines.allSatisfy { $0.count <= 80 })
  }

  @Test func hugeLogitsStayFinite() throws {
    let run = try reply(
      to: """
        net 1 2:softmax
        W[1] = [1e300; 1e300]
        data 1 -> 1 0
        run
        value a[1]
        net 1 1
        W[1] = -1e6
        data 1 -> 0
        run
        value a[1][1]

        """, ["-q"])
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
    #expect(run.outputLines == ["0.5", "0.5", "0"])
  }

  @Test func logOfZeroIsNamed() throws {
    let run = try reply(
      to: "net 1 1:identity\ncost binary-cross-entropy\ndata 1 -> 1\nw[1][1,1] = -1\nforward\n",
      ["-q"])
    #expect(run.status == 1)
    #expect(run.errorLines[0].contains("log of −1.00000 at output 1, example 1"), "\(run.error)")
    let infinite = try reply(
      to:
        "net 1 1\ncost cross-entropy\ndata 1 -> 1\nw[1][1,1] = -1e6\nrun\nvalue C\nvalue dC/dw[1][1,1]\n",
      ["-q"])
    #expect(infinite.status == 0, "\(infinite.error)")
    #expect(infinite.outputLines.last == "-1", "the fused gradient stays finite")
  }

  @Test func divergingTrainingKeepsTheLastGoodWeights() throws {
    let run = try reply(
      to: """
        net 1 1:identity
        cost quadratic
        direction descent
        w[1][1,1] = 1
        data 10 -> 0
        rate 1e30
        train 1000
        value w[1][1,1]
        train 1
        value w[1][1,1]
        undo
        undo
        value w[1][1,1]

        """)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("stopped after step "), "\(run.output)")
    let values = run.outputLines.compactMap(Double.init)
    #expect(values.count == 3 && values.allSatisfy(\.isFinite) && values[0] == values[1])
    #expect(values.last == 1)
  }

  @Test(arguments: [
    Refused("print (1", "(", "this ( is never closed", "close it with )"),
    Refused("print [1 2", "[", "this [ is never closed", "close it with ]"),
    Refused("save \"abc", "\"", "this \" is never closed", "close it with \""),
    Refused("print “x”", "“", "“ is a quotation mark for prose", "write \""),
    Refused("print –1", "–", "– (U+2013, en dash) is not a minus sign", "write -"),
    Refused("data –1 0 -> 1", "–", "– (U+2013, en dash) is not a minus sign", "write -"),
    Refused("w[1][1,1] = –1", "–", "– (U+2013, en dash) is not a minus sign", "write -"),
    Refused("step １", "１", "１ is a full-width character", "write 1"),
    Refused("print １", "１", "１ is a full-width character", "write 1"),
    Refused("\tprint\t–1", "–", "– (U+2013, en dash) is not a minus sign", "write -"),
    Refused("print a[1][1] + 日本", "日本", "these notes have no '日本'"),
  ]) func rows38and45to47and56(_ refused: Refused) throws { try refused.check() }

  @Test(arguments: [
    "(", "[", "sigma(", "-", "a[", "{", "^{", "1^", "abs(", "∂", "|", "‖", "Σ_k ", "1+", "1/", "1 ",
    "w_", "@1", "1⊙", "∇_",
  ]) func row39(_ piece: String) throws {
    let count = 60_000 / piece.utf8.count
    for tail in ["", "1"] {
      let text = String(repeating: piece, count: count) + tail
      let run = try reply(
        to: "net 1 1\nprint " + text + "\nw[1][1,1] = \(text)\n", ["--keep-going"], timeout: 20)
      #expect(run.endedByItself, "\(run.ending)")
      #expect(run.errorLines.allSatisfy { $0.count <= 80 })
    }
  }

  @Test(arguments: ["^2", "'", "ᵀ", "²"])
  func longTailsOfAFactor(_ piece: String) throws {
    let text = "1" + String(repeating: piece, count: 60_000 / piece.utf8.count)
    let run = try reply(to: "net 1 1\nprint " + text + "\n")
    #expect(run.endedByItself, "\(run.ending)")
  }

  @Test func row40() throws {
    let run = try reply(to: "where\n" + String(repeating: "x", count: 1 << 20) + "\n")
    #expect(
      run.errorLines.contains(
        "<stdin>:2:1: error: line 2 is 1048576 bytes long (the limit is 65536)")
        || run.errorLines[0].contains("no network"), "\(run.error)")
    let alone = try reply(to: "help\n" + String(repeating: "x", count: 1 << 20) + "\n", ["-q"])
    #expect(
      alone.error == "<stdin>:2:1: error: line 2 is 1048576 bytes long (the limit is 65536)\n")
    #expect(alone.status == 1)
  }
}
