/// Evaluates a tree in a scope, scalars and matrices alike.
package struct Evaluator<S: Scope> {
  let scope: S
  /// What is left to compute; every evaluation has its own if none is given.
  private let work: Work?

  package init(_ scope: S, work: Work? = nil) {
    self.scope = scope
    self.work = work
  }

  package func number(
    _ expression: Expression, _ indices: IndexValues = IndexValues()
  ) throws(LocatedError) -> Double {
    let value = try value(expression, indices)
    guard let number = value.number else {
      throw LocatedError(
        .fact("this is \(value.shape), not one number", advice: nil), at: expression.columns)
    }
    return number
  }

  package func value(
    _ expression: Expression, _ indices: IndexValues = IndexValues()
  ) throws(LocatedError) -> Value {
    switch expression {
    case .number, .reference, .partial, .gradient, .index:
      return try evaluated(expression, indices)
    case .group, .sum, .addition, .product, .hadamard, .power, .transpose, .norm, .call, .matrix,
      .derivative, .cases:
      guard work == nil else { return try evaluated(expression, indices) }
      return try Evaluator(scope, work: Work()).evaluated(expression, indices)
    }
  }

  private func evaluated(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    switch expression {
    case .number(_, let value): return .scalar(value)
    case .reference(let reference):
      do throws(EvaluationError) {
        return try scope.value(of: reference, indices)
      } catch {
        throw LocatedError(error, at: reference.columns(of: error))
      }
    case .partial(let top, let bottom):
      do throws(EvaluationError) {
        return try scope.partial(of: top, by: bottom, indices)
      } catch {
        let place = bottom.columns(of: error)
        throw LocatedError(
          error, at: place.start == bottom.columns.start ? expression.columns : place)
      }
    case .gradient(let activation, let cost):
      return try located(expression.columns) { () throws(EvaluationError) in
        try scope.partial(of: cost, by: activation, indices)
      }
    case .group(let inner):
      try spend(1, at: inner.columns)
      return try value(inner, indices)
    case .sum(let binder, let body): return try sum(binder, body, indices)
    case .addition(let terms): return try addition(terms, indices)
    case .product(let factors): return try product(factors, indices)
    case .hadamard(let left, let right, let glyph):
      return try entrywise(left, right, String(glyph), indices)
    case .power(let base, let exponent): return try power(base, exponent, indices)
    case .transpose(let inner): return try value(inner, indices).transposed
    case .norm(let inner):
      switch try value(inner, indices) {
      case .scalar(let number): return .scalar(abs(number))
      case .matrix(let matrix):
        return .scalar(matrix.entries.reduce(0) { $0 + $1 * $1 }.squareRoot())
      }
    case .call(let name, let primes, let arguments, let columns):
      return try call(name, primes, arguments, columns, indices)
    case .matrix(let rows, let columns): return try matrix(rows, columns, indices)
    case .derivative(let body, let bottom):
      return .scalar(try Tangent(scope, by: bottom, work ?? Work()).of(body, indices).tangent)
    case .cases(let list):
      for alternative in list where try holds(alternative.condition, indices) {
        return try value(alternative.value, indices)
      }
      throw LocatedError(.fact("none of the cases applies", advice: nil), at: expression.columns)
    case .index(let index):
      return .scalar(
        Double(
          try located(.none) { () throws(EvaluationError) in try scope.integer(index, indices) }))
    }
  }

  package func holds(
    _ comparison: Comparison, _ indices: IndexValues
  ) throws(LocatedError) -> Bool {
    comparison.sign.holds(
      try number(comparison.left, indices), try number(comparison.right, indices))
  }

  func located<Result>(
    _ columns: @autoclosure () -> Columns, _ body: () throws(EvaluationError) -> Result
  ) throws(LocatedError) -> Result {
    do throws(EvaluationError) {
      return try body()
    } catch {
      throw LocatedError(error, at: columns())
    }
  }

  private func sum(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    let key: IndexKey
    let values: IndexRun
    do throws(EvaluationError) {
      values = try scope.values(of: binder, in: body, indices)
      try work?.spend(values.count)
      key = try scope.key(of: binder.index, indices)
    } catch {
      throw LocatedError(error, at: body.columns)
    }
    guard let first = values.first else { return .scalar(0) }
    var total: Value?
    var inner = indices.binding(key, first)
    for bound in values {
      inner.rebindLast(bound)
      let term = try value(body, inner)
      if let sum = total {
        total = try add(sum, term, isSubtracted: false, body.columns)
      } else {
        total = term
      }
    }
    return total ?? .scalar(0)
  }

  /// Sums within sums, long expressions and large matrices add up.
  func spend(_ count: Int, at columns: @autoclosure () -> Columns) throws(LocatedError) {
    guard count > 0, let work else { return }
    do throws(EvaluationError) {
      try work.spend(count)
    } catch {
      throw LocatedError(error, at: columns())
    }
  }

  private func addition(
    _ terms: [Term], _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    try spend(terms.count, at: terms[0].expression.columns)
    var total = try value(terms[0].expression, indices)
    if terms[0].isSubtracted { total = negated(total) }
    for term in terms.dropFirst() {
      let next = try value(term.expression, indices)
      total = try add(
        total, next, isSubtracted: term.isSubtracted, Expression.addition(terms).columns)
    }
    return total
  }

  private func negated(_ value: Value) -> Value {
    switch value {
    case .scalar(let number): return .scalar(-number)
    case .matrix(let matrix): return .matrix(matrix.map { -$0 })
    }
  }

  private func add(
    _ left: Value, _ right: Value, isSubtracted: Bool, _ columns: @autoclosure () -> Columns
  ) throws(LocatedError) -> Value {
    let combine: (Double, Double) -> Double = isSubtracted ? { $0 - $1 } : { $0 + $1 }
    switch (left, right) {
    case (.scalar(let a), .scalar(let b)): return .scalar(combine(a, b))
    case (.matrix(let a), .matrix(let b)):
      if let sum = a.zipped(b, combine) { return .matrix(sum) }
    case (.matrix, .scalar), (.scalar, .matrix):
      // A row times a column is a number.
      if let a = left.number, let b = right.number { return .scalar(combine(a, b)) }
    }
    throw LocatedError(
      .shapes(left.shape, operation: isSubtracted ? "−" : "+", right.shape), at: columns())
  }

  private func product(
    _ factors: [Factor], _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    try spend(factors.count, at: factors[0].expression.columns)
    var total = try value(factors[0].expression, indices)
    for factor in factors.dropFirst() {
      let next = try value(factor.expression, indices)
      total =
        factor.joint == .over
        ? try divide(total, next, Expression.product(factors).columns)
        : try multiply(total, next, Expression.product(factors).columns)
    }
    return total
  }

  private func divide(
    _ left: Value, _ right: Value, _ columns: @autoclosure () -> Columns
  ) throws(LocatedError) -> Value {
    guard let divisor = right.number else {
      throw LocatedError(.shapes(left.shape, operation: "/", right.shape), at: columns())
    }
    guard divisor != 0 else {
      throw LocatedError(.fact("this divides by zero", advice: nil), at: columns())
    }
    switch left {
    case .scalar(let number): return .scalar(number / divisor)
    case .matrix(let matrix): return .matrix(matrix.map { $0 / divisor })
    }
  }

  private func multiply(
    _ left: Value, _ right: Value, _ columns: @autoclosure () -> Columns
  ) throws(LocatedError) -> Value {
    switch (left, right) {
    case (.scalar(let a), .scalar(let b)): return .scalar(a * b)
    case (.scalar(let a), .matrix(let b)): return .matrix(b.map { a * $0 })
    case (.matrix(let a), .scalar(let b)): return .matrix(a.map { $0 * b })
    case (.matrix(let a), .matrix(let b)):
      try spend((a.entries.count >> 4) * b.columns, at: columns())
      if let product = a.times(b) { return .matrix(product) }
      throw LocatedError(.shapes(left.shape, operation: "·", right.shape), at: columns())
    }
  }

  private func entrywise(
    _ left: Expression, _ right: Expression, _ glyph: String, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    let a = try value(left, indices)
    let b = try value(right, indices)
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)): return .scalar(x * y)
    case (.matrix(let x), .matrix(let y)):
      if let product = x.zipped(y, *) { return .matrix(product) }
    case (.matrix, .scalar), (.scalar, .matrix): break
    }
    throw LocatedError(
      .shapes(a.shape, operation: glyph, b.shape), at: left.columns.union(right.columns))
  }
}
