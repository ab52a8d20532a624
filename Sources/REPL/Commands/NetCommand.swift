import Backprop
import IndexNotation
import LectureNotes

// Networks by sizes or by name, and what is said of them.

extension Session {
  mutating func net(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let first = arguments.words.first else {
      let column = (PublishedNetwork.all.map(\.name.count).max() ?? 0) + 2
      return lines(
        PublishedNetwork.all.map { "  \(Columns80.left($0.name, column))\($0.source)" } + [
          "  \(Columns80.left("notes", column))the example the notes in use work through",
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

  func layers(
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
      sizes.append((try Typed.count(place, upTo: Int.max, advice: "as in: net 2 3 1"), word))
      if let named {
        guard layer > 0 else {
          throw CommandError("the inputs have no activation", at: named.columns)
        }
        activations[layer] = try Typed.choice(named, "activation")
      }
    }
    return (sizes, activations)
  }

  func shape(
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

  mutating func namedNetwork(_ word: Word) throws(CommandError) -> [Line] {
    if word.text == "notes" {
      try setExample(word)
      state.title = "\(document.id): the example of the notes"
      record("net notes")
      return described(isFresh: false)
        + (Library.shipped.contains(document.id)
          ? lines(["the notes give no numbers; these were made up for this program"]) : [])
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

  private mutating func setExample(_ word: Word) throws(CommandError) {
    var example: State?
    do throws(DocumentError) {
      example = try ExampleSection(document).state()
    } catch {
      throw CommandError(
        "the example of \(document.id), line \(error.line): \(error.message)", at: word.columns,
        advice: error.advice)
    }
    guard let example else {
      throw CommandError(
        "\(document.id) has no example", at: word.columns,
        advice: "type sizes, as in: net 2 3 1, or net for the list")
    }
    state = example
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
      let rest = "the rest as \(document.id) has it:"
      let fits = rest.columns + model[0].columns + 2 < width
      return Wrapping.parts(
        [head, bias, "all 0 until set"].map(plain), separator: ", ", width: width)
        + (fits ? [] : [Line(rest)])
        + Wrapping.parts(
          ([fits ? "\(rest) \(model[0])" : model[0]] + model.dropFirst()).map(plain),
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
}

extension Cost {
  package var takesLogarithms: Bool {
    switch self {
    case .quadratic, .squaredError, .mse: return false
    case .logLikelihood, .binaryCrossEntropy, .crossEntropy: return true
    }
  }
}
