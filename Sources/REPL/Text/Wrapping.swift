/// Prose broken at blanks.
package enum Wrapping {
  /// A heading and text whose further lines stand under its first; all of it stands below a heading
  /// that leaves no room for its longest word.
  package static func hanging(_ heading: String, _ text: String, width: Int) -> [Line] {
    let longest = words(text).map(\.count).max() ?? 0
    guard heading.count + longest <= width else {
      let above = heading.trimmedAtEnd
      let indent = above.isEmpty ? heading.count : heading.prefix { $0 == " " }.count + 2
      return (above.isEmpty ? [] : [Line(above)])
        + lines(text, indent: min(indent, max(2, width - longest)), width: width)
    }
    var rows = lines(text, width: width - heading.count)
    for index in rows.indices {
      rows[index] = Line(
        (index == 0 ? heading : Columns80.spaces(heading.count)) + rows[index].text)
    }
    return rows
  }

  /// Text at the left and a label at the right edge, on a line of its own where both are too wide.
  package static func edges(_ left: String, _ right: String, width: Int) -> [Line] {
    guard left.columns + right.columns + 2 >= width else {
      return [Line(Columns80.edges(left, right, width: width))]
    }
    let rows = lines(left, width: width)
    return right.isEmpty ? rows : rows + [Line(Columns80.edges("", right, width: width))]
  }

  /// Parts that belong together are kept on one line where they fit.
  package static func parts(_ parts: [String], separator: String, width: Int) -> [Line] {
    var lines: [Line] = []
    var line = ""
    for part in parts {
      if line.isEmpty {
        line = part
      } else if line.count + separator.count + part.count < width {
        line += separator + part
      } else {
        lines.append(Line(line + (separator == ", " ? "," : "")))
        line = part
      }
    }
    lines.append(Line(line))
    return lines.flatMap { $0.text.count < width ? [$0] : Wrapping.lines($0.text, width: width) }
  }

  /// - Parameter further: the indent of the lines after the first, where it is another.
  package static func lines(
    _ text: String, indent: Int = 0, further: Int? = nil, width: Int
  ) -> [Line] {
    var lines: [Line] = []
    var line = Columns80.spaces(indent)
    var isEmpty = true
    for word in words(text) {
      if !isEmpty, line.count + 1 + word.count > width - 1 {
        lines.append(Line(line))
        line = Columns80.spaces(further ?? indent)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " " + word
      isEmpty = false
    }
    lines.append(Line(line))
    return lines
  }

  /// A script in braces is one word with its symbol: `w_{1 m_2}^1`.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    for part in text.split(separator: " ") {
      if let last = words.last, last.count(where: { $0 == "{" }) > last.count(where: { $0 == "}" }),
        part.count + last.count < 40
      {
        words[words.count - 1] = text[last.startIndex..<part.endIndex]
      } else {
        words.append(part)
      }
    }
    return words
  }
}
