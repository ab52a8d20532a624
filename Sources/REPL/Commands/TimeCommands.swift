import Backprop
import IndexNotation

// Any moment again, exactly.

extension Session {
  private func place(_ words: String) -> [Line] {
    let moment = timeline.current + 1
    let left = "moment \(moment) of \(timeline.count)\(words)"
    let next = "next: \(nextStep.words())"
    let width = display.effectiveWidth
    guard left.count + next.count + 2 <= width else {
      return Wrapping.lines(left, width: width) + Wrapping.lines(next, width: width)
    }
    return [Line(Columns80.edges(left, next, width: width))]
  }

  private func afterWords() -> String {
    guard timeline.current >= 0 else { return "" }
    let name = timeline.moments[timeline.current].name
    return ", after \(name.count > 24 ? name.prefix(22) + "…" : name[...])"
  }

  /// Recordings begin with the first command that changed a number.
  private func checkMoments(_ arguments: Arguments) throws(CommandError) {
    guard timeline.count > 0 else { throw Session.noNetwork(at: arguments.commandColumns) }
  }

  mutating func back(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkMoments(arguments)
    try expectNumber(
      arguments, "is no number of moments",
      "back 2 goes two moments back; goto N goes to moment N of show history")
    try arguments.expectAtMost(1, usage: "back [N]")
    let count =
      try arguments.words.first.map { word throws(CommandError) in
        try Typed.count(word)
      } ?? 1
    guard timeline.current - count >= 0 else {
      throw CommandError(
        timeline.current == 0
          ? "this is the first moment"
          : "\(timeline.current == 1 ? "only 1 moment lies" : "only \(timeline.current) moments lie") before this one",
        at: arguments.words.first?.columns ?? arguments.commandColumns,
        advice: timeline.current == 0 ? "step goes on" : "type: goto 1")
    }
    timeline.go(to: timeline.current - count)
    restore()
    return place(afterWords())
  }

  /// A place in words, as `backward 1`, is no number.
  private func expectNumber(
    _ arguments: Arguments, _ fault: String, _ advice: String
  ) throws(CommandError) {
    guard let first = arguments.words.first, first.text.first?.isLetter == true else { return }
    throw CommandError(
      "'\(Shown.text(arguments.rest.trimmed))' \(fault)", at: arguments.whole, advice: advice)
  }

  mutating func goto(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkMoments(arguments)
    try expectNumber(
      arguments, "is no number of a moment",
      "the moments are numbered 1 to \(timeline.count); show history lists them")
    try arguments.expectAtMost(1, usage: "goto N")
    guard let word = arguments.words.first else {
      throw CommandError(
        "goto needs a moment", at: arguments.end, advice: "the moments are 1 to \(timeline.count)")
    }
    let number = try Typed.count(word, advice: "the moments are 1 to \(timeline.count)")
    guard number <= timeline.count else {
      throw CommandError("the moments are 1 to \(timeline.count)", at: word.columns)
    }
    timeline.go(to: number - 1)
    restore()
    return place(afterWords())
  }

  mutating func restart(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "restart")
    try checkReady(arguments)
    state.rewind(to: .forward(1))
    record("restart")
    return lines(["back before forward 1, at the present weights; next: \(nextStep.words())"])
  }

  mutating func undo(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "undo")
    let notes = NotesInUse(state)
    guard timeline.undo() else {
      throw CommandError("nothing to undo", at: arguments.commandColumns)
    }
    restore()
    return returned(from: notes)
  }

  mutating func redo(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "redo")
    let notes = NotesInUse(state)
    guard timeline.redo() else {
      throw CommandError("nothing to redo", at: arguments.commandColumns)
    }
    restore()
    return returned(from: notes)
  }

  /// Where undo and redo lead; before the first moment only the notes can have changed.
  private func returned(from notes: NotesInUse) -> [Line] {
    guard timeline.current < 0 else { return place(afterWords()) }
    guard notes != NotesInUse(state) else { return place(", before the first") }
    return lines(["\(document.id): \(plain(document.speaking))"])
  }

  /// Numbered and named moments, the one on screen marked.
  package func history() -> [Line] {
    guard timeline.count > 0 else { return ["no moments yet; they begin with a network"] }
    let shown = max(0, timeline.count - 200)
    var lines: [Line] = []
    if shown > 0 { lines.append(Line("moments 1 to \(shown) are not listed; goto reaches them")) }
    for (index, moment) in timeline.moments.enumerated().dropFirst(shown) {
      let mark = index == timeline.current ? (display.ascii ? "->" : " →") : "  "
      var text = "\(mark) \(Columns80.right(String(index + 1), 4))  \(moment.name)"
      if moment.computation?.stage == .cost,
        let source = StoredPass(
          moment.state, digits: display.effectiveDigits, ascii: display.ascii),
        let cost = try? source.value(of: .cost, example: moment.state.example)
      {
        text = Columns80.left(text, 34) + "\(costSymbol) = \(self.text(cost))"
      }
      lines.append(Line(text))
    }
    return lines
  }

  // MARK: training

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
    guard var network = state.network else { throw Session.noNetwork() }
    let costBefore = batchCost(of: network)
    let showProgress = showProgress
    let isInterrupted = isInterrupted
    var asked = 0
    let isOnline = state.reduction == .perExample
    let total: Int
    var first = 0
    switch extent {
    case .steps(let count):
      total = count
      if isOnline { first = state.example - 1 }
    case .epochs(let count):
      total = count * (isOnline ? state.examples.count : 1)
    }
    let training = network.train(
      extent, on: state.examples, from: first, cost: state.cost, reduction: state.reduction,
      direction: state.direction, learningRate: state.rate
    ) { _, steps in
      asked += 1
      if asked % 250 == 0 {
        showProgress?("  step \(steps) of \(total)   \(steps * 100 / max(1, total)) %")
      }
      return !isInterrupted()
    }
    usedProgress = asked >= 250 && showProgress != nil
    state.network = network
    if isOnline, case .steps = extent {
      state.example = (first + training.steps) % state.examples.count + 1
    }
    state.resetPasses()
    let after = batchCost(of: network)
    let name = "train \(training.steps) \(training.steps == 1 ? "step" : "steps")"
    if training.steps > 0 { record(name) }
    var right = ""
    if let after {
      right = "\(costSymbol) = "
      if let costBefore { right += "\(text(costBefore)) \(display.ascii ? "->" : "→") " }
      right += text(after)
    }
    switch training.end {
    case .finished:
      return Wrapping.edges(name, right, width: display.effectiveWidth)
    case .interrupted:
      let left = "stopped at step \(training.steps), a whole step"
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
