/// A term of a sum, its sign apart.
struct Part {
  var isNegative: Bool
  var text: String
}

/// What a part of a tree became.
struct Piece {
  enum Kind { case atom, product, sum }
  var kind: Kind
  var terms: [Part]

  static func atom(_ text: String, isNegative: Bool = false) -> Piece {
    Piece(kind: .atom, terms: [Part(isNegative: isNegative, text: text)])
  }
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

  var minus: Character { ascii ? "-" : "−" }
  var tightDot: String { ascii ? "*" : "·" }
  var wideDot: String { ascii ? " * " : " · " }

  func joined(_ terms: [Part]) -> String {
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

  func atom(_ numeral: Numeral) -> Piece {
    .atom(numeral.magnitude, isNegative: numeral.isNegative)
  }

  func valueAtom(
    _ expression: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    atom(scope.numeral(try evaluator.number(expression, indices)))
  }

  func piece(
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
    case .gradient, .norm, .hadamard, .transpose, .matrix, .derivative, .cases, .index:
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

  func located<Result>(
    _ columns: Columns, _ body: () throws(EvaluationError) -> Result
  ) throws(LocatedError) -> Result {
    do throws(EvaluationError) {
      return try body()
    } catch {
      throw LocatedError(error, at: columns)
    }
  }

  func call(
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
  func isComplement(_ expression: Expression) -> Bool {
    guard case .addition(let terms) = expression, terms.count == 2,
      case .number("1", _) = terms[0].expression, terms[1].isSubtracted
    else { return false }
    switch terms[1].expression {
    case .reference, .call: return true
    default: return false
    }
  }

  func group(
    _ inner: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    if isComplement(inner) { return try valueAtom(inner, indices) }
    var indices = indices
    indices.isInGroup = true
    let body = try piece(inner, indices)
    if body.kind == .atom { return body }
    return .atom("(\(joined(body.terms)))")
  }

  func power(
    _ base: Expression, _ exponent: Expression, _ indices: IndexValues
  ) throws(LocatedError) -> Piece {
    let body = try piece(base, indices)
    let isNegative = body.terms.first?.isNegative ?? false
    let needsGroup = isNegative || body.kind != .atom || base.isPower
    let text = needsGroup ? "(\(joined(body.terms)))" : body.terms[0].text
    if case .number("2", _) = exponent { return .atom(ascii ? "\(text)^2" : "\(text)²") }
    let raised = try piece(exponent, indices)
    let upper = joined(raised.terms)
    let isSimple =
      raised.kind == .atom && raised.terms.first?.isNegative != true
      && !upper.contains { "^²/·*".contains($0) }
    return .atom(isSimple ? "\(text)^\(upper)" : "\(text)^(\(upper))")
  }

  func addition(
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

  func product(
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

  func multiplied(_ pieces: [(joint: Joint, piece: Piece)], dot: String) -> String {
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
}

extension Expression {
  /// A power, in parentheses or not: its own power needs them.
  var isPower: Bool {
    if case .group(let inner) = self { return inner.isPower }
    if case .power = self { return true }
    return false
  }

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
