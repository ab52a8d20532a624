// Sums, products, powers.

extension Parser {
  mutating func side() throws(SyntaxError) -> Expression {
    try deeper { parser throws(SyntaxError) in try parser.sideBody() }
  }

  mutating func sideBody() throws(SyntaxError) -> Expression {
    var terms: [Term] = []
    skipBlanks()
    var isSubtracted = take("-")
    if !isSubtracted { _ = take("+") }
    while true {
      terms.append(Term(try term(), isSubtracted: isSubtracted))
      skipBlanks()
      if take("+") {
        isSubtracted = false
      } else if take("-") {
        isSubtracted = true
      } else {
        break
      }
      skipBlanks()
      if take("-") { isSubtracted.toggle() }
    }
    if terms.count == 1, !terms[0].isSubtracted { return terms[0].expression }
    return .addition(terms)
  }

  mutating func term() throws(SyntaxError) -> Expression {
    var expression = try product()
    for links in 0... {
      try checkChain(links)
      skipBlanks()
      var glyph: Character = "⊙"
      if take(text: "(.)") {
        glyph = "⊙"
      } else if let printed = current, printed == "⊙" || printed == "⊗" {
        position += 1
        glyph = printed
      } else {
        return expression
      }
      expression = .hadamard(expression, try product(), glyph: glyph)
    }
    return expression
  }

  mutating func product() throws(SyntaxError) -> Expression {
    skipBlanks()
    var start = position
    var factors = [Factor(.beside, try factor())]
    while true {
      let before = position
      skipBlanks()
      let joint: Joint
      if take("·") || take("*") {
        joint = .dot
      } else if take("/") {
        joint = .over
      } else if beginsFactor, !(current == "(" && peek(1) == "." && peek(2) == ")"),
        !(isInCases && wordStart("if ") != nil)
      {
        try refuseNumbersSideBySide(after: factors)
        joint = .beside
      } else {
        position = before
        break
      }
      skipBlanks()
      if joint != .over { start = position }
      let sign = take("-")
      var next = try factor()
      if joint == .over, case .number(_, 0) = next {
        throw SyntaxError("this divides by zero", at: columns(from: start))
      }
      if sign { next = .group(.addition([Term(next, isSubtracted: true)])) }
      append(Factor(joint, next), to: &factors)
    }
    return factors.count == 1 ? factors[0].expression : .product(factors)
  }

  /// `w = 0.15 0.20` is a vector without its brackets, not 0.03.
  func refuseNumbersSideBySide(after factors: [Factor]) throws(SyntaxError) {
    guard beginsNumber || current == "½", case .number? = factors.last?.expression else { return }
    throw SyntaxError(
      "two numbers side by side", at: columns(from: position),
      advice: "a vector has brackets, as in: [1 2], or [1/2, 3]; a product of numbers needs *")
  }

  /// `1/2` is one number, as `½`.
  func append(_ factor: Factor, to factors: inout [Factor]) {
    if factor.joint == .over, case .number("2", _) = factor.expression,
      let last = factors.last, last.joint != .over, case .number("1", _) = last.expression
    {
      factors[factors.count - 1].expression = .number("½", 0.5)
    } else {
      factors.append(factor)
    }
  }

  mutating func factor() throws(SyntaxError) -> Expression {
    skipBlanks()
    if current == "Σ" { return try sigma(letters: 1) }
    if wordStart("sum") != nil, peek(3) == "_" { return try sigma(letters: 3) }
    if let start = wordStart("sum"), peek(3) == "(" { return try spelledSum(start) }
    return try postfix()
  }

  func wordStart(_ word: String) -> Int? {
    let wanted = Array(word)
    guard position + wanted.count <= source.characters.count,
      Array(source.characters[position..<position + wanted.count]) == wanted
    else { return nil }
    return position
  }

  /// `Σ_k …`, or `sum_k …` as printed in ASCII.
  mutating func sigma(letters: Int) throws(SyntaxError) -> Expression {
    position += letters
    guard take("_") else { throw unexpected() }
    let binder = try sumBinder()
    let body = try deeper { parser throws(SyntaxError) in try parser.product() }
    return .sum(binder, body)
  }

  /// `sum(k, …)` as typed.
  mutating func spelledSum(_ start: Int) throws(SyntaxError) -> Expression {
    position = start + 4
    let opened = position - 1
    skipBlanks()
    let name = try indexName()
    skipBlanks()
    guard take(",") else { throw unexpected() }
    let body = try side()
    try expect(")", opened: opened)
    return .sum(Binder(name), body)
  }

  mutating func postfix() throws(SyntaxError) -> Expression {
    var expression = try primary()
    if transposesReference {
      transposesReference = false
      expression = .transpose(expression)
    }
    for links in 0... {
      try checkChain(links)
      if take("⊤") || take("'") {
        expression = .transpose(expression)
      } else if current == "^" {
        position += 1
        if current == "T" || current == "⊤" {
          position += 1
          expression = .transpose(expression)
        } else if current == "{", peek(1) == "⊤", peek(2) == "}" {
          position += 3
          expression = .transpose(expression)
        } else {
          expression = .power(expression, try exponent())
        }
      } else {
        break
      }
    }
    return expression
  }

  mutating func exponent() throws(SyntaxError) -> Expression {
    if current == "{" {
      return try enclosed(until: "}") { parser throws(SyntaxError) in try parser.side() }
    }
    if take("-") { return .addition([Term(try primary(), isSubtracted: true)]) }
    return try primary()
  }
}
