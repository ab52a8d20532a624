import Backprop

// Updates one after another, as `train` does them: the same bits as stepping.

extension State {
  /// Every pass at its start, and with `fromFirst` the first example in view.
  mutating func beginTraining(fromFirst: Bool) {
    if fromFirst, reduction == .perExample { example = 1 }
    resetPasses()
  }

  /// Carries out updates; passes stand at their start before and after.
  ///
  /// With one example at a time the next in turn comes into view.
  /// - Parameters:
  ///   - eachStep: whether `proceed` is asked after each update.
  ///   - proceed: asked about every quarter of a millisecond, with the present network and the
  ///     number of updates done.
  mutating func trainOn(
    steps: Int, eachStep: Bool = false,
    while proceed: (Network, Int) -> Bool = { _, _ in true }
  ) -> Training {
    guard var network, !examples.isEmpty else { return Training(steps: 0, end: .finished) }
    guard bug == nil else { return trainByStepping(steps, eachStep, while: proceed) }
    let training = network.train(
      .steps(steps), on: examples, from: example - 1, cost: cost, reduction: reduction,
      direction: direction, learningRate: rate, eachStep: eachStep, while: proceed)
    self.network = network
    if reduction == .perExample { example = exampleInTurn(after: training.steps) }
    return training
  }

  /// The same with a wrong rule, which only stepping knows.
  private mutating func trainByStepping(
    _ steps: Int, _ eachStep: Bool, while proceed: (Network, Int) -> Bool
  ) -> Training {
    let stride = eachStep ? 1 : max(1, CheckpointPace().work / max(1, stepWork))
    for done in 0..<steps {
      if done % stride == 0 {
        guard let network, proceed(network, done) else {
          return Training(steps: done, end: .interrupted)
        }
      }
      let before = self
      if let end = stepOnce() {
        self = before
        return Training(steps: done, end: end)
      }
      if reduction == .perExample { example = exampleInTurn(after: 1) }
    }
    return Training(steps: steps, end: .finished)
  }

  /// About the nanoseconds of a pass and its update.
  private var stepWork: Int { (2 * (network?.shape.last ?? 1) + 2) * computationWork }

  /// One whole pass and its update, every pass back at its start; why it has none.
  private mutating func stepOnce() -> Training.End? {
    var isUpdated = false
    while !isUpdated {
      do throws(ComputationFault) {
        isUpdated = try advance(byNeuron: false).stage == .update
      } catch {
        return .fault(error.fault, example: error.example)
      }
      if next == .backward(network?.shape.last ?? 1) {
        for number in steppedExamples where !passes[number - 1].pass.cost.isFinite {
          return .nonFiniteCost(passes[number - 1].pass.cost, example: number)
        }
      }
    }
    guard network?.isFinite == true else { return .nonFiniteParameter }
    resetPasses()
    return nil
  }

  /// The cost over all examples at the present weights, by passes of its own; nil if it has none.
  var wholeCost: Double? {
    guard let network else { return nil }
    var sum = 0.0
    for example in examples {
      var pass = Pass(shape: network.shape, input: example.input)
      network.forward(in: &pass)
      do throws(NumericFault) {
        try network.evaluateCost(cost, target: example.target, in: &pass)
      } catch {
        return nil
      }
      sum += pass.cost
    }
    return reduction == .sum ? sum : sum / Double(max(1, examples.count))
  }

  /// The example in view after so many updates of the online loop.
  func exampleInTurn(after steps: Int) -> Int {
    reduction == .perExample ? (example - 1 + steps) % max(1, examples.count) + 1 : example
  }
}
