/// Rows of help that belong together: a paragraph, or what stands beside one word.
struct HelpRows {
  private var rows: [String]
  /// Where further lines begin: below the last column, or at the row's own indent.
  private let column: Int
  private let hasColumns: Bool

  /// Text beside a word has at least this room; else it stands below.
  private static let textRoom = 12

  private init(_ row: String) {
    rows = [row]
    let characters = Array(row)
    let indent = characters.prefix { $0 == " " }.count
    let gap = characters.indices.dropFirst(indent + 2).last {
      characters[$0] != " " && characters[$0 - 1] == " " && characters[$0 - 2] == " "
    }
    hasColumns = gap != nil
    column = gap ?? indent
  }

  /// A row indented to the column of the row above goes on with it; so does prose with prose, but for
  /// a row that ends in a colon.
  static func parts(_ rows: [String]) -> [HelpRows] {
    var parts: [HelpRows] = []
    for row in rows {
      let next = HelpRows(row)
      if let last = parts.last, !next.hasColumns, last.column == next.column,
        last.hasColumns || next.column == 0 && last.rows.last?.hasSuffix(":") == false
      {
        parts[parts.count - 1].rows.append(row)
      } else {
        parts.append(next)
      }
    }
    return parts
  }

  /// The rows as they stand where all fit, else broken anew at the width.
  func lines(indent: Int, width: Int) -> [Line] {
    guard rows.contains(where: { indent + $0.count > width }) else {
      return rows.map { Line(Columns80.spaces(indent) + $0) }
    }
    let text = ([String(rows[0].dropFirst(column))] + rows.dropFirst().map(\.trimmed))
      .joined(separator: " ")
    let head = Columns80.spaces(indent) + String(rows[0].prefix(column))
    guard width - head.count >= HelpRows.textRoom else {
      return [Line(head.trimmedAtEnd)]
        + Wrapping.lines(text, indent: indent + 6, width: width + 1)
    }
    return Wrapping.hanging(head, text, width: width + 1)
  }
}
