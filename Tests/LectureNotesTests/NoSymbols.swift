import IndexNotation

/// A scope without any symbol: what has a value here consists of numbers.
struct NoSymbols: Scope {
  private func unknown(_ name: String) -> EvaluationError {
    .fact("\(name) is no number", advice: nil)
  }

  func value(
    of reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    throw unknown(reference.name)
  }

  func partial(
    of top: Reference, by bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    throw unknown("∂\(top.name)/∂\(bottom.name)")
  }

  func derivative(
    of top: Reference, _ indices: IndexValues, by bottom: Reference, _ outside: IndexValues
  ) throws(EvaluationError) -> Double {
    throw unknown("∂/∂\(bottom.name)")
  }

  func apply(
    _ function: String, primes: Int, to argument: Expression, value: Value, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    throw unknown(function)
  }

  func range(
    of index: IndexName, in body: Expression, _ indices: IndexValues
  ) throws(EvaluationError) -> [IndexValue] {
    throw unknown("Σ_\(index.letter)")
  }

  func layer(of index: IndexName, _ indices: IndexValues) -> Int? { nil }

  func constant(_ name: IndexName, _ indices: IndexValues) throws(EvaluationError) -> Int? { nil }
}
