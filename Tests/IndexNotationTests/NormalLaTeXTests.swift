import Testing

@Suite struct NormalLaTeXTests {
  @Test(arguments: [
    (#"\sum_{p=1}^P a_{j}"#, #"\sum_{p=1}^{P} a_j"#),
    (#"\delta^{(L)^{\top}} \cdot x"#, #"\delta^{(L)\top} x"#),
    (#"(W^{l})^T \log(x) \log\left(1 - x\right)"#, #"(W^l)^\top \log x \log(1-x)"#),
    (#"\boxed{f^{\prime}(z) = \mathbf{w}} \quad (2)"#, "f'(z) = w"),
    (
      #"\left( \frac{1}{2} \right) \begin{bmatrix} 1 \\ 2 \end{bmatrix}"#,
      #"\frac12\begin{pmatrix}1\\2\end{pmatrix}"#
    ),
    (#"{\sigma}(\underbrace{w a}_{z}) \tag{3}"#, #"\sigma(w a)"#),
    (#"\delta_{jk}^{(\text{kronecker})}"#, #"\delta_{jk}"#),
  ])
  func same(one: String, other: String) {
    #expect(NormalLaTeX(one) == NormalLaTeX(other))
  }

  @Test(arguments: [
    ("a_j^l", "a_k^l"), ("a b", "b a"), ("(1 - y)^2", "1 - y^2"), ("w^{l+1}", "w^{(l+1)}"),
    (#"W \leftarrow w"#, "W = w"), (#"\frac{a}{b}"#, #"\frac{b}{a}"#), ("f(z)", "f'(z)"),
  ])
  func different(one: String, other: String) {
    #expect(NormalLaTeX(one) != NormalLaTeX(other))
  }

  @Test func linesOfChains() {
    let chain = NormalLaTeX("a = b = c")
    for line in ["a = b", "= b", "= b = c", "a = c", "b = c", "b"] {
      #expect(NormalLaTeX(line).isPart(of: chain), "\(line)")
    }
    for line in ["= a", "c = a", "a = c = b", "= d", ""] {
      #expect(!NormalLaTeX(line).isPart(of: chain), "\(line)")
    }
  }
}
