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
    if let matrix = citation.matrix, let form = try? document.relation(matrix) {
      headings.append(.init(text: text(form), label: label))
      label = ""
    }
    var component = text(relation)
    if let gradient = costGradient(in: relation) {
      if component.count + gradient.count + label.count < display.effectiveWidth - 8 {
        component += ",  \(gradient)"
      } else {
        headings.append(.init(text: component, label: label))
        headings.append(.init(text: gradient, label: ""))
        return headings
      }
    }
    if kind == .weightUpdate || kind == .biasUpdate {
      let rate = Reading(document, source, level: .batch).reference(for: .learningRate)
      if let rate { component += "        \(text(rate)) = \(NumberText.shortest(before.rate))" }
    }
    headings.append(.init(text: component, label: label))
    return headings
  }

  func text(_ relation: Relation) -> String {
    renderer.relation(relation, script) ?? renderer.relation(relation, .linear) ?? ""
  }

  /// `∂C/∂aⱼᴸ = aⱼᴸ − yⱼ`, beside a relation that has ∂C/∂a on its right.
  private func costGradient(in relation: Relation) -> String? {
    guard relation.sides.contains(where: { mentionsCostGradient($0.expression) }),
      let citation = document.citation(
        of: Target(kind: .costGradient, layer: shape.last), facts: facts),
      let gradient = try? document.relation(citation.main)
    else { return nil }
    return text(gradient)
  }

  private func mentionsCostGradient(_ expression: Expression) -> Bool {
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
    case .number, .reference, .hadamard, .power, .transpose, .call, .gradient, .norm, .matrix:
      return false
    }
  }

  // MARK: rows

  func row(
    _ instance: Instance, _ relation: Relation, _ reading: Reading<StoredPass>,
    _ kind: Target.Kind, _ citation: Citation
  ) -> Block.Row {
    let side = relation.sides[relation.sides.count - 1]
    var row = Block.Row(
      symbol: symbol(instance, relation.left, reading), numbers: "",
      result: result(instance, relation.left, reading, kind))
    row.numbers = numbers(side.expression, instance.values, reading, symbol: row.symbol)
    switch kind {
    case .cost, .batchCost, .costTerm:
      let substitution = Substitution(reading, ascii: display.ascii)
      row.second = try? substitution.termValues(side.expression, instance.values)
      if row.second == row.numbers { row.second = nil }
    case .constantError:
      row.remark = document.equations[citation.main].note ?? ""
      row.result = nil
      row.label = Labels.label(citation, document, ascii: display.ascii)
    case .biasGradient:
      if let symbol = plainReference(side.expression, instance.values, reading) {
        row.numbers = symbol
      }
    case .weightedInput, .activation, .costGradient, .error, .weightGradient, .batchGradient,
      .weightUpdate, .biasUpdate:
      break
    }
    return row
  }

  /// `δ₁²`, where the right side is one symbol whose number the result repeats.
  private func plainReference(
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
    let room = display.effectiveWidth - 24 - symbol.count - 6
    var best = ""
    for collapses in [false, true] {
      let substitution = Substitution(
        reading, ascii: display.ascii, termLimit: display.showsAllTerms ? .max : 8,
        collapsesInnerSums: collapses)
      guard let text = try? substitution.text(expression, values) else { continue }
      if text.count <= room { return text }
      if best.isEmpty || text.count < best.count { best = text }
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
      .norm, .matrix, .group:
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
    if case .constant = quantity {
      var concrete = reference
      concrete.lower = concrete.lower.map { number($0, values, reading) }
      concrete.upper = concrete.upper.map { number($0, values, reading) }
      return concrete
    }
    guard var written = reading.reference(for: quantity) else { return nil }
    if quantity.kind == .cost || quantity.kind == .totalCost {
      written = Reference(reference.name)
    } else if written.name != reference.name, written.lower.count == reference.lower.count {
      written.name = reference.name
    }
    return written
  }

  private func number(
    _ index: Index, _ values: IndexValues, _ reading: Reading<StoredPass>
  ) -> Index {
    guard let value = try? reading.integer(index, values) else { return index }
    return .integer(value)
  }

  private func result(
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
      .batchGradient, .weightUpdate, .biasUpdate:
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
    let target = Target(kind: .batchGradient, layer: layer)
    guard let citation = document.citation(of: target, facts: facts),
      let relation = try? document.relation(citation.main)
    else { return [] }
    cited.append(citation)
    var block = Block(headings: headings(citation, relation, .batchGradient), rows: [])
    let table = GradientTable(self, layer: layer)
    for line in table.lines() {
      var row = Block.Row(symbol: line, numbers: "")
      row.remark = ""
      block.rows.append(row)
    }
    return [block]
  }
}

/// Labels as the eye finds them in the notes.
package enum Labels {
  package static func label(_ citation: Citation, _ document: Document, ascii: Bool) -> String {
    let equation = document.equations[citation.matrix ?? citation.main]
    var label = equation.label
    let marked =
      !equation.misprints.isEmpty || !document.equations[citation.main].misprints.isEmpty
    if marked { label += ascii ? " (+)" : " †" }
    let also = citation.also.map { document.equations[$0].label }
    if !also.isEmpty { label += " also " + also.joined(separator: " ") }
    return ascii ? plain(label) : label
  }

  /// The label alone, for “next: … by”.
  package static func short(_ citation: Citation, _ document: Document) -> String {
    document.equations[citation.matrix ?? citation.main].label
  }

  package static func plain(_ label: String) -> String {
    label.replacing("“", with: "\"").replacing("”", with: "\"").replacing("§", with: "section ")
  }
}

/// Prose broken at blanks.
package enum Wrapping {
  package static func lines(_ text: String, indent: Int = 0, width: Int) -> [Line] {
    var lines: [Line] = []
    var line = Columns80.spaces(indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width - 1 {
        lines.append(Line(line))
        line = Columns80.spaces(indent)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " " + word
      isEmpty = false
    }
    lines.append(Line(line))
    return lines
  }
}
