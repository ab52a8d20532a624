import IndexNotation
import LectureNotes

/// One relation of a step as the notes have it, and one row an instance.
package struct Block {
  /// A relation and the label that stands at its right edge, if it has one of its own.
  package struct Heading {
    package var text: String
    package var label: String
    /// As it was laid out before.
    var lines: [Line]?
  }
  /// Symbol, numbers, result.
  package struct Row {
    package var symbol: String
    package var sign = "="
    /// The numbers; empty where the symbol has only its value.
    package var numbers: String
    package var result: Double?
    /// A further line under the row, as the terms of a cost.
    package var second: String?
    /// That the numbers are not the result, where the notes are in error, and what to type.
    package var warning: [String] = []
    /// Words in place of a result.
    package var remark: String?
    package var label = ""
  }
  package var headings: [Heading] = []
  package var rows: [Row] = []
}

/// Lays blocks out: labels at the right edge, results under one another.
package struct BlockLayout {
  package let width: Int
  package let digits: Int
  package let ascii: Bool
  /// Where the `=` of a result stands, counted from 0: further right where a row needs it.
  private var resultColumn: Int

  package init(width: Int, digits: Int, ascii: Bool) {
    resultColumn = max(24, width - 24)
    self.width = width
    self.digits = digits
    self.ascii = ascii
  }

  private var minus: Character { ascii ? "-" : "−" }

  /// - Parameter closed: no blank line between the blocks.
  package func lines(_ blocks: [Block], closed: Bool = false) -> [Line] {
    let results = blocks.flatMap { $0.rows.compactMap(\.result) }
    let integers = results.map { integerDigits(magnitude($0)) }.max() ?? 1
    var layout = self
    layout.makeRoom(for: blocks, integers)
    return layout.arranged(blocks, integers, closed)
  }

  private mutating func makeRoom(for blocks: [Block], _ integers: Int) {
    let rows = blocks.flatMap(\.rows).filter { $0.result != nil && $0.remark == nil }
    let tails = rows.map { aligned($0.result ?? 0, integers).columns }.max() ?? 0
    let room = width - 3 - tails
    for row in rows {
      let needed: Int = row.symbol.columns + row.sign.columns + row.numbers.columns + 5
      if needed <= room { resultColumn = max(resultColumn, needed) }
    }
  }

  private func arranged(_ blocks: [Block], _ integers: Int, _ closed: Bool) -> [Line] {
    var lines: [Line] = []
    for (position, block) in blocks.enumerated() {
      if position == 0 || !closed { lines.append(.blank) }
      for heading in block.headings { lines += heading.lines ?? self.lines(of: heading) }
      for row in block.rows { lines += self.row(row, integers) }
    }
    return lines
  }

  private func magnitude(_ value: Double) -> String {
    NumberText.significant(abs(value), digits: digits, minus: minus)
  }

  private func integerDigits(_ magnitude: String) -> Int {
    guard !magnitude.utf8.contains(UInt8(ascii: "e")) else { return 1 }
    return magnitude.utf8.prefix { $0 != UInt8(ascii: ".") }.count
  }

  // MARK: relations

  func lines(of heading: Block.Heading) -> [Line] {
    let room = width - 1 - (heading.label.isEmpty ? 0 : heading.label.columns + 1)
    var parts = wrapped(
      heading.text, first: width - 3, rest: width - 9,
      marks: [" Σ", " · ", " = ", " ∂", " sum", " * "])
    if let last = parts.last, parts.count == 1 ? last.columns + 2 > room : last.columns + 7 > room {
      if parts.count == 1 {
        parts = wrapped(
          heading.text, first: room - 2, rest: width - 9,
          marks: [" Σ", " · ", " = ", " ∂", " sum", " * "])
      }
    }
    var lines: [Line] = []
    for (position, part) in parts.enumerated() {
      let indent = position == 0 ? "  " : "       "
      if position < parts.count - 1 {
        lines.append(Line(indent + part))
      } else if indent.columns + part.columns > room {
        lines.append(Line(indent + part))
        lines.append(labelled("", heading.label))
      } else {
        lines.append(labelled(indent + part, heading.label))
      }
    }
    return lines
  }

  private func labelled(_ text: String, _ label: String) -> Line {
    guard !label.isEmpty else { return Line(text) }
    var line = Line(text + Columns80.spaces(max(1, width - 1 - text.columns - label.columns)))
    line.append(label, .label)
    return line
  }

  /// Breaks a line before a mark so that no part is longer than its room.
  private func wrapped(
    _ text: String, first: Int, rest: Int, marks: [String]
  ) -> [String] {
    var parts: [String] = []
    var remaining = text
    while remaining.columns > (parts.isEmpty ? first : rest) {
      let room = parts.isEmpty ? first : rest
      guard
        let cut = lastMark(in: remaining, before: room, marks: marks)
          ?? lastMark(in: remaining, before: room, marks: [" "])
          ?? blank(in: remaining, after: room)
      else { break }
      parts.append(String(remaining.prefix(cut)))
      remaining = String(remaining.dropFirst(cut + 1))
    }
    parts.append(remaining)
    return parts
  }

  /// The end of a word longer than its room.
  private func blank(in text: String, after room: Int) -> Int? {
    text.enumerated().first { $0.offset > room && $0.element == " " }?.offset
  }

  private func lastMark(in text: String, before room: Int, marks: [String]) -> Int? {
    let characters = Array(text)
    var position = min(room, characters.count - 1)
    while position > 4 {
      for mark in marks where characters[position...].starts(with: mark) {
        // An operator goes with what follows it.
        if position >= 2, "+−-=·*".contains(characters[position - 1]),
          characters[position - 2] == " "
        {
          return position - 2
        }
        return position
      }
      position -= 1
    }
    return nil
  }

  // MARK: rows

  private func row(_ row: Block.Row, _ integers: Int) -> [Line] {
    var lines: [Line] = []
    let head = "  \(row.symbol) \(row.sign) "
    if let remark = row.remark {
      let gap = remark.isEmpty ? "" : row.symbol.hasSuffix(":") ? " " : "  "
      let text =
        row.numbers.isEmpty
        ? "  \(row.symbol)\(gap)\(remark)" : "\(head)\(row.numbers)\(gap)\(remark)"
      return [labelled(text, row.label)]
    }
    guard let result = row.result else { return [labelled(head + row.numbers, row.label)] }
    let number = aligned(result, integers)
    if row.numbers.isEmpty {
      var line = Line("  \(row.symbol)" + Columns80.spaces(resultColumn - 2 - row.symbol.columns))
      line.append("= ")
      line.append(number, .result)
      return [line] + warning(row)
    }
    let headColumns = head.columns
    var parts = wrapped(
      row.numbers, first: resultColumn - 1 - headColumns, rest: resultColumn - 1 - headColumns,
      marks: [" + ", " − ", " - ", " · ", " * "])
    if parts.count > 1 {
      // A long row takes the whole width and its result a line of its own if need be.
      parts = wrapped(
        row.numbers, first: width - 1 - headColumns, rest: width - 1 - headColumns,
        marks: [" + ", " − ", " - ", " · ", " * "])
    }
    for (position, part) in parts.enumerated() {
      let text = (position == 0 ? head : Columns80.spaces(headColumns)) + part
      let columns = headColumns + part.columns
      if position == parts.count - 1, columns < resultColumn {
        var line = Line(text + Columns80.spaces(resultColumn - columns) + "= ")
        line.append(number, .result)
        lines.append(line)
      } else {
        lines.append(Line(text))
        if position == parts.count - 1 {
          var line = Line(Columns80.spaces(resultColumn) + "= ")
          line.append(number, .result)
          lines.append(line)
        }
      }
    }
    if let second = row.second {
      lines.append(Line(Columns80.spaces(headColumns - 2) + "= " + second))
    }
    return lines + warning(row)
  }

  private func warning(_ row: Block.Row) -> [Line] {
    let whole = row.warning.joined(separator: "; ")
    let clauses = whole.columns + 4 < width ? [whole] : row.warning
    return clauses.filter { !$0.isEmpty }
      .flatMap { Wrapping.lines($0, indent: 4, width: width) }.map { Line($0.text, .warning) }
  }

  private func aligned(_ value: Double, _ integers: Int) -> String {
    let text = magnitude(value)
    let pad = Columns80.spaces(integers - integerDigits(text))
    return pad + (value < 0 ? String(minus) : " ") + text
  }
}
