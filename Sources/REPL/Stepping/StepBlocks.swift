import Backprop
import IndexNotation
import LectureNotes

// Which relations a step shows, block by block.

extension StepReport {
  func blocks(_ cited: inout [Citation]) -> [Block] {
    var blocks: [Block] = []
    switch computation.stage {
    case .forward(let layer):
      add(.weightedInput, layer, &blocks, &cited)
      add(.activation, layer, &blocks, &cited)
    case .cost:
      add(.costTerm, shape.last, &blocks, &cited)
      add(.cost, shape.last, &blocks, &cited)
      if hasBatch { add(.batchCost, shape.last, &blocks, &cited) }
    case .backward(let layer):
      add(.error, layer, &blocks, &cited)
      if layer < shape.last { add(.constantError, layer, &blocks, &cited) }
      if facts.biasMode != .none { add(.biasGradient, layer, &blocks, &cited) }
      add(.weightGradient, layer, &blocks, &cited)
      // The table is of the whole layer: not before its last neuron.
      if hasBatch, computation.neurons?.upperBound == shape.sizes[layer] {
        blocks += batchBlock(layer, &cited)
      }
    case .update:
      for layer in 1...shape.last { add(.weightUpdate, layer, &blocks, &cited) }
      if facts.biasMode == .perNeuron || facts.biasMode == .shared {
        for layer in 1...shape.last { add(.biasUpdate, layer, &blocks, &cited) }
      }
      if facts.biasMode == .frozen { blocks.append(frozenBiases()) }
    }
    return merged(blocks)
  }

  var hasBatch: Bool { after.examples.count > 1 && after.reduction != .perExample }

  /// Blocks of one and the same relation are one block.
  func merged(_ blocks: [Block]) -> [Block] {
    var result: [Block] = []
    for block in blocks {
      let same = result.firstIndex {
        !$0.headings.isEmpty && $0.headings.map(\.text) == block.headings.map(\.text)
          && $0.headings.map(\.label) == block.headings.map(\.label)
      }
      if let same {
        result[same].rows += block.rows
      } else if let last = result.last, block.headings.count > 1,
        last.headings.first?.text == block.headings[0].text
      {
        var rest = block
        rest.headings.removeFirst()
        result.append(rest)
      } else if block.headings.isEmpty, !result.isEmpty, !block.rows.isEmpty,
        block.rows.allSatisfy({ $0.remark != nil })
      {
        result[result.count - 1].rows += block.rows
      } else {
        result.append(block)
      }
    }
    return result
  }

  func frozenBiases() -> Block {
    let reading = Reading(document, source, level: .example)
    var symbols: [String] = []
    for layer in 1...shape.last {
      for neuron in 1...shape.sizes[layer] {
        if let reference = reading.reference(for: .bias(layer: layer, neuron: neuron)) {
          symbols.append(text(reference))
        }
      }
    }
    if symbols.count > 8 { symbols = Array(symbols.prefix(3)) + ["…", symbols[symbols.count - 1]] }
    var row = Block.Row(symbol: symbols.joined(separator: " ") + ":", numbers: "")
    row.remark = "frozen, not changed (bias frozen)"
    return Block(headings: [], rows: [row])
  }

  func text(_ reference: Reference) -> String {
    renderer.reference(reference, script) ?? renderer.reference(reference, .linear)
      ?? reference.name
  }

  func text(_ expression: Expression) -> String {
    renderer.expression(expression, script) ?? renderer.expression(expression, .linear) ?? ""
  }

  /// The block of one target; nothing is cited where the notes have no relation.
  func add(
    _ kind: Target.Kind, _ layer: Int, _ blocks: inout [Block], _ cited: inout [Citation]
  ) {
    let target = Target(kind: kind, layer: layer)
    guard let part = part(target) else {
      if let block = valuesAlone(target) { blocks.append(block) }
      return
    }
    var block = Block(headings: part.headings, rows: [])
    var reading = Reading(document, source, level: part.level)
    for row in part.rows where isComputed(row.instance) {
      row.recollection.rewind()
      reading.recollection = row.recollection
      block.rows.append(self.row(row, part, reading, kind))
    }
    guard !block.rows.isEmpty else { return }
    cited.append(part.citation)
    blocks.append(block)
  }

  /// The relation for a target and its rows, but for their numbers.
  func part(_ target: Target) -> StepWords.Part? {
    let key = StepWords.Key(subject: target, density: density)
    if let known = words.parts[key] { return known }
    let part = composed(target)
    words.parts[key] = .some(part)
    return part
  }

  func composed(_ target: Target) -> StepWords.Part? {
    guard let citation = document.citation(of: target, facts: facts),
      let relation = try? document.relation(citation.main)
    else { return nil }
    let level = level(relation, target.kind)
    let reading = Reading(document, source, level: level)
    let instances = reading.instances(relation.left, target)
    let outputs = Set(instances.map(\.output)).count
    // Errors of outputs kept apart: one output after the other.
    let ordered =
      outputs > 1
      ? instances.indices.sorted {
        (instances[$0].output ?? 0, $0) < (instances[$1].output ?? 0, $1)
      }.map { instances[$0] } : instances
    let side = relation.sides[relation.sides.count - 1].expression
    // One row says it all: δ₀ = 0, neuron 0 is the constant 1.
    var headings =
      target.kind == .constantError ? [] : headings(citation, relation, target.kind)
    for index in headings.indices { headings[index].lines = layout.lines(of: headings[index]) }
    return StepWords.Part(
      citation: citation, relation: relation, headings: headings, level: level,
      rows: ordered.map {
        StepWords.Row(
          instance: $0, symbol: symbol($0, relation.left, reading),
          plain: plainReference(side, $0.values, reading))
      })
  }

  /// While one neuron is stepped only its rows are shown.
  func isComputed(_ instance: Instance) -> Bool {
    guard let neurons = computation.neurons else { return true }
    switch instance.quantity {
    case .weightedInput(_, let neuron), .error(_, let neuron), .bias(_, let neuron),
      .weight(_, let neuron, _):
      return neurons.contains(neuron)
    case .activation(let layer, let neuron):
      if facts.activation(of: layer)?.isElementwise == false {
        return neurons.upperBound == shape.sizes[layer]
      }
      return neurons.contains(neuron)
    case .constant: return neurons.upperBound == neurons.lowerBound || neurons.lowerBound == 1
    case .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change: return true
    }
  }

  /// A relation that sums over examples speaks of them all; an update follows the whole gradient.
  func level(_ relation: Relation, _ kind: Target.Kind)
    -> Reading<StoredPass>.Level
  {
    switch kind {
    case .batchCost, .batchGradient, .batchBiasGradient, .weightUpdate, .biasUpdate:
      return .batch
    case .weightedInput, .activation, .costTerm, .cost, .costGradient, .error, .constantError,
      .biasGradient, .weightGradient:
      let sums = relation.sides.contains { document.sumsOverExamples($0.expression) }
      return sums ? .batch : .example
    }
  }
}
