/// Writes trees as presentation MathML.
package struct MathML: Sendable {
  /// A formula on a line of its own, or one within text.
  package enum Display: String, Sendable { case block, inline }

  private let typesetter: Typesetter

  package init(styles: [String: SymbolStyle]) {
    typesetter = Typesetter(styles: styles)
  }

  package func relation(_ relation: Relation) -> String {
    text(typesetter.relation(relation))
  }

  package func expression(_ expression: Expression) -> String {
    text(typesetter.expression(expression))
  }

  package func reference(_ reference: Reference) -> String {
    text(typesetter.reference(reference))
  }

  /// A whole `math` element around what the others give.
  package func document(_ content: String, display: Display = .block) -> String {
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"\(display.rawValue)\">"
      + content + "</math>"
  }

  // MARK: formulas

  private func text(_ formula: Formula) -> String {
    switch formula {
    case .letter(let letter): return MathML.text(letter)
    case .number(let digits): return MathML.element("mn", MathML.escaped(digits))
    case .word(let word): return MathML.word(word)
    case .sign(let sign): return MathML.text(sign)
    case .row(let items):
      return items.count == 1 ? text(items[0]) : element("mrow", items)
    case .scripts(let base, let lower?, let upper?):
      return element("msubsup", [base, lower, upper])
    case .scripts(let base, let lower?, nil): return element("msub", [base, lower])
    case .scripts(let base, nil, let upper?): return element("msup", [base, upper])
    case .scripts(let base, nil, nil): return text(base)
    case .primed(let base, let count):
      let primes = MathML.element("mo", String(repeating: "′", count: count))
      return MathML.element("msup", text(base) + primes)
    case .fraction(let top, let bottom): return element("mfrac", [top, bottom])
    case .sum(let from, let to, let body):
      let sigma = MathML.element("mo", "∑") + text(from)
      let head =
        to.map { MathML.element("munderover", sigma + text($0)) }
        ?? MathML.element("munder", sigma)
      return MathML.element("mrow", head + text(body))
    case .root(let inner): return element("msqrt", [inner])
    case .fence(let fence, let inner):
      let (left, right) = MathML.delimiters(fence)
      return MathML.element("mrow", left + text(inner) + right)
    case .application(let head, let argument):
      return MathML.element(
        "mrow", text(head) + MathML.element("mo", MathML.applied) + text(argument))
    case .table(let rows):
      let (left, right) = MathML.delimiters(.brackets)
      return MathML.element("mrow", left + table(rows.map { $0.map { text($0) } }) + right)
    case .cases(let list):
      let rows = list.map { alternative in
        [
          text(alternative.value),
          MathML.element(
            "mrow", MathML.element("mtext", "if ") + text(alternative.condition)),
        ]
      }
      return MathML.element("mrow", MathML.element("mo", "{") + table(rows))
    }
  }

  private func element(_ name: String, _ children: [Formula]) -> String {
    MathML.element(name, children.map { text($0) }.joined())
  }

  private func table(_ rows: [[String]]) -> String {
    let lines = rows.map { row in
      MathML.element("mtr", row.map { MathML.element("mtd", $0) }.joined())
    }
    return MathML.element("mtable", lines.joined())
  }
}
