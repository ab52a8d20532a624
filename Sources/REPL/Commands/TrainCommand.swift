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
    let costBefore = state.wholeCost
    var lookout = Lookout(self, inTraining: true)
    let holding = lookout.holdingNumbers
    let skipped = skippedNote(extent)
    let before = diagnosesNow()
    let first = timeline.current + 1
    let (training, hits) = train(extent, &lookout)
    let diagnoses =
      training.steps > 0 ? diagnoses(ofTraining: before, first...timeline.current) : []
    let name = trainingName(training.steps, inEpochs: extent.isEpochs, state)
    let right = costWords(wholeCostSymbol(state), costBefore, state.wholeCost)
    guard hits.isEmpty else {
      return Wrapping.edges(name, right, width: display.effectiveWidth)
        + diagnoses + hitLines(hits, at: "step \(training.steps), moment \(timeline.current + 1)")
    }
    let notes =
      holding.map { "stop \($0) held before the first step, and did not come to hold again" }
      + placeNotes + skipped
    return answer(training, name, right) + diagnoses + notes.flatMap { lines([$0]) }
  }

  /// `train 100 steps`; `train 3 epochs, 12 steps` where an epoch is several.
  func trainingName(_ steps: Int, inEpochs: Bool, _ state: State) -> String {
    let perEpoch = state.reduction == .perExample ? state.examples.count : 1
    guard inEpochs, perEpoch > 1, steps % perEpoch == 0 else {
      return "train \(count(steps, "step"))"
    }
    return "train \(count(steps / perEpoch, "epoch")), \(count(steps, "step"))"
  }

  /// An epoch of the online loop begins with the first example, wherever the pass stands.
  private func skippedNote(_ extent: Training.Extent) -> [String] {
    guard case .epochs = extent, state.reduction == .perExample, state.example > 1 else {
      return []
    }
    return [
      "an epoch begins with example 1; train N steps goes on with the example in view"
    ]
  }

  /// Places are none of training's.
  private var placeNotes: [String] {
    stops.list.compactMap { number, stop in
      guard case .place(let stage) = stop else { return nil }
      return "stop \(number) is a place, before \(stage.words); training comes to none"
    }
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
    let first: MomentKind
    switch extent {
    case .epochs: first = .firstOfEpochs
    case .steps: first = .firstOfSteps
    }
    let perEpoch = state.reduction == .perExample ? state.examples.count : 1
    let before = state
    state.beginTraining(fromFirst: first == .firstOfEpochs)
    var recorder = timeline.recorder(state)
    let (training, hits) = train(extent.updates(perEpoch: perEpoch), &recorder, &lookout)
    guard training.steps > 0, let network = state.network else {
      state = before
      return (training, [])
    }
    recorder.finish(network, training.steps)
    timeline.append(training: first, steps: training.steps, recorder)
    return (training, hits)
  }

  /// Up to `total` updates, offered to the recorder and looked over for stops.
  private mutating func train(
    _ total: Int, _ recorder: inout TrainingRecorder, _ lookout: inout Lookout
  ) -> (Training, [Lookout.Hit]) {
    let session = self
    let eachStep = !lookout.isEmpty
    // Asked after each update, about one offer in so many is due.
    let offered = eachStep ? 200 : 1
    var asked = 0
    var hits: [Lookout.Hit] = []
    let training = state.trainOn(steps: total, eachStep: eachStep) { network, steps in
      asked += 1
      if asked % offered == 0 { recorder.offer(network, steps) }
      if eachStep, steps > 0 {
        hits = session.hits(&lookout, recorder.state(network, steps), steps)
        if !hits.isEmpty { return false }
      }
      if asked % 1000 == 0 {
        session.showProgress?("  step \(steps) of \(total)   \(steps * 100 / max(1, total)) %")
      }
      return !session.isInterrupted()
    }
    usedProgress = asked >= 1000 && showProgress != nil
    if eachStep, hits.isEmpty, training.steps == total, let network = state.network {
      // Asked before each step, not behind the last.
      hits = session.hits(&lookout, recorder.state(network, total), total)
    }
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
}
