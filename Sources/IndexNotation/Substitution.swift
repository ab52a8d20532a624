/// A number as it stands in a line: its magnitude in digits and its sign apart.
package struct Numeral: Equatable, Sendable {
  package var magnitude: String
  package var isNegative: Bool

  package init(magnitude: String, isNegative: Bool) {
    self.magnitude = magnitude
    self.isNegative = isNegative
  }

  package func text(minus: Character) -> String {
    isNegative ? String(minus) + magnitude : magnitude
  }
}

/// A scope that can also say how a number is written.
package protocol NumeralScope: Scope {
  func numeral(_ value: Double) -> Numeral
  /// A quantity as typed (weights, inputs), else to the digits in force.
  func numeral(of reference: Reference, _ indices: IndexValues) throws(EvaluationError) -> Numeral
  /// What to print for ∂C/∂a: the right side of the document's own cost gradient, if it applies.
  func replacement(
    for top: Reference, by bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> (Expression, IndexValues)?
}

/// Replaces the leaves of a tree by numbers, keeping its structure: sums become their terms, a
/// derivative f′(…) its value, a negative factor stands in parentheses, a negative term is
/// subtracted.
package struct Substitution<S: NumeralScope> {
  let scope: S
  let evaluator: Evaluator<S>
  let ascii: Bool
  /// Sums with more terms than this are elided in the middle.
  let termLimit: Int
  /// Inner sums are printed as their values, for a row that would be too long.
  let collapsesInnerSums: Bool
  /// So are sums inside parentheses.
  let collapsesGroups: Bool

  package init(
    _ scope: S, ascii: Bool, termLimit: Int = 8, collapsesInnerSums: Bool = false,
    collapsesGroups: Bool = false
  ) {
    self.collapsesGroups = collapsesGroups
    self.scope = scope
    evaluator = Evaluator(scope)
    self.ascii = ascii
    self.termLimit = termLimit
    self.collapsesInnerSums = collapsesInnerSums
  }

  /// The line of numbers.
  package func text(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> String {
    try joined(piece(expression, indices, isWhole: true).terms)
  }

  /// The values of the terms of a sum, for the second line of a cost; nil if it is no sum.
  package func termValues(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> String? {
    let values = try self.values(ofTerms: expression, indices)
    guard values.count > 1, values.count <= termLimit else { return nil }
    return joined(
      values.map {
        let numeral = scope.numeral($0)
        return Part(isNegative: numeral.isNegative, text: numeral.magnitude)
      })
  }

  // MARK: pieces

  private enum Kind { case atom, product, sum }

  private struct Part {
    var isNegative: Bool
    var text: String
  }

  private struct Piece {
    var kind: Kind
    var terms: [Part]

    static func atom(_ text: String, isNegative: Bool = false) -> Piece {
      Piece(kind: .atom, terms: [Part(isNegative: isNegative, text: text)])
    }
  }

  private var minus: Character { ascii ? "-" : "−" }
  private var tightDot: String { ascii ? "*" : "·" }
  private var wideDot: String { ascii ? " * " : " · " }

  private func joined(_ terms: [Part]) -> String {
    var text = ""
    for (position, term) in terms.enumerated() {
      if position == 0 {
        text = term.isNegative ? String(minus) + term.text : term.text
      } else {
        text += " \(term.isNegative ? String(minus) : "+") \(term.text)"
      }
    }
    return text
  }

  private func atom(_ numeral: Numeral) -> Piece {
    .atom(numeral.magnitude, isNegative: numeral.isNegative)
  }

  private func valueAtom(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    atom(scope.numeral(try evaluator.number(expression, indices)))
  }

  private func piece(
    _ expression: Expression, _ indices: IndexValues, isWhole: Bool = false
  ) throws(LocatedError) -> Piece {
    switch expression {
    case .number(let text, _): return .atom(text == "½" && ascii ? "1/2" : text)
    case .reference(let reference):
      if reference.lower.isEmpty, case .matrix = try evaluator.value(expression, indices) {
        return .atom("[…]")
      }
      return atom(
        try located(reference.columns) { () throws(EvaluationError) in
          try scope.numeral(of: reference, indices)
        })
    case .partial(let top, let bottom):
      let replaced = try located(expression.columns) { () throws(EvaluationError) in
        try scope.replacement(for: top, by: bottom, indices)
      }
      if let (replacement, inner) = replaced { return try piece(replacement, inner) }
      return try valueAtom(expression, indices)
    case .gradient, .norm, .hadamard, .transpose, .matrix:
      return try valueAtom(expression, indices)
    case .call(let name, let primes, let arguments, _):
      return try call(name, primes, arguments, expression, indices, isWhole: isWhole)
    case .group(let inner): return try group(inner, indices)
    case .power(let base, let exponent): return try power(base, exponent, indices)
    case .addition(let terms): return try addition(terms, indices)
    case .product(let factors): return try product(factors, indices)
    case .sum(let binder, let body):
      return try sum(binder, body, indices, isInner: indices.isInSum)
    }
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

  private func call(
    _ name: String, _ primes: Int, _ arguments: [Expression], _ whole: Expression,
    _ indices: IndexValues, isWhole: Bool
  ) throws(LocatedError) -> Piece {
    let isElementary = Vocabulary.elementary.contains(name)
    guard isElementary || (isWhole && primes == 0), let argument = arguments.first else {
      return try valueAtom(whole, indices)
    }
    let inner =
      isComplement(argument)
      ? try valueAtom(argument, indices) : try piece(argument, indices)
    let text = joined(inner.terms)
    let printedName = ascii ? Renderer(styles: [:]).name(name, .ascii) : name
    if name == "log", inner.kind == .atom, !(inner.terms.first?.isNegative ?? false) {
      return .atom("\(printedName) \(text)")
    }
    return .atom("\(printedName)(\(text))")
  }

  /// `1 − y`, whose value a reader wants at once.
  private func isComplement(_ expression: Expression) -> Bool {
    guard case .addition(let terms) = expression, terms.count == 2,
      case .number("1", _) = terms[0].expression, terms[1].isSubtracted
    else { return false }
    switch terms[1].expression {
    case .reference, .call: return true
    default: return false
    }
  }

  private func group(
    _ inner: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    if isComplement(inner) { return try valueAtom(inner, indices) }
    var indices = indices
    indices.isInGroup = true
    let body = try piece(inner, indices)
    if body.kind == .atom { return body }
    return .atom("(\(joined(body.terms)))")
  }

  private func power(
    _ base: Expression, _ exponent: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    let body = try piece(base, indices)
    let isNegative = body.terms.first?.isNegative ?? false
    let text = isNegative || body.kind != .atom ? "(\(joined(body.terms)))" : body.terms[0].text
    if case .number("2", _) = exponent { return .atom(ascii ? "\(text)^2" : "\(text)²") }
    return .atom("\(text)^\(joined(try piece(exponent, indices).terms))")
  }

  private func addition(
    _ terms: [Term], _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    var parts: [Part] = []
    for term in terms {
      for part in try piece(term.expression, indices).terms {
        parts.append(Part(isNegative: part.isNegative != term.isSubtracted, text: part.text))
      }
    }
    if parts.count == 1 { return Piece(kind: .product, terms: parts) }
    return Piece(kind: .sum, terms: parts)
  }

  // MARK: products

  private func product(
    _ factors: [Factor], _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    var pieces: [(joint: Joint, piece: Piece)] = []
    for factor in factors {
      pieces.append((factor.joint, try piece(factor.expression, indices)))
    }
    // ½ Σ (…)² is printed ½ (…)² + ½ (…)².
    if pieces.count == 2, case .number(let literal, _) = factors[0].expression,
      pieces[1].piece.kind == .sum, pieces[1].joint != .over
    {
      let head = literal == "½" && ascii ? "1/2" : literal
      return Piece(
        kind: .sum,
        terms: pieces[1].piece.terms.map {
          Part(isNegative: $0.isNegative, text: "\(head) \($0.text)")
        })
    }
    return Piece(
      kind: .product,
      terms: [Part(isNegative: false, text: multiplied(pieces, dot: wideDot))])
  }

  private func multiplied(_ pieces: [(joint: Joint, piece: Piece)], dot: String) -> String {
    var text = ""
    for (position, item) in pieces.enumerated() {
      let needsGroup = item.piece.kind == .sum || (item.piece.terms.first?.isNegative ?? false)
      let body = joined(item.piece.terms)
      let next = needsGroup && pieces.count > 1 ? "(\(body))" : body
      if position == 0 {
        text = next
      } else if item.joint == .over {
        text += item.piece.kind == .sum ? " / \(next)" : "/\(next)"
      } else {
        text += (text == "½" || text == "1/2" ? " " : dot) + next
      }
    }
    return text
  }

  // MARK: sums

  /// Factors of a sum's body that do not depend on its index come out of it.
  private func sum(
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
  private func onlyTerm(
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

  private func bound(
    _ binder: Binder, _ body: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> (IndexKey, [IndexValue]) {
    try located(body.columns) { () throws(EvaluationError) -> (IndexKey, [IndexValue]) in
      (try scope.key(of: binder.index, indices), try scope.values(of: binder, in: body, indices))
    }
  }

  private func terms(
    _ binder: Binder, _ body: Expression, _ factors: [Factor], _ indices: IndexValues
  ) throws(LocatedError) -> [Part] {
    let (key, values) = try bound(binder, body, indices)
    if values.isEmpty { return [Part(isNegative: false, text: "0")] }
    var shown = values
    let elides = values.count > termLimit
    if elides { shown = Array(values.prefix(2)) + [values[values.count - 1]] }
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

  private func term(
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

  private func values(
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

extension Expression {
  /// Whether an index of this name occurs anywhere in the tree.
  func mentions(_ name: IndexName) -> Bool {
    if case .sum(_, let body) = self { return body.mentions(name) }
    return references.contains { reference in
      (reference.lower + reference.upper + [reference.example, reference.layer].compactMap { $0 })
        .contains { $0.mentions(name) }
    }
  }
}

extension Index {
  func mentions(_ name: IndexName) -> Bool {
    switch self {
    case .integer, .label: return false
    case .plus(let a, let b), .minus(let a, let b): return a.mentions(name) || b.mentions(name)
    case .name(let own):
      return own == name || (own.lower?.mentions(name) ?? false)
        || (own.upper?.mentions(name) ?? false)
    }
  }
}
