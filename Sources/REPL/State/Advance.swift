import Backprop

/// One computation that was carried out.
package struct Computation: Hashable, Sendable {
  package var stage: Stage
  /// The neurons of the layer that were computed.
  package var neurons: ClosedRange<Int>?

  package init(stage: Stage, neurons: ClosedRange<Int>? = nil) {
    self.stage = stage
    self.neurons = neurons
  }
}

/// A value the mathematics does not have, with the example it came up in.
package struct ComputationFault: Error, Equatable, Sendable {
  package var fault: NumericFault
  package var example: Int
}

extension State {
  /// The examples a step acts on: all with a reduction, else the one in view.
  var steppedExamples: Range<Int> {
    guard !examples.isEmpty else { return 1..<1 }
    return reduction == .perExample ? example..<example + 1 : 1..<examples.count + 1
  }

  /// Carries out the next computation, a layer or one neuron of it.
  package mutating func advance(byNeuron: Bool) throws(ComputationFault) -> Computation {
    let computation = nextComputation(byNeuron: byNeuron)
    try perform(computation)
    return computation
  }

  private func nextComputation(byNeuron: Bool) -> Computation {
    let progress = progress
    switch progress.next {
    case .forward(let layer), .backward(let layer):
      guard let size = network?.shape.sizes[layer] else { break }
      let first = progress.neuronsDone + 1
      return Computation(stage: progress.next, neurons: first...(byNeuron ? first : size))
    case .cost, .update: break
    }
    return Computation(stage: progress.next)
  }

  /// Carries out a computation on every example it acts on.
  package mutating func perform(_ computation: Computation) throws(ComputationFault) {
    guard computation.stage != .update else { return update() }
    guard let network else { return }
    if let bug, case .backward(let layer) = computation.stage, let neurons = computation.neurons {
      return misledBackward(bug.misconception, layer, neurons, computation)
    }
    // Once for all: each look at a shape counts references.
    let sizes = network.shape.sizes
    for example in steppedExamples {
      do throws(NumericFault) {
        try network.perform(
          computation, sizes, cost, examples[example - 1].target, &passes[example - 1])
      } catch {
        throw ComputationFault(fault: error, example: example)
      }
    }
  }

  private mutating func update() {
    guard network != nil else { return }
    update(by: reducedGradient)
    for index in passes.indices { passes[index].progress = .start }
  }

  private mutating func update(by gradient: Gradient) {
    guard let bug else {
      network?.update(by: gradient, learningRate: rate, direction: direction)
      return
    }
    network?.update(
      by: gradient, learningRate: rate, direction: direction, under: bug.misconception)
  }

  /// The gradient an update follows: of all examples by the reduction, else of the one in view.
  package var reducedGradient: Gradient {
    guard let network else { return Gradient(weights: [], biases: []) }
    if let bug {
      return network.gradient(
        of: reduction == .perExample ? [passes[example - 1].pass] : passes.map(\.pass),
        reduction: reduction, under: bug.misconception)
    }
    guard reduction != .perExample else { return network.gradient(of: passes[example - 1].pass) }
    return network.gradient(of: passes.map(\.pass), reduction: reduction)
  }
}

// MARK: a wrong rule

extension State {
  /// δ of some neurons of a layer, as the engine with a bug has it.
  private mutating func misledBackward(
    _ misconception: Misconception, _ layer: Int, _ neurons: ClosedRange<Int>,
    _ computation: Computation
  ) {
    guard let network else { return }
    let misled = MisledLayer(
      layer, of: network, under: misconception, cost: cost,
      updated: updatedNetwork(misconception))
    for example in steppedExamples {
      for neuron in neurons {
        misled.backward(
          neuron: neuron, target: examples[example - 1].target, in: &passes[example - 1].pass)
      }
      passes[example - 1].progress = network.progress(after: computation, network.shape.sizes)
    }
  }

  /// The network after the update, for a misconception that takes its weights too early.
  private func updatedNetwork(_ misconception: Misconception) -> Network {
    guard var updated = network else { preconditionFailure("a pass has a network") }
    guard misconception == .staleWeights else { return updated }
    updated.update(by: reducedGradient, learningRate: rate, direction: direction)
    return updated
  }

  /// ∂c_n/∂z of each output n by itself, as the engine has it.
  func outputDeltas(_ example: Int, downTo layer: Int) -> [[Double]] {
    guard let network else { return [] }
    let (target, pass) = (examples[example - 1].target, passes[example - 1].pass)
    guard let bug else {
      return network.outputDeltas(cost: cost, target: target, pass: pass, downTo: layer)
    }
    return network.outputDeltas(
      cost: cost, target: target, pass: pass, downTo: layer, under: bug.misconception,
      updated: updatedNetwork(bug.misconception))
  }

  /// The network whose weights carry errors back from above a layer, as the engine has it.
  func errorNetwork(above layer: Int) -> Network? {
    guard let bug else { return network }
    return network?.misledAbove(
      layer, bug.misconception, updatedNetwork(bug.misconception))
  }

  /// The gradient of one example, as the engine has it.
  ///
  /// - Parameter delta: errors in place of the pass's own, for one output by itself.
  func exampleGradient(_ example: Int, delta: [Double]? = nil) -> Gradient {
    guard let network else { return Gradient(weights: [], biases: []) }
    var pass = passes[example - 1].pass
    if let delta { pass.delta = delta }
    return bug.map { network.gradient(of: pass, under: $0.misconception) }
      ?? network.gradient(of: pass)
  }
}

extension Network {
  /// Runs a layer, some of its neurons or the cost, and moves the progress of the example.
  fileprivate func perform(
    _ computation: Computation, _ sizes: [Int], _ cost: Cost, _ target: [Double],
    _ example: inout ExamplePass
  ) throws(NumericFault) {
    switch computation.stage {
    case .forward(let layer):
      guard let neurons = computation.neurons else { return }
      if neurons == 1...sizes[layer] {
        forward(layer: layer, in: &example.pass)
      } else {
        for neuron in neurons { forward(layer: layer, neuron: neuron, in: &example.pass) }
      }
    case .cost: try evaluateCost(cost, target: target, in: &example.pass)
    case .backward(let layer):
      guard let neurons = computation.neurons else { return }
      if neurons == 1...sizes[layer] {
        backward(layer: layer, cost: cost, target: target, in: &example.pass)
      } else {
        for neuron in neurons {
          backward(layer: layer, neuron: neuron, cost: cost, target: target, in: &example.pass)
        }
      }
    case .update: return
    }
    example.progress = progress(after: computation, sizes)
  }

  fileprivate func progress(after computation: Computation, _ sizes: [Int]) -> Progress {
    switch computation.stage {
    case .forward(let layer), .backward(let layer):
      if let done = computation.neurons?.upperBound, done < sizes[layer] {
        return Progress(next: computation.stage, neuronsDone: done)
      }
    case .cost, .update: break
    }
    return Progress(next: computation.stage.following(last: sizes.count - 1) ?? .forward(1))
  }
}
