import Backprop
import IndexNotation

/// One row of a step: the quantity, and the values of the relation's indices that give it.
package struct Instance: Sendable {
  package var quantity: Quantity
  /// The output kept apart, for ∂c_n/∂z.
  package var output: Int?
  package var values: IndexValues
}

extension Reading {
  /// The rows of a target that a relation's left side covers, in the order of the document.
  package func instances(
    _ left: Expression, _ target: Target, firstOnly: Bool = false
  ) -> [Instance] {
    var found: [Instance] = []
    for quantity in quantities(of: target, order: left) {
      for instance in matches(left, quantity, target) {
        found.append(instance)
        if firstOnly { return found }
      }
    }
    return found
  }

  /// Gradients and updates run in the order of the document's own indices.
  private func quantities(of target: Target, order left: Expression) -> [Quantity] {
    let sizes = shape.sizes
    let layer = target.layer
    let neurons = layer <= shape.last && layer >= 0 ? Array(1...sizes[layer]) : []
    switch target.kind {
    case .weightedInput: return neurons.map { .weightedInput(layer: layer, neuron: $0) }
    case .activation: return neurons.map { .activation(layer: layer, neuron: $0) }
    case .error: return neurons.map { .error(layer: layer, neuron: $0) }
    case .constantError: return [.constant(0)]
    case .costTerm: return (1...sizes[shape.last]).map { .outputCost(output: $0) }
    case .cost: return [.cost]
    case .batchCost: return [.totalCost]
    case .costGradient: return neurons.map { .activation(layer: layer, neuron: $0) }
    case .biasGradient, .biasUpdate, .batchBiasGradient:
      return neurons.map { .bias(layer: layer, neuron: $0) }
    case .weightGradient, .weightUpdate, .batchGradient:
      let sources = Array(1...sizes[layer - 1])
      if weightsRunFromFirst {
        return sources.flatMap { from in
          neurons.map { .weight(layer: layer, to: $0, from: from) }
        }
      }
      return neurons.flatMap { to in sources.map { .weight(layer: layer, to: to, from: $0) } }
    }
  }

  /// Whether the notes write a weight's indices from-to.
  package var weightsRunFromFirst: Bool {
    for declaration in document.declarations {
      guard case .quantity(.weight, let slots) = declaration.binding, slots.count == 3,
        case .variable(let from) = slots[2].base, let first = declaration.lower.first,
        declaration.lower.count == 2
      else { continue }
      return first == .variable(from)
    }
    return false
  }

  private func matches(
    _ left: Expression, _ quantity: Quantity, _ target: Target
  ) -> [Instance] {
    switch left {
    case .reference(let reference):
      switch target.kind {
      case .costGradient, .biasGradient, .weightGradient, .batchGradient, .batchBiasGradient:
        return []
      case .constantError: return constantErrors(reference, target)
      case .weightedInput, .activation, .costTerm, .cost, .batchCost, .error, .weightUpdate,
        .biasUpdate:
        return match(reference, quantity, start(target)).map {
          [Instance(quantity: quantity, output: nil, values: $0)]
        } ?? []
      }
    case .partial(let top, let bottom):
      switch target.kind {
      case .costGradient, .biasGradient, .weightGradient, .batchGradient, .batchBiasGradient,
        .error:
        return partialMatches(top, bottom, quantity, target)
      case .weightedInput, .activation, .costTerm, .cost, .batchCost, .constantError,
        .weightUpdate, .biasUpdate:
        return []
      }
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient,
      .norm, .matrix, .group, .derivative, .cases, .index:
      return []
    }
  }

  private func start(_ target: Target) -> IndexValues {
    var values = IndexValues()
    values.layer = target.layer
    switch target.kind {
    case .cost, .batchCost, .costTerm:
      // A cost speaks of the output layer: a letter for “the current layer” is that one.
      for meaning in document.indices.values {
        guard case .neuronOfLayer(let slot) = meaning, slot.offset == 0,
          case .variable(let letter) = slot.base
        else { continue }
        values.bind(IndexKey(letter), IndexValue(target.layer))
      }
    case .weightedInput, .activation, .costGradient, .error, .constantError, .biasGradient,
      .weightGradient, .batchGradient, .batchBiasGradient, .weightUpdate, .biasUpdate:
      break
    }
    return values
  }

  private func constantErrors(_ reference: Reference, _ target: Target) -> [Instance] {
    for declaration in document.declarations(of: reference.name) {
      guard declaration.binding == .constant(0), declaration.lower == [.literal(0)],
        reference.lower == [.integer(0)], case .name(let name)? = reference.upper.first,
        let key = try? key(of: name, IndexValues())
      else { continue }
      return [
        Instance(
          quantity: .constant(0), output: nil,
          values: start(target).binding(key, IndexValue(target.layer)))
      ]
    }
    return []
  }

  private func partialMatches(
    _ top: Reference, _ bottom: Reference, _ quantity: Quantity, _ target: Target
  ) -> [Instance] {
    var wanted = quantity
    if case .error(let layer, let neuron) = quantity {
      wanted = .weightedInput(layer: layer, neuron: neuron)
    }
    let tops: [(Quantity, Int?)] =
      [(.cost, nil), (.totalCost, nil)]
      + (1...shape.sizes[shape.last]).map { (.outputCost(output: $0), Optional($0)) }
    var found: [Instance] = []
    for (cost, output) in tops {
      guard let one = match(top, cost, start(target)),
        isExactly(top, cost),
        let both = match(bottom, wanted, one)
      else { continue }
      if target.kind == .costGradient, let output, case .activation(_, let neuron) = quantity,
        output != neuron
      {
        continue
      }
      var values = both
      values.layer = target.layer
      found.append(Instance(quantity: quantity, output: output, values: values))
      if output == nil { break }
    }
    return found
  }

  /// A symbol for one output's cost is no symbol for the whole, and the other way about.
  private func isExactly(_ reference: Reference, _ cost: Quantity) -> Bool {
    let kinds = document.declarations(of: reference.name).filter { declaration in
      declaration.lower.count - (isExampleLower(declaration) ? 1 : 0)
        <= reference.lower.count
    }.compactMap { declaration -> QuantityKind? in
      guard case .quantity(let kind, _) = declaration.binding else { return nil }
      return kind
    }
    if case .outputCost = cost { return kinds.contains(.outputCost) && !reference.lower.isEmpty }
    return true
  }

  private func isExampleLower(_ declaration: Declaration) -> Bool {
    declaration.lower.contains { $0.letter != nil && $0.letter == declaration.exampleLetter }
  }
}
