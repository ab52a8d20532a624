import Glibc

/// The derivative of a whole expression by one quantity, for `∂/∂a_i Σ_k o_k w_kj`.
///
/// Forward mode over the tree: every leaf has its value and its derivative from the scope.
struct Tangent<S: Scope> {
  /// A number and its derivative.
  struct Dual {
    var value: Double
    var tangent: Double
  }

  let scope: S
  let evaluator: Evaluator<S>
  private let work: Work
  /// The quantity differentiated by, its indices as they stand outside every sum of the tree.
  let bottom: Reference

  init(_ scope: S, by bottom: Reference, _ work: Work) {
    self.scope = scope
    self.work = work
    evaluator = Evaluator(scope, work: work)
    self.bottom = bottom
  }

  func of(_ expression: Expression, _ indices: IndexValues) throws(LocatedError) -> Dual {
    try of(expression, indices, outside: indices)
  }

  private func of(
    _ expression: Expression, _ indices: IndexValues, outside: IndexValues
  ) throws(LocatedError) -> Dual {
    switch expression {
    case .number(_, let value): return Dual(value: value, tangent: 0)
    case .index: return Dual(value: try evaluator.number(expression, indices), tangent: 0)
    case .group(let inner): return try of(inner, indices, outside: outside)
    case .reference(let reference):
      let value = try evaluator.number(expression, indices)
      do throws(EvaluationError) {
        return Dual(
          value: value,
          tangent: try scope.derivative(of: reference, indices, by: bottom, outside))
      } catch {
        throw LocatedError(error, at: reference.columns)
      }
    case .sum(let binder, let body): return try sum(binder, body, indices, outside)
    case .addition(let terms):
      var total = Dual(value: 0, tangent: 0)
      for term in terms {
        let next = try of(term.expression, indices, outside: outside)
        let sign: Double = term.isSubtracted ? -1 : 1
        total.value += sign * next.value
        total.tangent += sign * next.tangent
      }
      return total
    case .product(let factors): return try product(factors, indices, outside)
    case .power(let base, let exponent):
      return Tangent.power(
        try of(base, indices, outside: outside), try of(exponent, indices, outside: outside))
    case .call(let name, let primes, let arguments, let columns):
      guard primes == 0, arguments.count == 1 else { throw unknown(columns) }
      let x = try of(arguments[0], indices, outside: outside)
      let value = try evaluator.number(expression, indices)
      let slope = try evaluator.number(
        .call(name, primes: 1, arguments, columns), indices)
      return Dual(value: value, tangent: slope * x.tangent)
    case .hadamard, .transpose, .partial, .derivative, .gradient, .norm, .matrix, .cases:
      throw unknown(expression.columns)
    }
  }

  /// xⁿ, whose derivative is n xⁿ⁻¹ x′ + xⁿ log x n′; a term without x′ or n′ is left out, so that it
  /// need not be finite.
  private static func power(_ x: Dual, _ n: Dual) -> Dual {
    let value = pow(x.value, n.value)
    var tangent = 0.0
    if x.tangent != 0, n.value != 0 { tangent = n.value * pow(x.value, n.value - 1) * x.tangent }
    if n.tangent != 0 { tangent += value * log(x.value) * n.tangent }
    return Dual(value: value, tangent: tangent)
  }

  private func unknown(_ columns: Columns) -> LocatedError {
    LocatedError(.fact("the derivative of this is not known", advice: nil), at: columns)
  }

  private func sum(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues, _ outside: IndexValues
  ) throws(LocatedError) -> Dual {
    let key: IndexKey
    let values: IndexRun
    do throws(EvaluationError) {
      key = try scope.key(of: binder.index, indices)
      values = try scope.values(of: binder, in: body, indices)
      try work.spend(3 * values.count)
    } catch {
      throw LocatedError(error, at: body.columns)
    }
    var total = Dual(value: 0, tangent: 0)
    for value in values {
      let term = try of(body, indices.binding(key, value), outside: outside)
      total.value += term.value
      total.tangent += term.tangent
    }
    return total
  }

  private func product(
    _ factors: [Factor], _ indices: IndexValues, _ outside: IndexValues
  ) throws(LocatedError) -> Dual {
    var total = try of(factors[0].expression, indices, outside: outside)
    for factor in factors.dropFirst() {
      let next = try of(factor.expression, indices, outside: outside)
      switch factor.joint {
      case .beside, .dot:
        total = Dual(
          value: total.value * next.value,
          tangent: total.tangent * next.value + total.value * next.tangent)
      case .over:
        guard next.value != 0 else {
          throw LocatedError(
            .fact("this divides by zero", advice: nil), at: Expression.product(factors).columns)
        }
        total = Dual(
          value: total.value / next.value,
          tangent: (total.tangent * next.value - total.value * next.tangent)
            / (next.value * next.value))
      }
    }
    return total
  }
}
