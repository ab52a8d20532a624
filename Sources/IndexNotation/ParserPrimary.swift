// Numbers, parentheses, functions, derivatives and matrices.

extension Parser {
  var beginsFactor: Bool {
    guard let current else { return false }
    if current.isNumber || current == "(" || current == "[" { return true }
    if current == "‖" { return !isInNorm }
    if current == "∂" || current == "Σ" || current == "∇" || current == "." { return true }
    return current.isNameLetter || !current.isASCII && nameHere() != nil
  }

  mutating func primary() throws(SyntaxError) -> Expression {
    skipBlanks()
    guard let current else { throw unexpected() }
    let start = position
    switch current {
    case "(":
      return .group(
        try enclosed(until: ")") { parser throws(SyntaxError) in
          try parser.reading(norm: false) { parser throws(SyntaxError) in try parser.side() }
        })
    case "‖":
      return .norm(
        try enclosed(until: "‖") { parser throws(SyntaxError) in
          try parser.reading(norm: true) { parser throws(SyntaxError) in try parser.side() }
        })
    case "[": return try matrix()
    case "{": return try cases()
    case "∇":
      position += 1
      return try gradient(from: start)
    case "½":
      position += 1
      return .number("½", 0.5)
    case "∂": return try partial()
    default: break
    }
    if beginsNumber { return try number() }
    if current == "d", peek(1) == "/", peek(2) == "d" || peek(2) == "∂" { return try partial() }
    if let partial = try spelledPartial() { return partial }
    if let derivative = try spelledDerivative(start) { return derivative }
    if current == "g", take(text: "grad_") {
      position -= 1
      return try gradient(from: start)
    }
    guard current.isNameLetter || nameHere() != nil else { throw unexpected() }
    return try name()
  }

  /// Reads a literal; a comma, an underscore or a hexadecimal form is refused by name.
  mutating func number() throws(SyntaxError) -> Expression {
    let start = position
    var text = ""
    func isDigit(_ character: Character?) -> Bool {
      guard let character else { return false }
      return ("0"..."9").contains(character)
    }
    while isDigit(current) || current == "." {
      if let current { text.append(current) }
      position += 1
    }
    if current == "e" || current == "E" {
      let signed = peek(1) == "-" || peek(1) == "+"
      if isDigit(peek(signed ? 2 : 1)) {
        text.append("e")
        if signed, let sign = peek(1) { text.append(sign) }
        position += signed ? 2 : 1
        while let digit = current, isDigit(digit) {
          text.append(digit)
          position += 1
        }
      }
    }
    if current == "_" && isDigit(peek(1))
      || current == "x" && text == "0" && peek(1)?.isHexDigit == true
    {
      position += 1
      while let next = current, next.isNameLetter || next.isNumber || next == "_" { position += 1 }
      throw SyntaxError(
        "'\(raw(from: start))' is not a number (digits 0–9, a point, e and an exponent)",
        at: columns(from: start))
    }
    guard let value = Double(text) else {
      position = max(position, start + 1)
      throw SyntaxError(
        "'\(raw(from: start))' is not a number (digits 0–9 and .)", at: columns(from: start))
    }
    guard value.isFinite else {
      throw SyntaxError(
        "\(text) is too large for a double (the limit is 1.8e308)", at: columns(from: start))
    }
    if text.hasPrefix(".") { text = "0" + text }
    return .number(text, value)
  }

  func raw(from start: Int) -> String {
    String(source.characters[start..<max(start, min(position, source.characters.count))])
  }

  /// `[0.4 -0.45; 0.5 0.55]`: rows by `;`, columns by blanks between literals or by commas.
  private mutating func matrix() throws(SyntaxError) -> Expression {
    let opened = position
    position += 1
    var rows: [[Expression]] = []
    var row: [Expression] = []
    while true {
      skipBlanks()
      if take(";") {
        rows.append(row)
        row = []
      } else if current == "]" {
        break
      } else if take(",") {
        continue
      } else if atEnd {
        try expect("]", opened: opened)
      } else {
        row.append(try deeper { parser throws(SyntaxError) in try parser.matrixEntry() })
      }
    }
    position += 1
    rows.append(row)
    return .matrix(rows, columns(from: opened))
  }

  var beginsNumber: Bool {
    guard let current else { return false }
    // 1⃗, the row of ones, is a name.
    return current == "."
      || (current.isNumber && current != "½" && current.unicodeScalars.count == 1)
  }

