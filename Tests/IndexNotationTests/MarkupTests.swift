import IndexNotation
import LectureNotes
import Testing

@Suite struct MarkupTests {
  /// Every formula of a document, corrected and printed.
  private func relations(_ document: Document) throws -> [(label: String, relation: Relation)] {
    var found: [(String, Relation)] = []
    for index in document.equations.indices {
      let label = document.equations[index].label
      if !document.equations[index].formula.isEmpty {
        found.append((label, try document.relation(index)))
      }
      if let printed = try document.printedRelation(index) {
        found.append((label + " as printed", printed))
      }
    }
    return found
  }

  @Test(arguments: Library.shipped) func latexIsBalanced(id: String) throws {
    let document = try Library().document(id)
    let latex = LaTeX(styles: document.styles)
    for (label, relation) in try relations(document) {
      let text = latex.relation(relation)
      #expect(isBalanced(text), "\(id) \(label): \(text)")
      #expect(text.utf8.count == text.count, "\(id) \(label): \(text)")
      #expect(!text.contains("  ") && !text.contains("{ "), "\(id) \(label): \(text)")
    }
  }

  /// Braces nest, \left has its \right, and \begin its \end.
  private func isBalanced(_ text: String) -> Bool {
    var open: [String] = []
    var rest = Substring(text)
    func close(_ name: String) -> Bool { open.popLast() == name }
    while let character = rest.first {
      if character == "\\" {
        let word = rest.dropFirst().prefix { $0.isLetter }
        let command = word.isEmpty ? String(rest.dropFirst().prefix(1)) : String(word)
        rest = rest.dropFirst(1 + command.count)
        switch command {
        case "left": open.append("left")
        case "right": if !close("left") { return false }
        case "begin": open.append(String(rest.prefix { $0 != "}" }))
        case "end": if !close(String(rest.prefix { $0 != "}" })) { return false }
        default: break
        }
      } else {
        rest = rest.dropFirst()
        if character == "{" { open.append("{") }
        if character == "}", !close("{") { return false }
      }
    }
    return open.isEmpty
  }

  @Test(arguments: Library.shipped) func mathMLIsWellFormed(id: String) throws {
    let document = try Library().document(id)
    let mathML = MathML(styles: document.styles)
    for (label, relation) in try relations(document) {
      let text = mathML.document(mathML.relation(relation))
      do {
        let root = try XMLElement(text)
        #expect(root.name == "math")
        for element in root.all { check(element, "\(id) \(label)") }
      } catch {
        Issue.record("\(id) \(label): \(error) in \(text)")
      }
    }
  }

