import Backprop
import IndexNotation
import LectureNotes

// `perturb Q D` and `sweep Q FROM TO [N]`: rehearsals that change nothing.

extension Session {
  /// What is moved, and what it is at present.
  private struct Rehearsal {
    var moved: MovedCost
    var value: Double
    var derivative: Double
    var symbol: String
    /// `∂C/∂w₁₁²`.
    var derivativeSymbol: String
    var costSymbol: String
    var label: String?
  }

  private func rehearsal(
    _ arguments: Arguments, numbers count: ClosedRange<Int>, _ example: String
  ) throws(CommandError) -> (Rehearsal, [Word]) {
    try checkReady(arguments)
    var words = arguments.words
    var numbers: [Word] = []
    while words.count > 1, numbers.count < count.upperBound, let last = words.last,
      last.text.first.map({ $0.isNumber || "-−+.".contains($0) }) == true
    {
      numbers.insert(words.removeLast(), at: 0)
    }
    if numbers.count < count.lowerBound, words.count > 1, let last = words.last,
      !last.text.contains(where: { "[]^_".contains($0) })
    {
      _ = try Typed.number(last)
    }
    guard let first = words.first, let last = words.last, numbers.count >= count.lowerBound else {
      throw CommandError(
        "\(commandWord(arguments)) needs a quantity and \(count.lowerBound == 1 ? "a change" : "two values")",
        at: arguments.end, advice: "as in: \(example)")
    }
    let source = String(Array(arguments.line)[first.columns.start..<last.columns.end])
    let columns = Columns(first.columns.start, last.columns.end)
    let named = try typedQuantities(source, offset: columns.start)
    guard named.count == 1,
      let moved = MovedCost(named[0].quantity, example: named[0].example, state)
    else {
      throw CommandError(
        named.count == 1
          ? "the cost cannot be followed as '\(Shown.text(source))' moves"
          : "'\(Shown.text(source))' is \(named.count) numbers; one is moved", at: columns,
        advice:
          "a weight, a bias, an input, a weighted input or a hidden activation, as in: \(example)")
    }
    return (try rehearsal(moved, columns), numbers)
  }

  private func rehearsal(_ moved: MovedCost, _ columns: Columns) throws(CommandError) -> Rehearsal {
    let completed: StoredPass
    let value: Double
    let derivative: Double
    do throws(EvaluationError) {
      var state = state
      state.example = moved.example ?? state.example
      var session = self
      session.state = state
      completed = try session.completedSource()
      value = try moved.value(completed)
      derivative = try moved.derivative(completed)
    } catch {
      throw CommandError(error.message, at: columns, advice: error.advice)
    }
    let cost =
      moved.example != nil && state.examples.count > 1
      ? "\(costSymbol) of example \(moved.example ?? 1)" : costSymbol
    let symbol = symbolText(moved.quantity)
    return Rehearsal(
      moved: moved, value: value, derivative: derivative, symbol: symbol,
      derivativeSymbol: derivativeText(moved.quantity) ?? "∂\(costSymbol)/∂\(symbol)",
      costSymbol: cost,
      label: moved.target.flatMap { label(of: $0, state) })
  }

  private func completedSource() throws(EvaluationError) -> StoredPass {
    do throws(CommandError) {
      return try reading(of: try rehearsed()).source
    } catch {
      throw .fact(error.message, advice: error.advice)
    }
  }

  private func cost(_ rehearsal: Rehearsal, movedBy change: Double) throws(CommandError) -> Double {
    do throws(ComputationFault) {
      return try rehearsal.moved.cost(movedBy: change)
    } catch {
      throw faultError(error)
    }
  }

  // MARK: perturb

  mutating func perturb(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let (rehearsal, numbers) = try rehearsal(
      arguments, numbers: 1...1, "perturb \(exampleParameter) 0.1")
    let change = try Typed.number(numbers[0])
    let before = try cost(rehearsal, movedBy: 0)
    let after = try cost(rehearsal, movedBy: change)
    let actual = after - before
    let linear = rehearsal.derivative * change
    let left = actual - linear
    let heading =
      "\(rehearsal.symbol)  \(short(rehearsal.value)) \(arrow) \(short(rehearsal.value + change))"
    let part = abs(left / actual) * 100
    let share =
      part < 1e6 ? "\(NumberText.significant(part, digits: 2)) % of the change" : ""
    let rows: [(words: String, value: Double, remark: String)] = [
      ("\(rehearsal.costSymbol) before", before, ""), ("\(rehearsal.costSymbol) after", after, ""),
      ("it changed by", actual, ""),
      (
        "\(rehearsal.derivativeSymbol) · \(factor(change)) said", linear, rehearsal.label ?? ""
      ),
      ("left for the curvature", left, share),
    ]
    let texts = NumberColumn.aligned(rows.map { text($0.value) })
    let width = (rows.map { $0.words.columns }.max() ?? 0) + 2
    let numberWidth = texts.map(\.columns).max() ?? 0
    var lines = Wrapping.edges(
      heading, "a rehearsal: nothing on screen is changed", width: display.effectiveWidth)
    lines.append(.blank)
    for (row, number) in zip(rows, texts) {
      let left =
        "  \(Columns80.left(plain(row.words), width))\(Columns80.right(number, numberWidth))"
      lines += Wrapping.edges(
        left.trimmedAtEnd, plain(row.remark), width: display.effectiveWidth)
    }
    return lines
  }

