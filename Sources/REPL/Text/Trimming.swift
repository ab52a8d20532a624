import IndexNotation

extension String {
  /// Without blanks at the ends.
  package var trimmed: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }
}

extension String {
  /// Without blanks at its end.
  package var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}

extension Columns {
  /// Without blanks at the ends.
  func trimmed(in characters: [Character]) -> Columns {
    var (start, end) = (self.start, self.end)
    while start < end, start < characters.count, characters[start] == " " { start += 1 }
    while end > start, end <= characters.count, characters[end - 1] == " " { end -= 1 }
    return Columns(start, end)
  }
}
