import Backprop
import IndexNotation
import LectureNotes

// Tables of everything.

extension Session {
  mutating func show(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let word = arguments.words.first else {
      try checkNetwork(arguments)
      return try showAll()
    }
    let text = arguments.words.map(\.text).joined(separator: " ")
    if ShowTopic(text, document) == nil, ShowTopic(word.text, document) != nil {
      try arguments.expectAtMost(1, usage: "show [\(Session.showTopics.joined(separator: "|"))]")
    }
    guard let topic = ShowTopic(text, document) else {
      let near = Spelling.nearest(to: text, among: ShowTopic.names)
      throw CommandError(
        "show knows no '\(Shown.text(text))'", at: arguments.whole,
        advice: near.isEmpty
          ? "it shows \(Session.showTopics.joined(separator: ", ")), and the symbols of the notes"
          : "did you mean \(near.joined(separator: ", "))?")
    }
    switch topic {
    case .history: return history()
    case .stops: return stopList()
    case .data: return showData()
    case .settings: return Setting.all.map { Line("\($0.name) \($0.show(self))") }
    case .shapes, .network, .z, .a, .delta, .b, .w, .gradient: break
    }
    try checkNetwork(arguments)
    switch topic {
    case .shapes: return try shapes()
    case .network: return described(isFresh: false) + nextStep.lines()
    case .z, .a, .delta: return try neuronTable(only: topic)
    case .b:
      guard state.network?.biasMode != BiasMode.none else { return ["this network has no biases"] }
      return try neuronTable(only: topic)
    case .w: return try weightTable(gradient: false)
    case .gradient, .history, .stops, .data, .settings: return try weightTable(gradient: true)
    }
  }

  static let showTopics = ShowTopic.allCases.map(\.rawValue)

  private func showAll() throws(CommandError) -> [Line] {
    var left = "\(document.id) · example \(state.example) of \(max(1, state.examples.count))"
    if let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii),
      let cost = try? source.value(of: .totalCost, example: state.example)
    {
      left += " · \(costSymbol) = \(text(cost))"
    }
    let next = "next: \(state.examples.isEmpty ? "data" : state.next.words)"
    var lines = Wrapping.edges(plain(left), next, width: display.effectiveWidth).map {
      Line($0.text, .heading)
    }
    lines += try neuronTable(only: nil)
    lines.append(.blank)
    lines += try weightTable(gradient: true)
    return lines
  }

  private func head(_ kind: Quantity) -> String {
    guard let reading = try? reading(), let reference = reading.reference(for: kind) else {
      return ""
    }
    return document.renderer.name(reference.name, script)
  }

  /// `∂E/∂w`, in the letters of the notes.
  private func derivative(by letter: String) -> String {
    let cost = document.renderer.name(costSymbol, script)
    return display.ascii ? "d\(cost)/d\(letter)" : "∂\(cost)/∂\(letter)"
  }

  private func cell(_ quantity: Quantity, _ source: StoredPass) -> String {
    guard let numeral = try? source.numeral(of: quantity, example: state.example) else {
      return ""
    }
    return numeral.text(minus: display.ascii ? "-" : "−")
  }

  private func neuronTable(only topic: ShowTopic?) throws(CommandError) -> [Line] {
    let reading = try reading()
    let source = reading.source
    let shape = reading.shape
    let last = shape.last
    var columns: [(String, (Int, Int) -> String)] = []
    if topic == nil || topic == .z {
      columns.append(
        (
          head(.weightedInput(layer: last, neuron: 1)),
          { layer, j in
            layer == 0 ? "" : self.cell(.weightedInput(layer: layer, neuron: j), source)
          }
        ))
    }
    if topic == nil || topic == .a {
      columns.append(
        (
          head(.activation(layer: max(1, last - 1), neuron: 1)),
          { layer, j in
            self.cell(.activation(layer: layer, neuron: j), source)
          }
        ))
    }
    if topic == nil || topic == .delta {
      let name = head(.error(layer: last, neuron: 1))
      columns.append(
        (
          name.isEmpty
            ? derivative(by: head(.weightedInput(layer: last, neuron: 1))) : name,
          { layer, j in
            layer == 0 ? "" : self.cell(.error(layer: layer, neuron: j), source)
          }
        ))
    }
    if reading.facts.biasMode != .none, topic == nil || topic == .b {
      columns.append(
        (
          "bias",
          { layer, j in
            layer == 0 ? "" : self.cell(.bias(layer: layer, neuron: j), source)
          }
        ))
    }
    if topic == nil, !state.examples.isEmpty {
      columns.append(
        (
          "target",
          { layer, j in
            layer == last ? self.cell(.target(neuron: j), source) : ""
          }
        ))
    }
    var places: [(Int, Int)] = []
    for layer in 0...last {
      for neuron in 1...min(shape.sizes[layer], 200) { places.append((layer, neuron)) }
    }
    if topic == .z || topic == .delta || topic == .b { places.removeAll { $0.0 == 0 } }
    var rows = places.map { ["  \($0.0 + document.layerOrigin)", "\($0.1)"] }
    for (_, cell) in columns {
      let texts = NumberColumn.aligned(places.map { cell($0.0, $0.1) })
      for (row, text) in texts.enumerated() { rows[row].append(text) }
    }
    return Table(head: ["  l", "j"] + columns.map(\.0), rows: rows)
      .lines(width: display.effectiveWidth).map { Line($0) }
  }

  private func weightTable(gradient: Bool) throws(CommandError) -> [Line] {
    let reading = try reading()
    let source = reading.source
    let shape = reading.shape
    var places: [Quantity] = []
    for layer in 1...shape.last {
      let neurons = Array(1...shape.sizes[layer])
      let sources = Array(1...shape.sizes[layer - 1])
      if reading.weightsRunFromFirst {
        for from in sources {
          places += neurons.map { .weight(layer: layer, to: $0, from: from) }
        }
      } else {
        for to in neurons { places += sources.map { .weight(layer: layer, to: to, from: $0) } }
      }
      if gradient, reading.facts.biasMode != .none {
        places += neurons.map { .bias(layer: layer, neuron: $0) }
      }
      if places.count > 400 {
        places.removeLast(places.count - 400)
        break
      }
    }
    var rows: [[String]] = places.map { quantity in
      ["  " + (reading.reference(for: quantity).map { text($0) } ?? "")]
    }
    for (row, text) in NumberColumn.aligned(places.map { cell($0, source) }).enumerated() {
      rows[row].append(text)
    }
    var head = [gradient ? "  parameter" : "  weight", "value"]
    if gradient {
      let texts = places.map { quantity -> String in
        guard let value = try? source.value(of: .total(by: quantity), example: state.example)
        else { return "" }
        return self.text(value)
      }
      if texts.contains(where: { !$0.isEmpty }) {
        head.append(derivative(by: self.head(.weight(layer: 1, to: 1, from: 1))))
        for (row, text) in NumberColumn.aligned(texts).enumerated() { rows[row].append(text) }
      }
    }
    return Table(head: head, rows: rows).lines(width: display.effectiveWidth).map { Line($0) }
  }
}
