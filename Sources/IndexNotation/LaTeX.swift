/// Writes trees as LaTeX for math mode, with the commands of amsmath.
package struct LaTeX: Sendable {
  private let typesetter: Typesetter

  package init(styles: [String: SymbolStyle]) {
    typesetter = Typesetter(styles: styles)
  }

  /// `\delta_j^l = \sum_k w_{kj}^{l+1} \delta_k^{l+1} \sigma'(z_j^l)`.
  package func relation(_ relation: Relation) -> String {
    wide(typesetter.relation(relation))
  }

  package func expression(_ expression: Expression) -> String {
    wide(typesetter.expression(expression))
  }

  package func reference(_ reference: Reference) -> String {
    wide(typesetter.reference(reference))
  }

  // MARK: formulas

  private func wide(_ formula: Formula) -> String { text(formula, isTight: false) }

  /// - Parameter isTight: no blanks around signs, as in scripts.
  private func text(_ formula: Formula, isTight: Bool) -> String {
    switch formula {
    case .letter(let letter): return LaTeX.text(letter)
    case .number(let digits): return digits
    case .word(let word): return word == "log" ? "\\log" : "\\text{\(LaTeX.escaped(word))}"
    case .sign(let sign): return LaTeX.command(sign)
    case .row(let items): return row(items, isTight: isTight)
    case .scripts(let base, let lower, let upper):
      var text = text(base, isTight: isTight)
      if let lower { text += "_" + script(lower) }
      if let upper { text += "^" + script(upper) }
      return text
    case .primed(let base, let count):
      return text(base, isTight: isTight) + String(repeating: "'", count: count)
    case .fraction(let top, let bottom):
      return "\\frac{\(text(top, isTight: isTight))}{\(text(bottom, isTight: isTight))}"
    case .sum(let from, let to, let body):
      var head = "\\sum_" + script(from)
      if let to { head += "^{\(text(to, isTight: true))}" }
      return head + " " + text(body, isTight: isTight)
    case .root(let inner): return "\\sqrt{\(text(inner, isTight: isTight))}"
    case .fence(let fence, let inner):
      let (left, right) = LaTeX.delimiters(fence)
      let body = text(inner, isTight: isTight)
      guard inner.isTall else { return LaTeX.glued(left, body) + right }
      return "\\left\(left) \(body) \\right\(right)"
    case .application(let head, let argument):
      let name = text(head, isTight: isTight)
      let body = text(argument, isTight: isTight)
      if case .fence = argument { return LaTeX.glued(name, body) }
      return name + " " + body
    case .table(let rows):
      let lines = rows.map { $0.map { wide($0) }.joined(separator: " & ") }
      return "\\begin{bmatrix} \(lines.joined(separator: " \\\\ ")) \\end{bmatrix}"
    case .cases(let list):
      let lines = list.map { "\(wide($0.value)) & \\text{if } \(wide($0.condition))" }
      return "\\begin{cases} \(lines.joined(separator: " \\\\ ")) \\end{cases}"
    }
  }

  /// `l`, `\ell`, `{l+1}`: one letter or command needs no braces.
  private func script(_ formula: Formula) -> String {
    let text = text(formula, isTight: true)
    let isCommand = text.first == "\\" && text.dropFirst().allSatisfy(\.isLetter)
    return text.count == 1 || isCommand ? text : "{\(text)}"
  }

  private func row(_ items: [Formula], isTight: Bool) -> String {
    var text = ""
    for item in items {
      switch item {
      case .sign(.beside), .sign(.apart): text += " "
      case .sign(.comma): text += isTight ? "," : ", "
      case .sign(let sign) where LaTeX.isBinary(sign) && !isTight:
        text += " \(LaTeX.command(sign)) "
      default: text = LaTeX.glued(text, self.text(item, isTight: isTight))
      }
    }
    return text
  }

  /// Puts a blank after a command that a letter would run into.
  private static func glued(_ left: String, _ right: String) -> String {
    let word = left.reversed().prefix(while: \.isLetter)
    guard !word.isEmpty, left.dropLast(word.count).last == "\\",
      let first = right.first, first.isLetter || first == "\\"
    else { return left + right }
    return left + " " + right
  }
}
