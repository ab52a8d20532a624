import Glibc

/// Evaluates a tree in a scope, scalars and matrices alike.
package struct Evaluator<S: Scope> {
  let scope: S

  package init(_ scope: S) {
    self.scope = scope
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
    case .group(let inner): return try value(inner, indices)
    case .sum(let binder, let body): return try sum(binder, body, indices)
    case .addition(let terms): return try addition(terms, indices)
    case .product(let factors): return try product(factors, indices)
    case .hadamard(let left, let right, let glyph):
      return try entrywise(left, right, String(glyph), indices)
    case .power(let base, let exponent): return try power(base, exponent, indices)
    case .transpose(let inner):
      switch try value(inner, indices) {
      case .scalar(let number): return .scalar(number)
      case .matrix(let matrix): return .matrix(matrix.transposed)
      }
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
      return .scalar(try Tangent(scope, by: bottom).of(body, indices).tangent)
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

  private func located<Result>(
    _ columns: Columns, _ body: () throws(EvaluationError) -> Result
  ) throws(LocatedError) -> Result {
    do throws(EvaluationError) {
      return try body()
    } catch {
      throw LocatedError(error, at: columns)
    }
  }

  private func sum(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    let (key, values) = try located(body.columns) {
      () throws(EvaluationError) -> (IndexKey, [IndexValue]) in
      (try scope.key(of: binder.index, indices), try scope.values(of: binder, in: body, indices))
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

  private func addition(
    _ terms: [Term], _ indices: IndexValues
  ) throws(LocatedError) -> Value {
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

  private func power(
    _ base: Expression, _ exponent: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    let x = try number(base, indices)
    let n = try number(exponent, indices)
    return .scalar(n == 2 ? x * x : pow(x, n))
  }

  private func call(
    _ name: String, _ primes: Int, _ arguments: [Expression], _ columns: Columns,
    _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    guard arguments.count == 1 else {
      throw LocatedError(
        .fact("\(name) takes one argument, not \(arguments.count)", advice: nil), at: columns)
    }
    let argument = try value(arguments[0], indices)
    guard Vocabulary.elementary.contains(name) else {
      return try located(columns) { () throws(EvaluationError) in
        try scope.apply(name, primes: primes, to: arguments[0], value: argument, indices)
      }
    }
    let function = elementary(name)
    switch argument {
    case .scalar(let x): return .scalar(function(x))
    case .matrix(let matrix): return .matrix(matrix.map(function))
    }
  }

  private func elementary(_ name: String) -> (Double) -> Double {
    switch name {
    case "log": return { Glibc.log($0) }
    case "exp": return { Glibc.exp($0) }
    case "sqrt": return { $0.squareRoot() }
    default: return { Swift.abs($0) }
    }
  }

  private func matrix(
    _ rows: [[Expression]], _ columns: Columns, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    var whole: Matrix?
    var isOfNumbers = true
    for (i, row) in rows.enumerated() {
      var line: Matrix?
      for entry in row {
        let part = try value(entry, indices)
        if case .matrix = part { isOfNumbers = false }
        let block = part.asMatrix
        guard let left = line else {
          line = block
          continue
        }
        guard let wider = left.beside(block) else {
          throw LocatedError(
            .shapes(left.shape, operation: "beside", block.shape), at: entry.columns)
        }
        line = wider
      }
      guard let line else {
        throw LocatedError(.fact("row \(i + 1) is empty", advice: nil), at: columns)
      }
      guard let above = whole else {
        whole = line
        continue
      }
      guard let taller = above.above(line) else {
        throw LocatedError(
          isOfNumbers
            ? .fact(
              "row \(i + 1) has \(line.columns) numbers, row 1 has \(above.columns)", advice: nil)
            : .shapes(above.shape, operation: "above", line.shape), at: columns)
      }
      whole = taller
    }
    guard let whole else { throw LocatedError(.fact("this is empty", advice: nil), at: columns) }
    return .matrix(whole)
  }
}
