// Sums, products, and the parentheses their parts need.

extension Insertion {
  /// The body of a sum at each value of its index.
  func terms(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> [Term] {
    let key: IndexKey
    let values: IndexRun
    do throws(EvaluationError) {
      key = try scope.key(of: binder.index, indices)
      values = try scope.values(of: binder, in: body, indices)
      try work.spend(values.count)
    } catch {
      throw LocatedError(error, at: body.columns)
    }
    var terms: [Term] = []
    for value in values {
      terms += try self.terms(of: body, isSubtracted: false, indices.binding(key, value))
    }
    return terms
  }

  /// A sum within a sum gives its own terms; a minus in front of a product becomes the sign between.
  private func terms(
    of expression: Expression, isSubtracted: Bool, _ indices: IndexValues
  ) throws(LocatedError) -> [Term] {
    let found: [Term]
    if case .sum(let binder, let body) = expression {
      found = try terms(binder, body, indices)
    } else {
      found = Insertion.terms(of: try part(expression, indices))
    }
    guard isSubtracted else { return found }
    return found.map { Term($0.expression, isSubtracted: !$0.isSubtracted) }
  }

  /// `0.5 · (−0.3)` as a term is −, 0.5 · 0.3.
  private static func terms(of expression: Expression) -> [Term] {
    if case .addition(let terms) = expression { return terms }
    guard case .product(var factors) = expression else { return [Term(expression)] }
    let negative = factors.indices.filter { magnitude(factors[$0].expression) != nil }
    guard negative.count == 1, let magnitude = magnitude(factors[negative[0]].expression) else {
      return [Term(expression)]
    }
    factors[negative[0]].expression = magnitude
    return [Term(.product(factors), isSubtracted: true)]
  }

  /// 0.3, of `(−0.3)`.
  private static func magnitude(_ expression: Expression) -> Expression? {
    guard case .group(.addition(let terms)) = expression, terms.count == 1, terms[0].isSubtracted,
      case .number = terms[0].expression
    else { return nil }
    return terms[0].expression
  }

  static func combined(_ terms: [Term]) -> Expression {
    guard let first = terms.first else { return .number("0", 0) }
    return terms.count == 1 && !first.isSubtracted ? first.expression : .addition(terms)
  }

  func addition(
    _ terms: [Term], _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    var inserted: [Term] = []
    for term in terms {
      inserted += try self.terms(
        of: term.expression, isSubtracted: term.isSubtracted, indices)
    }
    return Insertion.combined(inserted)
  }

  func product(
    _ factors: [Factor], _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    var inserted: [Factor] = []
    for (position, factor) in factors.enumerated() {
      let body = try part(factor.expression, indices)
      let joint = joint(of: factor, body, after: position > 0 ? factors[position - 1] : nil)
      if case .product(let inner) = body, joint != .over || position == 0,
        !inner.contains(where: { $0.joint == .over })
      {
        inserted.append(Factor(joint, inner[0].expression))
        inserted += inner.dropFirst()
      } else {
        inserted.append(Factor(joint, Insertion.rightFactor(body)))
      }
    }
    // The first factor needs no parentheses: −0.3 · 0.5.
    guard let magnitude = Insertion.magnitude(inserted[0].expression) else {
      return .product(inserted)
    }
    inserted[0].expression = magnitude
    return .addition([Term(.product(inserted), isSubtracted: true)])
  }

  /// Numbers side by side have a dot between them; `½ (…)` and `2 (…)` stay as they are.
  private func joint(of factor: Factor, _ body: Expression, after previous: Factor?) -> Joint {
    guard factor.joint == .beside else { return factor.joint }
    guard let previous, case .number = previous.expression else { return .dot }
    switch Insertion.factor(body) {
    case .group, .power(.group, _): return .beside
    case .number, .reference, .sum, .addition, .product, .hadamard, .power, .transpose, .call,
      .partial, .derivative, .gradient, .norm, .matrix, .cases, .index:
      return .dot
    }
  }

  // MARK: parentheses

  /// Where a product may stand, but no sum.
  static func factor(_ expression: Expression) -> Expression {
    if case .addition = expression { return .group(expression) }
    return expression
  }

  /// Where neither may stand, nor ⊙.
  static func rightFactor(_ expression: Expression) -> Expression {
    switch expression {
    case .addition, .product, .hadamard: return .group(expression)
    case .number, .reference, .sum, .power, .transpose, .call, .partial, .derivative, .gradient,
      .norm, .matrix, .group, .cases, .index:
      return expression
    }
  }

  /// Where an exponent follows.
  static func raisable(_ expression: Expression) -> Expression {
    switch expression {
    case .number, .norm, .matrix, .group: return expression
    case .reference, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .partial,
      .derivative, .gradient, .cases, .index:
      return .group(expression)
    }
  }
}
