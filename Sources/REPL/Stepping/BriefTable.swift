import Backprop
import IndexNotation

/// A table of a brief step: fixed heads, a label at the right edge, and numbers with their decimal
/// points under one another.
///
/// It keeps how it was laid out last: the next numbers are mostly as wide.
struct BriefTable {
  /// Where the numbers of a column lie: from a place on, one a row.
  enum Numbers {
    case weightedInputs(Int)
    case activations(Int)
    case unknown
    case errors(Int, timesActivation: Int? = nil)
    /// Derivatives by an engine with a wrong rule, for which they are no products.
    case biasGradients(Int)
    case weightGradients(Int, rowLength: Int)
    case biases(Int)
    case weights(Int, rowLength: Int)
    case cost
  }

  struct Column {
    let head: String
    let numbers: Numbers

    init(_ head: String, _ numbers: Numbers) {
      self.head = head
      self.numbers = numbers
    }
  }

  private struct Text {
    let bytes: [UInt8]
    let columns: Int

    init(_ text: String) {
      bytes = Array(text.utf8)
      columns = text.count
    }
  }

  private struct Cell {
    var bytes: Range<Int>
    var extent: TextBytes.Extent
    /// Behind it, so that its decimal point stands under the others.
    var blanks = 0
  }

  /// The columns that stand beside one another, and their head line.
  private struct Part {
    var columns: Range<Int>
    var head: Line
    /// The label on a line of its own, where the screen is too narrow for both.
    var label: Line?
  }

  private let heads: [Text]
  private let rows: [Text]
  private let numbers: [Numbers]
  private let label: Text
  private let display: Display
  private let digits: Int
  private let isCost: Bool
  /// Column by column.
  private var cells: [Cell]
  /// Those of the row labels first.
  private var widths: [Int] = []
  private var parts: [Part] = []
  /// A bound on the bytes of a line.
  private var lineRoom: Int

  init(title: String, rows: [String], columns: [Column], label: String, display: Display) {
    heads = [Text(title)] + columns.map { Text($0.head) }
    self.rows = rows.map { Text($0) }
    numbers = columns.map(\.numbers)
    self.label = Text(label)
    self.display = display
    digits = display.effectiveDigits
    isCost = false
    cells = Array(repeating: Cell(bytes: 0..<0, extent: .init()), count: rows.count * columns.count)
    lineRoom = 0
  }

  /// The cost takes one line: `cost  C = 0.298371`.
  init(cost text: String, label: String, display: Display) {
    heads = []
    rows = [Text(text)]
    numbers = [.cost]
    self.label = Text(label)
    self.display = display
    digits = display.effectiveDigits
    isCost = true
    cells = [Cell(bytes: 0..<0, extent: .init())]
    lineRoom =
      text.utf8.count + NumberText.mostBytes(digits: display.effectiveDigits) + label.utf8.count
      + display.effectiveWidth
  }