  /// Scripts and fractions have as many parts as MathML asks for, and text stands in tokens alone.
  private func check(_ element: XMLElement, _ place: String) {
    let tokens = ["mi", "mn", "mo", "mtext"]
    let parts = [
      "msub": 2, "msup": 2, "mfrac": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3,
    ]
    let others = ["math", "mrow", "mtable", "mtr", "mtd", "msqrt"]
    #expect(
      tokens.contains(element.name) || parts[element.name] != nil || others.contains(element.name),
      "\(place): <\(element.name)>")
    #expect(element.text.isEmpty != tokens.contains(element.name), "\(place): <\(element.name)>")
    if let count = parts[element.name] {
      #expect(element.children.count == count, "\(place): <\(element.name)>")
    }
  }

  private func latex(_ id: String, _ formula: String) throws -> String {
    let document = try Library().document(id)
    return LaTeX(styles: document.styles).relation(
      try Parser.relation(formula, vocabulary: document.vocabulary))
  }

  @Test(arguments: [
    (
      "δ_j^l = Σ_k w_kj^{l+1} δ_k^{l+1} σ'(z_j^l)",
      #"\delta_j^l = \sum_k w_{kj}^{l+1} \delta_k^{l+1} \sigma'(z_j^l)"#
    ),
    (
      "δ^l = ((W^{l+1})^⊤ · δ^{l+1}) ⊙ σ'(z^l)",
      #"\delta^l = ((W^{l+1})^\top \cdot \delta^{l+1}) \odot \sigma'(z^l)"#
    ),
    (
      "C = 1/(2n) Σ_x ‖y(x) - a^L(x)‖^2",
      #"C = \frac{1}{2 n} \sum_x \|y(x) - a^L(x)\|^2"#
    ),
    ("δ^L = ∇_a C ⊙ σ'(z^L)", #"\delta^L = \nabla_a C \odot \sigma'(z^L)"#),
    (
      "C = 1/K (Σ_j (y_j - a_j^L)^2)", #"C = \frac{1}{K} \left( \sum_j (y_j - a_j^L)^2 \right)"#
    ),
    ("C = Σ_j y_j log a_j^L (1 - y_j)", #"C = \sum_j y_j \log(a_j^L) (1 - y_j)"#),
    ("C = -y_1 / a_1^2", #"C = -\frac{y_1}{a_1^2}"#),
    ("C = ½ y_1^2", #"C = \frac{1}{2} y_1^2"#),
    ("C = ½^2 2.5e-8", #"C = \left( \frac{1}{2} \right)^2 \cdot 2.5 \times 10^{-8}"#),
    ("w^1 = [1, -2; 3, 4]", #"w^1 = \begin{bmatrix} 1 & -2 \\ 3 & 4 \end{bmatrix}"#),
    ("a_1^2 = w_{1,12}^2 a_{k+1}^2", #"a_1^2 = w_{1,12}^2 a_{k+1}^2"#),
    (
      "w_jk^l ← w_jk^l - α ∂C/∂w_jk^l",
      #"w_{jk}^l \leftarrow w_{jk}^l - \alpha \frac{\partial C}{\partial w_{jk}^l}"#
    ),
    (
      "C = { 0 if a_1^2 ≤ 0; 1 if L ≠ 2 }",
      #"C = \begin{cases} 0 & \text{if } a_1^2 \le 0 \\ 1 & \text{if } L \neq 2 \end{cases}"#
    ),
    ("C = exp(-z_1^1)^2 sqrt(a_1^1) abs(y_1)", #"C = (e^{-z_1^1})^2 \sqrt{a_1^1} |y_1|"#),
    ("C = sum(k, a_k^1 + y_k)", #"C = \sum_k (a_k^1 + y_k)"#),
  ])
  func latexOfFourEquations(formula: String, expected: String) throws {
    #expect(try latex("four-equations", formula) == expected)
  }

  @Test(arguments: [
    (
      "general-case", "z_{n_{l+1}}^{p,l+1} = w_{0 n_{l+1}}^l + Σ_{n_l=1}^{N_l} w_{n_l n_{l+1}}^l",
      #"z_{n_{l+1}}^{p,l+1} = w_{0 n_{l+1}}^l + \sum_{n_l=1}^{N_l} w_{n_l n_{l+1}}^l"#
    ),
    (
      "softmax-matrix", "Δ̲^{(l)} = 1/N X̲^{(l-1)⊤} w_{i,j}^{(l)} exp(s_j^{(l)}) / e_p",
      #"\underline{\Delta}^{(l)} = \frac{1}{N} \underline{X}^{(l-1)\top} w_{i,j}^{(l)} \frac{e^{s_j^{(l)}}}{e_p}"#
    ),
    (
      "softmax-matrix", "E = Σ_{p=1}^N δ_j^{(L)}(p) d^{(l-1)}",
      #"E = \sum_{p=1}^{N} \delta_j^{(L)}(p) d^{(l-1)}"#
    ),
    (
      "zero-indexed", "Δw_{ij}^ℓ = -α ∂/∂a_i^ℓ Σ_k o_k^ℓ w_{ki}^{ℓ-1} ∂L̃/∂a_i^ℓ",
      #"\Delta w_{ij}^\ell = -\alpha \frac{\partial}{\partial a_i^\ell} \sum_k o_k^\ell w_{ki}^{\ell-1} \frac{\partial \tilde{L}}{\partial a_i^\ell}"#
    ),
    (
      "gonzalez", "δ_y = Σ_{j'} w_{kj'} δ[2][j] := y",
      #"\delta_y = \sum_{j'} w_{kj'} \delta_j^{(2)} := y"#
    ),
  ])
  func latexOfOthers(id: String, formula: String, expected: String) throws {
    #expect(try latex(id, formula) == expected)
  }

  @Test(arguments: [
    ("a_1^2", "<msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup>"),
    (
      "½ log y_1",
      "<mrow><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>\u{2062}</mo><mrow><mi>log</mi>"
        + "<mo>\u{2061}</mo><msub><mi>y</mi><mn>1</mn></msub></mrow></mrow>"
    ),
    (
      "σ'(z_1^1)",
      "<mrow><msup><mi>σ</mi><mo>′</mo></msup><mo>\u{2061}</mo><mrow><mo>(</mo>"
        + "<msubsup><mi>z</mi><mn>1</mn><mn>1</mn></msubsup><mo>)</mo></mrow></mrow>"
    ),
    (
      "{ 1 if L < 2 }",
      "<mrow><mo>{</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mrow>"
        + "<mtext>if </mtext><mrow><mi>L</mi><mo>&lt;</mo><mn>2</mn></mrow></mrow></mtd></mtr>"
        + "</mtable></mrow>"
    ),
  ])
  func mathMLOfFourEquations(formula: String, expected: String) throws {
    let document = try Library().document("four-equations")
    let tree = try Parser.expression(formula, vocabulary: document.vocabulary)
    let mathML = MathML(styles: document.styles)
    #expect(mathML.expression(tree) == expected)
    #expect(
      mathML.document(expected, display: .inline)
        == #"<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">"# + expected
        + "</math>")
  }
}
