import Backprop
import IndexNotation
import LectureNotes

/// A value and the values it was made of, down to weights, inputs and targets.
struct FactorTree {
  let session: Session
  let reading: Reading<StoredPass>

  init(_ session: Session, _ reading: Reading<StoredPass>) {
    self.session = session
    self.reading = reading
  }

  /// More lines than this are not shown.
  static let lineLimit = 200
  /// Sums of more terms than this are elided.
  private static let termLimit = 12

  private var document: Document { session.document }

  func lines(
    of expression: IndexNotation.Expression, at place: Columns
  ) throws(CommandError) -> [Line] {
    var walk = Walk()
    let node = self.node(expression)
    show(node, prefix: "", branch: "", &walk)
    guard walk.lines.count <= FactorTree.lineLimit else {
      return Array(walk.lines.prefix(FactorTree.lineLimit))
        + session.lines([
          "… and \(walk.lines.count - FactorTree.lineLimit) lines more; ask for a part of it"
        ])
    }
    return walk.lines
  }

  private struct Walk {
    var lines: [Line] = []
    var shown: Set<String> = []
  }

  /// One value: its line, and what it is made of.
  private struct Node {
    var symbol: String
    /// Symbols, numbers and result.
    var text: String
    var label: String
    var parts: [IndexNotation.Expression]
    /// Symbol and value, for a second mention.
    var short: String
  }

  private func value(_ expression: IndexNotation.Expression) -> String {
    (try? Evaluator(reading).number(expression)).map { session.text($0) } ?? "?"
  }

  private func node(_ expression: IndexNotation.Expression) -> Node {
    let symbol = session.text(expression)
    let number = value(expression)
    let short = "\(symbol) = \(number)"
    if let leaf = leaf(expression) {
      return Node(
        symbol: symbol, text: "\(symbol) = \(leaf.numeral)", label: leaf.words, parts: [],
        short: short)
    }
    guard let giving = reading.relation(giving: expression) else {
      if let slope = slope(expression) {
        return Node(
          symbol: symbol,
          text: Double(slope.numbers) == nil
            ? "\(symbol) = \(slope.numbers) = \(number)" : "\(symbol) = \(slope.numbers)",
          label: slope.words,
          parts: slope.parts, short: short)
      }
      let expanded =
        (try? Expansion(reading, termLimit: FactorTree.termLimit).of(expression, IndexValues()))
        ?? expression
      var label = ""
      if case .sum = expanded { label = "more than \(FactorTree.termLimit) terms" }
      var parts = self.parts(of: expanded)
      if parts == [expression] || parts == [expanded] { parts = [] }
      return Node(
        symbol: symbol, text: numbers(expression, symbol, number), label: label, parts: parts,
        short: short)
    }
    let right = giving.relation.sides[giving.relation.sides.count - 1].expression
    let written =
      (try? Expansion(giving.reading, termLimit: FactorTree.termLimit).of(right, giving.values))
      ?? right
    let substituted = try? Substitution(
      giving.reading, ascii: session.display.ascii, termLimit: FactorTree.termLimit
    ).text(right, giving.values)
    var text = symbol
    for step in [session.text(written), substituted, number].compactMap({ $0 }) {
      if step != symbol, !text.hasSuffix("= \(step)") { text += " = \(step)" }
    }
    return Node(
      symbol: symbol, text: text,
      label: Labels.label(giving.citation, document, ascii: session.display.ascii),
      parts: parts(of: written), short: short)
  }

  /// σ′(z) from the activation that the pass has: σ(1 − σ).
  private func slope(
    _ expression: IndexNotation.Expression
  ) -> (numbers: String, words: String, parts: [IndexNotation.Expression])? {
    guard case .call(let name, 1, let arguments, _) = expression, let argument = arguments.first,
      case .reference(let reference) = argument,
      case .element(.weightedInput(let layer, let neuron), let example)? =
        try? reading.resolve(reference, IndexValues()),
      let activation = reading.facts.activation(of: layer),
      let z = try? Evaluator(reading).number(argument),
      let a = try? reading.source.value(
        of: .activation(layer: layer, neuron: neuron), example: example ?? reading.source.example)
    else { return nil }
    let minus = session.display.ascii ? "-" : "−"
    let dot = session.display.ascii ? "*" : "·"
    let (prime, square) = session.display.ascii ? ("'", "^2") : ("′", "²")
    let (zText, aText) = (session.text(z), session.text(a))
    switch activation {
    case .sigmoid:
      return (
        "\(aText) \(dot) (1 \(minus) \(aText))", "\(name)\(prime) = \(name)(1 \(minus) \(name))",
        [argument]
      )
    case .tanh:
      return (
        "1 \(minus) (\(aText))\(square)", "\(name)\(prime) = 1 \(minus) \(name)\(square)",
        [argument]
      )
    case .relu, .leakyReLU:
      let other = activation == .relu ? "0" : "0.01"
      return (z > 0 ? "1" : other, "\(zText) is \(z > 0 ? "above" : "not above") 0", [argument])
    case .identity: return ("1", "\(name) is the identity", [argument])
    case .softplus:
      return ("1/(1 + exp(\(minus)\(zText)))", "softplus\(prime) is the sigmoid", [argument])
    case .softmax: return nil
    }
  }

