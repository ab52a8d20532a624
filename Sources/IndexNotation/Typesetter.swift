/// Sets trees: what `Renderer` prints in a line, with fractions, scripts and growing parentheses.
struct Typesetter: Sendable {
  let styles: [String: SymbolStyle]

  func relation(_ relation: Relation) -> Formula {
    var items = [expression(relation.left)]
    for side in relation.sides {
      items += [.sign(sign(side.sign)), expression(side.expression)]
    }
    return .row(items)
  }

  private func sign(_ sign: RelationSign) -> Sign {
    switch sign {
    case .equals: return .equals
    case .becomes: return .becomes
    case .defined: return .defined
    }
  }

  func expression(_ expression: Expression) -> Formula {
    switch expression {
    case .number(let text, _): return number(text)
    case .reference(let reference): return self.reference(reference)
    case .sum(let binder, let body): return sum(binder, body)
    case .addition(let terms): return addition(terms)
    case .product(let factors): return product(factors)
    case .hadamard(let left, let right, let glyph):
      return .row([
        operand(left), .sign(glyph == "⊗" ? .tensor : .hadamard), operand(right, isRight: true),
      ])
    case .power(let base, let exponent): return power(base, exponent)
    case .transpose(let inner): return transpose(inner)
    case .call(let name, let primes, let arguments, _): return call(name, primes, arguments)
    case .partial(let top, let bottom):
      return .fraction(differential(top), differential(bottom))
    case .derivative(let body, let bottom):
      let isWeak = if case .addition = body { true } else { false }
      let formula = self.expression(body)
      return .application(
        .fraction(.sign(.partial), differential(bottom)),
        isWeak ? .fence(.parentheses, formula) : formula)
    case .gradient(let activation, let cost):
      return .row([
        .scripts(.sign(.nabla), lower: reference(activation), upper: nil), .sign(.beside),
        reference(cost),
      ])
    case .norm(let inner): return .fence(.doubleBars, self.expression(inner))
    case .matrix(let rows, _): return matrix(rows)
    case .group(let inner): return .fence(.parentheses, self.expression(inner))
    case .cases(let list):
      return .cases(
        list.map { .init(value: self.expression($0.value), condition: comparison($0.condition)) })
    case .index(let index): return self.index(index)
    }
  }

  private func differential(_ reference: Reference) -> Formula {
    .row([.sign(.partial), self.reference(reference)])
  }

  func comparison(_ comparison: Comparison) -> Formula {
    .row([
      expression(comparison.left), .sign(sign(comparison.sign)), expression(comparison.right),
    ])
  }

  private func sign(_ sign: Comparison.Sign) -> Sign {
    switch sign {
    case .equal: return .equals
    case .unequal: return .unequal
    case .less: return .less
    case .atMost: return .atMost
    case .greater: return .greater
    case .atLeast: return .atLeast
    }
  }

  /// `0.5`, `½` as a fraction, `2.5e−8` as 2.5 · 10⁻⁸.
  private func number(_ text: String) -> Formula {
    if text == "½" { return .fraction(.number("1"), .number("2")) }
    if let first = text.first, first == "−" || first == "-" {
      return .row([.sign(.negative), number(String(text.dropFirst()))])
    }
    switch text {
    case "inf": return .sign(.infinity)
    case "nan": return .word(text)
    default: break
    }
    let parts = text.split(separator: "e", maxSplits: 1)
    guard parts.count == 2 else { return .number(text) }
    let exponent = parts[1].first == "+" ? parts[1].dropFirst() : parts[1]
    return .row([
      .number(String(parts[0])), .sign(.cross),
      .scripts(.number("10"), lower: nil, upper: number(String(exponent))),
    ])
  }

  private func sum(_ binder: Binder, _ body: Expression) -> Formula {
    let name = index(.name(binder.index))
    let isWeak = if case .addition = body { true } else { false }
    let formula = isWeak ? .fence(.parentheses, expression(body)) : expression(body)
    guard let from = binder.from, let to = binder.to else {
      return .sum(from: name, to: nil, formula)
    }
    return .sum(from: .row([name, .sign(.equals), index(from)]), to: index(to), formula)
  }

  private func addition(_ terms: [Term]) -> Formula {
    var items: [Formula] = []
    for (position, term) in terms.enumerated() {
      if position > 0 {
        items.append(.sign(term.isSubtracted ? .minus : .plus))
      } else if term.isSubtracted {
        items.append(.sign(.negative))
      }
      let formula = expression(term.expression)
      if case .addition = term.expression {
        items.append(.fence(.parentheses, formula))
      } else {
        items.append(formula)
      }
    }
    return .row(items)
  }

  /// A side of ⊙: what binds weaker stands in parentheses, and a sum that ends before it.
  private func operand(_ expression: Expression, isRight: Bool = false) -> Formula {
    let formula = self.expression(expression)
    switch expression {
    case .addition: return .fence(.parentheses, formula)
    case .hadamard: return isRight ? .fence(.parentheses, formula) : formula
    case .sum, .derivative: return isRight ? formula : .fence(.parentheses, formula)
    case .number, .reference, .product, .power, .transpose, .call, .partial, .gradient, .norm,
      .matrix, .group, .cases, .index:
      return formula
    }
  }

