/// Numbers in the place of symbols: a tree at given values of its indices whose leaves are numbers
/// and whose sums are written out.
///
/// Where `Substitution` prints a line for the terminal, this gives a tree again, for `Renderer`,
/// `LaTeX` and `MathML`. It has the value of the tree it was made of, and needs no symbol for it.
package struct Insertion<S: NumeralScope> {
  /// How an inserted number is written.
  package enum Digits: Sendable {
    /// As stepping prints it: as typed, or to the digits in force.
    case shown
    /// So many that it reads back as it is.
    case all
  }

  let scope: S
  let evaluator: Evaluator<S>
  /// So many terms are written out at most.
  let work = Work(100_000)
  let digits: Digits
  /// `σ(0.3)` where that is a whole side, as stepping prints it; its value takes a scope that has σ.
  let keepsFunctions: Bool

  package init(_ scope: S, _ digits: Digits, keepsFunctions: Bool = false) {
    self.scope = scope
    self.digits = digits
    self.keepsFunctions = keepsFunctions
    evaluator = Evaluator(scope)
  }

  /// The right sides with numbers; the left side as it is.
  package func substituted(
    _ relation: Relation, _ indices: IndexValues
  ) throws(LocatedError) -> Relation {
    var inserted = Relation(left: relation.left, sides: [])
    for side in relation.sides {
      inserted.sides.append(.init(side.sign, try substituted(side.expression, indices)))
    }
    return inserted
  }

  package func substituted(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    if keepsFunctions, case .call(let name, primes: 0, let arguments, let columns) = expression {
      return .call(name, primes: 0, try list(arguments, indices), columns)
    }
    return try part(expression, indices)
  }

  func part(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    switch expression {
    case .number: return expression
    case .reference(let reference): return try self.reference(reference, indices)
    case .partial, .gradient, .derivative: return try value(expression, indices)
    case .index:
      let value = try evaluator.number(expression, indices)
      return Insertion.signed(Insertion.exact(value), value)
    case .sum(let binder, let body):
      return Insertion.combined(try terms(binder, body, indices))
    case .addition(let terms): return try addition(terms, indices)
    case .product(let factors): return try product(factors, indices)
    case .hadamard(let left, let right, let glyph):
      return .hadamard(
        Insertion.factor(try part(left, indices)),
        Insertion.rightFactor(try part(right, indices)), glyph: glyph)
    case .power(let base, let exponent):
      return .power(
        Insertion.raisable(try part(base, indices)), try part(exponent, indices))
    case .transpose(let inner):
      let body = try part(inner, indices)
      if case .number = body { return body }
      return .transpose(Insertion.raisable(body))
    case .norm(let inner): return .norm(try part(inner, indices))
    case .group(let inner):
      let body = try part(inner, indices)
      if case .number = body { return body }
      return .group(body)
    case .call(let name, let primes, let arguments, let columns):
      // What f is depends on the layer, and f′(0.4) says nothing to a reader.
      guard Vocabulary.elementary.contains(name), primes == 0 else {
        return try value(expression, indices)
      }
      return .call(name, primes: 0, try list(arguments, indices), columns)
    case .matrix(let rows, let columns):
      var inserted: [[Expression]] = []
      for row in rows { inserted.append(try list(row, indices)) }
      return .matrix(inserted, columns)
    case .cases(let list):
      for alternative in list where try evaluator.holds(alternative.condition, indices) {
        return try part(alternative.value, indices)
      }
      throw LocatedError(.fact("none of the cases applies", advice: nil), at: expression.columns)
    }
  }

  private func list(
    _ expressions: [Expression], _ indices: IndexValues
  ) throws(LocatedError) -> [Expression] {
    var inserted: [Expression] = []
    for expression in expressions { inserted.append(try part(expression, indices)) }
    return inserted
  }

  // MARK: numbers

  private func reference(
    _ reference: Reference, _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    let whole = Expression.reference(reference)
    guard case .shown = digits,
      case .scalar(let value) = try evaluator.value(whole, indices)
    else { return try value(whole, indices) }
    do throws(EvaluationError) {
      return Insertion.signed(try scope.numeral(of: reference, indices), value)
    } catch {
      throw LocatedError(error, at: reference.columns)
    }
  }

  /// The value of a part, a matrix entry by entry.
  private func value(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Expression {
    switch try evaluator.value(expression, indices) {
    case .scalar(let value): return number(value)
    case .matrix(let matrix):
      let rows = (0..<matrix.rows).map { row in
        (0..<matrix.columns).map { number(matrix[row, $0]) }
      }
      return .matrix(rows, expression.columns)
    }
  }

  private func number(_ value: Double) -> Expression {
    switch digits {
    case .shown: return Insertion.signed(scope.numeral(value), value)
    case .all: return Insertion.signed(Insertion.exact(value), value)
    }
  }

  private static func exact(_ value: Double) -> Numeral {
    Numeral(magnitude: NumberText.shortest(abs(value)), isNegative: value < 0)
  }

  /// A negative number is a subtracted one; who takes it as a part puts it in parentheses.
  private static func signed(_ numeral: Numeral, _ value: Double) -> Expression {
    let literal = Expression.number(numeral.magnitude, abs(value))
    return numeral.isNegative ? .addition([Term(literal, isSubtracted: true)]) : literal
  }
}