  private mutating func matrixEntry() throws(SyntaxError) -> Expression {
    let start = position
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    if beginsNumber {
      let literal = try number()
      let before = position
      skipBlanks()
      if let next = current, "];,-+".contains(next) || beginsNumber {
        // [2-3 1] and [2 - 3] read both as one number and as two.
        if next == "-" || next == "+", position == before || peek(1) == " " {
          throw SyntaxError(
            "a difference or two numbers", at: columns(from: position),
            advice: "write [2 -3] for two numbers, [(2 - 3)] for a difference")
        }
        position = before
        return isNegative ? .addition([Term(literal, isSubtracted: true)]) : literal
      }
    }
    position = start
    return try side()
  }

  /// `∂C/∂w^l_jk`: one unit; `∂/∂a_i Σ_k …`: the derivative of the product that follows.
  private mutating func partial() throws(SyntaxError) -> Expression {
    let start = position
    position += 1
    if take("/") {
      guard take("∂") || take("d") else { throw unexpected() }
      let bottom = try reference()
      skipBlanks()
      return .derivative(
        try deeper { parser throws(SyntaxError) in try parser.product() }, by: bottom)
    }
    let top = try reference()
    skipBlanks()
    guard take("/") else { throw unexpected() }
    skipBlanks()
    guard take("∂") else { throw unexpected() }
    return partial(top, try reference(), start)
  }

  private func partial(_ top: Reference, _ bottom: Reference, _ start: Int) -> Expression {
    var top = top
    top.columns = columns(from: start)
    return .partial(top, bottom)
  }

  /// `dC/dw[2][1,3]`, if that is what stands here.
  private mutating func spelledPartial() throws(SyntaxError) -> Expression? {
    guard current == "d" else { return nil }
    let start = position
    position += 1
    guard let name = takeName(), vocabulary.symbols[name] != nil else {
      position = start
      return nil
    }
    position = start + 1
    guard let top = try? reference(), take("/"), take("d") || take("∂"),
      let next = nameHere(), vocabulary.symbols[next.name] != nil
    else {
      position = start
      return nil
    }
    return partial(top, try reference(), start)
  }

  /// `dsigma(z[2][1])`, another spelling of `sigma'(…)`.
  private mutating func spelledDerivative(_ start: Int) throws(SyntaxError) -> Expression? {
    guard current == "d" else { return nil }
    position += 1
    guard let found = nameHere(), vocabulary.functions.contains(found.name),
      peek(found.length) == "("
    else {
      position = start
      return nil
    }
    position += found.length
    guard case .call(let name, _, let arguments, let columns)? = try call(found.name, start) else {
      position = start
      return nil
    }
    return .call(name, primes: 1, arguments, columns)
  }

  /// `∇_a C`.
  private mutating func gradient(from start: Int) throws(SyntaxError) -> Expression {
    guard take("_") else { throw unexpected() }
    let braced = take("{")
    guard let letter = takeName() else { throw unexpected() }
    if braced, !take("}") { throw unexpected() }
    skipBlanks()
    var cost = try reference()
    cost.columns = columns(from: start)
    return .gradient(Reference(letter, columns: cost.columns), cost)
  }

  private mutating func name() throws(SyntaxError) -> Expression {
    let start = position
    guard let found = nameHere() else {
      if readsIndices, let current, indexLetter(current) != nil { return .index(try index()) }
      throw unknownName()
    }
    if vocabulary.functions.contains(found.name) || Vocabulary.elementary.contains(found.name) {
      position += found.length
      if let call = try call(found.name, start) { return call }
      position = start
    }
    position += found.length
    return .reference(try reference(found.name, from: start))
  }

  private mutating func call(_ name: String, _ start: Int) throws(SyntaxError) -> Expression? {
    var primes = 0
    while take("'") { primes += 1 }
    let before = position
    skipBlanks()
    if current == "(" {
      let opened = position
      position += 1
      var arguments = [try side()]
      skipBlanks()
      while take(",") { arguments.append(try side()) }
      try expect(")", opened: opened)
      return .call(name, primes: primes, arguments, columns(from: start))
    }
    if Vocabulary.elementary.contains(name), primes == 0, beginsFactor {
      let argument = try primary()
      return .call(name, primes: 0, [argument], columns(from: start))
    }
    position = before
    if vocabulary.symbols[name] != nil, primes == 0 { return nil }
    throw SyntaxError(
      "\(name) needs its argument in parentheses", at: columns(from: start),
      advice: "write \(name)(…)")
  }
}
