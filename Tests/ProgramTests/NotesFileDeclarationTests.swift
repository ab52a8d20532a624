import LectureNotes
import TestSupport
import Testing

/// Declarations, settings and headings of a file of notes with one thing wrong.
@Suite struct NotesFileDeclarationTests {
  typealias Wrong = WrongNotes
  private static let wide = String(repeating: "x", count: 101)
  private static let huge = "9223372036854775807"

  @Test(arguments: [
    Wrong(
      "= z[ℓ][j]\n  z", "= z[ℓ][j+\(huge)]\n  z",
      "the number in 'j+\(huge)' is too large; the limit is 1000000", mark: "j+\(huge)"),
    Wrong(
      "= z[ℓ][j]\n  z", "= z[ℓ][j-9223372036854775808]\n  z",
      "the number in 'j-9223372036854775808' is too large; the limit is 1000000",
      mark: "j-9223372036854775808"),
    Wrong(
      "a[0][k]\n", "a[\(huge)][k]\n", "the number in '\(huge)' is too large; the limit is 1000000",
      mark: huge),
    Wrong(
      "size[ℓ]", "size[ℓ+\(huge)]", "the number in 'ℓ+\(huge)' is too large; the limit is 1000000",
      mark: "ℓ+\(huge)"),
    Wrong(
      "= last\n", "= last + \(huge)\n",
      "the number in 'last + \(huge)' is too large; the limit is 1000000", mark: "last + \(huge)"),
    Wrong(
      "= z[ℓ][j]\n  z", "= z[ℓ][j+1+1]\n  z", "'j+1+1' is no index", mark: "j+1+1"),
    Wrong(
      "= a[last][k]", "= 1e999", "'1e999' is not a finite number", mark: "1e999"),
    Wrong(
      "  J = ½ Σ_k (ŷ_k - y_k)^2\n", "  J = Σ_{k=1}^{m+1000001} y_k\n",
      "an index is shifted by 1000001; the limit is 1000000", mark: "1000001"),
  ]) func indices(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: [
    Wrong(
      "document my-notes", "document lint", "document lint is a command; notes need another name",
      mark: "lint"),
    Wrong(
      "document my-notes", "document gonzalez",
      "gonzalez is the name of notes that ship with this program", mark: "gonzalez",
      "begin the file with another: document my-notes"),
    Wrong(
      "document my-notes", "document " + wide,
      "the name of a document has 101 characters; the limit is 100", mark: wide),
    Wrong(
      "title Notes", "title " + String(repeating: "x ", count: 151) + "y",
      "a title has 328 characters; the limit is 300",
      mark: String(repeating: "x ", count: 151) + "y of one's own, an example"),
    Wrong(
      "section 1 Forward", "section " + wide,
      "a section has 101 characters; the limit is 100", mark: wide),
    Wrong(
      "(7) : weight", wide + " : weight",
      "a label has 101 characters; the limit is 100", mark: wide),
    Wrong(
      "(7) : weight", "all : weight",
      "the label all cannot be asked for: verify all and errata all mean every one", mark: "all"),
    Wrong(
      "(7) : weight", "at seven : weight",
      "a label has no word at: after it stand the values of indices", mark: "at seven"),
    Wrong(
      "(7) : weight", "seven at l : weight",
      "a label has no word at: after it stand the values of indices", mark: "seven at l"),
    Wrong(
      "  misprint 1 †", "  alias 2, 2 at l",
      "a label has no word at: after it stand the values of indices",
      mark: "2 at l"),
    Wrong(
      "  where ℓ < L", "  where", "nothing stands after where", mark: "where", "as in: where l ≥ 1"),
    Wrong(
      "  if quadratic cost", "  if ", "nothing stands after if", mark: "if",
      "as in: if quadratic cost"),
    Wrong(
      "  x_k : input", "  exp_k : input",
      "'exp' is a function everywhere; these notes need another name for it", mark: "exp"),
    Wrong(
      "  g : activation", "  max : activation",
      "'max' is a function everywhere; these notes need another name for it", mark: "max"),
    Wrong("  x_k : input", "  x^ : input", "nothing stands after ^", mark: "^"),
    Wrong(
      "  1 index", "  0 index", "'0' is no number of a misprint", mark: "0",
      "they are whole, from 1 to 9999"),
    Wrong("  1 index", "  -1 index", "'-1' is no number of a misprint", mark: "-1"),
    Wrong("  1 index", "  10000 index", "'10000' is no number of a misprint", mark: "10000"),
    Wrong("  1 index", "  1.5 index", "'1.5' is no number of a misprint", mark: "1.5"),
    Wrong("  rate 0.1", "  rate 1e999", "1e999 is too large for a number", mark: "1e999"),
    Wrong("  rate 0.1", "  rate nan", "'nan' is not a number", mark: "nan"),
    Wrong(
      "  rate 0.1", "  rate -1", "the learning rate must be above 0 (got -1)", mark: "-1",
      "to climb instead of descend: direction ascent"),
    Wrong(
      "  rate 0.1", "  rat 0.1", "the model has no setting 'rat'", mark: "rat", "did you mean rate?"
    ),
    Wrong(
      "cost quadratic", "cost logloss", "there is no cost 'logloss'", mark: "logloss",
      "did you mean binary-cross-entropy? the costs are quadratic, squared-error, mse, log-likelihood, binary-cross-entropy, cross-entropy"
    ),
    Wrong(
      "hidden sigmoid", "hidden swish", "there is no activation 'swish'", mark: "swish",
      "the activations are identity, sigmoid, tanh, relu, leaky-relu, softplus, softmax"),
    Wrong(
      "bias per-neuron", "bias per neuron", "there is no bias mode 'per neuron'",
      mark: "per neuron",
      "did you mean per-neuron? the bias modes are per-neuron, shared, frozen, none"),
    Wrong(
      "if quadratic cost", "if binary cross-entropy cost",
      "'binary cross-entropy cost' is no fact about a network", mark: "binary cross-entropy cost",
      "did you mean binary-cross-entropy cost?"),
    Wrong(
      "if elementwise at L", "if logistic at L", "'logistic at L' is no fact about a network",
      mark: "logistic at L", "did you mean sigmoid at L?"),
  ]) func declarations(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: ["=", "+", "→", "@", "\"q\"", "1", "x!", "{x}", "ₐ"])
  func namesThatCannotBeTyped(_ name: String) throws {
    try Wrong(
      "  x_k : input", "  \(name) : input", "'\(name)' cannot be typed as a name", mark: name,
      "a name is of letters, as in: z, net, δ, ŷ"
    ).check()
  }

