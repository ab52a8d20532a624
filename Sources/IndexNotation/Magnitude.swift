/// How large the terms of a tree are before they cancel: every difference is taken as a sum.
///
/// A result much smaller than this has lost as many digits as the two differ by.
package struct Magnitude<S: Scope> {
  let evaluator: Evaluator<S>
  private let work: Work

  package init(_ scope: S, work: Work = Work()) {
    self.work = work
    evaluator = Evaluator(scope, work: work)
  }

  package func of(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    switch expression {
    case .addition(let terms):
      var total = try of(terms[0].expression, indices)
      for term in terms.dropFirst() {
        total = Magnitude.combined(total, try of(term.expression, indices), +)
      }
      return total
    case .group(let inner): return try of(inner, indices)
    case .sum(let binder, let body):
      let key: IndexKey
      let values: IndexRun
      do throws(EvaluationError) {
        key = try evaluator.scope.key(of: binder.index, indices)
        values = try evaluator.scope.values(of: binder, in: body, indices)
        try work.spend(values.count)
      } catch {
        throw LocatedError(error, at: body.columns)
      }
      var total: Value?
      for value in values {
        let term = try of(body, indices.binding(key, value))
        total = total.map { Magnitude.combined($0, term, +) } ?? term
      }
      return total ?? .scalar(0)
    case .product(let factors):
      var total = try of(factors[0].expression, indices)
      for factor in factors.dropFirst() {
        if factor.joint == .over {
          let divisor = abs(try evaluator.number(factor.expression, indices))
          total = Magnitude.mapped(total) { $0 / divisor }
        } else {
          total = Magnitude.product(total, try of(factor.expression, indices))
        }
      }
      return total
    case .hadamard(let left, let right, _):
      return Magnitude.combined(try of(left, indices), try of(right, indices), *)
    case .transpose(let inner):
      return try of(inner, indices).transposed
    case .number, .reference, .power, .call, .partial, .derivative, .gradient, .norm, .matrix,
      .cases, .index:
      return Magnitude.mapped(try evaluator.value(expression, indices)) { abs($0) }
    }
  }

  private static func mapped(_ value: Value, _ transform: (Double) -> Double) -> Value {
    switch value {
    case .scalar(let number): return .scalar(transform(number))
    case .matrix(let matrix): return .matrix(matrix.map(transform))
    }
  }

  private static func combined(
    _ left: Value, _ right: Value, _ combine: (Double, Double) -> Double
  ) -> Value {
    if case .matrix(let a) = left, case .matrix(let b) = right, let both = a.zipped(b, combine) {
      return .matrix(both)
    }
    return .scalar(combine(left.number ?? 0, right.number ?? 0))
  }

  private static func product(_ left: Value, _ right: Value) -> Value {
    switch (left, right) {
    case (.scalar(let a), .scalar(let b)): return .scalar(a * b)
    case (.scalar(let a), .matrix(let b)): return .matrix(b.map { a * $0 })
    case (.matrix(let a), .scalar(let b)): return .matrix(a.map { $0 * b })
    case (.matrix(let a), .matrix(let b)): return a.times(b).map(Value.matrix) ?? left
    }
  }
}
