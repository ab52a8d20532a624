import Backprop
import IndexNotation
import LectureNotes

// Slips that no rule of backpropagation gives: a bias left out, another neuron, a lost factor.

extension MistakeSearch {
  /// What is nearer to the asked quantity than any rule of backpropagation.
  func slipBeforeRules() -> Mistake? {
    switch named?.quantity {
    case .weightedInput(let layer, let neuron)? where named?.target.kind == .weightedInput:
      return slip(weightedInput: layer, neuron)
    case .activation(let layer, let neuron)? where named?.target.kind == .activation:
      let z = Quantity.weightedInput(layer: layer, neuron: neuron)
      guard let value = stored(z), given.isValue(value) else { return nil }
      return Mistake(nil, "is the weighted input, before the activation function")
    case .weight?, .bias?, .weightedInput?, .activation?, .error?, .target?, .cost?, .outputCost?,
      .totalCost?, .learningRate?, .gradient?, .change?, .constant?, nil:
      return nil
    }
  }

  private func stored(_ quantity: Quantity) -> Double? {
    guard let reading = try? session.reading(of: sound) else { return nil }
    return try? reading.source.value(of: quantity, example: named?.example ?? sound.example)
  }

  private func slip(weightedInput layer: Int, _ neuron: Int) -> Mistake? {
    guard let network = sound.network else { return nil }
    let shape = network.shape
    let bias = network.biasMode == .none ? 0 : network.biases[shape.bias(layer, neuron)]
    if bias != 0, given.isValue(right - bias) { return Mistake(nil, "leaves the bias out") }
    guard shape.sizes[layer] == shape.sizes[layer - 1] else { return nil }
    var value = bias
    for k in 1...shape.sizes[layer] {
      guard let a = stored(.activation(layer: layer - 1, neuron: k)) else { return nil }
      value += network.weights[shape.weight(layer, k, neuron)] * a
    }
    guard given.isValue(value),
      let other = (1...shape.sizes[layer]).first(where: { $0 != neuron })
    else { return nil }
    return Mistake(
      "M7",
      takes(
        .weight(layer: layer, to: other, from: neuron),
        for: .weight(layer: layer, to: neuron, from: other),
        "what arrives at one neuron carries its own index"))
  }

  func slip() -> Mistake? {
    guard let named else { return nil }
    switch named.target.kind {
    case .cost, .batchCost:
      if sound.cost == .quadratic, given.isValue(2 * right) {
        return Mistake(nil, "lacks the factor ½")
      }
      if sound.cost == .quadratic, given.isValue(right / 2) {
        return Mistake("M10", "has the factor ½ twice")
      }
      return overExamples()
    case .biasGradient, .batchBiasGradient:
      guard given.value != 0 else {
        return Mistake(
          "M1", "takes the bias for one without effect; it is a term of the weighted input")
      }
      return neighbour(named) ?? overExamples()
    case .weightGradient, .batchGradient:
      return neighbour(named) ?? overExamples()
    case .error, .weightedInput, .activation: return neighbour(named)
    case .costTerm, .costGradient, .constantError, .weightUpdate, .biasUpdate: return nil
    }
  }

  /// A sum for a mean, or a mean for a sum.
  private func overExamples() -> Mistake? {
    let count = Double(sound.examples.count)
    guard count > 1 else { return nil }
    if given.isValue(right * count) {
      return Mistake(
        "M10", "is not divided by the \(sound.examples.count) examples, as these notes have it")
    }
    if given.isValue(right / count) {
      return Mistake("M10", "is divided by \(sound.examples.count) once too often")
    }
    return nil
  }

  /// The same quantity of another neuron, or one factor of the right one.
  private func neighbour(_ named: NamedQuantity) -> Mistake? {
    guard let shape = sound.network?.shape else { return nil }
    if named.output != nil {
      guard let value = stored(named.quantity), given.isValue(value) else { return nil }
      return Mistake(nil, "is the sum over all outputs; here they are kept apart")
    }
    switch named.quantity {
    case .error(let layer, let neuron):
      return other(neuron, of: shape.sizes[layer]) { .error(layer: layer, neuron: $0) }
        ?? withoutSlope(layer, neuron)
    case .weightedInput(let layer, let neuron):
      return other(neuron, of: shape.sizes[layer]) { .weightedInput(layer: layer, neuron: $0) }
    case .activation(let layer, let neuron):
      return other(neuron, of: shape.sizes[layer]) { .activation(layer: layer, neuron: $0) }
    case .weight(let layer, let to, let from):
      return factor(.error(layer: layer, neuron: to))
        ?? factor(.activation(layer: layer - 1, neuron: from))
    case .bias, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change,
      .constant:
      return nil
    }
  }

  private func other(_ neuron: Int, of count: Int, _ quantity: (Int) -> Quantity) -> Mistake? {
    for other in 1...count where other != neuron {
      guard let value = stored(quantity(other)), given.isValue(value) else { continue }
      return Mistake(nil, "is \(session.symbolText(quantity(other))), of another neuron")
    }
    return nil
  }

  private func withoutSlope(_ layer: Int, _ neuron: Int) -> Mistake? {
    guard let network = sound.network else { return nil }
    guard layer < network.shape.last else { return withNeedlessSlope(layer, neuron) }
    guard let z = stored(.weightedInput(layer: layer, neuron: neuron)) else { return nil }
    let slope = network.activation(of: layer).derivative(z)
    guard slope != 0, slope != 1, given.isValue(right / slope) else { return nil }
    return Mistake(nil, "is the sum alone; one factor is missing, the slope")
  }

  /// With its own cost the slope of sigmoid and softmax cancels.
  private func withNeedlessSlope(_ layer: Int, _ neuron: Int) -> Mistake? {
    guard let network = sound.network, let a = stored(.activation(layer: layer, neuron: neuron)),
      cancelsSlope(of: network.activation(of: layer)),
      given.isValue(right * a * (1 - a))
    else { return nil }
    return Mistake("M3", "has a slope in it, which this cost cancels")
  }

  private func cancelsSlope(of activation: Activation) -> Bool {
    switch sound.cost {
    case .quadratic, .squaredError, .mse: return false
    case .logLikelihood, .binaryCrossEntropy: return activation == .sigmoid
    case .crossEntropy: return activation == .softmax
    }
  }

  private func factor(_ quantity: Quantity) -> Mistake? {
    let isOne =
      sound.examples.count == 1 || sound.reduction == .perExample || named?.example != nil
    guard isOne, let value = stored(quantity), given.isValue(value) else {
      return nil
    }
    return Mistake(nil, "is \(session.symbolText(quantity)), one factor of it")
  }
}
