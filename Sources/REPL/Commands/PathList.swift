import Backprop
import IndexNotation
import LectureNotes

/// Every path from a parameter or a value to the cost, with the product along it.
///
/// The chain rule over paths: a weight acts through one z, each z through the activations of its
/// layer, each activation through every z of the next, the outputs through the cost.
struct PathList {
  let session: Session
  let reading: Reading<StoredPass>

  init(_ session: Session, _ reading: Reading<StoredPass>) {
    self.session = session
    self.reading = reading
  }

  /// More paths than this are not listed.
  static let limit = 200

  private struct Step {
    var to: Quantity
    var factor: Double
  }

  private struct Path {
    var through: [Quantity]
    var factors: [Double]

    var product: Double { factors.reduce(1, *) }
  }

  func lines(
    from expression: IndexNotation.Expression, at place: Columns
  ) throws(CommandError) -> [Line] {
    let start = try start(expression, place)
    let count = number(of: start)
    let number =
      count == .max ? "more than 10^18 paths" : session.count(count, "path")
    var paths: [Path] = []
    var sum = 0.0
    do throws(EvaluationError) {
      try walk(Path(through: [start], factors: []), &paths, &sum)
    } catch {
      throw CommandError(error.sentence, at: place, advice: error.advice)
    }
    var lines = [
      Line(
        "\(number) from \(symbol(start)) to \(cost)\(exampleInView)", .heading)
    ]
    let shown = paths.prefix(PathList.limit)
    var rows: [(left: String, product: String)] = []
    let arrow = session.display.ascii ? " -> " : " → "
    for path in shown {
      let names = path.through.map { symbol($0) } + [cost]
      rows.append((names.joined(separator: arrow), factors(path)))
    }
    let column = min(36, (rows.map(\.left.columns).max() ?? 0) + 2)
    for (row, path) in zip(rows, shown) {
      lines += line(row.left, row.product, path.product, column)
    }
    if count > PathList.limit {
      lines += session.lines([
        "\(PathList.limit) of them are listed; the limit is \(PathList.limit)"
      ])
      return lines
    }
    return lines + (try total(sum, start, place))
  }

  private func line(_ left: String, _ factors: String, _ product: Double, _ column: Int) -> [Line] {
    let width = session.display.effectiveWidth
    let result = "= \(product < 0 ? "" : " ")\(session.text(product))"
    let head = "  " + Columns80.left(left, column)
    if head.columns + factors.columns + 2 + result.columns < width {
      return [Line(Columns80.left(head + factors, width - 16) + result)]
    }
    return [Line("  " + left)]
      + Wrapping.hanging("      ", "\(factors) \(result)", width: width)
  }

  private func factors(_ path: Path) -> String {
    let dot = session.display.ascii ? " * " : " · "
    return path.factors.enumerated().map { position, factor in
      let text = session.text(factor)
      return factor < 0 && position > 0 ? "(\(text))" : text
    }.joined(separator: dot)
  }

  private func total(
    _ sum: Double, _ start: Quantity, _ place: Columns
  ) throws(CommandError) -> [Line] {
    let known: Double
    do throws(EvaluationError) {
      known = try reading.source.value(of: .cost(by: start), example: reading.source.example)
    } catch {
      return session.lines(["  sum \(session.text(sum)); the derivative \(error.message)"])
    }
    guard sum.isFinite, known.isFinite else {
      return session.lines(["  their sum is not finite: \(session.text(sum))"])
    }
    let name = "∂\(cost)/∂\(symbol(start))"
    let label = label(of: start).map { " by \($0)" } ?? ""
    let difference = abs(sum - known) / max(known.magnitude.ulp, .leastNonzeroMagnitude)
    return session.lines([
      "  their sum    \(session.text(sum))",
      "  \(name)\(label) is \(session.text(known)); they agree to \(NumberText.shortest(difference.rounded())) ulp",
    ])
  }

  /// Paths are those of one example; with several its cost is not the whole.
  private var isOfOneExample: Bool {
    reading.source.exampleCount > 1 && session.state.reduction != .perExample
  }

  private var cost: String {
    guard isOfOneExample,
      let reference = session.document.cost(ofExample: reading.source.example)
    else { return session.costSymbol }
    return session.text(.reference(reference))
  }

  private var exampleInView: String {
    reading.source.exampleCount > 1 ? ", example \(reading.source.example)" : ""
  }