  /// Nothing is left over, and every bracket closes.
  @Test(arguments: [
    Wrong("h_j^ℓ : act", "h_j^(ℓ : act", "this ( is never closed", mark: "(", "close it with )"),
    Wrong("h_j^ℓ : act", "h_j^ℓ] : act", "unexpected ']'", mark: "]"),
    Wrong("j^ℓ : weighted", "{j^ℓ : weighted", "unexpected '^'", mark: "^"),
    Wrong("_j^ℓ : error", "_{j}xℓ : error", "unexpected 'x'", mark: "x"),
    Wrong(
      "h_j^ℓ : act", "h_j^{ℓ+1} : act",
      "a symbol is declared with plain index letters; 'ℓ+1' is none", mark: "h_j^{ℓ+1}",
      "a shift stands at the right, as in: θ_jk^l : weight = w[l+1][j][k]"),
    Wrong(
      "x_k : input", "x_L : input", "L is a constant; a symbol is declared with index letters",
      mark: "x_L", "relations may write L in its place"),
    Wrong("[j]\n  h^", "junk[j]zzz\n  h^", "unexpected 'j'", mark: "j", "as in: a[l][j]"),
    Wrong("[j]\n  h^", "[j]zzz\n  h^", "unexpected 'z'", mark: "z", "as in: a[l][j]"),
    Wrong("[ℓ][j]\n  z^", "[ℓ[j]\n  z^", "this [ is never closed", mark: "[", "close it with ]"),
    Wrong(
      "y[k]@p", "y[k]@foo bar", "'foo bar' after @ is no letter for examples", mark: "foo bar",
      "write @p"),
    Wrong("y[k]@p", "y[k]@i", "'i' after @ is no letter for examples", mark: "i", "write @p"),
    Wrong("of z_j^ℓ", "of z_j^ℓ foo", "unexpected 'f'", mark: "f", skipping: "of "),
    Wrong("column j of h", "column q of h", "'q' is no declared index", mark: "q"),
    Wrong("n^ℓ : number", "n^{ℓ : number", "this { is never closed", mark: "{"),
  ]) func strictly(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: [
    Wrong(
      "  h^ℓ : act", "  h_k^ℓ : again = z[ℓ][k]\n  h^ℓ : act",
      "h_k^ℓ is declared twice, first in line 43 as h_j^ℓ", mark: "h_k^ℓ"),
    Wrong(
      "  λ : ", "  λ2 : foo\n  λ2 : foo\n  λ : ", "λ2 is declared twice, first in line 55",
      mark: "λ2", skipping: "  λ2 : foo\n"),
    Wrong(
      "  λ : ", "  μ_j : foo = 1 if bias, one output\n  μ_k : foo = 2 if one output, bias\n  λ : ",
      "μ_k is declared twice, first in line 55 as μ_j", mark: "μ_k"),
  ]) func twice(_ wrong: Wrong) throws { try wrong.check() }

