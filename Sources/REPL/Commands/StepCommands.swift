import Backprop
import IndexNotation
import LectureNotes

// Moving through a pass: step, forward, backward, run, update, and back again.

extension Session {
  /// The extent of one `step`.
  package enum StepExtent: String, CaseIterable { case layer, neuron, pass, all }

  /// A network and examples are needed before anything can be computed.
  func checkReady(_ arguments: Arguments) throws(CommandError) {
    guard state.passes.isEmpty else { return }
    guard let network = state.network else {
      throw Session.noNetwork(at: arguments.commandColumns)
    }
    throw CommandError(
      "no example yet", at: arguments.commandColumns,
      advice: "type: \(network.shape.dataExample)")
  }

  /// Carries out and records the next computation.
  mutating func advanced(byNeuron: Bool = false) throws(CommandError) -> Computation {
    let computation: Computation
    do throws(ComputationFault) {
      computation = try advance(byNeuron: byNeuron)
    } catch {
      throw faultError(error)
    }
    if computation.stage == .update, state.network?.isFinite == false {
      throw CommandError(
        "a weight would not be finite after this update",
        advice: "try a smaller rate, or look at the gradient: show gradient")
    }
    return computation
  }

  /// Carries out one computation, records it, and returns what it prints, with the stops it meets.
  mutating func computed(
    byNeuron: Bool = false, showsAllTerms: Bool = false, _ lookout: inout Lookout?
  ) throws(CommandError) -> (lines: [Line], isStopped: Bool) {
    let before = display.detail == .brief ? nil : state
    let computation = try advanced(byNeuron: byNeuron)
    // By itself: among the arguments of another call it would have the session copied.
    let moment = moment(after: computation)
    var lines = report(moment, before: before, showsAllTerms: showsAllTerms)
    // A layer is looked over when its last neuron is done.
    if state.progress.neuronsDone == 0 { lines += diagnoses(after: computation.stage) }
    // Apart, for a call with the session as its argument copies it.
    guard lookout != nil else { return (lines, false) }
    let hits = hits(&lookout, after: computation)
    return (lines + hitLines(hits), !hits.isEmpty)
  }

  private func hits(_ lookout: inout Lookout?, after computation: Computation) -> [Lookout.Hit] {
    lookout?.look(self, at: state, after: .computation(computation)) ?? []
  }

  func faultError(_ fault: ComputationFault) -> CommandError {
    switch fault.fault {
    case .logOfNegative(let argument, let output):
      return CommandError(
        "log of \(text(argument)) at output \(output), example \(fault.example)",
        advice:
          "the cost \(state.cost.rawValue) needs outputs between 0 and 1; activation \(state.network?.shape.last ?? 1) sigmoid keeps them there"
      )
    }
  }

  /// What the computation of a moment prints, in the document and detail in force.
  ///
  /// - Parameter before: the state it started from; a brief step reads none.
  package func report(
    _ moment: Moment, before: State?, showsAllTerms: Bool = false
  ) -> [Line] {
    switch display.detail {
    case .full:
      var display = display
      display.showsAllTerms = showsAllTerms
      return fullSteps.lines(of: moment, before: before ?? moment.state, document, display)
    case .brief: return briefSteps.lines(of: moment, document, display)
    }
  }

  /// The step that led to the moment on screen, printed again.
  package func presentStep() -> [Line] {
    let current = presentMoment
    guard current >= 1, let step = timeline.step(at: current) else { return [] }
    return report(Moment(step.after, step.computation), before: step.before)
  }

  mutating func step(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    var count = 1
    var extent = StepExtent.layer
    var words = arguments.words[...]
    if let first = words.first, first.text.first.map({ $0.isNumber || "-−.".contains($0) }) == true
    {
      count = try Typed.count(first, advice: "back goes backwards")
      words = words.dropFirst()
    }
    if let word = words.first {
      guard let named = StepExtent(rawValue: word.text) else {
        if arguments.words.count == 1 {
          throw CommandError(
            "step needs a whole number, or layer, neuron, pass, all", at: word.columns,
            advice: "as in: step 3, or: step neuron")
        }
        extent = try Typed.choice(word, "step")
        return []
      }
      extent = named
      words = words.dropFirst()
    }
    if let extra = words.first {
      throw CommandError(
        "unexpected '\(Shown.text(extra.text))'", at: extra.columns,
        advice: "usage: step [N] [layer|neuron|pass|all]")
    }
    return try steps(count, extent)
  }

  mutating func steps(_ count: Int, _ extent: StepExtent) throws(CommandError) -> [Line] {
    var lookout = stops.canStop ? Lookout(self) : nil
    var lines: [Line] = []
    var dropped = 0
    for number in 0..<count {
      if number > 0, isInterrupted() {
        lines.append(Line("stopped after \(number) of \(count) steps", .warning))
        break
      }
      if number > 0 {
        lines += displayed()
        if display.detail == .full { lines.append(.blank) }
      }
      let (step, isStopped) = try oneStep(extent, &lookout)
      if count == 1 { return step }
      lines += step
      if isStopped { break }
      if lines.count > 200_000 {
        lines.removeFirst(100_000)
        dropped += 100_000
      }
    }
    guard dropped > 0 else { return lines }
    return [Line("the first \(dropped) lines of these steps are left out", .warning)] + lines
  }

  private mutating func oneStep(
    _ extent: StepExtent, _ lookout: inout Lookout?
  ) throws(CommandError) -> (lines: [Line], isStopped: Bool) {
    switch extent {
    case .layer:
      let warning = warningOfZeros()
      let (lines, isStopped) = try computed(&lookout)
      return (warning.isEmpty ? lines : warning + lines, isStopped)
    case .all: return try computed(showsAllTerms: true, &lookout)
    case .neuron: return try computed(byNeuron: true, &lookout)
    case .pass:
      var lines: [Line] = []
      repeat {
        let (step, isStopped) = try computed(&lookout)
        lines += step
        if isStopped { return (lines, true) }
        if state.next != .forward(1) {
          lines += displayed()
          if display.detail == .full { lines.append(.blank) }
        }
      } while state.next != .forward(1)
      return (lines, false)
    }
  }

  /// The first step of a network whose weights are all 0 says so.
  private func warningOfZeros() -> [Line] {
    guard state.next == .forward(1), state.progress.neuronsDone == 0, timeline.count <= 64,
      state.network?.weights.allSatisfy({ $0 == 0 }) == true
    else { return [] }
    return lines([
      "all weights are 0, so every neuron of a layer will be alike; set them or type: init xavier"
    ]).map { Line($0.text, .warning) }
  }
}
