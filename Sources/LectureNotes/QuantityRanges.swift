import Backprop
import IndexNotation

// A quantity from its numbers, each within its range.

extension Reading {
  func quantity(
    _ kind: QuantityKind, _ slots: (Int, Int, Int), _ declaration: @autoclosure () -> Declaration
  ) throws(EvaluationError) -> Quantity {
    switch kind {
    case .weightedInput:
      try check(layer: slots.0, from: 1, declaration())
      try check(neuron: slots.1, of: slots.0)
      return .weightedInput(layer: slots.0, neuron: slots.1)
    case .activation:
      try check(layer: slots.0, from: 0, declaration())
      try check(neuron: slots.1, of: slots.0)
      return .activation(layer: slots.0, neuron: slots.1)
    case .error:
      try check(layer: slots.0, from: 1, declaration())
      try check(neuron: slots.1, of: slots.0)
      return .error(layer: slots.0, neuron: slots.1)
    case .weight:
      try check(layer: slots.0, from: 1, declaration())
      try check(neuron: slots.1, of: slots.0)
      try check(neuron: slots.2, of: slots.0 - 1)
      return .weight(layer: slots.0, to: slots.1, from: slots.2)
    case .bias:
      try check(layer: slots.0, from: 1, declaration())
      try check(neuron: slots.1, of: slots.0)
      guard biasMode != .none else {
        throw .fact(
          document.absences["bias"] ?? "the network has no bias",
          advice: "to have one: bias per-neuron")
      }
      return .bias(layer: slots.0, neuron: slots.1)
    case .target:
      try check(neuron: slots.0, of: lastLayer)
      return .target(neuron: slots.0)
    case .outputCost:
      try check(neuron: slots.0, of: lastLayer)
      return .outputCost(output: slots.0)
    case .cost: return .cost
    case .totalCost: return .totalCost
    case .learningRate: return .learningRate
    case .gradient:
      try check(parameter: slots, declaration())
      return .gradient(layer: slots.0, to: slots.1, from: slots.2)
    case .change:
      try check(parameter: slots, declaration())
      return .change(layer: slots.0, to: slots.1, from: slots.2)
    case .constant: return .constant(0)
    }
  }

  /// Layer, neuron led to, neuron led from; 0 for the last is the bias.
  private func check(
    parameter slots: (Int, Int, Int), _ declaration: @autoclosure () -> Declaration
  ) throws(EvaluationError) {
    try check(layer: slots.0, from: 1, declaration())
    try check(neuron: slots.1, of: slots.0)
    if slots.2 != 0 || biasMode == .none { try check(neuron: slots.2, of: slots.0 - 1) }
  }

  /// The layer as the document counts it, from the layer of the engine.
  func written(layer: Int, _ declaration: Declaration) -> Int {
    guard case .quantity(_, let slots) = declaration.binding, let slot = slots.first,
      case .variable = slot.base
    else { return layer }
    return layer - slot.offset
  }

  func check(
    layer: Int, from first: Int, _ declaration: @autoclosure () -> Declaration
  ) throws(EvaluationError) {
    guard layer >= first, layer <= lastLayer else {
      let low = written(layer: first, declaration())
      let high = written(layer: lastLayer, declaration())
      let name = declaration().name
      let asked = written(layer: layer, declaration())
      throw .outOfRange(
        low == high
          ? "\(name) has layer \(low) only, not \(asked)"
          : "\(name) has layers \(low) to \(high), not \(asked)", index: asked)
    }
  }

  func check(neuron: Int, of layer: Int) throws(EvaluationError) {
    let size = size(of: layer)
    guard neuron >= 1, neuron <= size else {
      let written = layer + document.layerOrigin
      let place = layer == 0 ? "there are inputs" : "layer \(written) has neurons"
      switch size {
      case 1:
        let words = layer == 0 ? "there is input 1 alone" : "layer \(written) has neuron 1 alone"
        throw .outOfRange("\(words), no \(neuron)", index: neuron)
      case 2: throw .outOfRange("\(place) 1 and 2, no \(neuron)", index: neuron)
      default: throw .outOfRange("\(place) 1 to \(size), no \(neuron)", index: neuron)
      }
    }
  }
}
