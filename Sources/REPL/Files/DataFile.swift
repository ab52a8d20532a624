import IndexNotation
import Terminal

/// Rows of numbers from a CSV file, strict: every row as long as the first, quotes closed, no text.
package struct DataFile {
  package let rows: [[Double]]

  /// - Throws: an error that names row, column and what stands there.
  package init(
    _ bytes: [UInt8], name: String
  ) throws(CommandError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError("\(name): not UTF-8")
    }
    var rows: [[Double]] = []
    var width: Int?
    var number = 0
    for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if number % 1000 == 0, Interruption.isAsked() {
        throw CommandError("\(name): stopped at row \(number); nothing was changed")
      }
      let line = number == 1 && raw.first == "\u{FEFF}" ? raw.dropFirst() : raw
      if line.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      let cells = try DataFile.cells(line, name, number)
      if rows.isEmpty, width == nil, cells.allSatisfy({ Double($0) == nil }) {
        width = cells.count
        if cells.count == 1, let mark = [";", "\t"].first(where: { line.contains($0) }) {
          throw CommandError(
            "\(name), row \(number): the values are separated by \(mark == ";" ? "semicolons" : "tabs"), not commas"
          )
        }
        continue
      }
      if let width, cells.count != width {
        throw CommandError(
          "\(name), row \(number) has \(cells.count) values, the first has \(width)")
      }
      width = cells.count
      rows.append(try DataFile.numbers(cells, name, number, line))
      guard rows.count * cells.count <= 4_000_000 else {
        throw CommandError("\(name) has too many numbers (the limit is 4000000)")
      }
    }
    guard !rows.isEmpty else {
      throw CommandError("\(name) has \(width == nil ? "no rows" : "a header and no rows")")
    }
    self.rows = rows
  }

  private static func cells(
    _ line: Substring, _ name: String, _ number: Int
  ) throws(CommandError) -> [String] {
    var cells: [String] = [""]
    var inQuotes = false
    var opened = 0
    for (column, character) in line.enumerated() {
      if character == "\"" {
        inQuotes.toggle()
        opened = column + 1
      } else if character == ",", !inQuotes {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    guard !inQuotes else {
      throw CommandError("\(name), row \(number): the quote at column \(opened) is never closed")
    }
    return cells.map(\.trimmed)
  }

  private static func numbers(
    _ cells: [String], _ name: String, _ number: Int, _ line: Substring
  ) throws(CommandError) -> [Double] {
    var values: [Double] = []
    for (column, cell) in cells.enumerated() {
      let digits = Set("0123456789.eE+-")
      guard !cell.isEmpty, cell.allSatisfy({ digits.contains($0) }), let value = Double(cell),
        value.isFinite
      else {
        let advice: String? =
          line.contains(";") ? "the separator is a comma, the decimal point a point" : nil
        throw CommandError(
          "\(name), row \(number), column \(column + 1): '\(displayable(cell, limit: 30))' is not a number",
          advice: advice)
      }
      values.append(value)
    }
    return values
  }
}

extension Session {
  /// `data load FILE.csv targets N`.
  mutating func loadData(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let shape = state.network?.shape else {
      throw Session.noNetwork(at: arguments.commandColumns)
    }
    try arguments.expectAtMost(4, usage: "data load FILE.csv targets N")
    guard arguments.words.count == 4, arguments.words[2].text == "targets" else {
      throw CommandError(
        "data load needs a file and how many columns are targets", at: arguments.end,
        advice: "as in: data load points.csv targets \(shape.outputCount)")
    }
    let word = arguments.words[1]
    let count = try Typed.count(arguments.words[3])
    guard count == shape.outputCount else {
      throw CommandError(
        "the network has \(shape.outputCount) outputs, not \(count)",
        at: arguments.words[3].columns)
    }
    let bytes: [UInt8]
    let path = try path(word)
    do throws(FileError) {
      bytes = try readFile(path, limit: 16 << 20)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
    let file = try DataFile(bytes, name: Shown.text(word.text))
    guard let first = file.rows.first, first.count == shape.inputCount + count else {
      throw CommandError(
        "\(Shown.text(word.text)) has \(file.rows.first?.count ?? 0) columns; \(shape.inputCount) inputs and \(count) targets need \(shape.inputCount + count)",
        at: word.columns)
    }
    state.examples = file.rows.map {
      .init(input: Array($0.prefix(shape.inputCount)), target: Array($0.suffix(count)))
    }
    state.example = 1
    state.resetPasses()
    record("data load \(Shown.text(word.text))")
    return [Line(state.examples.count == 1 ? "1 example" : "\(state.examples.count) examples")]
  }
}
