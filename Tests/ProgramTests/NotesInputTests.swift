import TestSupport
import Testing

/// Bad input to the commands that speak of the notes: each an error with its place, no trap, nothing
/// changed.
@Suite struct NotesInputTests {
  @Test(arguments: [
    Refused("verify (9)", "(9)", "four-equations has no equation '(9)'", "type: equations all"),
    Refused(
      "equation wieght update", "wieght update", "four-equations has no equation 'wieght update'",
      "did you mean “Weight update”?"),
    Refused(
      "equation", after: "equation", "equation needs a label",
      "as in: equation (1); equations all lists them"),
    Refused(
      "equation (2) at", after: "at", "at needs values of indices",
      "as in: equation (2) at l=1 j=2"),
    Refused("equation (2) at l", "l", "'l' says no value of an index"),
    Refused("equation (2) at l=7", "l=7", "l is 1 alone here, not 7"),
    Refused("equation (4) at l=1 j=1 k=5", "k=5", "k is 1 or 2 here, not 5"),
    Refused("equation (4) at l=x", "l=x", "'x' is not a whole number", "as in: l=1"),
    Refused("equation (4) at q=1", "q=1", "'q' is no index of these notes"),
    Refused(
      "equation (3) at k=1", "k=1", "(3) has no free index k", "its indices are l j"),
    Refused("errata 99", "99", "four-equations has no misprint '99'", "they are 1 to 29"),
    Refused("dictionary 1+1", "1+1", "'1+1' is no quantity and no label of four-equations"),
    Refused(
      "dictionary q", "q", "these notes have no 'q'",
      "their symbols are C W a b w x y z α δ, their functions σ φ"),
    Refused("why foo[1] paths", "foo", "these notes have no 'foo'"),
    Refused("why", after: "why", "why needs a quantity", "as in: why a[2][1]"),
    Refused("why w[2]", "w[2]", "why takes one number"),
    Refused(
      "why alpha paths", "alpha", "paths lead from a weight, a bias, or a value of the pass",
      "as in: why w[1][1,1] paths"),
    Refused("show shapes 2", "2", "unexpected '2'"),
    Refused("printed maybe", "maybe", "printed is on or off"),
    Refused("document lint", after: "lint", "a file name is missing"),
    Refused(
      "document load none.notes", "none.notes", "cannot read 'none.notes': no such file or folder"),
  ]) func commands(_ refused: Refused) throws { try refused.check() }

  @Test(arguments: [
    Refused("print 1/0", "1/0", "this divides by zero"),
    Refused("[1 2 3; 4 5 6] [1; 2]", "[1 2 3; 4 5 6] [1; 2]", "(2×3) · (2×1) do not fit"),
    Refused("[1, [1 2]; 3, 4]", "[1, [1 2]; 3, 4]", "(1×3) above (1×2) do not fit"),
    Refused("sum(k, 1)", "sum(k, 1)", "nothing says what k runs over"),
    Refused("print a[3][1]", "3", "a has layers 0 to 2, not 3"),
    Refused("print a[1][4]", "4", "layer 1 has neurons 1 to 3, no 4"),
    Refused("print { 1 if 1 > 2 }", "{ 1 if 1 > 2 }", "none of the cases applies"),
    Refused("print { 1 }", "}", "a case needs its condition", "as in: { 0 if z ≤ 0 }"),
    Refused("print dq/dw[1][1,1]", "q", "these notes have no 'q'"),
  ]) func expressions(_ refused: Refused) throws { try refused.check() }

  @Test(arguments: [
    Refused(
      "print Σ_{k=1}^{100000000} 1", "Σ_{k=1}^{100000000} 1",
      "this sum has 100000000 terms; the limit is 1000000"),
    Refused(
      "print Σ_{k=1}^{9000} Σ_{j=1}^{9000} 1", "Σ_{k=1}^{9000} Σ_{j=1}^{9000} 1",
      "this needs too many terms (the limit is 5000000 in one evaluation)"),
    Refused(
      "∂/∂w[1][1,1] Σ_{k=1}^{9000} Σ_{j=1}^{9000} 1",
      "∂/∂w[1][1,1] Σ_{k=1}^{9000} Σ_{j=1}^{9000} 1",
      "this needs too many terms (the limit is 5000000 in one evaluation)"),
    Refused(
      "print a[1+1000001][1]", "1000001", "an index is shifted by 1000001; the limit is 1000000"),
    Refused(
      "print a[9223372036854775807][1]", "9223372036854775807",
      "the index 9223372036854775807 is too large"),
    Refused("print ∂/∂w[1][1,1] 1/0", "1/0", "this divides by zero"),
    Refused(
      "print ∂/∂w[1][1,1] w[1][1,1]/(1-1)", "w[1][1,1]", "this divides by zero"),
    Refused("print { 1 + 2 (0/0) if 1 < 2 }", "0/0", "this divides by zero"),
    Refused("print 2 · z[1][1] / 0", "z[1][1] / 0", "this divides by zero"),
    Refused("print a[9]", "9", "a has layers 0 to 2, not 9"),
    Refused("print W[9]", "9", "W has layers 1 to 2, not 9"),
    Refused("print W[0]", "0", "W has layers 1 to 2, not 0"),
    Refused("W[9] = 5", "9", "W has layers 1 to 2, not 9"),
    Refused("b[9] = [1 2]", "9", "b has layers 1 to 2, not 9"),
    Refused("print Σ_j a[9][j]", "a[9][j]", "a has layers 0 to 2, not 9"),
    Refused(
      "print 1 = 1", "=", "print takes an expression, which has no =",
      "an assignment is typed alone: 1 = 1; what should hold, with expect: expect 1 = 1"),
    Refused(
      "p w[1][1,1] = 3", "=", "print takes an expression, which has no =",
      "an assignment is typed alone: w[1][1,1] = 3; what should hold, with expect: expect w[1][1,1] = 3"
    ),
    Refused("net 2 = 3", "=", "net takes no =", "usage: net SIZES | NAME | notes"),
    Refused(
      "print 1 < 2", "<", "unexpected '<'",
      "comparisons stand in conditions, as in: { 0 if z ≤ 0; 1 if z > 0 }"),
    Refused(
      "print 1 ≥ 2", "≥", "unexpected '≥'",
      "comparisons stand in conditions, as in: { 0 if z ≤ 0; 1 if z > 0 }"),
  ]) func limits(_ refused: Refused) throws { try refused.check() }

