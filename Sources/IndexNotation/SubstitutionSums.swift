// Sums: the factors without the index come out, the rest becomes terms.

extension Substitution {
  /// Factors of a sum's body that do not depend on its index come out of it.
  func sum(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues, isInner: Bool
  ) throws(LocatedError) -> Piece {
    if isInner && collapsesInnerSums || indices.isInGroup && collapsesGroups {
      return try valueAtom(.sum(binder, body), indices)
    }
    var factors = [Factor(.beside, body)]
    if case .product(let list) = body, !list.contains(where: { $0.joint == .over }) {
      factors = list
    }
    if let alone = try onlyTerm(binder, body, indices) { return try piece(body, alone) }
    let depends = factors.map { $0.expression.mentions(binder.index) }
    let first = depends.firstIndex(of: true) ?? 0
    let last = depends.lastIndex(of: true) ?? factors.count - 1
    let parts = try terms(binder, body, Array(factors[first...last]), indices)
    let outside = Array(factors[..<first]) + Array(factors[(last + 1)...])
    if outside.isEmpty {
      return Piece(kind: parts.count == 1 ? .product : .sum, terms: parts)
    }
    var pieces: [(joint: Joint, piece: Piece)] = []
    for factor in factors[..<first] { pieces.append((.dot, try piece(factor.expression, indices))) }
    pieces.append((.dot, Piece(kind: parts.count == 1 ? .product : .sum, terms: parts)))
    for factor in factors[(last + 1)...] {
      pieces.append((.dot, try piece(factor.expression, indices)))
    }
    return Piece(
      kind: .product, terms: [Part(isNegative: false, text: multiplied(pieces, dot: wideDot))])
  }

  /// The indices of a sum's one term, if nothing stands outside it: such a sum is its term.
  func onlyTerm(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> IndexValues? {
    guard case .product(let factors) = body,
      factors.allSatisfy({ $0.expression.mentions(binder.index) })
    else { return nil }
    let (key, values) = try bound(binder, body, indices)
    guard values.count == 1 else { return nil }
    var inner = indices.binding(key, values[0])
    inner.isInSum = true
    return inner
  }

  func bound(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> (IndexKey, IndexRun) {
    try located(body.columns) { () throws(EvaluationError) -> (IndexKey, IndexRun) in
      (try scope.key(of: binder.index, indices), try scope.values(of: binder, in: body, indices))
    }
  }

  func terms(
    _ binder: Binder, _ body: Expression, _ factors: [Factor], _ indices: IndexValues
  ) throws(LocatedError) -> [Part] {
    let (key, values) = try bound(binder, body, indices)
    if values.isEmpty { return [Part(isNegative: false, text: "0")] }
    let elides = values.count > termLimit
    let shown =
      elides ? Array(values.prefix(2)) + [values[values.count - 1]] : Array(values)
    var parts: [Part] = []
    for (position, value) in shown.enumerated() {
      if elides, position == 2 {
        parts.append(Part(isNegative: false, text: ascii ? "..." : "…"))
      }
      var inner = indices.binding(key, value)
      inner.isInSum = true
      parts += try term(factors, inner, isAlone: values.count == 1)
    }
    return parts
  }

  func term(
    _ factors: [Factor], _ indices: IndexValues, isAlone: Bool
  ) throws(LocatedError) -> [Part] {
    if factors.count == 1 { return try piece(factors[0].expression, indices).terms }
    var pieces: [(joint: Joint, piece: Piece)] = []
    for factor in factors { pieces.append((.dot, try piece(factor.expression, indices))) }
    let negative = pieces.indices.filter {
      pieces[$0].piece.kind == .atom && pieces[$0].piece.terms[0].isNegative
    }
    if negative.count == 1, !isAlone {
      pieces[negative[0]].piece.terms[0].isNegative = false
      return [Part(isNegative: true, text: multiplied(pieces, dot: tightDot))]
    }
    return [Part(isNegative: false, text: multiplied(pieces, dot: tightDot))]
  }

  func values(
    ofTerms expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> [Double] {
    switch expression {
    case .addition(let terms):
      var values: [Double] = []
      for term in terms {
        for value in try self.values(ofTerms: term.expression, indices) {
          values.append(term.isSubtracted ? -value : value)
        }
      }
      return values
    case .product(let factors):
      guard factors.count == 2, factors[1].joint != .over,
        case .number(_, let scale) = factors[0].expression
      else { return [try evaluator.number(expression, indices)] }
      return try self.values(ofTerms: factors[1].expression, indices).map { scale * $0 }
    case .sum(let binder, let body):
      let (key, places) = try bound(binder, body, indices)
      var values: [Double] = []
      for value in places { values.append(try evaluator.number(body, indices.binding(key, value))) }
      return values
    default: return [try evaluator.number(expression, indices)]
    }
  }
}