  private func numbers(
    _ expression: IndexNotation.Expression, _ symbol: String, _ number: String
  ) -> String {
    let substituted = try? Substitution(reading, ascii: session.display.ascii).text(
      expression, IndexValues())
    if let substituted, substituted != number, substituted != symbol {
      return "\(symbol) = \(substituted) = \(number)"
    }
    return "\(symbol) = \(number)"
  }

  /// What is given, not computed.
  private func leaf(
    _ expression: IndexNotation.Expression
  ) -> (numeral: String, words: String)? {
    guard case .reference(let reference) = expression else {
      if case .number(let text, _) = expression { return (text, "") }
      return nil
    }
    guard case .element(let quantity, let example)? = try? reading.resolve(reference, IndexValues())
    else { return nil }
    let words: String
    switch quantity {
    case .weight: words = "weight"
    case .bias: words = "bias"
    case .activation(0, let neuron): words = "input \(neuron)"
    case .target(let neuron): words = "target \(neuron)"
    case .learningRate: words = "learning rate"
    case .constant: words = "constant"
    case .weightedInput, .activation, .error, .cost, .outputCost, .totalCost, .gradient, .change:
      return nil
    }
    let numeral = try? reading.source.numeral(
      of: quantity, example: example ?? reading.source.example)
    return (numeral?.text(minus: session.display.ascii ? "-" : "−") ?? value(expression), words)
  }

  /// The computed values in a tree, each once, in order; σ′ leads to its argument.
  private func parts(of expression: IndexNotation.Expression) -> [IndexNotation.Expression] {
    var found: [IndexNotation.Expression] = []
    collect(expression, &found)
    return found
  }

  private func collect(
    _ expression: IndexNotation.Expression, _ found: inout [IndexNotation.Expression]
  ) {
    switch expression {
    case .number, .index: return
    case .reference, .partial:
      if !isGiven(expression), !found.contains(expression) { found.append(expression) }
    case .sum: if !found.contains(expression) { found.append(expression) }
    case .transpose(let body), .norm(let body), .group(let body), .derivative(let body, _):
      collect(body, &found)
    case .addition(let terms): for term in terms { collect(term.expression, &found) }
    case .product(let factors): for factor in factors { collect(factor.expression, &found) }
    case .hadamard(let left, let right, _), .power(let left, let right):
      collect(left, &found)
      collect(right, &found)
    case .call(let name, let primes, let arguments, _):
      if primes > 0, !Vocabulary.elementary.contains(name) {
        if !found.contains(expression) { found.append(expression) }
      } else {
        for argument in arguments { collect(argument, &found) }
      }
    case .gradient: return
    case .matrix(let rows, _): for row in rows { for entry in row { collect(entry, &found) } }
    case .cases(let list): for alternative in list { collect(alternative.value, &found) }
    }
  }

  /// A weight, a bias, a target or a count: its number stands in the line above it.
  private func isGiven(_ expression: IndexNotation.Expression) -> Bool {
    guard case .reference(let reference) = expression else { return false }
    if document.constants.contains(where: { $0.name == reference.name }) { return true }
    guard
      case .element(let quantity, _)? = try? reading.resolve(reference, IndexValues())
    else { return false }
    switch quantity {
    case .weight, .bias, .target, .learningRate, .constant: return true
    case .weightedInput, .activation, .error, .cost, .outputCost, .totalCost, .gradient, .change:
      return false
    }
  }

  private func show(_ node: Node, prefix: String, branch: String, _ walk: inout Walk) {
    let key = "\(reading.source.example) \(node.symbol)"
    let isRepeated = !node.parts.isEmpty && !walk.shown.insert(key).inserted
    let width = session.display.effectiveWidth
    let text = prefix + branch + (isRepeated ? node.short : node.text)
    let label = isRepeated ? "above" : node.label
    if text.columns + label.columns + 2 < width {
      walk.lines.append(Line(Columns80.edges(text, label, width: width)))
    } else {
      let under = prefix + continuation(branch)
      let head = prefix + branch
      var rows = Wrapping.lines(
        isRepeated ? node.short : node.text, further: 2, width: width - head.columns)
      for index in rows.indices {
        rows[index] = Line((index == 0 ? head : under) + rows[index].text)
      }
      let last = rows[rows.count - 1].text
      if last.columns + label.columns + 2 < width {
        rows[rows.count - 1] = Line(Columns80.edges(last, label, width: width))
      } else {
        rows.append(Line(Columns80.edges(under, label, width: width)))
      }
      walk.lines += rows
    }
    guard !isRepeated, walk.lines.count <= FactorTree.lineLimit + 50 else { return }
    for (position, part) in node.parts.enumerated() {
      let isLast = position == node.parts.count - 1
      let tree = self.tree(for: part)
      tree.show(
        tree.node(part), prefix: prefix + continuation(branch), branch: isLast ? last : fork, &walk)
    }
  }

  /// What is made of one example's values is read with that example in view.
  private func tree(for part: IndexNotation.Expression) -> FactorTree {
    guard let reading = reading.with(example: reading.example(of: part)) else { return self }
    return FactorTree(session, reading)
  }

  private var fork: String { session.display.ascii ? "|- " : "├─ " }
  private var last: String { session.display.ascii ? "`- " : "└─ " }

  private func continuation(_ branch: String) -> String {
    if branch.isEmpty { return "" }
    if branch == last { return "   " }
    return session.display.ascii ? "|  " : "│  "
  }
}
