import Backprop
import IndexNotation
import LectureNotes

/// The cost as one quantity moves, everything else held: a forward pass of its own.
struct MovedCost {
  let quantity: Quantity
  /// Where the quantity is that of one example.
  let example: Int?
  private let state: State
  private let network: Network

  /// nil for a quantity that the cost does not follow from.
  init?(_ quantity: Quantity, example: Int?, _ state: State) {
    guard let network = state.network, !state.examples.isEmpty else { return nil }
    self.quantity = quantity
    self.network = network
    self.state = state
    switch quantity {
    case .weight, .bias: self.example = nil
    case .weightedInput: self.example = example ?? state.example
    case .activation(let layer, _):
      // The output's a has no z to give it from.
      guard layer < network.shape.last else { return nil }
      self.example = example ?? state.example
    case .error, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change,
      .constant:
      return nil
    }
  }

  /// The example's cost, or that of all by the reduction.
  func cost(movedBy change: Double) throws(ComputationFault) -> Double {
    let (network, input) = moved(by: change)
    let numbers = example.map { $0..<$0 + 1 } ?? state.steppedExamples
    var sum = 0.0
    for number in numbers {
      let example = state.examples[number - 1]
      var pass = Pass(shape: network.shape, input: input ?? example.input)
      network.forward(in: &pass)
      do throws(NumericFault) {
        try network.evaluateCost(state.cost, target: example.target, in: &pass)
      } catch {
        throw ComputationFault(fault: error, example: number)
      }
      sum += pass.cost
    }
    return example == nil && state.reduction == .mean ? sum / Double(numbers.count) : sum
  }

  /// The network, and the input if another.
  ///
  /// z_j moves as b_j does, and a_k of a hidden layer as every b_j above it by w_jk times as much.
  private func moved(by change: Double) -> (Network, [Double]?) {
    var network = network
    let shape = network.shape
    switch quantity {
    case .weight(let layer, let to, let from):
      network[.weight(layer: layer, to: to, from: from)] += change
    case .bias(let layer, let neuron):
      // One bias of the whole layer moves.
      let neurons = network.biasMode == .shared ? 1...shape.sizes[layer] : neuron...neuron
      for neuron in neurons { network[.bias(layer: layer, neuron: neuron)] += change }
    case .weightedInput(let layer, let neuron):
      useBiases(&network)
      network.biases[shape.bias(layer, neuron)] += change
    case .activation(0, let neuron):
      guard let example else { break }
      var input = state.examples[example - 1].input
      input[neuron - 1] += change
      return (network, input)
    case .activation(let layer, let neuron):
      useBiases(&network)
      for above in 1...shape.sizes[layer + 1] {
        network.biases[shape.bias(layer + 1, above)] +=
          network.weights[shape.weight(layer + 1, above, neuron)] * change
      }
    case .error, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change,
      .constant:
      break
    }
    return (network, nil)
  }

  /// Without biases they are 0.
  private func useBiases(_ network: inout Network) {
    guard network.biasMode == .none else { return }
    network.biases = network.biases.map { _ in 0 }
    network.biasMode = .frozen
  }

  /// The derivative by the engine, from a pass run to its gradients.
  func derivative(
    _ completed: StoredPass
  ) throws(EvaluationError) -> Double {
    guard let example else {
      guard case .bias(let layer, _) = quantity, network.biasMode == .shared else {
        return try completed.value(of: .total(by: quantity), example: state.example)
      }
      // One bias of the whole layer moves.
      var sum = 0.0
      for neuron in 1...network.shape.sizes[layer] {
        sum += try completed.value(
          of: .total(by: .bias(layer: layer, neuron: neuron)), example: state.example)
      }
      return sum
    }
    return try completed.value(of: .cost(by: quantity), example: example)
  }

  /// The value the quantity has, from a pass run to its gradients.
  func value(_ completed: StoredPass) throws(EvaluationError) -> Double {
    try completed.value(of: quantity, example: example ?? state.example)
  }

  /// The relation that gives the derivative.
  var target: Target? {
    switch quantity {
    case .weight(let layer, _, _): return Target(kind: .weightGradient, layer: layer)
    case .bias(let layer, _): return Target(kind: .biasGradient, layer: layer)
    case .weightedInput(let layer, _): return Target(kind: .error, layer: layer)
    case .activation, .error, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient,
      .change, .constant:
      return nil
    }
  }
}
