/// What a run of training did and why it ended.
package struct Training: Equatable, Sendable {
  /// How long to train.
  package enum Extent: Equatable, Sendable {
    /// Times through all examples.
    case epochs(Int)
    /// Updates.
    case steps(Int)

    package var isEpochs: Bool {
      switch self {
      case .epochs: true
      case .steps: false
      }
    }

    /// Updates in all, saturating.
    package func updates(perEpoch: Int) -> Int {
      switch self {
      case .steps(let count): return count
      case .epochs(let count):
        let steps = count.multipliedReportingOverflow(by: perEpoch)
        return steps.overflow ? .max : steps.partialValue
      }
    }
  }

  /// Why the run ended. A step that fails is not applied: the parameters are those before it.
  package enum End: Equatable, Sendable {
    case finished
    /// The `while` closure said stop; `steps` updates are done and nothing is half done.
    case interrupted
    /// Step `steps + 1` met a cost that is not finite; examples count from 1.
    case nonFiniteCost(Double, example: Int)
    /// Step `steps + 1` leads to a weight or bias that is not finite.
    case nonFiniteParameter
    /// Step `steps + 1` asks for a value that does not exist.
    case fault(NumericFault, example: Int)
  }

  /// Updates done.
  package let steps: Int
  /// The cost of each example when it was last seen, just before its update; nil if never.
  package let costs: [Double?]
  /// The cost of the last step done: of its example, or of the batch after the reduction.
  package let cost: Double?
  package let end: End

  package init(steps: Int, costs: [Double?] = [], cost: Double? = nil, end: End) {
    (self.steps, self.costs, self.cost, self.end) = (steps, costs, cost, end)
  }
}

extension Network {
  /// Trains by the same arithmetic as stepping, to the last bit.
  ///
  /// `perExample`: the online loop, each example in turn from `first` on, counted from 0, at the
  /// weights it finds, an update each. `sum`, `mean`: one update an epoch along the reduced
  /// gradient. `proceed` is asked about every quarter of a millisecond, or with `eachStep` after
  /// each update, with the present network and the number of updates done.
  @discardableResult
  package mutating func train(
    _ extent: Training.Extent, on examples: [Example], from first: Int = 0, cost: Cost,
    reduction: Reduction, direction: Direction, learningRate: Double, eachStep: Bool = false,
    while proceed: (Network, Int) -> Bool = { _, _ in true }
  ) -> Training {
    guard !examples.isEmpty else {
      return Training(steps: 0, end: .finished)
    }
    var trainer = Trainer(
      shape: shape, examples: examples, first: first, cost: cost, reduction: reduction,
      eta: direction.signed(learningRate), eachStep: eachStep)
    let goal = extent.updates(perEpoch: reduction == .perExample ? examples.count : 1)
    return trainer.run(&self, goal: goal, while: proceed)
  }
}
