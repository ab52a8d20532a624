import Glibc

// Powers, functions, and matrices from their entries.

extension Evaluator {
  func power(
    _ base: Expression, _ exponent: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    try spend(1, at: base.columns)
    let x = try number(base, indices)
    let n = try number(exponent, indices)
    guard x != 0 || n >= 0 else {
      throw LocatedError(
        .fact("this divides by zero", advice: nil), at: base.columns.union(exponent.columns))
    }
    return .scalar(n == 2 ? x * x : pow(x, n))
  }

  func call(
    _ name: String, _ primes: Int, _ arguments: [Expression], _ columns: Columns,
    _ indices: IndexValues
  ) throws(LocatedError) -> Value {
    guard arguments.count == 1 else {
      throw LocatedError(
        .fact("\(name) takes one argument, not \(arguments.count)", advice: nil), at: columns)
    }
    try spend(1, at: columns)
    let argument = try value(arguments[0], indices)
    guard let function = ElementaryFunction(rawValue: name) else {
      return try located(columns) { () throws(EvaluationError) in
        try scope.apply(name, primes: primes, to: arguments[0], value: argument, indices)
      }
    }
    guard primes <= 1 else {
      throw LocatedError(
        .fact("the second derivative of \(name) is not known here", advice: nil), at: columns)
    }
    let rule = primes == 0 ? function.value : function.slope
    switch argument {
    case .scalar(let x): return .scalar(rule(x))
    case .matrix(let matrix): return .matrix(matrix.map(rule))
    }
  }

  func matrix(
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
