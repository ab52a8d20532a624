import Backprop
import IndexNotation

// `train N [epochs|steps]`: the update rule many times.

extension Session {
  mutating func train(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(2, usage: "train N [steps]")
    try checkReady(arguments)
    guard let word = arguments.words.first else {
      throw CommandError(
        "train needs how many epochs", at: arguments.end,
        advice: "as in: train 100, or: train 100 steps")
    }
    let count = try Typed.count(word)
    var extent = Training.Extent.epochs(count)
    if arguments.words.count == 2 {
      let unit = arguments.words[1]
      switch unit.text {
      case "steps", "step": extent = .steps(count)
      case "epochs", "epoch": break
      default:
        throw CommandError(
          "'\(Shown.text(unit.text))' is no unit of training", at: unit.columns,
          advice: "as in: train 100 epochs, or: train 100 steps")
      }
    }
    return try train(extent, arguments)
  }

  private mutating func train(
    _ extent: Training.Extent, _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    guard let network = state.network else { throw Session.noNetwork() }
    let costBefore = batchCost(of: network)
    var lookout = Lookout(self, inTraining: true)
    let holding = lookout.holdingNumbers
    let before = diagnosesNow()
    let first = timeline.current + 1
    let (training, hits) = train(extent, &lookout)
    let diagnoses =
      training.steps > 0 ? diagnoses(ofTraining: before, first...timeline.current) : []
    let name = "train \(training.steps) \(training.steps == 1 ? "step" : "steps")"
    var right = ""
    if let after = state.network.flatMap({ batchCost(of: $0) }) {
      right = "\(costSymbol) = "
      if let costBefore { right += "\(text(costBefore)) \(display.ascii ? "->" : "→") " }
      right += text(after)
    }
    guard hits.isEmpty else {
      return Wrapping.edges(name, right, width: display.effectiveWidth)
        + diagnoses + hitLines(hits, at: "step \(training.steps), moment \(timeline.current + 1)")
    }
    let notes = holding.map {
      "stop \($0) held before the first step, and did not come to hold again"
    }
    return answer(training, name, right) + diagnoses + notes.flatMap { lines([$0]) }
  }

  private func answer(_ training: Training, _ name: String, _ right: String) -> [Line] {
    switch training.end {
    case .finished:
      return Wrapping.edges(name, right, width: display.effectiveWidth)
    case .interrupted:
      let left = "stopped at step \(training.steps), a whole step; back goes on from here"
      return Wrapping.edges(left, right, width: display.effectiveWidth)
    case .nonFiniteCost(let cost, let example):
      return stopped(training.steps, "the cost is \(text(cost)) at example \(example)")
    case .nonFiniteParameter:
      return stopped(training.steps, "a weight would not be finite")
    case .fault(let fault, let example):
      let error = faultError(ComputationFault(fault: fault, example: example))
      return stopped(training.steps, error.message)
    }
  }

  /// Trains and records each update as a moment.
  private mutating func train(
    _ extent: Training.Extent, _ lookout: inout Lookout
  ) -> (Training, [Lookout.Hit]) {
    let isOnline = state.reduction == .perExample
    let first: MomentKind
    switch extent {
    case .epochs: first = .firstOfEpochs
    case .steps: first = .firstOfSteps
    }
    let total = extent.updates(perEpoch: isOnline ? state.examples.count : 1)
    let before = state
    state.beginTraining(fromFirst: first == .firstOfEpochs)
    let start = state
    var recorder = timeline.recorder(start)
    let showProgress = showProgress
    let isInterrupted = isInterrupted
    var asked = 0
    let eachStep = !lookout.isEmpty
    var hits: [Lookout.Hit] = []
    let session = self
    let training = state.trainOn(steps: total, eachStep: eachStep) { network, steps in
      asked += 1
      if !eachStep || asked % 200 == 0 { recorder.keep(network, steps) }
      if eachStep, steps > 0 {
        hits = session.hits(&lookout, recorder.state(network, steps), steps)
        if !hits.isEmpty { return false }
      }
      if asked % 1000 == 0 {
        showProgress?("  step \(steps) of \(total)   \(steps * 100 / max(1, total)) %")
      }
      return !isInterrupted()
    }
    usedProgress = asked >= 1000 && showProgress != nil
    guard training.steps > 0 else {
      state = before
      return (training, [])
    }
    if let network = state.network { recorder.keep(network, training.steps) }
    if eachStep, hits.isEmpty, training.steps == total, let network = state.network {
      // Asked before each step, not behind the last.
      hits = session.hits(&lookout, recorder.state(network, total), total)
    }
    timeline.append(training: first, steps: training.steps, recorder.checkpoints)
    return (training, hits)
  }

  /// Stops met by the pass at the weights that an update has led to.
  private func hits(_ lookout: inout Lookout, _ state: State, _ step: Int) -> [Lookout.Hit] {
    guard let completed = try? state.completed() else { return [] }
    return lookout.look(self, at: completed, isCompleted: true, after: .trained(step))
  }

  private func stopped(_ steps: Int, _ reason: String) -> [Line] {
    Wrapping.lines(
      "stopped after step \(steps): \(reason); the last good weights are kept. Try a smaller rate",
      width: display.effectiveWidth
    ).map { Line($0.text, .warning) }
  }

  /// The cost over all examples at given weights, or nil if it has none.
  func batchCost(of network: Network) -> Double? {
    var sum = 0.0
    for example in state.examples {
      var pass = Pass(shape: network.shape, input: example.input)
      network.forward(in: &pass)
      do throws(NumericFault) {
        try network.evaluateCost(state.cost, target: example.target, in: &pass)
      } catch {
        return nil
      }
      sum += pass.cost
    }
    let isMean = state.reduction != .sum
    return isMean ? sum / Double(max(1, state.examples.count)) : sum
  }
}
