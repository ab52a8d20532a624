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
  var isNotFinite: Bool { if case .notFinite = kind { true } else { false } }
  /// The example it is about; nil for all of them.
  var example: Int?

  static let leastSlope = 1e-3
  static let leastRatio = 1e-3
  static let greatestRatio = 1e3
}

// Looking a pass over after a computation. A step pays for it each time, so that nothing here
// copies a state or a pass.

extension State {
  /// What is the matter with the numbers a stage has computed, if its layer is complete.
  func diagnoses(after stage: Stage) -> [Diagnosis] {
    guard let network, !passes.isEmpty else { return [] }
    if let first = firstNotFinite(stage, network) { return [first] }
    switch stage {
    case .forward(let layer): return flat(layer, network)
    case .backward(let layer): return shrunkOrGrown(layer, network.shape)
    case .cost, .update: return []
    }
  }

  /// Of a whole pass.
  func diagnoses() -> [Diagnosis] {
    guard let last = network?.shape.last else { return [] }
    return (1...last).flatMap { diagnoses(after: .forward($0)) } + diagnoses(after: .cost)
      + (1...last).reversed().flatMap { diagnoses(after: .backward($0)) }
  }

  private func reading<Result>(_ example: Int, _ body: (borrowing Pass) -> Result) -> Result {
    passes.withUnsafeBufferPointer { body($0[example - 1].pass) }
  }

  // MARK: slopes

  private func flat(_ layer: Int, _ network: Network) -> [Diagnosis] {
    switch network.activation(of: layer) {
    case .sigmoid, .tanh, .softplus: return saturated(layer, network)
    case .relu: return dead(layer, network)
    case .identity, .leakyReLU, .softmax: return []
    }
  }

  private func saturated(_ layer: Int, _ network: Network) -> [Diagnosis] {
    let activation = network.activation(of: layer)
    let places = network.shape.neurons(layer)
    var found: [Diagnosis] = []
    for example in steppedExamples {
      reading(example) { pass in
        for place in places where State.isFlat(activation, pass.z[place]) {
          found.append(
            Diagnosis(
              kind: .saturated(layer: layer, neuron: place - places.lowerBound + 1),
              example: example))
        }
      }
    }
    return found
  }

  private static func isFlat(_ activation: Activation, _ z: Double) -> Bool {
    // Nearer to 0 the slope of none of them is that small.
    abs(z) > 3.5 && abs(activation.derivative(z)) < Diagnosis.leastSlope
  }

  private func dead(_ layer: Int, _ network: Network) -> [Diagnosis] {
    let places = network.shape.neurons(layer)
    var silent = places.filter { place in reading(example) { $0.z[place] <= 0 } }
    for number in 1...examples.count where number != example && !silent.isEmpty {
      let z = weightedInputs(layer, number, network)
      silent.removeAll { z[$0 - places.lowerBound] > 0 }
    }
    return silent.map {
      Diagnosis(kind: .dead(layer: layer, neuron: $0 - places.lowerBound + 1), example: nil)
    }
  }

  /// z of any example at the present weights, whether its pass has come so far or not.
  private func weightedInputs(_ layer: Int, _ example: Int, _ network: Network) -> [Double] {
    let places = network.shape.neurons(layer)
    let isKnown = passes[example - 1].progress.knowsWeightedInput(
      layer: layer, neuron: network.shape.sizes[layer])
    if isKnown { return Array(passes[example - 1].pass.z[places]) }
    var fresh = Pass(shape: network.shape, input: examples[example - 1].input)
    for below in 1...layer { network.forward(layer: below, in: &fresh) }
    return Array(fresh.z[places])
  }

  // MARK: errors across layers

  private func largestError(_ layer: Int, _ shape: Shape) -> Double {
    let places = shape.neurons(layer)
    var largest = 0.0
    for example in steppedExamples {
      reading(example) { pass in
        for place in places { largest = max(largest, abs(pass.delta[place])) }
      }
    }
    return largest
  }

  private func shrunkOrGrown(_ layer: Int, _ shape: Shape) -> [Diagnosis] {
    guard layer < shape.last, let ratio = errorRatio(layer), let above = errorRatio(layer + 1)
    else { return [] }
    if ratio < Diagnosis.leastRatio, above >= Diagnosis.leastRatio {
      return [Diagnosis(kind: .vanishing(layer: layer), example: nil)]
    }
    if ratio > Diagnosis.greatestRatio, above <= Diagnosis.greatestRatio {
      return [Diagnosis(kind: .exploding(layer: layer), example: nil)]
    }
    return []
  }

  /// Of the largest |δ| of a layer and of the output layer.
  func errorRatio(_ layer: Int) -> Double? {
    guard let shape = network?.shape else { return nil }
    let output = largestError(shape.last, shape)
    guard output > 0, output.isFinite else { return nil }
    return layer == shape.last ? 1 : largestError(layer, shape) / output
  }

  // MARK: the first value that is not finite

  private func firstNotFinite(_ stage: Stage, _ network: Network) -> Diagnosis? {
    let shape = network.shape
    for example in steppedExamples {
      let quantity = reading(example) { firstNotFinite(stage, shape, $0) }
      if let quantity { return Diagnosis(kind: .notFinite(quantity), example: example) }
    }
    return nil
  }

  private func firstNotFinite(
    _ stage: Stage, _ shape: Shape, _ pass: borrowing Pass
  ) -> Quantity? {
    switch stage {
    case .forward(let layer):
      let places = shape.neurons(layer)
      for place in places where !pass.z[place].isFinite || !pass.a[place].isFinite {
        guard State.areFinite(pass.a, shape.neurons(layer - 1)) else { return nil }
        let neuron = place - places.lowerBound + 1
        return pass.z[place].isFinite
          ? .activation(layer: layer, neuron: neuron)
          : .weightedInput(layer: layer, neuron: neuron)
      }
    case .cost:
      guard let output = pass.costTerms.firstIndex(where: { !$0.isFinite }),
        State.areFinite(pass.a, shape.neurons(shape.last))
      else { return nil }
      return .outputCost(output: output + 1)
    case .backward(let layer):
      let places = shape.neurons(layer)
      for place in places where !pass.delta[place].isFinite {
        let isFirst =
          layer == shape.last
          ? pass.cost.isFinite
          : State.areFinite(pass.delta, shape.neurons(layer + 1))
            && State.areFinite(pass.a, places)
        return isFirst ? .error(layer: layer, neuron: place - places.lowerBound + 1) : nil
      }
    case .update: return nil
    }
    return nil
  }

  private static func areFinite(_ values: [Double], _ places: Range<Int>) -> Bool {
    places.allSatisfy { values[$0].isFinite }
  }
}