  private func matrix(_ rows: [[Expression]]) -> Formula {
    let cells = rows.map { $0.map(expression) }
    guard cells.count == 1 else { return .table(cells) }
    return .fence(.brackets, .row(Typesetter.joined(cells[0], .comma)))
  }

  static func joined(_ items: [Formula], _ sign: Sign) -> [Formula] {
    Array(items.map { [$0] }.joined(separator: [.sign(sign)]))
  }
}

// Products and powers.

extension Typesetter {
  /// A stroke stands between two factors alone: `y exp(s) / Σ …` is y times a fraction.
  private func product(_ factors: [Factor]) -> Formula {
    var items: [Formula] = []
    var last: Formula?
    for (position, factor) in factors.enumerated() {
      let isLast = position == factors.count - 1
      let formula = self.factor(factor.expression, isLast: isLast)
      guard let before = last else {
        items.append(formula)
        last = unwrapped(factor.expression)
        continue
      }
      switch factor.joint {
      case .over:
        let fraction = Formula.fraction(before, unwrapped(factor.expression))
        items[items.count - 1] = fraction
        last = fraction
      case .beside, .dot:
        let isDotted = factor.joint == .dot || formula.beginsWithDigit
        items += [.sign(isDotted ? .dot : .beside), formula]
        last = unwrapped(factor.expression)
      }
    }
    return items.count == 1 ? items[0] : .row(items)
  }

  /// Above or below a stroke the parentheses of a group are not needed.
  private func unwrapped(_ expression: Expression) -> Formula {
    if case .group(let inner) = expression { return self.expression(inner) }
    return self.expression(expression)
  }

  private func factor(_ expression: Expression, isLast: Bool) -> Formula {
    let formula = self.expression(expression)
    switch expression {
    case .addition, .hadamard, .cases: return .fence(.parentheses, formula)
    case .sum, .derivative: return isLast ? formula : .fence(.parentheses, formula)
    case .call:
      guard !isLast, case .application(let head, let argument) = formula else { return formula }
      if case .fence = argument { return formula }
      // The argument of log without parentheses would reach to the end of the product.
      return .application(head, .fence(.parentheses, argument))
    case .number, .reference, .product, .power, .transpose, .partial, .gradient, .norm, .matrix,
      .group, .index:
      return formula
    }
  }

  private func power(_ base: Expression, _ exponent: Expression) -> Formula {
    let raised = self.expression(exponent)
    if case .reference(let reference) = base, reference.upper.isEmpty, reference.layer == nil,
      reference.example == nil
    {
      return self.reference(reference, upper: raised)
    }
    return .scripts(scripted(base), lower: nil, upper: raised)
  }

  private func transpose(_ inner: Expression) -> Formula {
    guard case .reference(let reference) = inner, reference.example == nil else {
      return .scripts(scripted(inner), lower: nil, upper: .sign(.transposed))
    }
    let upper = self.upper(reference)
    guard let upper else { return self.reference(reference, upper: .sign(.transposed)) }
    // `l⊤` would read as a product; `(l)⊤` does not.
    guard case .fence = upper else {
      return .scripts(
        .fence(.parentheses, self.reference(reference)), lower: nil, upper: .sign(.transposed))
    }
    return self.reference(reference, upper: .row([upper, .sign(.transposed)]))
  }

  /// What can carry an upper script as it stands; anything else in parentheses.
  private func scripted(_ expression: Expression) -> Formula {
    let formula = self.expression(expression)
    switch expression {
    case .group, .norm, .matrix: return formula
    case .number(let text, _):
      return text.allSatisfy { $0.isNumber && $0 != "½" || $0 == "." }
        ? formula : .fence(.parentheses, formula)
    case .call:
      if case .application(_, .fence) = formula { return formula }
      return .fence(.parentheses, formula)
    case .reference, .sum, .addition, .product, .hadamard, .power, .transpose, .partial,
      .derivative, .gradient, .cases, .index:
      return .fence(.parentheses, formula)
    }
  }

  private func call(_ name: String, _ primes: Int, _ arguments: [Expression]) -> Formula {
    let list = Formula.row(Typesetter.joined(arguments.map(expression), .comma))
    switch name {
    case "exp": return .scripts(.letter(Letter("e")), lower: nil, upper: list)
    case "sqrt": return .root(list)
    case "abs": return .fence(.bars, list)
    default: break
    }
    var head = self.name(name)
    if primes > 0 { head = .primed(head, primes) }
    let isBare = name == "log" && arguments.first?.needsNoParentheses ?? false
    return .application(head, isBare ? list : .fence(.parentheses, list))
  }
}

extension Expression {
  /// `log y`, `log 0.3`.
  fileprivate var needsNoParentheses: Bool {
    if case .number = self { return true }
    guard case .reference(let reference) = self else { return false }
    return reference.example == nil
  }
}
