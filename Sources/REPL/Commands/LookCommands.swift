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

  private func expressionLines(
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

  private func grid(_ matrix: Matrix) -> [Line] {
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
  private func relationLines(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> [Line]? {
    guard let target = target(of: expression, reading),
      let citation = document.citation(of: target.target, facts: reading.facts),
      let relation = try? document.relation(citation.main)
    else { return nil }
    var local = reading
    local.level = .example
    let instances = local.instances(relation.left, target.target)
    guard
      let instance = instances.first(where: {
        $0.quantity == target.quantity && (target.output == nil || $0.output == target.output)
          && (target.output != nil || $0.output == nil)
      }),
      let side = relation.sides.last,
      let number = try? Evaluator(reading).number(expression)
    else { return nil }
    let label = Labels.label(citation, document, ascii: display.ascii)
    let layout = BlockLayout(
      width: display.effectiveWidth, digits: display.effectiveDigits, ascii: display.ascii)
    var headings: [Block.Heading] = []
    var component = label
    if let matrix = citation.matrices.first, let form = try? document.relation(matrix) {
      headings.append(.init(text: rendered(form), label: label))
      component = ""
    }
    headings.append(.init(text: rendered(relation), label: component))
    var lines = Array(layout.lines([Block(headings: headings, rows: [])]).dropFirst())
    let symbol = text(expression)
    if let numbers = try? Substitution(local, ascii: display.ascii).text(
      side.expression, instance.values), numbers != text(number)
    {
      lines.append(Line("  \(symbol) = \(numbers)"))
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

  private func result(_ number: Double, indent: Int) -> Line {
    var line = Line(Columns80.spaces(indent) + "= ")
    line.append(text(number), .result)
    return line
  }

  func target(
    of expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> (target: Target, quantity: Quantity, output: Int?)? {
    switch expression {
    case .reference(let reference):
      guard reference.example == nil,
        case .element(let quantity, _)? = try? reading.resolve(reference, IndexValues())
      else { return nil }
      switch quantity {
      case .weightedInput(let layer, _):
        return (Target(kind: .weightedInput, layer: layer), quantity, nil)
      case .activation(let layer, _):
        guard layer > 0 else { return nil }
        return (Target(kind: .activation, layer: layer), quantity, nil)
      case .error(let layer, _): return (Target(kind: .error, layer: layer), quantity, nil)
      case .outputCost:
        return (Target(kind: .costTerm, layer: reading.shape.last), quantity, nil)
      case .cost: return (Target(kind: .cost, layer: reading.shape.last), .cost, nil)
      case .totalCost:
        guard state.examples.count <= 1 || state.reduction == .perExample else { return nil }
        return (Target(kind: .cost, layer: reading.shape.last), .cost, nil)
      case .weight, .bias, .target, .learningRate, .constant: return nil
      }
    case .partial(let top, let bottom):
      guard case .element(let cost, _)? = try? reading.resolve(top, IndexValues()),
        case .element(let quantity, _)? = try? reading.resolve(bottom, IndexValues()),
        state.examples.count <= 1 || cost != .totalCost || state.reduction == .perExample
      else { return nil }
      var output: Int?
      switch cost {
      case .outputCost(let number): output = number
      case .cost, .totalCost: break
      case .weightedInput, .activation, .error, .weight, .bias, .target, .learningRate, .constant:
        return nil
      }
      guard top.example == nil, bottom.example == nil, top.lower.isEmpty || output != nil
      else { return nil }
      switch quantity {
      case .weight(let layer, _, _):
        return (Target(kind: .weightGradient, layer: layer), quantity, output)
      case .bias(let layer, _):
        return (Target(kind: .biasGradient, layer: layer), quantity, output)
      case .weightedInput(let layer, let neuron):
        return (
          Target(kind: .error, layer: layer), .error(layer: layer, neuron: neuron), output
        )
      case .activation, .error, .target, .cost, .outputCost, .totalCost, .learningRate, .constant:
        return nil
      }
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient,
      .norm, .matrix, .group:
      return nil
    }
  }

  // MARK: value

  mutating func value(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "value needs an expression", at: arguments.end,
        advice: "as in: value \(exampleQuantity())")
    }
    let expressions = try parsed(offset: arguments.restColumn) { () throws(SyntaxError) in
      try Parser.list(
        arguments.rest, vocabulary: document.vocabulary, offset: arguments.restColumn)
    }
    let reading = try networkReading(at: arguments.words[0].columns)
    var lines: [Line] = []
    for expression in expressions {
      switch try evaluated(expression, reading, in: arguments.whole) {
      case .scalar(let number): lines.append(Line(Session.bare(number)))
      case .matrix(let matrix): lines += matrix.entries.map { Line(Session.bare($0)) }
      }
    }
    return lines
  }

  /// The shortest ASCII decimal that reads back as the same double.
  package static func bare(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return NumberText.shortest(number, minus: "-")
  }

  // MARK: where, example

  mutating func whereabouts(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "where")
    guard let network = state.network else {
      return [
        Line("no network yet; next: \(nextStep.words())"), Line("document  \(document.id)"),
      ]
    }
    let last = network.shape.last
    var stages: [Stage] = []
    var stage: Stage? = .forward(1)
    while let current = stage {
      stages.append(current)
      stage = current.following(last: last)
    }
    if stages.count > 14 { stages = stages.filter { near($0, last) } }
    var line = "ready"
    for stage in stages {
      let mark =
        stage == state.next ? (display.ascii ? " > " : " ▸ ") : (display.ascii ? " - " : " · ")
      line += mark + stage.words
    }
    let shape = network.shape.sizes.map(String.init).joined(separator: "-")
    let rate = "\(symbol(.learningRate)) = \(NumberText.shortest(state.rate))"
    var cost = costFormula()
    if let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii),
      let value = try? source.value(of: .totalCost, example: state.example)
    {
      cost += " = \(text(value))"
    }
    let labels = NextStep.joined(nextStep.labels(state.next, state.facts ?? plainFacts(network)))
    let activations = network.activations.map(\.rawValue).joined(separator: ", ")
    let example =
      state.examples.isEmpty ? "none yet" : "\(state.example) of \(state.examples.count)"
    return Wrapping.lines(line, width: display.effectiveWidth)
      + lines([
        "network   \(shape), \(activations) · \(Session.biasWords(network.biasMode)) · \(rate)",
        "cost      \(cost)",
        "document  \(document.id)\(labels.isEmpty ? "" : "; next by \(labels)")",
        "example   \(example), moment \(timeline.current + 1) of \(timeline.count)",
      ])
  }

  private func near(_ stage: Stage, _ last: Int) -> Bool {
    abs(stage.order(last: last) - state.next.order(last: last)) <= 4
  }

  private func plainFacts(_ network: Network) -> NetworkFacts {
    NetworkFacts(
      network: network, cost: state.cost, reduction: state.reduction,
      direction: state.direction, hasOneExample: true)
  }

  mutating func example(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    try arguments.expectAtMost(1, usage: "example N|all")
    guard let word = arguments.words.first else { return showData() }
    if word.text == "all" {
      var lines: [Line] = []
      let inView = state.example
      for number in 1...min(state.examples.count, 20) {
        state.example = number
        let step = presentStep(of: number)
        lines += step
        if !step.isEmpty { lines.append(.blank) }
      }
      state.example = inView
      return lines.isEmpty ? showData() : lines
    }
    let number = try Typed.count(word)
    guard number <= state.examples.count else {
      throw CommandError(
        "the examples are 1 to \(state.examples.count)", at: word.columns)
    }
    state.example = number
    recordView("example \(number)")
    let example = state.examples[number - 1]
    let symbols = try dataSymbols()
    var lines =
      [
        Line(
          "example \(number) of \(state.examples.count): \(symbols.input) = \(Session.list(example.input)), \(symbols.target) = \(Session.list(example.target))"
        )
      ] + nextStep.lines()
    let step = presentStep(of: number)
    if !step.isEmpty { lines = step }
    return lines
  }

  /// The last computation of the pass, for another example.
  private func presentStep(of example: Int) -> [Line] {
    guard state.reduction != .perExample else { return [] }
    let index = presentMoment
    guard index >= 1, let computation = timeline.moments[index].computation else { return [] }
    var before = timeline.moments[index - 1].state
    var after = timeline.moments[index].state
    before.example = example
    after.example = example
    return report(Moment(state: after, computation), before: before)
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
