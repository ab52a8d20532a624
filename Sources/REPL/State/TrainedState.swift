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
    guard var network else { return Training(steps: 0, end: .finished) }
    let training = network.train(
      .steps(steps), on: examples, from: example - 1, cost: cost, reduction: reduction,
      direction: direction, learningRate: rate, eachStep: eachStep, while: proceed)
    self.network = network
    if reduction == .perExample { example = exampleInTurn(after: training.steps) }
    return training
  }

  /// The example in view after so many updates of the online loop.
  func exampleInTurn(after steps: Int) -> Int {
    reduction == .perExample ? (example - 1 + steps) % max(1, examples.count) + 1 : example
  }
}