  /// A negative factor stands in parentheses.
  private func factor(_ value: Double) -> String {
    value < 0 ? "(\(short(value)))" : short(value)
  }

  /// A number as typed where it is short, else to the digits in force without closing zeros.
  func short(_ value: Double) -> String {
    let minus: Character = display.ascii ? "-" : "−"
    let shown = text(value)
    if value != 0, abs(value) < 1e-4 || abs(value) >= 1e6 { return Session.trimmed(shown) }
    let shortest = NumberText.shortest(value, minus: minus)
    return shortest.count <= shown.count ? shortest : Session.trimmed(shown)
  }

  /// `0.800000` is 0.8, `1.00000e200` is 1e200.
  private static func trimmed(_ text: String) -> String {
    let exponent = text.firstIndex(of: "e") ?? text.endIndex
    guard text[..<exponent].contains(".") else { return text }
    var mantissa = text[..<exponent]
    while mantissa.last == "0" { mantissa = mantissa.dropLast() }
    if mantissa.last == "." { mantissa = mantissa.dropLast() }
    return String(mantissa + text[exponent...])
  }

  // MARK: sweep

  mutating func sweep(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let (rehearsal, numbers) = try rehearsal(
      arguments, numbers: 2...3, "sweep \(exampleParameter) -4 4 9")
    let (from, to) = (try Typed.number(numbers[0]), try Typed.number(numbers[1]))
    var count = 9
    if numbers.count == 3 {
      count = try Typed.count(numbers[2], upTo: 200)
      guard count >= 2 else {
        throw CommandError("a sweep has 2 to 200 values", at: numbers[2].columns)
      }
    }
    guard (to - from).isFinite else {
      throw CommandError(
        "from \(short(from)) to \(short(to)) is farther than a double reaches",
        at: numbers[1].columns)
    }
    guard from != to else {
      throw CommandError(
        "a sweep goes from one value to another", at: numbers[1].columns,
        advice: "usage: sweep QUANTITY FROM TO [N]")
    }
    let present = try cost(rehearsal, movedBy: 0)
    var rows: [(value: Double, cost: Double, tangent: Double)] = []
    for index in 0..<count {
      let part = Double(index) / Double(count - 1)
      // Exact at both ends.
      let value = index == count - 1 ? to : from + (to - from) * part
      let change = value - rehearsal.value
      rows.append(
        (value, try cost(rehearsal, movedBy: change), present + rehearsal.derivative * change))
      if isInterrupted() { break }
    }
    return sweepLines(rows, rehearsal, present)
  }

  private func sweepLines(
    _ rows: [(value: Double, cost: Double, tangent: Double)], _ rehearsal: Rehearsal,
    _ present: Double
  ) -> [Line] {
    let values = NumberColumn.aligned(rows.map { short($0.value) })
    let costs = NumberColumn.aligned(rows.map { text($0.cost) })
    let tangents = NumberColumn.aligned(rows.map { text($0.tangent) })
    let heads = [rehearsal.symbol, costSymbol, "tangent"]
    let columns = [values, costs, tangents].enumerated().map { index, texts in
      max(heads[index].columns, texts.map(\.columns).max() ?? 0)
    }
    let room = display.effectiveWidth - 10 - columns.reduce(0, +)
    let finite = rows.map(\.cost).filter(\.isFinite)
    let least = finite.min() ?? 0
    // From 0 where that is in sight, else from the least: what changes is to be seen.
    let high = finite.max() ?? 0
    let low = least >= 0 && least <= 0.5 * high ? 0 : least
    let mark = display.ascii ? "> " : "▸ "
    func row(_ texts: [String], _ bar: String, isPresent: Bool = false) -> Line {
      let cells = texts.enumerated().map { Columns80.right($1, columns[$0]) }
      return Line(
        "\(isPresent ? mark : "  ")\(cells.joined(separator: "  "))   \(bar)".trimmedAtEnd)
    }
    var lines = [
      row(
        heads,
        room < 24 ? "" : "\(costSymbol) as a bar from \(NumberText.significant(low, digits: 2))")
    ]
    for (index, entry) in rows.enumerated() {
      let part = high > low ? (entry.cost - low) / (high - low) : 0
      let bars = part.isFinite && room > 0 ? Int((part * Double(min(room, 40))).rounded()) : 0
      let bar = String(repeating: display.ascii ? "#" : "█", count: max(0, bars))
      lines.append(
        row(
          [values[index], costs[index], tangents[index]], bar,
          isPresent: entry.value == rehearsal.value))
    }
    let label = rehearsal.label.map { " by \($0)" } ?? ""
    return lines
      + self.lines([
        "now \(rehearsal.symbol) = \(short(rehearsal.value)), \(rehearsal.costSymbol) = \(text(present)), slope \(text(rehearsal.derivative))\(label)"
      ])
  }
}
