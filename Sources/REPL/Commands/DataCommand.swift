import Backprop
import IndexNotation
import LectureNotes

// Examples: typed, named, dropped, listed.

extension Session {
  mutating func data(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let first = arguments.words.first else { return showData() }
    switch first.text {
    case "clear":
      try arguments.expectAtMost(1, usage: "data clear")
      try checkNetwork(arguments)
      state.examples = []
      state.example = 1
      state.resetPasses()
      record("data clear")
      return ["no examples"]
    case "drop": return try dropExample(arguments)
    case "load": return try loadData(arguments)
    case "xor", "and", "or":
      try arguments.expectAtMost(1, usage: "data \(first.text)")
      return try namedData(first)
    default: return try addExample(arguments)
    }
  }

  func checkNetwork(_ arguments: Arguments) throws(CommandError) {
    guard state.network != nil else { throw Session.noNetwork(at: arguments.commandColumns) }
  }

  mutating func namedData(_ word: Word) throws(CommandError) -> [Line] {
    guard let shape = state.network?.shape else { throw Session.noNetwork(at: word.columns) }
    guard shape.inputCount == 2, shape.outputCount == 1 else {
      throw CommandError(
        "\(word.text) needs 2 inputs and 1 output; this network has \(shape.inputCount) and \(shape.outputCount)",
        at: word.columns, advice: "as in: net 2 3 1")
    }
    let targets: [Double]
    switch word.text {
    case "and": targets = [0, 0, 0, 1]
    case "or": targets = [0, 1, 1, 1]
    default: targets = [0, 1, 1, 0]
    }
    let inputs: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
    state.examples = zip(inputs, targets).map { Example(input: $0, target: [$1]) }
    state.example = 1
    state.resetPasses()
    record("data \(word.text)")
    return showData()
  }

  mutating func addExample(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let shape = state.network?.shape else {
      throw Session.noNetwork(at: arguments.commandColumns)
    }
    let arrow = arguments.words.firstIndex { $0.text == "->" || $0.text == "→" }
    let inputs = arguments.words[..<(arrow ?? arguments.words.count)]
    let targets = arrow.map { arguments.words[($0 + 1)...] } ?? []
    let input = try numbers(Array(inputs), shape.inputCount, "input", arguments, shape)
    guard arrow != nil else {
      throw CommandError(
        "the targets are missing", at: arguments.end,
        advice: "as in: \(shape.dataExample)")
    }
    let target = try numbers(Array(targets), shape.outputCount, "target", arguments, shape)
    guard (state.examples.count + 1) * (input.count + target.count) <= 4_000_000 else {
      throw CommandError("too many examples (the limit is 4000000 numbers)")
    }
    let wasBatch = state.reduction != .perExample
    state.examples.append(Example(input: input, target: target))
    state.passes.append(
      ExamplePass(pass: Pass(shape: shape, input: input), progress: .start))
    if wasBatch { state.rewind(to: .forward(1)) }
    record(arguments.line.trimmed)
    let number = state.examples.count
    let symbols = try dataSymbols()
    return lines(
      "example \(number) of \(number): ", Example(input: input, target: target), symbols)
      + sumNote(target)
  }

  /// `example 1 of 2: x = 1 0.5, y = 1`.
  func lines(
    _ heading: String, _ example: Example, _ symbols: (input: String, target: String)
  ) -> [Line] {
    let numbers =
      "\(symbols.input) = \(list(example.input)), \(symbols.target) = \(list(example.target))"
    return Wrapping.hanging(heading, numbers, width: display.effectiveWidth)
  }

  /// Σy ≠ 1 under softmax: the gradient is exact, (4) of softmax-matrix does not hold.
  func sumNote(_ target: [Double]) -> [Line] {
    guard let network = state.network, network.activation(of: network.shape.last) == .softmax,
      state.cost == .crossEntropy
    else { return [] }
    let sum = target.reduce(0, +)
    guard abs(sum - 1) > 1e-12 else { return [] }
    let text =
      "the targets sum to \(NumberText.shortest(sum)), not 1: the gradient stays exact, but (4) of softmax-matrix does not hold"
    return Wrapping.lines(plain(text), width: display.effectiveWidth).map {
      Line($0.text, .warning)
    }
  }

  func numbers(
    _ words: [Word], _ due: Int, _ kind: String, _ arguments: Arguments, _ shape: Shape
  ) throws(CommandError) -> [Double] {
    var values: [Double] = []
    for word in words {
      values.append(try Typed.number(word))
      if values.count > due {
        throw CommandError(
          "needs \(due) \(kind)\(due == 1 ? "" : "s") (network \(shape.sizes.map(String.init).joined(separator: "-"))), got \(words.count)",
          at: word.columns)
      }
    }
    guard values.count == due else {
      let place = words.last.map { Columns($0.columns.end, $0.columns.end + 1) } ?? arguments.end
      throw CommandError(
        "needs \(due) \(kind)\(due == 1 ? "" : "s") (network \(shape.sizes.map(String.init).joined(separator: "-"))), got \(values.count)",
        at: place, advice: "as in: \(shape.dataExample)")
    }
    return values
  }

  func dataSymbols() throws(CommandError) -> (input: String, target: String) {
    let reading = try reading()
    let input = reading.reference(for: .activation(layer: 0, neuron: 1))?.name ?? "x"
    let target = reading.reference(for: .target(neuron: 1))?.name ?? "y"
    return (document.renderer.name(input, script), document.renderer.name(target, script))
  }

  func list(_ values: [Double]) -> String {
    let shown = values.prefix(8).map {
      NumberText.shortest($0, minus: display.ascii ? "-" : "−")
    }
    return shown.joined(separator: " ") + (values.count > 8 ? " … (\(values.count))" : "")
  }

  mutating func dropExample(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(2, usage: "data drop N")
    try checkNetwork(arguments)
    guard arguments.words.count == 2 else {
      throw CommandError("data drop needs the example", at: arguments.end)
    }
    let number = try Typed.count(arguments.words[1])
    guard number <= state.examples.count else {
      throw CommandError(
        state.examples.isEmpty
          ? "there is no example yet" : "the examples are 1 to \(state.examples.count)",
        at: arguments.words[1].columns)
    }
    state.examples.remove(at: number - 1)
    state.passes.remove(at: number - 1)
    state.example = 1
    if state.reduction != .perExample { state.rewind(to: .forward(1)) }
    record(arguments.line.trimmed)
    return [Line("\(count(state.examples.count, "example")) left")]
  }

  package func showData() -> [Line] {
    guard !state.examples.isEmpty, let symbols = try? dataSymbols() else {
      return ["no examples yet"]
    }
    var lines: [Line] = []
    for (index, example) in state.examples.enumerated().prefix(50) {
      let mark = index + 1 == state.example ? (display.ascii ? ">" : "▸") : " "
      lines += self.lines(" \(mark) example \(index + 1): ", example, symbols)
    }
    if state.examples.count > 50 {
      lines.append(Line(plain("   … \(state.examples.count) in all")))
    }
    return lines
  }
}
