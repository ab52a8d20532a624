import Backprop
import IndexNotation
import LectureNotes

// Looking at values: print, show, where, value, equations, example.

extension Session {
  mutating func print(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "print needs a quantity or an expression", at: arguments.end,
        advice: "as in: print \(exampleQuantity())")
    }
    return try printed(arguments.rest, offset: arguments.restColumn)
  }

  func exampleQuantity() -> String {
    guard let reading = try? reading(), let last = state.network?.shape.last,
      let reference = reading.reference(for: .activation(layer: last, neuron: 1))
    else { return "C" }
    return Typing.text(reference, in: document)
  }

  /// Symbols, numbers, result: three rows for one quantity, a grid for a matrix.
  package func printed(_ source: String, offset: Int) throws(CommandError) -> [Line] {
    let expression = try parsed(offset: offset) { () throws(SyntaxError) in
      try Parser.expression(source, vocabulary: document.vocabulary, offset: offset)
    }
    let reading = try networkReading(at: Columns(offset, offset + source.trimmed.count))
    switch try evaluated(
      expression, reading, in: Columns(offset, offset + source.trimmed.count))
    {
    case .matrix(let matrix): return grid(matrix)
    case .scalar(let number):
      if let lines = relationLines(expression, reading) { return lines }
      return expressionLines(expression, number, reading)
    }
  }

  func expressionLines(
    _ expression: IndexNotation.Expression, _ number: Double, _ reading: Reading<StoredPass>
  ) -> [Line] {
    let symbols = text(expression)
    var line = Line("  \(symbols)")
    if case .reference(let reference) = expression,
      let numeral = try? reading.numeral(of: reference, IndexValues())
    {
      line.append(" = ")
      line.append(numeral.text(minus: display.ascii ? "-" : "−"), .result)
      return [line]
    }
    let numbers = (try? Substitution(reading, ascii: display.ascii).text(expression, IndexValues()))
    if let numbers, numbers != text(number), numbers != symbols {
      var lines = [line]
      lines.append(Line("  = \(numbers)"))
      var last = Line("  = ")
      last.append(text(number), .result)
      return lines + [last]
    }
    line.append(" = ")
    line.append(text(number), .result)
    return [line]
  }

  func grid(_ matrix: Matrix) -> [Line] {
    var cells: [[String]] = (0..<matrix.rows).map { _ in [] }
    for column in 0..<min(matrix.columns, 100) {
      let texts = (0..<matrix.rows).map { text(matrix[$0, column]) }
      for (row, cell) in NumberColumn.aligned(texts).enumerated() { cells[row].append(cell) }
    }
    let table = Table(head: [""] + cells[0].map { _ in "" }, rows: cells.map { [""] + $0 })
    return table.lines(width: display.effectiveWidth).filter { !$0.trimmed.isEmpty }.map {
      Line($0)
    }
  }

  /// The relation of the notes that gives a quantity, with its numbers; nil if it has none.
  func relationLines(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> [Line]? {
    guard let giving = reading.relation(giving: expression),
      let side = giving.relation.sides.last,
      let number = try? Evaluator(reading).number(expression)
    else { return nil }
    let citation = giving.citation
    let label = Labels.label(citation, document, ascii: display.ascii)
    let layout = BlockLayout(
      width: display.effectiveWidth, digits: display.effectiveDigits, ascii: display.ascii)
    var headings: [Block.Heading] = []
    var component = label
    if let matrix = citation.matrices.first,
      let form = document.shown(matrix, printed: display.showsPrinted)
    {
      headings.append(.init(text: rendered(form), label: label))
      component = ""
    }
    let shown = document.shown(citation.main, printed: display.showsPrinted) ?? giving.relation
    headings.append(.init(text: rendered(shown), label: component))
    var lines = Array(layout.lines([Block(headings: headings, rows: [])]).dropFirst())
    let symbol = text(expression)
    if let numbers = try? Substitution(giving.reading, ascii: display.ascii).text(
      side.expression, giving.values), numbers != text(number)
    {
      lines += Wrapping.hanging(
        "  \(symbol) = ", numbers, width: display.effectiveWidth)
      lines.append(result(number, indent: symbol.count + 3))
    } else {
      var line = Line("  \(symbol) = ")
      line.append(text(number), .result)
      lines.append(line)
    }
    return lines
  }

  func rendered(_ relation: Relation) -> String {
    document.renderer.relation(relation, script)
      ?? document.renderer.relation(relation, .linear) ?? ""
  }

  func result(_ number: Double, indent: Int) -> Line {
    var line = Line(Columns80.spaces(indent) + "= ")
    line.append(text(number), .result)
    return line
  }
}

/// A symbol as it is typed: `w[2][1,3]`, `δ[1][2]`.
package enum Typing {
  package static func text(_ reference: Reference, in document: Document) -> String {
    var text = reference.name
    let layer = reference.layer ?? (reference.upper.count == 1 ? reference.upper[0] : nil)
    if let layer { text += "[\(Renderer.plain(layer))]" }
    if reference.lower.count == 1, case .label(let label) = reference.lower[0] {
      return text + "_\(label)"
    }
    if !reference.lower.isEmpty {
      text += "[\(reference.lower.map { Renderer.plain($0) }.joined(separator: ","))]"
    }
    return text
  }
}