  /// Appends the lines of the table for the numbers of a moment.
  mutating func append(_ moment: Moment, to lines: inout [Line]) {
    let room = cells.count * NumberText.mostBytes(digits: digits)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { numbers in
      var text = TextBytes(numbers)
      write(moment, &text)
      if !isCost { measure() }
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: lineRoom) { bytes in
        var line = TextBytes(bytes)
        if isCost {
          writeCost(UnsafeBufferPointer(numbers), &line)
          lines.append(Line(line.text))
        }
        for part in parts.indices {
          if let label = parts[part].label { lines.append(label) }
          lines.append(parts[part].head)
          for row in rows.indices {
            write(row, parts[part].columns, UnsafeBufferPointer(numbers), &line)
            lines.append(Line(line.text))
          }
        }
      }
    }
  }

  // MARK: numbers

  private mutating func write(_ moment: Moment, _ bytes: inout TextBytes) {
    moment.state.passes.withUnsafeBufferPointer {
      write($0[moment.state.example - 1].pass, moment, &bytes)
    }
  }

  private mutating func write(_ pass: borrowing Pass, _ moment: Moment, _ bytes: inout TextBytes) {
    for (column, source) in numbers.enumerated() {
      let first = column * rows.count
      switch source {
      case .weightedInputs(let place): write(first, pass.z, place, &bytes)
      case .activations(let place): write(first, pass.a, place, &bytes)
      case .errors(let place, nil): write(first, pass.delta, place, &bytes)
      case .errors(let place, let activation?):
        write(first, pass.delta, place, factor: pass.a[activation], &bytes)
      case .biasGradients(let place):
        let gradient = moment.state.exampleGradient(moment.state.example)
        write(first, gradient.biases, place, &bytes)
      case .weightGradients(let place, let length):
        let gradient = moment.state.exampleGradient(moment.state.example)
        write(first, gradient.weights, place, stride: length, &bytes)
      case .biases(let place): write(first, moment.state.network?.biases ?? [], place, &bytes)
      case .weights(let place, let length):
        write(first, moment.state.network?.weights ?? [], place, stride: length, &bytes)
      case .cost: write(0, [pass.cost], 0, &bytes)
      case .unknown: break
      }
    }
  }

  /// Writes a column of numbers: `values[place]` and those every `stride` after it.
  private mutating func write(
    _ first: Int, _ values: [Double], _ place: Int, stride: Int = 1, factor: Double = 1,
    _ bytes: inout TextBytes
  ) {
    var start = bytes.count
    for row in 0..<rows.count {
      let extent = bytes.append(
        factor * values[place + row * stride], digits: digits, ascii: display.ascii)
      cells[first + row] = Cell(bytes: start..<bytes.count, extent: extent)
      start = bytes.count
    }
  }

  // MARK: layout

  /// Aligns the decimal points, and lays the heads out anew if a width has changed.
  private mutating func measure() {
    var isAsBefore = !parts.isEmpty
    if widths.isEmpty { widths = heads.map(\.columns) }
    for column in numbers.indices {
      let cells = column * rows.count..<(column + 1) * rows.count
      var longest = 0
      for cell in cells { longest = max(longest, self.cells[cell].extent.tail) }
      var width = heads[column + 1].columns
      for cell in cells {
        self.cells[cell].blanks = longest - self.cells[cell].extent.tail
        width = max(width, self.cells[cell].extent.columns + self.cells[cell].blanks)
      }
      if widths[column + 1] != width {
        widths[column + 1] = width
        isAsBefore = false
      }
    }
    if !isAsBefore { arrange() }
  }

  /// A table wider than the screen goes on below with its next columns.
  private mutating func arrange() {
    widths[0] = rows.reduce(heads[0].columns) { max($0, $1.columns) }
    // A glyph of a number takes at most three bytes a column.
    lineRoom = widths.reduce(16) { $0 + 3 * $1 + 2 }
    parts = []
    var first = 1
    while first < max(2, heads.count) {
      var end = first
      var used = widths[0]
      var isFirst = parts.isEmpty && label.columns > 0
      var own: Line?
      let least = widths[0] + (heads.count > 1 ? 2 + widths[1] : 0)
      if isFirst, least + 2 + label.columns > display.effectiveWidth {
        own = Line(
          Columns80.edges(
            "", String(decoding: label.bytes, as: UTF8.self), width: display.effectiveWidth))
        isFirst = false
      }
      let room = display.effectiveWidth - 1 - (isFirst ? label.columns + 1 : 0)
      while end < heads.count, end == first || used + 2 + widths[end] <= room {
        used += 2 + widths[end]
        end += 1
      }
      let columns = first..<end
      parts.append(Part(columns: columns, head: head(columns, isFirst: isFirst), label: own))
      first = max(end, first + 1)
    }
  }

  private func head(_ columns: Range<Int>, isFirst: Bool) -> Line {
    var text = ""
    for column in [0] + Array(columns) {
      text += Columns80.spaces((column == 0 ? 0 : 2) + widths[column] - heads[column].columns)
      text += String(decoding: heads[column].bytes, as: UTF8.self)
    }
    while text.last == " " { text.removeLast() }
    guard isFirst else { return Line(text) }
    let label = String(decoding: label.bytes, as: UTF8.self)
    return Line(Columns80.edges(text, label, width: display.effectiveWidth))
  }

  // Mutating, as a call of a `mutating` from another copies no part of the table.
  private mutating func write(
    _ row: Int, _ columns: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, _ line: inout TextBytes
  ) {
    line.removeAll()
    line.append(blanks: widths[0] - rows[row].columns)
    line.append(rows[row].bytes)
    for column in columns {
      let cell = cells[(column - 1) * rows.count + row]
      line.append(blanks: 2 + widths[column] - cell.extent.columns - cell.blanks)
      line.append(UnsafeBufferPointer(rebasing: bytes[cell.bytes]))
      line.append(blanks: cell.blanks)
    }
    line.removeTrailingBlanks()
  }

  private mutating func writeCost(_ bytes: UnsafeBufferPointer<UInt8>, _ line: inout TextBytes) {
    line.append(rows[0].bytes)
    line.append(UnsafeBufferPointer(rebasing: bytes[cells[0].bytes]))
    guard label.columns > 0 else { return }
    let used = rows[0].columns + cells[0].extent.columns + label.columns
    line.append(blanks: max(1, display.effectiveWidth - 1 - used))
    line.append(label.bytes)
  }
}