  private func label(of start: Quantity) -> String? {
    let target: Target
    switch start {
    case .weight(let layer, _, _): target = Target(kind: .weightGradient, layer: layer)
    case .bias(let layer, _): target = Target(kind: .biasGradient, layer: layer)
    case .weightedInput(let layer, _): target = Target(kind: .error, layer: layer)
    case .activation, .error, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient,
      .change, .constant:
      return nil
    }
    guard let citation = session.document.citation(of: target, facts: reading.facts),
      !session.document.equations[citation.main].isBeyondTheNotes,
      let relation = try? session.document.relation(citation.main),
      !isOfOneExample || !session.document.speaksOfAllExamples(relation)
    else { return nil }
    return Labels.short(citation, session.document)
  }

  // MARK: paths

  /// Where paths begin: what was asked for, or what a derivative is taken by.
  private func start(
    _ expression: IndexNotation.Expression, _ place: Columns
  ) throws(CommandError) -> Quantity {
    let reference: Reference?
    switch expression {
    case .reference(let own): reference = own
    case .partial(_, let bottom): reference = bottom
    default: reference = nil
    }
    if let reference,
      case .element(let quantity, _)? = try? reading.resolve(reference, IndexValues())
    {
      switch quantity {
      case .weight, .bias, .weightedInput, .activation: return quantity
      case .error(let layer, let neuron): return .weightedInput(layer: layer, neuron: neuron)
      case .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change, .constant:
        break
      }
    }
    throw CommandError(
      "paths lead from a weight, a bias, or a value of the pass", at: place,
      advice: "as in: why \(exampleWeight()) paths")
  }

  private func exampleWeight() -> String {
    guard let reference = reading.reference(for: .weight(layer: 1, to: 1, from: 1)) else {
      return "w"
    }
    return Typing.text(reference, in: session.document)
  }

  private func symbol(_ quantity: Quantity) -> String {
    reading.reference(for: quantity).map { session.text($0) } ?? "?"
  }

  private func isElementwise(_ layer: Int) -> Bool {
    reading.facts.activation(of: layer)?.isElementwise ?? true
  }

  /// How many paths there are, saturating.
  private func number(of start: Quantity) -> Int {
    let shape = reading.shape
    var layer: Int
    var count = 1
    switch start {
    case .activation(let own, _): layer = own
    default:
      layer = start.layer ?? 0
      if !isElementwise(layer) { count = shape.sizes[layer] }
    }
    while layer < shape.last {
      layer += 1
      let ways = shape.sizes[layer] * (isElementwise(layer) ? 1 : shape.sizes[layer])
      let (product, overflow) = count.multipliedReportingOverflow(by: ways)
      if overflow { return .max }
      count = product
    }
    return count
  }

  private func steps(from quantity: Quantity) throws(EvaluationError) -> [Step] {
    let shape = reading.shape
    let source = reading.source
    let example = source.example
    switch quantity {
    case .weight(let layer, let to, let from):
      return [
        Step(
          to: .weightedInput(layer: layer, neuron: to),
          factor: try source.value(
            of: .activation(layer: layer - 1, neuron: from), example: example))
      ]
    case .bias(let layer, let neuron):
      return [Step(to: .weightedInput(layer: layer, neuron: neuron), factor: 1)]
    case .weightedInput(let layer, let neuron):
      let neurons = isElementwise(layer) ? [neuron] : Array(1...shape.sizes[layer])
      var steps: [Step] = []
      for other in neurons {
        let activation = Quantity.activation(layer: layer, neuron: other)
        steps.append(
          Step(
            to: activation,
            factor: try source.value(of: .value(activation, by: quantity), example: example)))
      }
      return steps
    case .activation(let layer, let neuron):
      guard layer < shape.last else { return [] }
      var steps: [Step] = []
      for to in 1...shape.sizes[layer + 1] {
        steps.append(
          Step(
            to: .weightedInput(layer: layer + 1, neuron: to),
            factor: try source.value(
              of: .weight(layer: layer + 1, to: to, from: neuron), example: example)))
      }
      return steps
    case .error, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change,
      .constant:
      return []
    }
  }

  private func walk(
    _ path: Path, _ paths: inout [Path], _ sum: inout Double
  ) throws(EvaluationError) {
    guard paths.count <= PathList.limit, let end = path.through.last else { return }
    if case .activation(let layer, _) = end, layer == reading.shape.last {
      var whole = path
      whole.factors.append(
        try reading.source.value(of: .cost(by: end), example: reading.source.example))
      sum += whole.product
      paths.append(whole)
      return
    }
    for step in try steps(from: end) {
      var next = path
      next.through.append(step.to)
      next.factors.append(step.factor)
      try walk(next, &paths, &sum)
    }
  }
}
