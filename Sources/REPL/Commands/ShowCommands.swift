import Backprop
import IndexNotation
import LectureNotes

// Tables of everything, and the equations of the notes.

extension Session {
  mutating func show(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "show [\(Session.showTopics.joined(separator: "|"))]")
    guard let word = arguments.words.first else {
      try checkNetwork(arguments)
      return try showAll()
    }
    let name = word.text == "δ" ? "delta" : word.text
    let matches = Session.showTopics.filter { $0.hasPrefix(name) }
    guard let topic = Session.showTopics.contains(name) ? name : matches.first,
      matches.count <= 1 || Session.showTopics.contains(name)
    else {
      throw CommandError(
        "show knows no '\(Shown.text(word.text))'", at: word.columns,
        advice: "it shows \(Session.showTopics.joined(separator: ", "))")
    }
    switch topic {
    case "history": return history()
    case "data": return showData()
    case "settings": return Setting.all.map { Line("\($0.name) \($0.show(self))") }
    default: break
    }
    try checkNetwork(arguments)
    switch topic {
    case "network": return described(isFresh: false) + [Line("next: \(nextStep.words())")]
    case "z", "a", "delta", "b": return try neuronTable(only: topic)
    case "w": return try weightTable(gradient: false)
    default: return try weightTable(gradient: true)
    }
  }

  static let showTopics = [
    "z", "a", "delta", "w", "b", "gradient", "network", "data", "history", "settings",
  ]

  private func showAll() throws(CommandError) -> [Line] {
    var left = "\(document.id) · example \(state.example) of \(max(1, state.examples.count))"
    if let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii),
      let cost = try? source.value(of: .totalCost, example: state.example)
    {
      left += " · \(costSymbol) = \(text(cost))"
    }
    let next = "next: \(state.examples.isEmpty ? "data" : state.next.words)"
    var lines = [
      Line(Columns80.edges(plain(left), next, width: display.effectiveWidth), .heading)
    ]
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

  private func cell(_ quantity: Quantity, _ source: StoredPass) -> String {
    guard let numeral = try? source.numeral(of: quantity, example: state.example) else {
      return ""
    }
    return numeral.text(minus: display.ascii ? "-" : "−")
  }

  private func neuronTable(only topic: String?) throws(CommandError) -> [Line] {
    let reading = try reading()
    let source = reading.source
    let shape = reading.shape
    let last = shape.last
    var columns: [(String, (Int, Int) -> String)] = []
    if topic == nil || topic == "z" {
      columns.append(
        (
          head(.weightedInput(layer: last, neuron: 1)),
          { layer, j in
            layer == 0 ? "" : self.cell(.weightedInput(layer: layer, neuron: j), source)
          }
        ))
    }
    if topic == nil || topic == "a" {
      columns.append(
        (
          head(.activation(layer: max(1, last - 1), neuron: 1)),
          { layer, j in
            self.cell(.activation(layer: layer, neuron: j), source)
          }
        ))
    }
    if topic == nil || topic == "delta" {
      let name = head(.error(layer: last, neuron: 1))
      columns.append(
        (
          name.isEmpty ? (display.ascii ? "dC/dz" : "∂\(costSymbol)/∂z") : name,
          { layer, j in
            layer == 0 ? "" : self.cell(.error(layer: layer, neuron: j), source)
          }
        ))
    }
    if reading.facts.biasMode != .none, topic == nil || topic == "b" {
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
    if topic == "z" || topic == "delta" || topic == "b" { places.removeAll { $0.0 == 0 } }
    var rows = places.map { ["  \($0.0)", "\($0.1)"] }
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
        let name = document.renderer.name(costSymbol, script)
        head.append(display.ascii ? "d\(name)/dw" : "∂\(name)/∂w")
        for (row, text) in NumberColumn.aligned(texts).enumerated() { rows[row].append(text) }
      }
    }
    return Table(head: head, rows: rows).lines(width: display.effectiveWidth).map { Line($0) }
  }

  // MARK: equations

  mutating func equations(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "equations [all]")
    var all = false
    if let word = arguments.words.first {
      guard word.text == "all" else {
        throw CommandError(
          "unexpected '\(Shown.text(word.text))'", at: word.columns,
          advice: "usage: equations [all]")
      }
      all = true
    }
    return all ? allEquations() : steppingEquations()
  }

  private func equationLine(
    _ left: String, _ index: Int, _ marked: Bool, _ label: String? = nil
  ) -> [Line] {
    guard let relation = try? document.relation(index) else { return [] }
    let equation = document.equations[index]
    let mark = marked ? (display.ascii ? "> " : "▸ ") : "  "
    var name = label ?? equation.label
    if equation.misprintChangesValue { name += display.ascii ? " (+)" : " †" }
    if display.ascii { name = Labels.plain(name) }
    let head = mark + Columns80.left(left, 11)
    let body = rendered(relation)
    if head.count + body.count + name.count + 2 <= display.effectiveWidth {
      return [Line(Columns80.edges(head + body, name, width: display.effectiveWidth))]
    }
    let layout = BlockLayout(
      width: display.effectiveWidth, digits: display.effectiveDigits, ascii: display.ascii)
    var lines = layout.lines([
      Block(headings: [.init(text: body, label: name)], rows: [])
    ]).dropFirst()
    if let first = lines.first {
      lines[lines.startIndex] = Line(mark.trimmed + first.text)
    }
    return (left.isEmpty ? [] : [Line(head.trimmed)]) + lines
  }

  /// What stepping cites on this network, the next step's marked.
  private func steppingEquations() -> [Line] {
    guard let facts = state.facts else { return allEquations() }
    let last = facts.shape.last
    var lines = [
      Line("\(document.id), what stepping uses here; equations all lists the rest")
    ]
    var seen: Set<Int> = []
    func add(_ name: String, _ kind: Target.Kind, _ layer: Int, _ stage: Stage) {
      guard
        let citation = document.citation(of: Target(kind: kind, layer: layer), facts: facts),
        seen.insert(citation.main).inserted
      else { return }
      let marked = stage == state.next
      var head = name
      for matrix in citation.matrices {
        lines += equationLine(head, matrix, marked)
        head = ""
      }
      lines += equationLine(
        head, citation.main, marked, citation.matrices.isEmpty ? nil : "")
    }
    for layer in 1...min(last, 3) {
      add("forward", .weightedInput, layer, .forward(layer))
      add("", .activation, layer, .forward(layer))
    }
    add("cost", .costTerm, last, .cost)
    add("cost", .cost, last, .cost)
    if state.examples.count > 1 { add("all", .batchCost, last, .cost) }
    add("output", .error, last, .backward(last))
    add("", .costGradient, last, .backward(last))
    if last > 1 { add("hidden", .error, last - 1, .backward(last - 1)) }
    if facts.biasMode != .none { add("bias", .biasGradient, last, .backward(last)) }
    add("weight", .weightGradient, last, .backward(last))
    if last > 1 { add("", .weightGradient, last - 1, .backward(last - 1)) }
    add("update", .weightUpdate, last, .update)
    lines.append(
      Line(
        display.ascii
          ? "> the next step uses these; (+) misprinted, shown corrected"
          : "▸ the next step uses these · † misprinted, shown corrected"))
    return lines
  }

  private func allEquations() -> [Line] {
    var lines = [Line("\(document.id), the relations that stepping draws on")]
    for index in document.equations.indices
    where !document.equations[index].isBeyondTheNotes {
      lines += equationLine("", index, false)
    }
    return lines
  }
}
