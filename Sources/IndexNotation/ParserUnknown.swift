// Letters that no symbol is declared for: the whole word is named, as it was typed.

extension Parser {
  func unknownName() -> SyntaxError {
    let word = wordHere
    return unknownDerivative(from: word.lowerBound) ?? unknown([word])
  }

  /// The run of letters and digits around the position. Letters before it were read as symbols side
  /// by side; after `_` or `^` they were indices.
  private var wordHere: Range<Int> {
    var start = position
    while start > 0, source.characters[start - 1].isLetter { start -= 1 }
    if start > 0, "_^{".contains(source.characters[start - 1]) { start = position }
    return start..<max(letters(from: position, digits: true), position + 1)
  }

  /// Where the run of letters ends.
  private func letters(from start: Int, digits: Bool = false) -> Int {
    var end = start
    while end < source.characters.count,
      source.characters[end].isLetter || digits && source.characters[end].isNumber
    { end += 1 }
    return end
  }

  /// `dC/dw[1][1,1]`: the letters that are unknown are to blame, not the d.
  private func unknownDerivative(from start: Int) -> SyntaxError? {
    let top = start + 1..<max(start + 1, letters(from: start + 1))
    guard source.characters[start] == "d", isLetterName(top) else { return nil }
    var place = top.upperBound
    while place < source.characters.count, !"/ ".contains(source.characters[place]) { place += 1 }
    guard place + 1 < source.characters.count, source.characters[place] == "/",
      "d∂".contains(source.characters[place + 1])
    else { return nil }
    let bottom = place + 2..<letters(from: place + 2)
    let words = [top, bottom].filter { isLetterName($0) && !isDeclared($0) }
    return words.isEmpty ? nil : unknown(words)
  }

  /// One letter, or one that is spelled: C, delta.
  private func isLetterName(_ range: Range<Int>) -> Bool {
    range.count == 1 || Glyphs.letter(spelled: text(range)) != nil
  }

  private func isDeclared(_ range: Range<Int>) -> Bool {
    vocabulary.symbols[text(range)] != nil || vocabulary.spellings[text(range)] != nil
  }

  private func text(_ range: Range<Int>) -> String { String(source.characters[range]) }

  private func unknown(_ words: [Range<Int>]) -> SyntaxError {
    let word = text(words[0])
    let near = vocabulary.nearest(to: word)
    var error = SyntaxError(
      "these notes have no '\(word)'",
      at: Columns(column(words[0].lowerBound), column(words[0].upperBound - 1) + 1),
      advice: near.isEmpty ? vocabulary.listed : "did you mean \(near.joined(separator: ", "))?")
    error.unknownWords = words.map { text($0) }
    return error
  }
}

extension Vocabulary {
  /// Its symbols and functions in one row.
  fileprivate var listed: String {
    let symbols = "their symbols are \(symbols.keys.sorted().joined(separator: " "))"
    return functions.isEmpty
      ? symbols : "\(symbols), their functions \(functions.sorted().joined(separator: " "))"
  }
}
