import Backprop
import LectureNotes

/// Something about the numbers of a pass that a learner should see where it starts.
struct Diagnosis: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// |f′(z)| is below 1e−3: little error passes.
    case saturated(layer: Int, neuron: Int)
    /// ReLU, negative for all examples.
    case dead(layer: Int, neuron: Int)
    /// The largest |δ| of a layer against that of the output layer.
    case vanishing(layer: Int)
    case exploding(layer: Int)
    /// The first value that is NaN or infinite.
    case notFinite(Quantity)
  }

  var kind: Kind
  /// The example it is about; nil for all of them.
  var example: Int?

  static let leastSlope = 1e-3
  static let leastRatio = 1e-3
  static let greatestRatio = 1e3
}

/// Looks a pass over after a computation.
struct Diagnostics {
  private let state: State
  private let network: Network
  private var shape: Shape { network.shape }

  init?(_ state: State) {
    guard let network = state.network, !state.passes.isEmpty else { return nil }
    (self.state, self.network) = (state, network)
  }

  private func pass(_ example: Int) -> Pass { state.passes[example - 1].pass }

  /// What is the matter with the numbers a stage has computed, if its layer is complete.
  func found(after stage: Stage) -> [Diagnosis] {
    if let first = notFinite(after: stage) { return [first] }
    switch stage {
    case .forward(let layer): return flat(layer)
    case .backward(let layer): return shrunkOrGrown(layer)
    case .cost, .update: return []
    }
  }

  /// Of a whole pass.
  func found() -> [Diagnosis] {
    (1...shape.last).flatMap { found(after: .forward($0)) } + found(after: .cost)
      + (1...shape.last).reversed().flatMap { found(after: .backward($0)) }
  }

  // MARK: slopes

  private func flat(_ layer: Int) -> [Diagnosis] {
    switch network.activation(of: layer) {
    case .sigmoid, .tanh, .softplus: return saturated(layer)
    case .relu: return dead(layer)
    case .identity, .leakyReLU, .softmax: return []
    }
  }

  private func saturated(_ layer: Int) -> [Diagnosis] {
    let activation = network.activation(of: layer)
    let places = shape.neurons(layer)
    var found: [Diagnosis] = []
    for example in state.examplesInStep {
      state.passes.withUnsafeBufferPointer { passes in
        for place in places where isFlat(activation, passes[example - 1].pass.z[place]) {
          found.append(
            Diagnosis(
              kind: .saturated(layer: layer, neuron: place - places.lowerBound + 1),
              example: example))
        }
      }
    }
    return found
  }

  private func isFlat(_ activation: Activation, _ z: Double) -> Bool {
    // The slope of none of them is that small nearer to 0.
    abs(z) > 3.5 && abs(activation.derivative(z)) < Diagnosis.leastSlope
  }

  private func dead(_ layer: Int) -> [Diagnosis] {
    let current = state.example
    return shape.neurons(layer).enumerated().compactMap { offset, place in
      guard pass(current).z[place] <= 0,
        (1...state.examples.count).allSatisfy({ weightedInput(place, layer, $0) <= 0 })
      else { return nil }
      return Diagnosis(kind: .dead(layer: layer, neuron: offset + 1), example: nil)
    }
  }

  /// z of any example at the present weights, whether its pass has come so far or not.
  private func weightedInput(_ place: Int, _ layer: Int, _ example: Int) -> Double {
    let isKnown = state.passes[example - 1].progress.knowsWeightedInput(
      layer: layer, neuron: shape.sizes[layer])
    if isKnown { return pass(example).z[place] }
    var fresh = Pass(shape: shape, input: state.examples[example - 1].input)
    for below in 1...layer { network.forward(layer: below, in: &fresh) }
    return fresh.z[place]
  }

  // MARK: errors across layers

  private func largestError(_ layer: Int) -> Double {
    state.examplesInStep.reduce(0) { most, example in
      shape.neurons(layer).reduce(most) { max($0, abs(pass(example).delta[$1])) }
    }
  }

  private func shrunkOrGrown(_ layer: Int) -> [Diagnosis] {
    guard layer < shape.last, let ratio = self.ratio(layer), let above = self.ratio(layer + 1)
    else {
      return []
    }
    if ratio < Diagnosis.leastRatio, above >= Diagnosis.leastRatio {
      return [Diagnosis(kind: .vanishing(layer: layer), example: nil)]
    }
    if ratio > Diagnosis.greatestRatio, above <= Diagnosis.greatestRatio {
      return [Diagnosis(kind: .exploding(layer: layer), example: nil)]
    }
    return []
  }

  /// Of the largest errors of a layer and the output layer.
  func ratio(_ layer: Int) -> Double? {
    let output = largestError(shape.last)
    guard output > 0, output.isFinite else { return nil }
    return largestError(layer) / output
  }

  // MARK: the first value that is not finite

  private func notFinite(after stage: Stage) -> Diagnosis? {
    for example in state.examplesInStep {
      if let quantity = notFinite(stage, example) {
        return Diagnosis(kind: .notFinite(quantity), example: example)
      }
    }
    return nil
  }

  private func notFinite(_ stage: Stage, _ example: Int) -> Quantity? {
    let pass = pass(example)
    switch stage {
    case .forward(let layer):
      guard shape.neurons(layer - 1).allSatisfy({ pass.a[$0].isFinite }) else { return nil }
      for (offset, place) in shape.neurons(layer).enumerated() {
        if !pass.z[place].isFinite { return .weightedInput(layer: layer, neuron: offset + 1) }
        if !pass.a[place].isFinite { return .activation(layer: layer, neuron: offset + 1) }
      }
    case .cost:
      guard shape.neurons(shape.last).allSatisfy({ pass.a[$0].isFinite }) else { return nil }
      if let output = pass.costTerms.firstIndex(where: { !$0.isFinite }) {
        return .outputCost(output: output + 1)
      }
    case .backward(let layer):
      let isFirst =
        layer == shape.last
        ? pass.cost.isFinite
        : shape.neurons(layer + 1).allSatisfy { pass.delta[$0].isFinite }
          && shape.neurons(layer).allSatisfy { pass.a[$0].isFinite }
      guard isFirst else { return nil }
      for (offset, place) in shape.neurons(layer).enumerated() where !pass.delta[place].isFinite {
        return .error(layer: layer, neuron: offset + 1)
      }
    case .update: return nil
    }
    return nil
  }
}