  /// Other facts, other words or another number of indices make another symbol.
  @Test(arguments: [
    "μ_j : foo = 1 if bias\n  μ_j : foo = 2 if no bias", "μ_j : foo = 1\n  μ_jk : foo = 2",
    "μ_j : foo = 1\n  μ_out : foo = 2", "μ_j : foo = 1\n  μ_0 : foo = 2",
    "μ^ℓ : foo = column j of ν_j\n  ν_j : foo = 1",
  ]) func notTwice(_ lines: String) throws {
    let scratch = ScratchFolder()
    scratch.write(
      Library.exampleText.replacing("  λ : ", with: "  \(lines)\n  λ : "), to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    #expect(run.status == 0, "\(run.error)")
  }

  /// The caret stands under the very part that is wrong, not under its like.
  @Test(arguments: [
    Wrong(
      "quadratic\n  red", "cos\n  red", "there is no cost 'cos'", mark: "cos"),
    Wrong("0.1\n", "a\n", "'a' is not a number", mark: "a"),
    Wrong(" : neuron", " j : neuron", "the index j is declared twice", mark: "j"),
    Wrong(" : activation of", " g : activation of", "the function g is declared twice", mark: "g"),
    Wrong(
      " quadratic\n  red", " \tquadratic\n  red", "a tab; a document is indented with blanks",
      mark: "\t"),
    Wrong(
      "document my-notes\n", "", "a document begins with: document NAME",
      mark: "title Notes of one's own, an example"),
    Wrong(
      " = last\n", " = lst\n",
      "a constant is last, examples or size[layer], or one of them shifted", mark: "lst",
      "as in: size[l], or: last + 1"),
  ]) func places(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: [
    Wrong(
      "  misprint 1 †", "  misprint 1 † where foo ≥ bar", "'f' is no index of these notes",
      mark: "f", "their indices are i j k p ℓ", skipping: "  misprint 1 † where "),
    Wrong(
      "  misprint 1 †", "  misprint 1 † ≥", "'≥' is no number of a misprint", mark: "≥"),
    Wrong("  misprint 1 †", "  misprint † 1", "† stands after the number of a misprint", mark: "†"),
    Wrong(
      "  misprint 1 †", "  with q banana", "'q' is no index of these notes", mark: "q",
      "their indices are i j k p ℓ"),
    Wrong(
      "  misprint 1 †", "  with k = 1, j", "with gives an index its value", mark: "j",
      "as in: with j = 1"),
    Wrong("  misprint 1 †", "  with k = 1 2", "unexpected '2'", mark: "2"),
    Wrong(
      "  where ℓ < L", "  where 0 ≤ ℓ <", "the expression ends too early", mark: "",
      skipping: "  where 0 ≤ ℓ <"),
    Wrong(
      "  where ℓ < L", "  where 0 ≤ ℓ < L L", "unexpected 'L'", mark: "L",
      skipping: "  where 0 ≤ ℓ < L "),
  ]) func conditions(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: [
    Wrong("  if bias\n", "  if ,\n", "nothing stands at one side of a comma", mark: ","),
    Wrong("  if bias\n", "  alias x,\n", "nothing stands at one side of a comma", mark: "x,"),
    Wrong(
      "if elementwise at ℓ", "if elementwise at q", "'q' is no index of a layer", mark: "q",
      "as in: elementwise at l"),
    Wrong(
      "if elementwise at ℓ", "if elementwise at j", "'j' is no index of a layer", mark: "j",
      "as in: elementwise at l"),
    Wrong(
      "(2) : forward", "(2) latex : forward",
      "a label does not end with latex: equation LABEL latex asks for a form", mark: "latex",
      "another word will do"),
    Wrong(
      "(2) : forward", "#2 : forward", "a label does not begin with #: it begins a comment",
      mark: "#", "as in: (2), or: line 6"),
    Wrong("(2) : forward", "  : forward", "a relation needs its label", mark: ": forward"),
    Wrong(
      "h_j^ℓ = g(z_j^ℓ)", "h_j^ℓ g(z_j^ℓ)",
      "a relation has two sides, with = or ← between them", mark: "h_j^ℓ g(z_j^ℓ)",
      "as in: z_j = Σ_k w_jk a_k"),
    Wrong(
      "a[0][k]\n", "a[-1][k]\n", "'-1' is no index", mark: "-1",
      "as in: a[l-1][k], a[0][i], a[last][k]"),
    Wrong("= a[0][k]\n", "=\n", "nothing stands after =", mark: "="),
  ]) func partsThatAreMissing(_ wrong: Wrong) throws { try wrong.check() }

  /// Right ways to write a line, beside the example's own.
  @Test(arguments: [
    ("= last\n", "= last + 0\n"), ("= last\n", "= last+0\n"), ("= size[ℓ]", "= size[ℓ] + 0"),
    ("where ℓ < L", "where 0 ≤ ℓ < L"), ("where ℓ < L", "where ℓ ≥ 0, ℓ<L"),
    ("\nquantities\n", "\nquantities  \n"), ("cost quadratic\n", "cost quadratic \n"),
    ("θ_jk^ℓ : weight", "θ_{j k}^ℓ : weight"), ("θ_jk^ℓ : weight", "θ_{j,k}^{ℓ} : weight"),
    ("y[k]@p", "y[k] @p"), ("  misprint 1 †", "  misprint 1 † where ℓ+1 = L\n  with k = 1, j=2"),
  ]) func rightLines(_ from: String, _ to: String) throws {
    let scratch = ScratchFolder()
    try #require(Library.exampleText.contains(from))
    scratch.write(Library.exampleText.replacing(from, with: to, maxReplacements: 1), to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    #expect(
      run.outputLines.last == "my-notes: 14 relations, no errors, no warnings", "\(run.error)")
  }
}
