import Terminal

/// Candidates in columns, to be read downwards.
package struct CandidateList {
  private let candidates: [String]

  package init(candidates: [String]) { self.candidates = candidates }

  /// Lines of at most `width` columns, and about `height` of them.
  package func lines(width: Int, height: Int) -> [String] {
    let cells = candidates.map { displayable($0, limit: 60) }
    let widths = cells.map { Screen.columns(of: $0) }
    let cell = (widths.max() ?? 0) + 2
    let columns = max(1, (width + 1) / cell)
    let rows = (cells.count + columns - 1) / columns
    let shown = min(rows, max(1, height - 3))
    var lines: [String] = []
    for row in 0..<shown {
      var line = ""
      var gap = 0
      for index in stride(from: row, to: cells.count, by: rows) {
        line += String(repeating: " ", count: gap) + cells[index]
        gap = cell - widths[index]
      }
      lines.append(line)
    }
    if shown < rows {
      let hidden = (shown..<rows).reduce(0) { $0 + (cells.count - $1 + rows - 1) / rows }
      lines.append("… and \(hidden) more")
    }
    return lines
  }
}
