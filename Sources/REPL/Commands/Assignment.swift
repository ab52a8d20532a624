import Backprop
import IndexNotation
import LectureNotes

// Assignments: `w[2][1,3] = 0.5`, `W[2] = [0.4 0.45; 0.5 0.55]`, `b[2] = 0.6`, `alpha = 0.5`.

extension Session {
  mutating func assign(_ line: String, equals: Int) throws(CommandError) -> [Line] {
    let characters = Array(line)
    let left = String(characters[..<equals])
    let right = String(characters[(equals + 1)...])
    let place = Columns(equals + 1, characters.count).trimmed(in: characters)
    if let refusal = settingNamed(left, right) { throw refusal }
    let reference = try assigned(left)
    let expression = try parsed(offset: 0) { () throws(SyntaxError) in
      try Parser.expression(right, vocabulary: document.vocabulary, offset: equals + 1)
    }
    let isRate = document.declarations.contains {
      $0.name == reference.name && $0.binding == .quantity(.learningRate, slots: [])
    }
    if isRate, state.network == nil {
      guard let number = Session.literal(expression) else {
        throw CommandError("this needs a number", at: place)
      }
      return try setRate(number, place)
    }
    let reading = try networkReading(at: reference.columns)
    try checkRagged(expression, line, reference, reading)
    let value = try evaluated(expression, reading, in: place)
    let resolved: Resolved
    do throws(EvaluationError) {
      resolved = try reading.resolve(reference, IndexValues())
    } catch {
      throw CommandError(
        error.message, at: reference.columns(of: error), advice: layerAdvice(left) ?? error.advice)
    }
    switch resolved {
    case .element(let quantity, let example):
      guard let number = value.number else {
        throw CommandError(
          "\(text(reference)) is one number; this is \(value.shape)",
          at: place)
      }
      if case .learningRate = quantity { return try setRate(number, place) }
      let array = QuantityArray(rows: 1, columns: 1, elements: [quantity], examples: [example])
      return try set(array, [number], reference, line)
    case .array(let array):
      return try set(array, try entries(value, array, reference, place), reference, line)
    }
  }

  /// A row of another length is shown where it stands.
  private func checkRagged(
    _ expression: IndexNotation.Expression, _ line: String, _ reference: Reference,
    _ reading: Reading<StoredPass>
  ) throws(CommandError) {
    guard case .matrix(let rows, let columns) = expression, rows.count > 1,
      case .array(let array)? = try? reading.resolve(reference, IndexValues())
    else { return }
    guard let bad = rows.firstIndex(where: { $0.count != array.columns }), array.columns > 1,
      rows.contains(where: { $0.count == array.columns })
    else { return }
    let characters = Array(line)
    var starts = [columns.start + 1]
    for position in columns.start..<min(columns.end, characters.count)
    where characters[position] == ";" { starts.append(position + 1) }
    let start = bad < starts.count ? starts[bad] : columns.start
    let end = bad + 1 < starts.count ? starts[bad + 1] - 1 : columns.end - 1
    let count = rows[bad].count
    throw CommandError(
      "row \(bad + 1) of \(reference.name)\(layerText(reference)) has \(count) number\(count == 1 ? "" : "s"); it needs \(array.columns)",
      at: Columns(start, end).trimmed(in: characters), advice: "as in: \(example(array, reference))"
    )
  }

  private func layerText(_ reference: Reference) -> String {
    reference.upper.isEmpty ? "" : "[\(Renderer.plain(reference.upper[0]))]"
  }

  private func example(_ array: QuantityArray, _ reference: Reference) -> String {
    guard array.rows * array.columns <= 12 else { return "one row for each, divided by ;" }
    var number = 0
    let rows = (0..<array.rows).map { _ in
      (0..<array.columns).map { _ in
        number += 1
        return String(number)
      }.joined(separator: " ")
    }
    return "\(reference.name)\(layerText(reference)) = [\(rows.joined(separator: "; "))]"
  }

  private func entries(
    _ value: Value, _ array: QuantityArray, _ reference: Reference, _ columns: Columns
  ) throws(CommandError) -> [Double] {
    switch value {
    case .scalar(let number):
      // `w[2][1] = 3` is a weight with an index missing, not a row of threes.
      if !reference.lower.isEmpty {
        let error = try reading().misspelled(reference)
        throw CommandError(error.message, at: reference.columns, advice: error.advice)
      }
      return array.elements.map { _ in number }
    case .matrix(let matrix):
      // Of a matrix a row is no column; a vector may be typed either way.
      let isVector =
        (array.rows == 1 || array.columns == 1) && !isMatrix(reference.name)
      let fits =
        (matrix.rows == array.rows && matrix.columns == array.columns)
        || (isVector && (matrix.rows == 1 || matrix.columns == 1)
          && matrix.entries.count == array.elements.count)
      guard fits else {
        throw CommandError(
          "\(reference.name)\(layerText(reference)) is \(array.rows)×\(array.columns); this matrix is \(matrix.rows)×\(matrix.columns)",
          at: columns, advice: "as in: \(example(array, reference))")
      }
      return matrix.entries
    }
  }