  @Test(arguments: [
    ("expect log(-1) = log(-1)", "log(−1)", 8), ("expect 1 = log(-1)", "log(−1)", 12),
  ])
  func whatIsNoNumber(_ line: String, _ symbol: String, _ column: Int) throws {
    let run = try reply(to: "net 1 1\n\(line)\n")
    #expect(run.status == 1)
    #expect(
      run.errorLines.first
        == "<stdin>:2:\(column): does not hold: \(symbol) is not a number, so that nothing equals it"
    )
  }

  /// Sums as large as a network of 784 inputs and 500 examples asks for have their value.
  @Test func largeSums() throws {
    let examples = String(repeating: "data 1 1 -> 1\n", count: 500)
    let run = try reply(
      to: "net 2 1\n\(examples)value Σ_{x=1}^{n}Σ_{k=1}^{784}2 Σ_{k=1}^{1000000}1\n",
      timeout: 120)
    #expect(run.outputLines.suffix(2) == ["784000", "1000000"], "\(run.error)")
  }

  @Test(arguments: [
    "verify", "verify all", "why w[1][1,1] paths", "show shapes", "dictionary w[1][1,1]",
  ])
  func beforeANetwork(_ line: String) throws {
    let run = try reply(to: line + "\n")
    #expect(run.status == 1)
    #expect(run.error.contains("no network yet"))
  }

  @Test(arguments: ["equations", "equation (2)", "errata", "errata 8", "errata all", "dictionary"])
  func withoutANetwork(_ line: String) throws {
    let run = try reply(to: line + "\n")
    #expect(run.status == 0, "\(run.error)")
    #expect(!run.output.isEmpty)
  }

  /// A relation that does not hold is reported, the script goes on, and the status is 1.
  @Test func verifyDecidesTheStatus() throws {
    let scratch = ScratchFolder()
    let example = try reply(to: "document example\n")
    scratch.write(example.output, to: "right.notes")
    scratch.write(
      example.output.replacing("Σ_k θ_kj^ℓ ε_k^{ℓ+1}\n  printed", with: "Σ_k θ_kj^ℓ\n  printed"),
      to: "wrong.notes")
    let script = "net notes\nverify all\nvalue 1\n"
    let right = try reply(to: "document load right.notes\n" + script, folder: scratch.path)
    #expect(right.status == 0, "\(right.error)")
    #expect(right.outputLines.last == "1" && right.output.contains("14 relations tried, all hold"))
    let wrong = try reply(to: "document load wrong.notes\n" + script, folder: scratch.path)
    #expect(wrong.status == 1)
    #expect(wrong.outputLines.last == "1")
    #expect(wrong.error.contains("<stdin>:3:1: does not hold: (6)"), "\(wrong.error)")
  }

  /// What is wrong and what to type are in ASCII there; the line stays as it was typed.
  @Test func errorsInASCII() throws {
    let run = try reply(
      to: "set ascii on\nnet 2 2 1\nprint [1 2] · [1 2]\nprint ｂ\n", ["--keep-going"])
    #expect(
      run.errorLines == [
        "<stdin>:3:7: error: (1x2) * (1x2) do not fit", "  print [1 2] · [1 2]",
        "        ^~~~~~~~~~~~~",
        "  entry by entry is (.) (typed or pasted); a transpose is ^T or '",
        "<stdin>:4:7: error: ｂ is a full-width character", "  print ｂ", "        ^",
        "  write b",
      ])
  }

  /// As pasted from a page.
  @Test func aNoBreakBlankIsABlank() throws {
    let run = try reply(to: "net\u{A0}2 2 1\nvalue\u{A0}1 # one\n")
    #expect(run.outputLines.last == "1", "\(run.error)")
  }
}
