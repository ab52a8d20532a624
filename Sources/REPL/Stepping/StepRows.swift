import Backprop
import IndexNotation
import LectureNotes

// Headings and rows of a step's blocks.

extension StepReport {
  /// The relation as the notes print it; under a numbered matrix form its component form.
  func headings(
    _ citation: Citation, _ relation: Relation, _ kind: Target.Kind
  ) -> [Block.Heading] {
    var headings: [Block.Heading] = []
    var label = Labels.label(citation, document, ascii: display.ascii)
    for matrix in citation.matrices {
      guard let form = document.shown(matrix, printed: display.showsPrinted) else { continue }
      label = Labels.text(document.equations[matrix].label, citation, document, display.ascii)
      headings.append(.init(text: text(form, beside: label), label: label))
      label = ""
    }
    if citation.matrices.count > 1 {
      // The notes write the rule in several lines; the rows put one into the other.
      headings[headings.count - 1].text += rateWords(kind)
      return headings
    }
    if document.equations[citation.main].showsOwnLabel {
      label = Labels.text(
        document.equations[citation.main].label, citation, document, display.ascii)
    }
    let shown = document.shown(citation.main, printed: display.showsPrinted) ?? relation
    var component = text(shown, beside: label)
    if let gradient = costGradient(in: relation) {
      // A gradient beyond the notes keeps its mark, unless the whole relation has it.
      let isPlain = gradient.label.isEmpty || gradient.label == label
      let length = component.count + gradient.text.count + label.count
      if isPlain, length < display.effectiveWidth - 8 {
        component += ",  \(gradient.text)"
      } else {
        headings.append(.init(text: component, label: label))
        headings.append(.init(text: gradient.text, label: isPlain ? "" : gradient.label))
        return headings
      }
    }
    if kind == .weightUpdate || kind == .biasUpdate {
      let words = String(rateWords(kind).drop { $0 == " " })
      if component.count + words.count + label.count + 14 < display.effectiveWidth {
        headings.append(.init(text: component + "        " + words, label: label))
        return headings
      }
      headings.append(.init(text: component, label: label))
      headings.append(.init(text: words, label: ""))
      return headings
    }
    headings.append(.init(text: component, label: label))
    return headings
  }

  /// `        α = 0.5`, beside an update.
  private func rateWords(_ kind: Target.Kind) -> String {
    guard kind == .weightUpdate || kind == .biasUpdate,
      let rate = Reading(document, source, level: .batch).reference(for: .learningRate)
    else { return "" }
    return "        \(text(rate)) = \(NumberText.shortest(before.rate))"
  }

  func text(_ relation: Relation) -> String {
    renderer.relation(relation, script) ?? renderer.relation(relation, .linear) ?? ""
  }

  /// The relation as printed; without the limits of its sums if only so it fits a line.
  private func text(_ relation: Relation, beside label: String) -> String {
    let whole = text(relation)
    let room = display.effectiveWidth - 4 - label.count
    guard whole.count > room || density >= .noLimits else { return whole }
    var short = renderer
    short.dropsLimits = true
    let shortened =
      short.relation(relation, script) ?? short.relation(relation, .linear) ?? whole
    return shortened.count <= room || density >= .noLimits ? shortened : whole
  }

  /// `∂C/∂aⱼᴸ = aⱼᴸ − yⱼ`, beside a relation that has ∂C/∂a on its right.
  private func costGradient(in relation: Relation) -> Block.Heading? {
    guard relation.sides.contains(where: { mentionsCostGradient($0.expression) }),
      let citation = document.citation(
        of: Target(kind: .costGradient, layer: shape.last), facts: facts),
      let gradient = try? document.relation(citation.main)
    else { return nil }
    let isBeyond = document.equations[citation.main].isBeyondTheNotes
    return .init(text: text(gradient), label: isBeyond ? LectureNotes.Equation.beyond : "")
  }

  func mentionsCostGradient(_ expression: Expression) -> Bool {
    switch expression {
    case .partial(_, let bottom):
      return document.declarations.contains {
        guard $0.name == bottom.name, case .quantity(.activation, _) = $0.binding else {
          return false
        }
        return true
      }
    case .product(let factors): return factors.contains { mentionsCostGradient($0.expression) }
    case .addition(let terms): return terms.contains { mentionsCostGradient($0.expression) }
    case .group(let inner), .sum(_, let inner): return mentionsCostGradient(inner)
    case .number, .reference, .hadamard, .power, .transpose, .call, .gradient, .norm, .matrix,
      .derivative, .cases, .index:
      return false
    }
  }

  // MARK: rows

  func row(
    _ words: StepWords.Row, _ part: StepWords.Part, _ reading: Reading<StoredPass>,
    _ kind: Target.Kind
  ) -> Block.Row {
    let (instance, relation) = (words.instance, part.relation)
    let side = relation.sides[relation.sides.count - 1]
    var row = Block.Row(
      symbol: words.symbol, numbers: "", result: result(instance, relation.left, reading, kind))
    row.numbers = numbers(side.expression, instance.values, reading, symbol: row.symbol)
    row.warning = warning(row, side.expression, instance.values, reading, part.citation)
    switch kind {
    case .cost, .batchCost, .costTerm:
      let substitution = Substitution(reading, ascii: display.ascii)
      row.second = try? substitution.termValues(side.expression, instance.values)
      if row.second == row.numbers { row.second = nil }
    case .constantError:
      row.remark = document.equations[part.citation.main].note ?? ""
      row.result = nil
      row.label = Labels.label(part.citation, document, ascii: display.ascii)
    case .biasGradient:
      if let symbol = words.plain { row.numbers = symbol }
    case .weightedInput, .activation, .costGradient, .error, .weightGradient, .batchGradient,
      .batchBiasGradient, .weightUpdate, .biasUpdate:
      break
    }
    return row
  }

