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
      advice: "type: \(NextStep.dataExample(network.shape))")
  }

  /// Carries out one computation, records it, and returns what it prints.
  mutating func computed(
    byNeuron: Bool = false, showsAllTerms: Bool = false, silently: Bool = false
  ) throws(CommandError) -> [Line] {
    let before = checkpoint
    do throws(ComputationFault) {
      try advance(byNeuron: byNeuron)
    } catch {
      throw faultError(error)
    }
    guard !silently else { return [] }
    return report(checkpoint, before: before.state, showsAllTerms: showsAllTerms)
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
      guard let computation = moment.computation else { return [] }
      var display = display
      display.showsAllTerms = showsAllTerms
      let report = StepReport(
        computation, before: before(), after: moment.state, document: document, display: display)
      return report?.lines() ?? []
    case .brief: return briefSteps.lines(of: moment, document, display)
    }
  }

  /// The step that led to the moment on screen, printed again.
  package func presentStep() -> [Line] {
    let current = presentMoment
    guard current >= 1 else { return [] }
    return report(timeline.moments[current], before: timeline.moments[current - 1].state)
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

  private mutating func steps(_ count: Int, _ extent: StepExtent) throws(CommandError) -> [Line] {
    var lines: [Line] = []
    for number in 0..<count {
      if isInterrupted() {
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
  private mutating func warned(
    _ body: (inout Session) throws(CommandError) -> [Line]
  ) throws(CommandError) -> [Line] {
    let isFirst =
      state.next == .forward(1) && state.progress.neuronsDone == 0
      && timeline.moments.count <= 64
    let allZero = isFirst && (state.network?.weights.allSatisfy { $0 == 0 } ?? false)
    let lines = try body(&self)
    guard allZero else { return lines }
    return [
      Line(
        "all weights are 0, so every neuron of a layer will be alike; set them or type: init xavier",
        .warning)
    ] + lines
  }

  // MARK: phases

  /// Runs to the end of a phase and answers in one row.
  mutating func runPhase(
    _ arguments: Arguments, until isDone: (Stage) -> Bool
  ) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    let costBefore = previousCost()
    var stages: [Stage] = []
    while !isDone(state.next) {
      stages.append(state.next)
      _ = try computed(silently: true)
      if isInterrupted() { break }
    }
    return [summary(stages, costBefore)]
  }

  private func previousCost() -> Double? {
    let present = presentMoment
    guard state.next == .forward(1), present >= 1 else { return nil }
    let before = timeline.moments[present - 1].state
    guard case .update? = timeline.moments[present].computation?.stage,
      let reading = try? reading(of: before)
    else { return nil }
    return try? reading.source.value(of: .totalCost, example: before.example)
  }

  func reading(of state: State) throws(CommandError) -> Reading<StoredPass> {
    guard
      let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii)
    else { throw Session.noNetwork() }
    return Reading(document, source, level: .batch)
  }

  /// `forward 1, 2 · cost · backward 2, 1        C = 0.298371`.
  func summary(_ stages: [Stage], _ costBefore: Double?) -> Line {
    var groups: [(String, [Int])] = []
    for stage in stages {
      switch stage {
      case .forward(let layer): Session.add(layer, "forward", &groups)
      case .backward(let layer): Session.add(layer, "backward", &groups)
      case .cost: groups.append(("cost", []))
      case .update: groups.append(("update", []))
      }
    }
    let left = groups.map { group in
      let (name, layers) = group
      guard layers.count > 8 else {
        return layers.isEmpty ? name : "\(name) \(layers.map(String.init).joined(separator: ", "))"
      }
      return "\(name) \(layers[0]) to \(layers[layers.count - 1])"
    }.joined(separator: display.ascii ? "; " : " · ")
    var right = ""
    if let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii),
      let cost = try? source.value(of: .totalCost, example: state.example)
    {
      right = "\(costSymbol) = "
      if let costBefore { right += "\(text(costBefore)) \(display.ascii ? "->" : "→") " }
      right += text(cost)
    }
    if left.isEmpty {
      return Line("nothing left to do here; next: \(nextStep.words())")
    }
    return Line(Columns80.edges(left, right, width: display.effectiveWidth))
  }

  private static func add(_ layer: Int, _ name: String, _ groups: inout [(String, [Int])]) {
    if groups.last?.0 == name {
      groups[groups.count - 1].1.append(layer)
    } else {
      groups.append((name, [layer]))
    }
  }

  /// The letter of the cost that a summary speaks of.
  package var costSymbol: String {
    let isOfAll = state.examples.count > 1 && state.reduction != .perExample
    if let facts = state.facts {
      for kind in [Target.Kind.batchCost, .cost] where isOfAll || kind == .cost {
        guard
          let citation = document.citation(
            of: Target(kind: kind, layer: facts.shape.last), facts: facts),
          case .reference(let reference)? = try? document.relation(citation.main).left
        else { continue }
        return document.renderer.name(reference.name, script)
      }
    }
    return document.renderer.name(document.symbolName(of: .totalCost), script)
  }

  // MARK: whole commands

  mutating func forward(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "forward")
    try checkReady(arguments)
    switch state.next {
    case .forward, .cost: break
    case .backward, .update:
      throw CommandError(
        "forward is done already", at: arguments.commandColumns,
        advice: "type: backward, or restart to begin again")
    }
    return try runPhase(arguments) {
      switch $0 {
      case .forward, .cost: return false
      case .backward, .update: return true
      }
    }
  }

  mutating func backward(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "backward")
    try checkReady(arguments)
    switch state.next {
    case .forward, .cost:
      throw CommandError(
        "nothing to go back from: the cost is not known yet", at: arguments.commandColumns,
        advice: "type: forward")
    case .update:
      throw CommandError(
        "backward is done already", at: arguments.commandColumns, advice: "type: update")
    case .backward: break
    }
    return try runPhase(arguments) { $0 == .update }
  }

  mutating func run(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "run")
    try checkReady(arguments)
    guard state.reduction == .perExample, state.examples.count > 1 else {
      return try runPhase(arguments) { $0 == .update }
    }
    let inView = state.example
    for example in 1...state.examples.count where example != inView {
      state.example = example
      while state.next != .update { _ = try computed(silently: true) }
    }
    state.example = inView
    let line = try runPhase(arguments) { $0 == .update }
    return line
      + lines(["every example has run at the present weights; example \(inView) is in view"])
  }

  mutating func update(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "update")
    try checkReady(arguments)
    guard state.next == .update else {
      throw CommandError(
        "no gradient to follow yet: next is \(state.next.words)", at: arguments.commandColumns,
        advice: "type: run, then: update")
    }
    return try computed()
  }

  mutating func until(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    guard let first = arguments.words.first else {
      throw CommandError(
        "until needs a place to stop", at: arguments.end,
        advice: "as in: until backward 1, until cost, until update")
    }
    try arguments.expectAtMost(2, usage: "until forward N | cost | backward N | update")
    let goal = try place(first, arguments)
    var stages: [Stage] = []
    while state.next != goal || stages.isEmpty {
      if stages.isEmpty, state.next == goal { break }
      stages.append(state.next)
      _ = try computed(silently: true)
      if isInterrupted() || stages.count > 2 * Shape.layerLimit + 4 { break }
    }
    if stages.isEmpty {
      return [Line("already there; next: \(nextStep.words())")]
    }
    return [summary(stages, nil)]
  }

  private func place(_ word: Word, _ arguments: Arguments) throws(CommandError) -> Stage {
    guard let last = state.network?.shape.last else { throw Session.noNetwork() }
    switch word.text {
    case "cost", "update":
      try arguments.expectAtMost(1, usage: "until \(word.text)")
      return word.text == "cost" ? .cost : .update
    case "forward", "backward":
      guard arguments.words.count == 2 else {
        throw CommandError(
          "\(word.text) needs its layer", at: arguments.end, advice: "as in: until \(word.text) 1")
      }
      let layer = try Typed.count(arguments.words[1])
      guard layer <= last else {
        throw CommandError(
          "there is no layer \(layer); the layers are 1 to \(last)", at: arguments.words[1].columns)
      }
      return word.text == "forward" ? .forward(layer) : .backward(layer)
    default:
      throw CommandError(
        "'\(Shown.text(word.text))' is no place in a pass", at: word.columns,
        advice: "places: forward N, cost, backward N, update")
    }
  }
}
