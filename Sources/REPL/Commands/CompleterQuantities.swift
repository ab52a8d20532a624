import Backprop
import IndexNotation
import LectureNotes

// Quantities, arrays and derivatives of the cost, as they are typed in the notes in use.

extension Completer {
  /// More than this many are offered up to their next bracket.
  private static let listLimit = 30
  /// Layers and neurons that are offered by name.
  private static let sizeLimit = 30
  /// In a larger layer no array is looked up: it would be laid out to be named.
  private static let arrayLimit = 200

  func quantities(_ characters: [Character]) -> Offer {
    var start = characters.count
    var depth = 0
    while start > 0 {
      let character = characters[start - 1]
      if character == "]" { depth += 1 }
      if character == "[" { depth -= 1 }
      if depth <= 0, " ()+-−*·=;@".contains(character) { break }
      if depth < -2 { break }
      start -= 1
    }
    let word = String(characters[start...])
    var seen: Set<String> = []
    let matches = typedNames.compactMap { completed($0, word) }.filter { seen.insert($0).inserted }
    return Offer(start: start, candidates: shortened(matches, beyond: word.count), suffix: "")
  }

  /// A name as it goes on from what is typed: in Greek or spelled, with ∂ or with d.
  private func completed(_ name: String, _ word: String) -> String? {
    let plain = word.replacing("∂", with: "d")
    let isCurly = word.contains("∂")
    guard !isCurly || name.contains("/d") else { return nil }
    func curly(_ text: String) -> String {
      isCurly ? "∂" + text.dropFirst().replacing("/d", with: "/∂") : text
    }
    if name.hasPrefix(plain) { return curly(name) }
    let spelled = Renderer(styles: [:]).name(name, .ascii)
    return spelled.hasPrefix(plain) ? curly(spelled) : nil
  }

  /// Many are listed by their beginnings, up to the next bracket after what is typed.
  private func shortened(_ names: [String], beyond typed: Int) -> [String] {
    guard names.count > Completer.listLimit else { return names }
    var seen: Set<String> = []
    return names.map { name in
      let rest = name.dropFirst(typed)
      guard let bracket = rest.firstIndex(of: "[") else { return name }
      return String(name[...bracket])
    }.filter { seen.insert($0).inserted }
  }

  private var typedNames: [String] {
    let functions = session.document.functionOrder.flatMap { ["\($0)(", "\($0)'("] }
    guard let reading = try? session.reading() else {
      return session.document.vocabulary.symbols.keys.sorted() + functions
    }
    return elements(reading) + derivatives(reading) + arrays(reading) + functions
  }

  /// `W[1]`, `x`: the symbols without the indices of a neuron.
  private func arrays(_ reading: Reading<StoredPass>) -> [String] {
    guard (reading.shape.sizes.max() ?? 0) <= Completer.arrayLimit else { return [] }
    let document = session.document
    var names: [String] = []
    for (name, forms) in document.vocabulary.symbols.sorted(by: { $0.key < $1.key }) {
      let isLayered = forms.contains { $0.hasLayer || $0.hasUnwrittenLayer }
      let layers = (0...min(reading.shape.last, Completer.sizeLimit)).map { "\(name)[\($0)]" }
      names += ([name] + (isLayered ? layers : [])).filter { text in
        guard
          case .reference(let reference)? = try? Parser.expression(
            text, vocabulary: document.vocabulary),
          case .array(let array)? = try? reading.resolve(reference, IndexValues())
        else { return false }
        return !array.elements.isEmpty
      }
    }
    return names
  }

  /// Every quantity of the network; of a large layer the first ones.
  private func elements(_ reading: Reading<StoredPass>) -> [String] {
    let shape = reading.shape
    var quantities: [Quantity] = [.cost, .totalCost, .learningRate]
    for (layer, neuron) in neurons(shape) {
      quantities.append(.activation(layer: layer, neuron: neuron))
      guard layer > 0 else { continue }
      quantities.append(.weightedInput(layer: layer, neuron: neuron))
      quantities.append(.error(layer: layer, neuron: neuron))
    }
    quantities += parameters(reading)
    quantities += (1...min(shape.outputCount, Completer.sizeLimit)).map { .target(neuron: $0) }
    return quantities.compactMap { typed($0, reading) }
  }

  /// `dC/dw[1][1,1]`: of the cost of all examples, by every parameter and weighted input.
  private func derivatives(_ reading: Reading<StoredPass>) -> [String] {
    let cost = session.document.symbolName(of: .totalCost)
    let inputs = neurons(reading.shape).filter { $0.layer > 0 }
      .map { Quantity.weightedInput(layer: $0.layer, neuron: $0.neuron) }
    return (parameters(reading) + inputs).compactMap { typed($0, reading) }
      .map { "d\(cost)/d\($0)" }
  }

  private func typed(_ quantity: Quantity, _ reading: Reading<StoredPass>) -> String? {
    reading.reference(for: quantity).map { Typing.text($0, in: session.document) }
  }

  private func neurons(_ shape: Shape) -> [(layer: Int, neuron: Int)] {
    (0...min(shape.last, Completer.sizeLimit)).flatMap { layer in
      (1...min(shape.sizes[layer], Completer.sizeLimit)).map { (layer, $0) }
    }
  }

  private func parameters(_ reading: Reading<StoredPass>) -> [Quantity] {
    let shape = reading.shape
    var weights: [Quantity] = []
    var biases: [Quantity] = []
    for (layer, neuron) in neurons(shape) where layer > 0 {
      for from in 1...min(shape.sizes[layer - 1], Completer.sizeLimit) {
        weights.append(.weight(layer: layer, to: neuron, from: from))
      }
      biases.append(.bias(layer: layer, neuron: neuron))
    }
    return weights + (reading.facts.biasMode == .none ? [] : biases)
  }
}
