import Backprop
import IndexNotation
import LectureNotes

/// What of the network a typed quantity or derivative names.
struct NamedQuantity {
  var target: Target
  var quantity: Quantity
  /// The output kept apart, for ∂c_n/∂z.
  var output: Int?
  /// The example, where one is written.
  var example: Int?
}

/// The relation of the notes that gives a quantity: where it holds, and what reads it there.
struct GivingRelation {
  var citation: Citation
  var relation: Relation
  var values: IndexValues
  var reading: Reading<StoredPass>
}

extension Reading where Source == StoredPass {
  /// The relation of the notes that gives a quantity; nil if it has none.
  func relation(giving expression: IndexNotation.Expression) -> GivingRelation? {
    guard let named = named(expression),
      let citation = document.citation(of: named.target, facts: facts),
      let relation = try? document.relation(citation.main),
      var local = with(example: named.example)
    else { return nil }
    let speaksOfAll = document.speaksOfAllExamples(relation)
    guard !speaksOfAll || named.example == nil || source.exampleCount == 1 else {
      return nil
    }
    local.level = speaksOfAll ? .batch : .example
    let instance = local.instances(relation.left, named.target).first {
      $0.quantity == named.quantity && $0.output == named.output
    }
    guard var values = instance?.values else { return nil }
    if !speaksOfAll, source.exampleCount > 1 { local.bindExample(&values) }
    return GivingRelation(
      citation: citation, relation: relation, values: values, reading: local)
  }

  /// The letter of an example stands for the one in view.
  private func bindExample(_ values: inout IndexValues) {
    for (letter, meaning) in document.indices where meaning == .example {
      guard let key = try? key(of: IndexName(letter), values),
        values.value(of: key) == nil
      else { continue }
      values.bind(key, IndexValue(source.example))
    }
  }

  /// The same pass with another example in view.
  func with(example: Int?) -> Reading? {
    guard let example, example != source.example else { return self }
    var state = source.state
    state.example = example
    guard let other = StoredPass(state, digits: source.digits, ascii: source.minus == "-") else {
      return nil
    }
    return Reading(document, other, level: level)
  }

  /// The example that is written in an expression's symbol.
  func example(of expression: IndexNotation.Expression) -> Int? {
    switch expression {
    case .reference(let reference): return example(of: reference)
    case .partial(let top, let bottom): return example(of: top) ?? example(of: bottom)
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient,
      .norm, .matrix, .group, .derivative, .cases, .index:
      return nil
    }
  }

  private func example(of reference: Reference) -> Int? {
    guard case .element(_, let example)? = try? resolve(reference, IndexValues()) else {
      return nil
    }
    return example
  }

  func named(_ expression: IndexNotation.Expression) -> NamedQuantity? {
    switch expression {
    case .reference(let reference):
      guard
        case .element(let quantity, let example)? = try? resolve(reference, IndexValues()),
        let (target, own) = value(quantity, ofAll: example == nil && isOfAllExamples)
      else { return nil }
      return NamedQuantity(target: target, quantity: own, output: nil, example: example)
    case .partial(let top, let bottom): return derivative(of: top, by: bottom)
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient,
      .norm, .matrix, .group, .derivative, .cases, .index:
      return nil
    }
  }

  /// What gives a value, of all examples together where it is a cost.
  func value(_ quantity: Quantity, ofAll isOfAll: Bool) -> (Target, Quantity)? {
    let last = shape.last
    switch quantity {
    case .weightedInput(let layer, _): return (Target(kind: .weightedInput, layer: layer), quantity)
    case .activation(let layer, _):
      return layer > 0 ? (Target(kind: .activation, layer: layer), quantity) : nil
    case .error(let layer, _): return (Target(kind: .error, layer: layer), quantity)
    case .outputCost: return (Target(kind: .costTerm, layer: last), quantity)
    case .cost: return (Target(kind: .cost, layer: last), .cost)
    case .totalCost:
      return reduced(.cost, .batchCost, last, isOfAll).map {
        ($0, $0.kind == .batchCost ? .totalCost : .cost)
      }
    case .weight, .bias, .target, .learningRate, .gradient, .change, .constant: return nil
    }
  }

  private func derivative(of top: Reference, by bottom: Reference) -> NamedQuantity? {
    guard case .element(let cost, let costExample)? = try? resolve(top, IndexValues()),
      case .element(let quantity, let other)? = try? resolve(bottom, IndexValues())
    else { return nil }
    let example = costExample ?? other
    var output: Int?
    switch cost {
    case .outputCost(let number): output = number
    case .cost, .totalCost: break
    case .weightedInput, .activation, .error, .weight, .bias, .target, .learningRate, .gradient,
      .change, .constant:
      return nil
    }
    guard top.lower.isEmpty || output != nil || costExample != nil else { return nil }
    let isOfAll = cost == .totalCost && example == nil && isOfAllExamples
    guard let (target, own) = gradient(by: quantity, ofAll: isOfAll) else { return nil }
    return NamedQuantity(target: target, quantity: own, output: output, example: example)
  }

  /// What gives the derivative of the cost, of all examples together or of one, by a quantity.
  func gradient(by quantity: Quantity, ofAll isOfAll: Bool) -> (Target, Quantity)? {
    switch quantity {
    case .weight(let layer, _, _):
      return reduced(.weightGradient, .batchGradient, layer, isOfAll).map { ($0, quantity) }
    case .bias(let layer, _):
      return reduced(.biasGradient, .batchBiasGradient, layer, isOfAll).map { ($0, quantity) }
    case .weightedInput(let layer, let neuron):
      return (Target(kind: .error, layer: layer), .error(layer: layer, neuron: neuron))
    case .activation(shape.last, _):
      return (Target(kind: .costGradient, layer: shape.last), quantity)
    case .activation, .error, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient,
      .change, .constant:
      return nil
    }
  }

  /// A cost or gradient over all examples has a relation of its own, or that of one example has the
  /// sum in it.
  private func reduced(
    _ kind: Target.Kind, _ batchKind: Target.Kind, _ layer: Int, _ isOfAll: Bool
  ) -> Target? {
    let one = Target(kind: kind, layer: layer)
    guard isOfAll else { return one }
    let all = Target(kind: batchKind, layer: layer)
    if document.citation(of: all, facts: facts) != nil { return all }
    guard let citation = document.citation(of: one, facts: facts),
      let relation = try? document.relation(citation.main), document.speaksOfAllExamples(relation)
    else { return nil }
    return one
  }

  /// Whether the cost without an example is that of several together.
  var isOfAllExamples: Bool {
    level == .batch && source.exampleCount > 1
      && source.state.reduction != .perExample
  }
}
