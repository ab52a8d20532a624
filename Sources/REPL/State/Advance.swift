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
  package var steppedExamples: [Int] {
    guard !examples.isEmpty else { return [] }
    return reduction == .perExample ? [example] : Array(1...examples.count)
  }

  /// Carries out the next computation, a layer or one neuron of it.
  package mutating func advance(byNeuron: Bool) throws(ComputationFault) -> Computation {
    let computation = nextComputation(byNeuron: byNeuron)
    try perform(computation)
    return computation
  }

  private func nextComputation(byNeuron: Bool) -> Computation {
    let progress = progress
    guard let shape = network?.shape else { return Computation(stage: progress.next) }
    switch progress.next {
    case .forward(let layer), .backward(let layer):
      let first = progress.neuronsDone + 1
      return Computation(
        stage: progress.next, neurons: first...(byNeuron ? first : shape.sizes[layer]))
    case .cost, .update: return Computation(stage: progress.next)
    }
  }

  /// Carries out a computation on every example it acts on.
  package mutating func perform(_ computation: Computation) throws(ComputationFault) {
    guard network != nil else { return }
    if computation.stage == .update {
      update()
      return
    }
    for example in steppedExamples { try perform(computation, example) }
  }

  private mutating func perform(
    _ computation: Computation, _ example: Int
  ) throws(ComputationFault) {
    guard let network else { return }
    let target = examples[example - 1].target
    let last = network.shape.last
    switch computation.stage {
    case .forward(let layer):
      run(computation, layer, example) { neuron, pass in
        if let neuron {
          network.forward(layer: layer, neuron: neuron, in: &pass)
        } else {
          network.forward(layer: layer, in: &pass)
        }
      }
    case .cost:
      do throws(NumericFault) {
        try network.evaluateCost(cost, target: target, in: &passes[example - 1].pass)
      } catch {
        throw ComputationFault(fault: error, example: example)
      }
      passes[example - 1].progress = Progress(next: .backward(last))
    case .backward(let layer):
      let cost = cost
      run(computation, layer, example) { neuron, pass in
        if let neuron {
          network.backward(layer: layer, neuron: neuron, cost: cost, target: target, in: &pass)
        } else {
          network.backward(layer: layer, cost: cost, target: target, in: &pass)
        }
      }
    case .update: break
    }
  }

  /// Runs a layer's neurons and moves the progress of the example.
  private mutating func run(
    _ computation: Computation, _ layer: Int, _ example: Int,
    _ body: (Int?, inout Pass) -> Void
  ) {
    guard let shape = network?.shape, let neurons = computation.neurons else { return }
    let place = example - 1
    let size = shape.sizes[layer]
    if neurons == 1...size {
      body(nil, &passes[place].pass)
    } else {
      for neuron in neurons { body(neuron, &passes[place].pass) }
    }
    if neurons.upperBound == size, let next = computation.stage.following(last: shape.last) {
      passes[place].progress = Progress(next: next)
    } else {
      passes[place].progress = Progress(
        next: computation.stage, neuronsDone: neurons.upperBound)
    }
  }

  private mutating func update() {
    guard network != nil else { return }
    let gradient = reducedGradient
    network?.update(by: gradient, learningRate: rate, direction: direction)
    for index in passes.indices { passes[index].progress = .start }
  }

  /// The gradient an update follows: of all examples by the reduction, else of the one in view.
  package var reducedGradient: Gradient {
    guard let network else { return Gradient(weights: [], biases: []) }
    guard reduction != .perExample else { return network.gradient(of: passes[example - 1].pass) }
    return network.gradient(of: passes.map(\.pass), reduction: reduction)
  }
}
