import IndexNotation

// The indices of a declaration: those of its symbol, and those of the network's quantity.

extension DocumentReader {
  /// The symbol at the left of a declaration.
  func pattern(_ text: Substring, _ line: Line) throws(DocumentError) -> SymbolPattern {
    let name = text.symbolName
    let written = text[name.endIndex...]
    let scripts: DeclaredScripts
    do throws(SyntaxError) {
      scripts = try Parser.declaredScripts(
        written, vocabulary: document.vocabulary, offset: line.columns(of: written).start)
    } catch {
      throw DocumentError(error, in: line.placed)
    }
    var pattern = SymbolPattern(text: text, name: String(name))
    for index in scripts.lower { pattern.lower += try places(index, text, line) }
    for index in scripts.upper { pattern.upper += try places(index, text, line) }
    pattern.style.commaInLower = scripts.hasCommaInLower
    pattern.style.upperInParentheses = scripts.hasUpperInParentheses
    return pattern
  }

  /// A run of digits is an index each.
  private func places(
    _ index: Index, _ text: Substring, _ line: Line
  ) throws(DocumentError) -> [PatternIndex] {
    switch index {
    case .integer(let number):
      return String(number).compactMap(\.wholeNumberValue).map { .literal($0) }
    case .label(let word):
      return word.allSatisfy(\.isNumber)
        ? word.compactMap(\.wholeNumberValue).map { .literal($0) } : [.label(word)]
    case .name(let name)
    where name == IndexName(name.letter) && document.vocabulary.indices.contains(name.letter):
      return [.variable(name.letter)]
    case .name(let name) where document.vocabulary.constants.contains(name.letter):
      throw line.error(
        "\(name.letter) is a constant; a symbol is declared with index letters", at: text,
        advice: "relations may write \(name.letter) in its place")
    case .name, .plus, .minus:
      throw line.error(
        "a symbol is declared with plain index letters; '\(Renderer.plain(index))' is none",
        at: text, advice: "a shift stands at the right, as in: θ_jk^l : weight = w[l+1][j][k]")
    }
  }

  /// `[l][j]`: brackets side by side and nothing else.
  func slots(_ text: Substring, _ line: Line) throws(DocumentError) -> [SlotIndex] {
    var slots: [SlotIndex] = []
    var rest = text
    while let first = rest.first {
      guard first == "[" else {
        throw line.error("unexpected '\(first)'", at: rest.prefix(1), advice: "as in: a[l][j]")
      }
      let inner = rest.dropFirst().prefix { $0 != "]" && $0 != "[" }
      let after = rest[inner.endIndex...]
      guard after.first == "]" else {
        throw line.error(
          "this [ is never closed", at: rest.prefix(1), advice: "close it with ]")
      }
      slots.append(try slot(inner, line))
      rest = after.dropFirst()
    }
    return slots
  }

  /// An index of a quantity of the network: `l+1`, `last`, `layer(j)`, `2`.
  func slot(_ text: Substring, _ line: Line) throws(DocumentError) -> SlotIndex {
    var base = text
    var offset = 0
    if let mark = base.firstIndex(where: { $0 == "+" || $0 == "-" }) {
      offset = try shift(base[mark...].filter { $0 != " " }, text, line)
      base = base[..<mark]
    }
    let word = base.trimmed
    guard !word.isEmpty else {
      throw line.error(
        "'\(text)' is no index", at: text,
        advice: "as in: a[l-1][k], a[0][i], a[last][k]")
    }
    if word.first?.isNumber == true {
      return SlotIndex(base: .zero, offset: offset + (try shift(String(word), text, line)))
    }
    if word == "last" { return SlotIndex(base: .last, offset: offset) }
    if word.hasPrefix("layer("), word.hasSuffix(")") {
      let letter = word.dropFirst(6).dropLast()
      return SlotIndex(base: .layer(of: try letterOfIndex(letter, line)), offset: offset)
    }
    return SlotIndex(base: .variable(try letterOfIndex(word, line)), offset: offset)
  }

  private func letterOfIndex(_ word: Substring, _ line: Line) throws(DocumentError) -> String {
    guard document.vocabulary.indices.contains(String(word)) else {
      throw line.error("'\(word)' is no declared index", at: word)
    }
    return String(word)
  }

  /// A whole number in an index, small enough that no sum of them overflows.
  func shift(
    _ number: String, _ index: Substring, _ line: Line
  ) throws(DocumentError) -> Int {
    let digits = number.drop { $0 == "+" || $0 == "-" }
    guard number.count - digits.count <= 1, !digits.isEmpty,
      digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { throw line.error("'\(index)' is no index", at: index) }
    guard let amount = Int(number), Index.isShift(amount) else {
      throw line.error(
        "the number in '\(index)' is too large; the limit is \(Index.shiftLimit)", at: index)
    }
    return amount
  }
}
