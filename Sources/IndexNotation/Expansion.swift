/// A scope that can write a symbol with its indices as numbers.
package protocol ConcreteScope: Scope {
  /// `w_{kj}^{l+1}` at its indices: `w_21^2`.
  func concrete(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Reference
}

/// Writes indices as numbers and, if wanted, sums as their terms; the value stays the same.
package struct Expansion<S: ConcreteScope> {
  let scope: S
  /// Sums are written out; else they keep their sign and their bound letter.
  let writesOutSums: Bool
  /// Sums with more terms keep their sign.
  let termLimit: Int

  package init(_ scope: S, writesOutSums: Bool = true, termLimit: Int = 8) {
    self.scope = scope
    self.writesOutSums = writesOutSums
    self.termLimit = termLimit
  }

  package func of(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    switch expression {
    case .number, .index: return expression
    case .reference(let reference): return .reference(try concrete(reference, indices))
    case .partial(let top, let bottom):
      return .partial(try concrete(top, indices), try concrete(bottom, indices))
    case .gradient: return expression
    case .derivative(let body, let bottom):
      let written = try of(body, indices)
      return .derivative(
        Expansion.isAddition(written) ? .group(written) : written, by: try concrete(bottom, indices)
      )
    case .group(let inner): return Expansion.grouped(try of(inner, indices))
    case .transpose(let inner): return .transpose(try of(inner, indices))
    case .norm(let inner): return .norm(try of(inner, indices))
    case .power(let base, let exponent):
      return .power(try of(base, indices), try of(exponent, indices))
    case .hadamard(let left, let right, let glyph):
      return .hadamard(try of(left, indices), try of(right, indices), glyph: glyph)
    case .addition(let terms):
      var written: [Term] = []
      for term in terms {
        let next = try of(term.expression, indices)
        let needsGroup = term.isSubtracted && Expansion.isAddition(next)
        written.append(Term(needsGroup ? .group(next) : next, isSubtracted: term.isSubtracted))
      }
      return .addition(written)
    case .product(let factors): return try product(factors, indices)
    case .sum(let binder, let body): return try sum(binder, body, indices)
    case .call(let name, let primes, let arguments, let columns):
      var written: [Expression] = []
      for argument in arguments { written.append(try of(argument, indices)) }
      return .call(name, primes: primes, written, columns)
    case .matrix(let rows, let columns):
      var written: [[Expression]] = []
      for row in rows {
        var entries: [Expression] = []
        for entry in row { entries.append(try of(entry, indices)) }
        written.append(entries)
      }
      return .matrix(written, columns)
    case .cases(let list):
      for alternative in list
      where try Evaluator(scope).holds(alternative.condition, indices) {
        return try of(alternative.value, indices)
      }
      return expression
    }
  }

  private func concrete(
    _ reference: Reference, _ indices: IndexValues
  ) throws(LocatedError) -> Reference {
    do throws(EvaluationError) {
      return try scope.concrete(reference, indices)
    } catch {
      throw LocatedError(error, at: reference.columns)
    }
  }

  private func product(
    _ factors: [Factor], _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    var written: [Factor] = []
    for (position, factor) in factors.enumerated() {
      let next = try of(factor.expression, indices)
      // A sum ends a product only where it stands last.
      let isSum = Expansion.isAddition(next)
      let isSumBefore: Bool
      if case .sum = next {
        isSumBefore = position < factors.count - 1
      } else {
        isSumBefore = false
      }
      written.append(Factor(factor.joint, isSum || isSumBefore ? .group(next) : next))
    }
    return .product(written)
  }

  /// Factors without the bound index stand before or after the terms, as a person writes them.
  private func sum(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    let key: IndexKey
    let values: IndexRun
    do throws(EvaluationError) {
      key = try scope.key(of: binder.index, indices)
      values = try scope.values(of: binder, in: body, indices)
    } catch {
      throw LocatedError(error, at: body.columns)
    }
    guard writesOutSums, !values.isEmpty, values.count <= termLimit else {
      // A bound letter is no number, whatever it stands for outside the sum.
      var written = binder
      written.index = scope.written(binder.index, indices)
      written.from = binder.from.map { scope.written($0, indices) }
      written.to = binder.to.map { scope.written($0, indices) }
      return .sum(written, try of(body, indices.removing(key)))
    }
    var factors = [Factor(.beside, body)]
    if case .product(let list) = body, !list.contains(where: { $0.joint == .over }) {
      factors = list
    }
    let depends = factors.map { $0.expression.mentions(binder.index) }
    let first = depends.firstIndex(of: true) ?? 0
    let last = depends.lastIndex(of: true) ?? factors.count - 1
    let inner = Array(factors[first...last])
    var terms: [Term] = []
    for value in values {
      let at = indices.binding(key, value)
      terms.append(
        Term(
          inner.count == 1
            ? try of(inner[0].expression, at) : try of(.product(inner), at)))
    }
    let whole = terms.count == 1 ? terms[0].expression : Expression.addition(terms)
    if first == 0, last == factors.count - 1 { return whole }
    var written: [Factor] = []
    for factor in factors[..<first] {
      written.append(Factor(factor.joint, try of(factor.expression, indices)))
    }
    written.append(Factor(.beside, Expansion.isAddition(whole) ? .group(whole) : whole))
    for factor in factors[(last + 1)...] {
      written.append(Factor(factor.joint, try of(factor.expression, indices)))
    }
    return .product(written)
  }

  private static func isAddition(_ expression: Expression) -> Bool {
    if case .addition = expression { return true }
    return false
  }

  private static func grouped(_ inner: Expression) -> Expression {
    switch inner {
    case .number, .reference, .call, .group: return inner
    default: return .group(inner)
    }
  }
}
