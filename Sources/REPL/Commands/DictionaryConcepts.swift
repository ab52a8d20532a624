import Backprop
import IndexNotation
import LectureNotes

// `dictionary` alone: the letters of every set of notes side by side.

extension Session {
  /// A letter in each set of notes, in its general form.
  func concepts(_ documents: [Document]) -> [Line] {
    let kinds: [(String, Set<QuantityKind>)] = [
      ("weighted input", [.weightedInput]), ("activation", [.activation]), ("target", [.target]),
      ("weight", [.weight]), ("bias", [.bias]), ("error", [.error]),
      ("cost of one example", [.cost]), ("cost of all", [.totalCost]),
      ("learning rate", [.learningRate]),
    ]
    var rows: [[String]] = kinds.map { name, kinds in
      [name] + documents.map { generalForm(kinds, $0) }
    }
    rows.append(["weight belongs to"] + documents.map { $0.weightPlace })
    rows.append(["weight indices"] + documents.map { $0.weightOrder })
    rows.append(["layers"] + documents.map { $0.layerRange })
    rows.append(["a pass sees"] + documents.map { $0.model.reduction.words })
    rows.append(
      ["its cost is"] + documents.map { $0.model.direction == .ascent ? "climbed" : "descended" })
    var lines = [Line("the same things in \(documents.count) sets of notes", .heading)]
    rows.insert([""] + documents.map { $0.id }, at: 0)
    // As many notes side by side as fit.
    var first = 0
    while first < documents.count {
      var count = documents.count - first
      var table = columns(rows, first..<first + count)
      while count > 1, table.contains(where: { $0.text.columns > display.effectiveWidth }) {
        count -= 1
        table = columns(rows, first..<first + count)
      }
      if first > 0 { lines.append(.blank) }
      lines += table
      first += count
    }
    return lines
      + self.lines([
        "dictionary \(exampleQuantity()) puts your numbers in; dictionary LABEL an equation"
      ])
  }

  private func generalForm(_ kinds: Set<QuantityKind>, _ other: Document) -> String {
    let own = other.declarations.filter { $0.isQuantity(of: kinds) && !$0.isBeyondTheNotes }
    let general = own.filter { !$0.isInputOnly && $0.lower.allSatisfy { $0.letter != nil } }
    let widest = general.map(\.lower.count).max()
    guard let declaration = general.first(where: { $0.lower.count == widest }) ?? own.first else {
      if kinds == [.error] {
        return "∂\(other.symbolName(of: .outputCost))/∂\(other.symbolName(of: .weightedInput))"
      }
      return "none"
    }
    let text =
      other.renderer.reference(
        declaration.pattern, other.hasGlyphs && !display.ascii ? .unicode : .linear)
      ?? other.renderer.reference(declaration.pattern, .linear) ?? declaration.name
    return text
  }

  /// Left-aligned columns, as wide as their longest cell.
  private func columns(_ rows: [[String]], _ chosen: Range<Int>) -> [Line] {
    let plainRows = rows.map { row in ([row[0]] + chosen.map { row[$0 + 1] }).map { plain($0) } }
    let count = plainRows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      plainRows.map { column < $0.count ? $0[column].columns : 0 }.max() ?? 0
    }
    return plainRows.map { row in
      var text = " "
      for (column, cell) in row.enumerated() {
        text += " " + Columns80.left(cell, widths[column]) + (column < row.count - 1 ? " " : "")
      }
      return Line(text.trimmedAtEnd)
    }
  }
}
