import IndexNotation

/// A line of a document's file, with the lines that go on with it; no blanks at its ends.
struct DocumentLine {
  var indent: Int
  var placed: PlacedText

  var number: Int { placed.line }
  var text: String { placed.text }

  /// The columns of a part of the text.
  func columns(of part: Substring) -> Columns {
    let start = text.distance(from: text.startIndex, to: part.startIndex)
    return Columns(start, start + part.count)
  }

  /// - Parameter part: the part of the text that is wrong; all of it if nil.
  func error(
    _ message: String, at part: Substring? = nil, advice: String? = nil
  ) -> DocumentError {
    let wanted = part.map { columns(of: $0) } ?? Columns(0, text.count)
    return DocumentError(SyntaxError(message, at: wanted, advice: advice), in: placed)
  }

  /// `left : meaning = right`, the last optional.
  func parts() throws(DocumentError) -> (left: Substring, meaning: Substring, right: Substring?) {
    guard let range = text.range(of: " : ") else {
      throw error(
        "this line needs “ : ” between symbol and meaning",
        advice: "as in: a_j^l : activation = a[l][j]")
    }
    let left = text[..<range.lowerBound].trimmed
    let rest = text[range.upperBound...]
    guard let equals = rest.range(of: " = ") else {
      if rest.last == "=" { throw error("nothing stands after =", at: rest.suffix(1)) }
      return (left, rest.trimmed, nil)
    }
    return (left, rest[..<equals.lowerBound].trimmed, rest[equals.upperBound...].trimmed)
  }

  /// The first word and what follows it; nil for one word alone.
  func keyAndValue() -> (key: Substring, value: Substring)? {
    guard let place = text.firstIndex(of: " ") else { return nil }
    return (text[..<place], text[place...].trimmed)
  }

  /// The lines of a file without comments and empty ones.
  static func lines(of text: String) throws(DocumentError) -> [DocumentLine] {
    var lines: [DocumentLine] = []
    for (offset, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let body = raw.trimmed
      if body.isEmpty || body.hasPrefix("# ") || body == "#" { continue }
      if let tab = raw.firstIndex(of: "\t") {
        let column = raw.distance(from: raw.startIndex, to: tab)
        throw DocumentError(
          "a tab; a document is indented with blanks", line: offset + 1,
          columns: Columns(column, column + 1))
      }
      let indent = raw.prefix { $0 == " " }.count
      let placed = PlacedText(String(body), line: offset + 1, column: indent)
      if indent >= 6, let last = lines.last, last.indent > 0 {
        lines[lines.count - 1].placed.append(placed)
      } else {
        lines.append(DocumentLine(indent: indent, placed: placed))
      }
      try lines[lines.count - 1].checkLength()
    }
    return lines
  }

  /// A line with those that go on with it.
  static let limit = 10_000

  private func checkLength() throws(DocumentError) {
    guard text.utf8.count > Self.limit else { return }
    throw error(
      "a line, with those that go on with it, has more than \(Self.limit) bytes", at: text.prefix(1)
    )
  }
}

extension Substring {
  /// Without blanks at its ends.
  var trimmed: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
