import Backprop
import IndexNotation
import LectureNotes

// Networks, data, weights.

extension Session {
  mutating func documentCommand(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "document [ID]")
    guard let word = arguments.words.first else { return try documentList() }
    let names = Library.names
    let matches = names.filter { $0.hasPrefix(word.text) }
    guard let id = names.contains(word.text) ? word.text : (matches.count == 1 ? matches[0] : nil)
    else {
      let near = Spelling.nearest(to: word.text, among: names)
      throw CommandError(
        "there is no document '\(Shown.text(word.text))'", at: word.columns,
        advice: near.isEmpty
          ? "the documents are \(names.joined(separator: ", "))"
          : "did you mean \(near.joined(separator: ", "))?")
    }
    try speak(id)
    if state.network == nil { adoptModel() }
    recordView("document \(id)")
    var lines = [Line("\(id): \(plain(document.speaking))")]
    let step = presentStep()
    if !step.isEmpty { lines += (display.detail == .full ? [.blank] : []) + step }
    return lines
  }

  func plain(_ text: String) -> String {
    guard display.ascii else { return text }
    var result = ""
    for character in text {
      if let lowered = Glyphs.plainOfLowered[character] {
        result += "_\(lowered)"
      } else if let raised = Glyphs.plainOfRaised[character] {
        result += "^\(raised)"
      } else if let spelled = Glyphs.spelled[character] {
        result += spelled
      } else {
        switch character {
        case "“", "”": result += "\""
        case "−": result += "-"
        case "·": result += "*"
        case "→": result += "->"
        case "…": result += "..."
        case "½": result += "1/2"
        case "²": result += "^2"
        case "á": result += "a"
        case "L̃": result += "L~"
        case "Σ": result += "sum"
        case "←": result += "<-"
        case "ᵀ": result += "^T"
        case "⊙": result += "(.)"
        case "′": result += "'"
        case "ℓ": result += "l"
        case "§": result += "section "
        default: result.append(character)
        }
      }
    }
    return result
  }

  private func documentList() throws(CommandError) -> [Line] {
    var rows: [String] = []
    for name in Library.names {
      do throws(DocumentError) {
        let other = try library.document(name)
        let mark = name == document.id ? (display.ascii ? ">" : "▸") : " "
        rows.append(" \(mark) \(Columns80.left(name, 16))\(other.title)")
        rows.append(Columns80.spaces(19) + other.about)
      } catch {
        throw CommandError("\(name), line \(error.line): \(error.message)")
      }
    }
    return lines(rows)
  }

  // MARK: net

  mutating func net(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let first = arguments.words.first else {
      return lines(
        PublishedNetwork.all.map { "  \(Columns80.left($0.name, 18))\($0.source)" } + [
          "  \(Columns80.left("notes", 18))the example the notes in use work through",
          "or your own sizes: net 2 3 1, net 2 3:tanh 1:sigmoid",
        ])
    }
    if first.text.first?.isNumber != true, first.text.first != "-", first.text.first != "−" {
      try arguments.expectAtMost(1, usage: "net NAME")
      return try namedNetwork(first)
    }
    let (sizes, activations) = try layers(arguments.words)
    let shape = try shape(sizes, arguments)
    let model = document.model
    var list: [Activation] = []
    for layer in 1...shape.last {
      list.append(activations[layer] ?? (layer == shape.last ? model.output : model.hidden))
    }
    adoptModel()
    state.network = Network(shape: shape, activations: list, biasMode: model.biasMode)
    state.title = nil
    state.examples = []
    state.example = 1
    state.initialisation = nil
    state.resetPasses()
    record(arguments.line.trimmed)
    return described(isFresh: true) + pairWarning()
  }

  private func layers(
    _ words: [Word]
  ) throws(CommandError) -> ([(Int, Word)], [Int: Activation]) {
    var sizes: [(Int, Word)] = []
    var activations: [Int: Activation] = [:]
    for (layer, word) in words.enumerated() {
      var text = word.text
      var named: Word?
      if let colon = text.firstIndex(of: ":") {
        let name = String(text[text.index(after: colon)...])
        let start = word.columns.start + text.distance(from: text.startIndex, to: colon) + 1
        named = Word(text: name, columns: Columns(start, word.columns.end))
        text = String(text[..<colon])
      }
      if text == "0" {
        throw CommandError(
          "layer \(layer) has 0 neurons; at least 1", at: word.columns)
      }
      let place = Word(text: text, columns: word.columns)
      sizes.append((try Typed.count(place, upTo: Int.max), word))
      if let named {
        guard layer > 0 else {
          throw CommandError("the inputs have no activation", at: named.columns)
        }
        activations[layer] = try Typed.choice(named, "activation")
      }
    }
    return (sizes, activations)
  }

  private func shape(
    _ sizes: [(Int, Word)], _ arguments: Arguments
  ) throws(CommandError) -> Shape {
    let place = Columns(
      arguments.words[0].columns.start, arguments.words[arguments.words.count - 1].columns.end)
    do throws(ShapeError) {
      return try Shape(sizes.map(\.0))
    } catch {
      switch error {
      case .tooFewLayers:
        throw CommandError(
          "needs at least 2 layers, the inputs and the outputs", at: arguments.end,
          advice: "as in: net 2 3 1")
      case .tooManyLayers(let count):
        throw CommandError(
          "at most \(Shape.layerLimit) layers (got \(count))", at: place)
      case .emptyLayer(let layer):
        throw CommandError("layer \(layer) has 0 neurons; at least 1", at: place)
      case .tooManyParameters(let count):
        let words = count == .max ? "more than 18446744073709551615" : String(count)
        throw CommandError(
          "\(words) weights and biases; the limit is \(Shape.parameterLimit)", at: place)
      }
    }
  }

  private mutating func namedNetwork(_ word: Word) throws(CommandError) -> [Line] {
    if word.text == "notes" {
      var copy = Interpreter(self)
      for line in document.exampleCommands { _ = try copy.runIncluded(line) }
      let example = copy.session
      state = example.state
      state.title = "\(document.id): the example of the notes"
      record("net notes")
      return described(isFresh: false)
        + lines(["the notes give no numbers; these were made up for this program"])
        + pairWarning()
    }
    guard let published = PublishedNetwork.all.first(where: { $0.name == word.text }) else {
      let names = PublishedNetwork.all.map(\.name) + ["notes"]
      let near = Spelling.nearest(to: word.text, among: names)
      throw CommandError(
        "there is no network '\(Shown.text(word.text))'", at: word.columns,
        advice: near.isEmpty
          ? "type net for the list, or sizes: net 2 3 1"
          : "did you mean \(near.joined(separator: ", "))?")
    }
    published.build(into: &state)
    record("net \(published.name)")
    return described(isFresh: false)
      + Wrapping.lines(plain(published.source), width: display.effectiveWidth)
      + published.remarks.flatMap {
        Wrapping.lines(plain($0), width: display.effectiveWidth)
      } + pairWarning()
  }

  /// One or two rows that say what the network is.
  func described(isFresh: Bool) -> [Line] {
    guard let network = state.network else { return [] }
    let sizes = network.shape.sizes.map(String.init)
    let shape =
      sizes.count > 12
      ? "\(sizes[0])-…-\(sizes[sizes.count - 1]) (\(sizes.count) layers)"
      : sizes.joined(separator: "-")
    var names = network.activations.map(\.rawValue)
    if names.count > 4 { names = Array(names.prefix(2)) + ["…", names[names.count - 1]] }
    let bias = Session.biasWords(network.biasMode)
    let rate =
      "\(document.renderer.name(document.symbolName(of: .learningRate), script)) = \(NumberText.shortest(state.rate))"
    let model = [
      costFormula(), state.reduction.rawValue, state.direction.rawValue, rate,
    ]
    let head = "network \(shape), \(names.joined(separator: ", "))"
    let width = display.effectiveWidth
    if isFresh {
      return Wrapping.parts(
        [head, bias, "all 0 until set"].map(plain), separator: ", ", width: width)
        + Wrapping.parts(
          (["the rest as \(document.id) has it: \(model[0])"] + model.dropFirst()).map(plain),
          separator: ", ", width: width)
    }
    return Wrapping.parts(
      ([head] + model + [bias]).map(plain), separator: plain(" · "), width: width)
  }

  static func biasWords(_ mode: BiasMode) -> String {
    switch mode {
    case .perNeuron: return "one bias a neuron"
    case .shared: return "one bias a layer"
    case .frozen: return "bias frozen"
    case .none: return "no bias"
    }
  }

  /// The cost in the document's letters, or its name where the document has no formula.
  func costFormula() -> String {
    guard let facts = state.facts else { return state.cost.rawValue }
    for kind in [Target.Kind.cost, .costTerm] {
      guard
        let citation = document.citation(
          of: Target(kind: kind, layer: facts.shape.last), facts: facts),
        let relation = try? document.relation(citation.main)
      else { continue }
      if kind == .cost,
        relation.sides.allSatisfy({ $0.expression.references.allSatisfy { $0.name == "c" } })
      {
        continue
      }
      return document.renderer.relation(relation, script)
        ?? document.renderer.relation(relation, .linear) ?? state.cost.rawValue
    }
    return state.cost.rawValue
  }

  /// A logarithmic cost on an output that can leave 0…1 says when it breaks.
  func pairWarning() -> [Line] {
    guard let network = state.network else { return [] }
    if network.activation(of: network.shape.last) == .softmax, network.shape.outputCount == 1 {
      return Wrapping.lines(
        "warning: softmax of one output is always 1, and learns nothing; give it two outputs, or: activation \(network.shape.last) sigmoid",
        width: display.effectiveWidth)
    }
    guard state.cost.takesLogarithms else { return [] }
    let last = network.shape.last
    let output = network.activation(of: last)
    switch output {
    case .sigmoid, .softmax: return []
    case .identity, .tanh, .relu, .leakyReLU, .softplus:
      return Wrapping.lines(
        "warning: \(state.cost.rawValue) takes logarithms, and \(output.rawValue) outputs can leave 0 to 1: the cost step stops there and names the output",
        width: display.effectiveWidth)
    }
  }

  // MARK: data

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

  private mutating func namedData(_ word: Word) throws(CommandError) -> [Line] {
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

  private mutating func addExample(_ arguments: Arguments) throws(CommandError) -> [Line] {
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
        advice: "as in: \(NextStep.dataExample(shape))")
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
    return [
      Line(
        "example \(number) of \(number): \(symbols.input) = \(Session.list(input)), \(symbols.target) = \(Session.list(target))"
      )
    ] + sumNote(target)
  }

  /// Σy ≠ 1 under softmax: the gradient is exact, (4) of softmax-matrix does not hold.
  private func sumNote(_ target: [Double]) -> [Line] {
    guard let network = state.network, network.activation(of: network.shape.last) == .softmax,
      state.cost == .crossEntropy
    else { return [] }
    let sum = target.reduce(0, +)
    guard abs(sum - 1) > 1e-12 else { return [] }
    return [
      Line(
        plain(
          "the targets sum to \(NumberText.shortest(sum)), not 1: the gradient stays exact, but (4) of softmax-matrix does not hold"
        ),
        .warning)
    ]
  }

  private func numbers(
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
        at: place, advice: "as in: \(NextStep.dataExample(shape))")
    }
    return values
  }

  func dataSymbols() throws(CommandError) -> (input: String, target: String) {
    let reading = try reading()
    let input = reading.reference(for: .activation(layer: 0, neuron: 1))?.name ?? "x"
    let target = reading.reference(for: .target(neuron: 1))?.name ?? "y"
    return (document.renderer.name(input, script), document.renderer.name(target, script))
  }

  static func list(_ values: [Double]) -> String {
    let shown = values.prefix(8).map { NumberText.shortest($0) }
    return shown.joined(separator: " ") + (values.count > 8 ? " … (\(values.count))" : "")
  }

  private mutating func dropExample(_ arguments: Arguments) throws(CommandError) -> [Line] {
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
    return [Line("\(state.examples.count) examples left")]
  }

  package func showData() -> [Line] {
    guard !state.examples.isEmpty, let symbols = try? dataSymbols() else {
      return ["no examples yet"]
    }
    var lines: [Line] = []
    for (index, example) in state.examples.enumerated().prefix(50) {
      let mark = index + 1 == state.example ? (display.ascii ? ">" : "▸") : " "
      lines.append(
        Line(
          " \(mark) example \(index + 1): \(symbols.input) = \(Session.list(example.input)), \(symbols.target) = \(Session.list(example.target))"
        ))
    }
    if state.examples.count > 50 { lines.append(Line("   … \(state.examples.count) in all")) }
    return lines
  }
}

extension Cost {
  package var takesLogarithms: Bool {
    switch self {
    case .quadratic, .squaredError, .mse: return false
    case .logLikelihood, .binaryCrossEntropy, .crossEntropy: return true
    }
  }
}

extension String {
  /// Without blanks at the ends.
  package var trimmed: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
