/// A table with a head and right-aligned columns whose decimal points stand under one another.
package struct Table {
  package var head: [String]
  package var rows: [[String]]

  package init(head: [String], rows: [[String]]) {
    self.head = head
    self.rows = rows
  }

  /// The lines; a table wider than `width` goes on below with its next columns.
  package func lines(width: Int, indent: String = "", label: String = "") -> [String] {
    var widths = head.map(\.count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    var lines: [String] = []
    var first = 1
    while first < max(2, head.count) {
      var end = first
      var used = indent.count + widths[0]
      let room = width - 1 - (lines.isEmpty && !label.isEmpty ? label.count + 1 : 0)
      while end < head.count, end == first || used + 2 + widths[end] <= room {
        used += 2 + widths[end]
        end += 1
      }
      lines += part(first, end, widths, indent)
      first = max(end, first + 1)
    }
    if !label.isEmpty, !lines.isEmpty {
      lines[0] = Columns80.edges(lines[0], label, width: width)
    }
    return lines
  }

  /// Whether all columns stand beside one another.
  func fits(_ width: Int) -> Bool {
    var total = -2
    for column in head.indices {
      total += 2 + ([head] + rows).reduce(0) { max($0, column < $1.count ? $1[column].columns : 0) }
    }
    return total <= width - 1
  }

  private func part(_ first: Int, _ end: Int, _ widths: [Int], _ indent: String) -> [String] {
    ([head] + rows).map { row in
      var line = indent + Columns80.right(row[0], widths[0])
      for column in first..<max(first, min(end, row.count)) {
        line += "  " + Columns80.right(row[column], widths[column])
      }
      return Table.withoutTrailingBlanks(line)
    }
  }

  private static func withoutTrailingBlanks(_ line: String) -> String {
    var end = line[...]
    while end.last == " " { end = end.dropLast() }
    return String(end)
  }
}

/// A column of numbers with their decimal points aligned.
package enum NumberColumn {
  package static func aligned(_ texts: [String]) -> [String] {
    let tails = texts.map { text -> Int in
      guard let point = text.firstIndex(of: ".") else { return 0 }
      return text.distance(from: point, to: text.endIndex)
    }
    let longest = tails.max() ?? 0
    return zip(texts, tails).map { $0 + Columns80.spaces(longest - $1) }
  }
}
