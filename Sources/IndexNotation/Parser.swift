/// Reads index notation: the equations of a document and what a person types alike.
///
/// Recursive descent over the characters of one line. The grammar:
///
///     relation = side { ("=" | "←" | ":=") side }
///     side     = ["−"] term { ("+" | "−") term }
///     term     = product { ("⊙" | "⊗") product }
///     product  = factor { ["·" | "*" | "/"] factor }      side by side multiplies
///     factor   = sum | postfix
///     postfix  = primary { "^" power | "⊤" | "'" }
///
/// `^` after a symbol declared with upper indices is a list of indices, elsewhere a power.
package struct Parser {
  let source: SourceText
  let vocabulary: Vocabulary
  var position = 0
  var depth = 0
  /// `^{(l)⊤}`: the list of indices just read ends with a transpose.
  var transposesReference = false
  /// Inside ‖…‖ the next ‖ closes.
  var isInNorm = false
  /// Inside `{…}` an `if` ends a value.
  var isInCases = false
  /// In a condition an index letter is a number.
  var readsIndices = false

  /// Nesting beyond this is refused, so that no input can exhaust the stack.
  package static let depthLimit = 64

  /// - Parameter offset: columns of the line before `text`, for errors that point into the line.
  package init(
    _ text: String, vocabulary: Vocabulary, offset: Int = 0
  ) throws(SyntaxError) {
    source = try SourceText(text, offset: offset)
    self.vocabulary = vocabulary
  }

  /// One expression and nothing after it.
  package static func expression(
    _ text: String, vocabulary: Vocabulary, offset: Int = 0
  ) throws(SyntaxError) -> Expression {
    var parser = try Parser(text, vocabulary: vocabulary, offset: offset)
    let expression = try parser.side()
    try parser.expectEnd()
    return expression
  }

  /// A chain of sides.
  package static func relation(
    _ text: String, vocabulary: Vocabulary
  ) throws(SyntaxError) -> Relation {
    var parser = try Parser(text, vocabulary: vocabulary)
    var relation = Relation(left: try parser.side(), sides: [])
    while let sign = parser.takeRelationSign() {
      relation.sides.append(.init(sign, try parser.side()))
    }
    try parser.expectEnd()
    return relation
  }

  /// Several expressions side by side, as `value C δ[1]`: a blank outside brackets ends one.
  package static func list(
    _ text: String, vocabulary: Vocabulary, offset: Int = 0
  ) throws(SyntaxError) -> [Expression] {
    var expressions: [Expression] = []
    var item = ""
    var start = offset
    var depth = 0
    for (column, character) in (text + " ").enumerated() {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      let isLast = column == text.count
      guard isLast || (depth <= 0 && (character == " " || character == "\t")) else {
        if item.isEmpty { start = offset + column }
        item.append(character)
        continue
      }
      if item.isEmpty { continue }
      if item.count == 1, "+-−*/·^".contains(item) {
        throw SyntaxError(
          "a blank ends an expression here", at: Columns(start, start + 1),
          advice: "put parentheses around it, as in: value (1 + 1)")
      }
      expressions.append(try expression(item, vocabulary: vocabulary, offset: start))
      item = ""
    }
    return expressions
  }
}

extension Parser {
  var atEnd: Bool { position >= source.characters.count }
  var current: Character? { atEnd ? nil : source.characters[position] }

  func peek(_ distance: Int) -> Character? {
    let index = position + distance
    return index < source.characters.count ? source.characters[index] : nil
  }

  func column(_ index: Int) -> Int {
    index < source.columns.count ? source.columns[index] : source.length
  }

  func columns(from start: Int) -> Columns {
    Columns(column(start), position > start ? column(position - 1) + 1 : column(start) + 1)
  }

  mutating func skipBlanks() {
    while current == " " { position += 1 }
  }

  mutating func take(_ character: Character) -> Bool {
    guard current == character else { return false }
    position += 1
    return true
  }

  mutating func take(text: String) -> Bool {
    guard source.characters[position...].starts(with: text) else { return false }
    position += text.count
    return true
  }

  /// What stands between the bracket at the position and the one that closes it.
  mutating func enclosed<Inner>(
    until closing: Character, _ body: (inout Parser) throws(SyntaxError) -> Inner
  ) throws(SyntaxError) -> Inner {
    let opened = position
    position += 1
    let inner = try body(&self)
    try expect(closing, opened: opened)
    return inner
  }

  mutating func expect(_ character: Character, opened: Int) throws(SyntaxError) {
    skipBlanks()
    guard take(character) else {
      let ends = atEnd || isAtMadeBrace
      let place = ends ? Columns(column(opened), column(opened) + 1) : columns(from: position)
      let message =
        ends
        ? "this \(source.characters[opened]) is never closed"
        : "unexpected '\(current.map(String.init) ?? "")' before the closing \(character)"
      throw SyntaxError(message, at: place, advice: "close it with \(character)")
    }
  }

  /// At the end of a raised or lowered run.
  private var isAtMadeBrace: Bool { source.madeBraces.contains(position) }

  func unexpected() -> SyntaxError {
    guard let current, !isAtMadeBrace else {
      return SyntaxError(
        "the expression ends too early", at: Columns(column(position), column(position) + 1))
    }
    if current == ",", position > 0, source.characters[position - 1].isNumber,
      peek(1)?.isNumber == true
    {
      var (start, end) = (position, position + 1)
      while start > 0, source.characters[start - 1].isNumber { start -= 1 }
      while end < source.characters.count, source.characters[end].isNumber { end += 1 }
      let text = String(source.characters[start..<end])
      return SyntaxError(
        "'\(text)' is not a number", at: Columns(column(start), column(end - 1) + 1),
        advice: "write \(text.replacing(",", with: ".")), with a point")
    }
    let compares = "<>≤≥≠".contains(current) || current == "!" && peek(1) == "="
    let isDouble = current == "=" && peek(1) == "="
    return SyntaxError(
      "unexpected '\(current)'", at: columns(from: position),
      advice: compares || isDouble
        ? "comparisons stand in conditions, as in: { 0 if z ≤ 0; 1 if z > 0 }" : nil)
  }

  mutating func expectEnd() throws(SyntaxError) {
    skipBlanks()
    guard atEnd else { throw unexpected() }
  }

  mutating func takeRelationSign() -> RelationSign? {
    skipBlanks()
    if take(text: ":=") { return .defined }
    if take("=") { return .equals }
    if take("←") || take(text: "<-") { return .becomes }
    return nil
  }

  /// `1^2^2^…` nests as parentheses do.
  func checkChain(_ links: Int) throws(SyntaxError) {
    guard links > Parser.depthLimit else { return }
    throw SyntaxError(
      "nested too deep (the limit is \(Parser.depthLimit))", at: columns(from: position))
  }

  /// Reads with or without a ‖ that closes a norm.
  mutating func reading<Inner>(
    norm: Bool, _ body: (inout Parser) throws(SyntaxError) -> Inner
  ) throws(SyntaxError) -> Inner {
    let outer = isInNorm
    isInNorm = norm
    defer { isInNorm = outer }
    return try body(&self)
  }

  mutating func deeper<Result>(
    _ body: (inout Parser) throws(SyntaxError) -> Result
  ) throws(SyntaxError) -> Result {
    guard depth < Parser.depthLimit else {
      throw SyntaxError(
        "nested too deep (the limit is \(Parser.depthLimit))", at: columns(from: position))
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }
}

extension Parser {
  /// Refuses anything after what was read.
  package mutating func finish() throws(SyntaxError) {
    try expectEnd()
  }
}