  /// `δ₁²`, where the right side is one symbol whose number the result repeats.
  func plainReference(
    _ expression: Expression, _ values: IndexValues, _ reading: Reading<StoredPass>
  ) -> String? {
    guard case .reference(let reference) = expression,
      case .element(let quantity, _)? = try? reading.resolve(reference, values),
      let written = reading.reference(for: quantity)
    else { return nil }
    return text(written)
  }

  private func numbers(
    _ expression: Expression, _ values: IndexValues, _ reading: Reading<StoredPass>,
    symbol: String
  ) -> String {
    let room = display.effectiveWidth - 24 - symbol.columns - 6
    var best = ""
    for collapses in [false, true] where best.isEmpty || collapses {
      let substitution = Substitution(
        reading, ascii: display.ascii, termLimit: display.showsAllTerms ? .max : 8,
        collapsesInnerSums: collapses, collapsesGroups: density >= .valuesOfInnerSums)
      guard let text = try? substitution.text(expression, values) else { continue }
      if text.columns <= room { return text }
      if best.isEmpty || text.columns < best.columns { best = text }
    }
    return best
  }

  /// The left side with its indices as numbers.
  func symbol(
    _ instance: Instance, _ left: Expression, _ reading: Reading<StoredPass>
  ) -> String {
    switch left {
    case .partial(let top, let bottom):
      guard let a = instantiated(top, instance.values, reading),
        let b = instantiated(bottom, instance.values, reading)
      else { return text(left) }
      return text(.partial(a, b))
    case .reference(let reference):
      guard let concrete = instantiated(reference, instance.values, reading) else {
        return text(left)
      }
      return text(.reference(concrete))
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient,
      .norm, .matrix, .group, .derivative, .cases, .index:
      return text(left)
    }
  }

  /// A reference with numbers for indices; an example that the header fixes is left out.
  private func instantiated(
    _ reference: Reference, _ values: IndexValues, _ reading: Reading<StoredPass>
  ) -> Reference? {
    guard case .element(let quantity, _)? = try? reading.resolve(reference, values) else {
      return nil
    }
    var concrete = reference
    concrete.number = SymbolNumber()
    concrete.lower = reference.lower.filter { !isExample($0) }.map { number($0, values, reading) }
    concrete.upper = reference.upper.filter { !isExample($0) }.map { number($0, values, reading) }
    concrete.layer = reading.reference(for: quantity)?.layer
    if hasBatch, reading.level == .example, quantity == .cost || quantity == .totalCost {
      return document.cost(ofExample: after.example) ?? concrete
    }
    return concrete
  }

  private func isExample(_ index: Index) -> Bool {
    guard case .name(let name) = index else { return false }
    return document.indices[name.letter] == .example
  }

  private func number(
    _ index: Index, _ values: IndexValues, _ reading: Reading<StoredPass>
  ) -> Index {
    guard let value = try? reading.integer(index, values) else { return index }
    return .integer(value)
  }

  func result(
    _ instance: Instance, _ left: Expression, _ reading: Reading<StoredPass>,
    _ kind: Target.Kind
  ) -> Double? {
    switch (kind, instance.quantity) {
    case (.weightUpdate, .weight(let layer, let to, let from)):
      return after.network?.weights[shape.weight(layer, to, from)]
    case (.biasUpdate, .bias(let layer, let neuron)):
      return after.network?.biases[shape.bias(layer, neuron)]
    default: return try? Evaluator(reading).number(left, instance.values)
    }
  }

  /// Values without an equation, where the notes and their additions have none.
  func valuesAlone(_ target: Target) -> Block? {
    let reading = Reading(document, source, level: .example)
    let quantities: [Quantity]
    switch target.kind {
    case .weightedInput:
      quantities = neurons(target).map { .weightedInput(layer: target.layer, neuron: $0) }
    case .activation:
      quantities = neurons(target).map { .activation(layer: target.layer, neuron: $0) }
    case .error: quantities = neurons(target).map { .error(layer: target.layer, neuron: $0) }
    case .cost: quantities = [.cost]
    case .costTerm, .batchCost, .costGradient, .constantError, .biasGradient, .weightGradient,
      .batchGradient, .batchBiasGradient, .weightUpdate, .biasUpdate:
      return nil
    }
    var block = Block(
      headings: [.init(text: "by the definition", label: Equation.beyond)], rows: [])
    for quantity in quantities {
      guard let reference = reading.reference(for: quantity) else { continue }
      block.rows.append(
        Block.Row(
          symbol: text(reference), numbers: "",
          result: try? source.value(of: quantity, example: after.example)))
    }
    return block
  }

  private func neurons(_ target: Target) -> ClosedRange<Int> {
    computation.neurons ?? 1...shape.sizes[target.layer]
  }

  // MARK: all examples

  /// The reduced gradient of a layer by the document's own sum: a row a neuron.
  func batchBlock(_ layer: Int, _ cited: inout [Citation]) -> [Block] {
    var block = Block()
    for kind in [Target.Kind.batchGradient, .batchBiasGradient]
    where kind == .batchGradient || facts.biasMode != .none {
      guard let citation = document.citation(of: Target(kind: kind, layer: layer), facts: facts),
        let relation = try? document.relation(citation.main)
      else { continue }
      cited.append(citation)
      let texts = Set(block.headings.map(\.text))
      block.headings += headings(citation, relation, kind).filter { !texts.contains($0.text) }
    }
    guard !block.headings.isEmpty else { return [] }
    let table = GradientTable(self, layer: layer)
    for line in table.lines() {
      var row = Block.Row(symbol: line, numbers: "")
      row.remark = ""
      block.rows.append(row)
    }
    return [block]
  }
}
