/// In which characters a line is printed.
package enum Script: Sendable, Equatable {
  /// Raised and lowered glyphs: `δ₁²`.
  case unicode
  /// Greek letters with `_` and `^`: `δ_1^2`, where a glyph is missing.
  case linear
  /// ASCII alone: `delta_1^2`.
  case ascii
}

/// How a symbol's scripts are written in its document.
package struct SymbolStyle: Hashable, Sendable {
  package var upperInParentheses = false
  package var commaInLower = false
  package var lowerFirst = true

  package init(
    upperInParentheses: Bool = false, commaInLower: Bool = false, lowerFirst: Bool = true
  ) {
    self.upperInParentheses = upperInParentheses
    self.commaInLower = commaInLower
    self.lowerFirst = lowerFirst
  }
}

/// Prints trees. A line for which a glyph is missing comes out as nil in `unicode`.
package struct Renderer: Sendable {
  let styles: [String: SymbolStyle]
  /// `Σ_p` for `Σ_{p=1}^P`, where a line would be too long.
  package var dropsLimits = false

  package init(styles: [String: SymbolStyle]) {
    self.styles = styles
  }

  package static func plain(_ index: Index) -> String {
    Renderer(styles: [:]).text(index)
  }

  /// The first script of `preferred` downwards that has every glyph of every line.
  package func lines(
    _ count: Int, unicode: Bool, _ line: (Int, Script) -> String?
  ) -> (script: Script, lines: [String]) {
    if unicode {
      let lines = (0..<count).compactMap { line($0, .unicode) }
      if lines.count == count { return (.unicode, lines) }
      return (.linear, (0..<count).compactMap { line($0, .linear) })
    }
    return (.ascii, (0..<count).compactMap { line($0, .ascii) })
  }

  // MARK: relations

  package func relation(_ relation: Relation, _ script: Script) -> String? {
    guard var text = expression(relation.left, script) else { return nil }
    for side in relation.sides {
      guard let next = expression(side.expression, script) else { return nil }
      text += " \(Renderer.sign(side.sign, script)) \(next)"
    }
    return text
  }

  package static func sign(_ sign: RelationSign, _ script: Script) -> String {
    sign == .becomes && script == .ascii ? "<-" : sign.rawValue
  }

  // MARK: expressions

  package func expression(_ expression: Expression, _ script: Script) -> String? {
    switch expression {
    case .number(let text, _): return text == "½" && script == .ascii ? "1/2" : text
    case .reference(let reference): return self.reference(reference, script)
    case .sum(let binder, let body):
      guard let head = self.binder(binder, script), let body = self.expression(body, script)
      else { return nil }
      return head + " " + body
    case .addition(let terms): return addition(terms, script)
    case .product(let factors): return product(factors, script)
    case .hadamard(let left, let right, let glyph):
      guard let a = self.expression(left, script), let b = self.expression(right, script)
      else { return nil }
      return "\(a) \(script == .ascii ? "(.)" : String(glyph)) \(b)"
    case .power(let base, let exponent): return power(base, exponent, script)
    case .transpose(let inner):
      guard let text = self.expression(inner, script) else { return nil }
      return text + (script == .ascii ? "^T" : "ᵀ")
    case .norm(let inner):
      guard let text = self.expression(inner, script) else { return nil }
      return script == .ascii ? "|\(text)|" : "‖\(text)‖"
    case .group(let inner):
      guard let text = self.expression(inner, script) else { return nil }
      return "(\(text))"
    case .call(let name, let primes, let arguments, _):
      return call(name, primes, arguments, script)
    case .partial(let top, let bottom):
      guard let a = reference(top, script), let b = reference(bottom, script) else { return nil }
      let d = script == .ascii ? "d" : "∂"
      return "\(d)\(a)/\(d)\(b)"
    case .gradient(let activation, let cost):
      guard let a = reference(activation, script), let c = reference(cost, script)
      else { return nil }
      switch script {
      case .unicode:
        guard let lowered = lower(a) else { return nil }
        return "∇\(lowered)\(c)"
      case .linear: return "∇_\(a) \(c)"
      case .ascii: return "grad_\(a) \(c)"
      }
    case .matrix(let rows, _):
      var texts: [String] = []
      for row in rows {
        let cells = row.compactMap { self.expression($0, script) }
        guard cells.count == row.count else { return nil }
        texts.append(cells.joined(separator: ", "))
      }
      return "[\(texts.joined(separator: "; "))]"
    case .derivative(let body, let bottom):
      guard let text = self.expression(body, script), let by = reference(bottom, script)
      else { return nil }
      return script == .ascii ? "d/d\(by) \(text)" : "∂/∂\(by) \(text)"
    case .cases(let list):
      let texts = list.compactMap { alternative($0, script) }
      guard texts.count == list.count else { return nil }
      return "{ \(texts.joined(separator: "; ")) }"
    case .index(let index): return text(index, script)
    }
  }

  private func alternative(_ alternative: Alternative, _ script: Script) -> String? {
    guard let value = expression(alternative.value, script),
      let condition = comparison(alternative.condition, script)
    else { return nil }
    return "\(value) if \(condition)"
  }

  package func comparison(_ comparison: Comparison, _ script: Script) -> String? {
    guard let left = expression(comparison.left, script),
      let right = expression(comparison.right, script)
    else { return nil }
    return "\(left) \(Renderer.sign(comparison.sign, script)) \(right)"
  }

  static func sign(_ sign: Comparison.Sign, _ script: Script) -> String {
    guard script == .ascii else { return sign.rawValue }
    switch sign {
    case .unequal: return "!="
    case .atMost: return "<="
    case .atLeast: return ">="
    case .equal, .less, .greater: return sign.rawValue
    }
  }

  private func call(
    _ name: String, _ primes: Int, _ arguments: [Expression], _ script: Script
  ) -> String? {
    let texts = arguments.compactMap { expression($0, script) }
    guard texts.count == arguments.count else { return nil }
    let prime = String(repeating: script == .ascii ? "'" : "′", count: primes)
    let head = self.name(name, script) + prime
    if name == "log", case .reference = arguments[0] {
      return "\(head) \(texts[0])"
    }
    return "\(head)(\(texts.joined(separator: ", ")))"
  }

  private func addition(_ terms: [Term], _ script: Script) -> String? {
    let minus = script == .ascii ? "-" : "−"
    var text = ""
    for (position, term) in terms.enumerated() {
      guard let next = expression(term.expression, script) else { return nil }
      if position == 0 {
        text = term.isSubtracted ? minus + next : next
      } else {
        text += " \(term.isSubtracted ? minus : "+") \(next)"
      }
    }
    return text
  }

  private func product(_ factors: [Factor], _ script: Script) -> String? {
    var text = ""
    for (position, factor) in factors.enumerated() {
      guard let next = expression(factor.expression, script) else { return nil }
      if position > 0 {
        switch factor.joint {
        case .beside: text += " "
        case .dot: text += script == .ascii ? " * " : " · "
        case .over: text += factor.expression.isLarge ? " / " : "/"
        }
      }
      text += next
    }
    return text
  }

  private func power(_ base: Expression, _ exponent: Expression, _ script: Script) -> String? {
    guard var a = expression(base, script), let b = expression(exponent, script)
    else { return nil }
    // (2²)² and 2²² are not the same.
    if case .power = base { a = "(\(a))" }
    if script == .unicode {
      switch base {
      case .group, .norm, .number, .power:
        if let raised = raise(b) { return a + raised }
        return nil
      default: break
      }
    }
    if case .number = exponent { return "\(a)^\(b)" }
    return "\(a)^{\(b)}"
  }

  private func binder(_ binder: Binder, _ script: Script) -> String? {
    let sigma = script == .ascii ? "sum" : "Σ"
    let name = text(.name(binder.index), script)
    guard let from = binder.from, let to = binder.to, !dropsLimits else {
      if script == .unicode { return lower(name).map { sigma + $0 } }
      return "\(sigma)_\(braced(name))"
    }
    if script == .unicode { return nil }
    return "\(sigma)_{\(name)=\(text(from, script))}^\(braced(text(to, script)))"
  }
}

extension Expression {
  /// A sum or a function under a fraction stroke wants room around the stroke.
  var isLarge: Bool {
    switch self {
    case .sum, .call: return true
    case .group(let inner): return inner.isLarge
    case .number, .reference, .addition, .product, .hadamard, .power, .transpose, .partial,
      .gradient, .norm, .matrix, .derivative, .cases, .index:
      return false
    }
  }
}
