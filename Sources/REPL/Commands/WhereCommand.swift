import Backprop
import IndexNotation
import LectureNotes

// Where the pass stands, and which example is in view.

extension Session {
  mutating func whereabouts(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "where")
    guard let network = state.network else {
      return [
        Line("no network yet; next: \(nextStep.words())"), Line("document  \(document.id)"),
      ]
    }
    let last = network.shape.last
    var stages: [Stage] = []
    var stage: Stage? = .forward(1)
    while let current = stage {
      stages.append(current)
      stage = current.following(last: last)
    }
    if stages.count > 14 { stages = stages.filter { near($0, last) } }
    var line = "ready"
    for stage in stages {
      let mark =
        stage == state.next ? (display.ascii ? " > " : " ▸ ") : (display.ascii ? " - " : " · ")
      line += mark + stage.words
    }
    let shape = network.shape.sizes.map(String.init).joined(separator: "-")
    let rate = "\(symbol(.learningRate)) = \(NumberText.shortest(state.rate))"
    var cost = costFormula()
    if let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii),
      let value = try? source.value(of: .totalCost, example: state.example)
    {
      cost += " = \(text(value))"
    }
    let labels = NextStep.joined(nextStep.labels(state.next, state.facts ?? plainFacts(network)))
    let activations = network.activations.map(\.rawValue).joined(separator: ", ")
    let example =
      state.examples.isEmpty ? "none yet" : "\(state.example) of \(state.examples.count)"
    return Wrapping.lines(line, width: display.effectiveWidth)
      + lines([
        "network   \(shape), \(activations) · \(Session.biasWords(network.biasMode)) · \(rate)",
        "cost      \(cost)",
        "document  \(document.id)\(labels.isEmpty ? "" : "; next by \(labels)")",
        "example   \(example), moment \(timeline.current + 1) of \(timeline.count)",
      ])
  }

  func near(_ stage: Stage, _ last: Int) -> Bool {
    abs(stage.order(last: last) - state.next.order(last: last)) <= 4
  }

  func plainFacts(_ network: Network) -> NetworkFacts {
    NetworkFacts(
      network: network, cost: state.cost, reduction: state.reduction,
      direction: state.direction, hasOneExample: true)
  }

  mutating func example(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    try arguments.expectAtMost(1, usage: "example N|all")
    guard let word = arguments.words.first else { return showData() }
    if word.text == "all" {
      var lines: [Line] = []
      let inView = state.example
      for number in 1...min(state.examples.count, 20) {
        state.example = number
        let step = presentStep(of: number)
        lines += step
        if !step.isEmpty { lines.append(.blank) }
      }
      state.example = inView
      return lines.isEmpty ? showData() : lines
    }
    let number = try Typed.count(word)
    guard number <= state.examples.count else {
      throw CommandError(
        "the examples are 1 to \(state.examples.count)", at: word.columns)
    }
    state.example = number
    recordExample()
    let example = state.examples[number - 1]
    let symbols = try dataSymbols()
    var lines =
      self.lines("example \(number) of \(state.examples.count): ", example, symbols)
      + nextStep.lines()
    let step = presentStep(of: number)
    if !step.isEmpty { lines = step }
    return lines
  }

  /// The last computation of the pass, for another example.
  func presentStep(of example: Int) -> [Line] {
    guard state.reduction != .perExample else { return [] }
    let index = presentMoment
    guard index >= 1, var step = timeline.step(at: index) else { return [] }
    step.before.example = example
    step.after.example = example
    return report(Moment(step.after, step.computation), before: step.before)
  }
}