  /// Whether the document's symbol has two neuron indices.
  private func isMatrix(_ name: String) -> Bool {
    document.declarations.contains { $0.name == name && $0.lower.count == 2 }
      || document.arrays.contains {
        guard $0.name == name, case .matrix = $0.layout else { return false }
        return true
      }
  }

  /// Sets quantities; what depended on them is taken back.
  private mutating func set(
    _ array: QuantityArray, _ values: [Double], _ reference: Reference, _ line: String
  ) throws(CommandError) -> [Line] {
    for value in values where !value.isFinite {
      throw CommandError("the value is \(text(value)), not a finite number", at: reference.columns)
    }
    guard let shape = state.network?.shape else { throw Session.noNetwork() }
    var stage = Stage.update
    for (position, quantity) in array.elements.enumerated() {
      let value = values[position]
      let example = array.examples[position] ?? state.example
      let needed: Stage
      switch quantity {
      case .weight(let layer, let to, let from):
        state.network?.weights[shape.weight(layer, to, from)] = value
        needed = .forward(layer)
      case .bias(let layer, let neuron):
        state.network?.biases[shape.bias(layer, neuron)] = value
        needed = .forward(layer)
      case .activation(0, let neuron):
        try checkExample(example, reference)
        state.examples[example - 1].input[neuron - 1] = value
        state.passes[example - 1].pass.setInput(state.examples[example - 1].input)
        needed = .forward(1)
      case .target(let neuron):
        try checkExample(example, reference)
        state.examples[example - 1].target[neuron - 1] = value
        needed = .cost
      case .weightedInput, .activation, .error, .cost, .outputCost, .totalCost, .constant,
        .learningRate, .gradient, .change:
        throw CommandError(
          "\(text(reference)) is computed, not set", at: reference.columns,
          advice: "set weights, biases, inputs, targets or \(symbol(.learningRate))")
      }
      if needed.order(last: shape.last) < stage.order(last: shape.last) { stage = needed }
    }
    try checkShared(array, reference)
    let moved = state.rewind(to: stage)
    record(line.trimmed)
    var lines = [setLine(array, values, reference)]
    if moved {
      lines += wentBack("\(goneWords(stage)) belonged to the old \(text(reference))")
    }
    return lines
  }

  private func checkExample(_ example: Int, _ reference: Reference) throws(CommandError) {
    guard example >= 1, example <= state.examples.count else {
      throw CommandError(
        "no example yet", at: reference.columns,
        advice: state.network.map { "type: \($0.shape.dataExample)" })
    }
  }

  private func checkShared(
    _ array: QuantityArray, _ reference: Reference
  ) throws(CommandError) {
    guard let network = state.network, network.biasMode == .shared else { return }
    for layer in 1...network.shape.last {
      let biases = network.biases[network.shape.biases(layer)]
      if !biases.allSatisfy({ $0 == biases.first }) {
        throw CommandError(
          "layer \(layer) has one bias (bias shared); its neurons cannot differ",
          at: reference.columns, advice: "set them with one number, or: bias per-neuron")
      }
    }
  }

  private func setLine(
    _ array: QuantityArray, _ values: [Double], _ reference: Reference
  ) -> Line {
    if array.elements.count == 1 {
      return Line(
        "\(text(reference)) = \(NumberText.shortest(values[0], minus: display.ascii ? "-" : "−"))")
    }
    if array.rows == 1 || array.columns == 1 {
      let list = values.prefix(10).map {
        NumberText.shortest($0, minus: display.ascii ? "-" : "−")
      }
      return Line(
        "\(text(reference)) set: \(list.joined(separator: " "))\(values.count > 10 ? " …" : "")")
    }
    let toRows: Bool
    if let reading = try? reading() {
      toRows = !reading.weightsRunFromFirst
    } else {
      toRows = true
    }
    let times = display.ascii ? "x" : "×"
    return Line(
      "\(text(reference)) set: \(array.rows)\(times)\(array.columns), row \(toRows ? "j leads into" : "i leads out of") neuron \(toRows ? "j" : "i")"
    )
  }

  private func goneWords(_ stage: Stage) -> String {
    switch stage {
    case .forward(let layer): return "all from layer \(layer) on"
    case .cost: return "the cost and the errors"
    case .backward(let layer): return "the errors from layer \(layer) back"
    case .update: return "nothing"
    }
  }
}
