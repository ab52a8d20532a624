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

  /// Carries out one computation, records it, and returns what it prints.
  mutating func computed(
    byNeuron: Bool = false, showsAllTerms: Bool = false, silently: Bool = false
  ) throws(CommandError) -> [Line] {
    let before = silently || display.detail == .brief ? nil : state
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
    guard !silently else { return [] }
    return report(
      moment(after: computation), before: before ?? state, showsAllTerms: showsAllTerms)
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
  package func report(
    _ moment: Moment, before: @autoclosure () -> State, showsAllTerms: Bool = false
  ) -> [Line] {
    switch display.detail {
    case .full:
      var display = display
      display.showsAllTerms = showsAllTerms
      return fullSteps.lines(of: moment, before: before(), document, display)
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
    var lines: [Line] = []
    for number in 0..<count {
      if number > 0, isInterrupted() {
        lines.append(Line("stopped after \(number) of \(count) steps", .warning))
        break
      }
      if number > 0, display.detail == .full { lines.append(.blank) }
      switch extent {
      case .layer:
        let step = try warned { session throws(CommandError) in try session.computed() }
        if count == 1 { return step }
        lines += step
      case .all: lines += try computed(showsAllTerms: true)
      case .neuron: lines += try computed(byNeuron: true)
      case .pass:
        repeat {
          lines += try computed()
          if state.next != .forward(1), display.detail == .full { lines.append(.blank) }
        } while state.next != .forward(1)
      }
      if lines.count > 200_000 { lines.removeFirst(100_000) }
    }
    return lines
  }

  /// The first step of a network whose weights are all 0 says so.
  mutating func warned(
    _ body: (inout Session) throws(CommandError) -> [Line]
  ) throws(CommandError) -> [Line] {
    let isFirst =
      state.next == .forward(1) && state.progress.neuronsDone == 0
      && timeline.count <= 64
    let allZero = isFirst && (state.network?.weights.allSatisfy { $0 == 0 } ?? false)
    let lines = try body(&self)
    guard allZero else { return lines }
    let warning = Wrapping.lines(
      "all weights are 0, so every neuron of a layer will be alike; set them or type: init xavier",
      width: display.effectiveWidth)
    return warning.map { Line($0.text, .warning) } + lines
  }
}
