import Backprop
import IndexNotation

// `bug list|on NAME|off`: the engine with one rule deliberately wrong.

extension Misconception {
  /// The rule as it is misunderstood.
  var rule: String {
    switch self {
    case .biasAsFactor: return "b a factor of its own derivative: 0 where b = 0"
    case .staleWeights: return "hidden errors from already updated weights"
    case .outputSlopeMissing: return "the output error without the slope f′"
    case .maskForgotten: return "ReLU's slope 1, also where its input is negative"
    case .maskOverwrites: return "ReLU's slope in place of the error from above"
    case .biasNotTrained: return "the update leaves the biases as they are"
    case .biasShared: return "each bias gets the sum of the errors of its layer"
    case .squareRule: return "(y − a)² differentiated by a as 2(a − y)·a"
    case .weightsTransposed: return "hidden errors from W read the other way"
    case .exponentialRule: return "the slope f′ worked out with d eˣ/dx = x"
    case .lastExampleOnly: return "each example's gradient overwrites the last one"
    case .averagedTwice: return "the mean over the examples taken twice"
    case .wrongSign: return "the output error with its sign turned round"
    case .indicesSwapped: return "∂C/∂w with its two indices swapped"
    }
  }

  /// What a network needs for the bug to show.
  var need: String {
    switch self {
    case .biasAsFactor, .biasNotTrained: return "it needs trained biases"
    case .staleWeights, .weightsTransposed: return "it needs a hidden layer"
    case .outputSlopeMissing: return "it needs an output whose slope is not 1"
    case .maskForgotten: return "it needs a ReLU whose input is negative"
    case .maskOverwrites: return "it needs a hidden ReLU"
    case .biasShared: return "it needs trained biases, two or more in a layer, one for each neuron"
    case .squareRule: return "it needs a quadratic cost, and an output that misses its target"
    case .wrongSign: return "it needs an output that misses its target"
    case .exponentialRule: return "it needs sigmoid, tanh or softplus"
    case .lastExampleOnly, .averagedTwice:
      return "it needs two or more examples, and reduction sum or mean"
    case .indicesSwapped: return "it needs a layer of several neurons with several inputs"
    }
  }
}

extension Bug {
  /// Its name, if it is told.
  var words: String { isHidden ? "one that check finds" : misconception.rawValue }
}

extension Session {
  mutating func bug(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let usage = "bug list | on NAME | on any [seed N] | off"
    guard let first = arguments.words.first else { return bugStatus() }
    switch first.text {
    case "list":
      try arguments.expectAtMost(1, usage: usage)
      return bugList()
    case "off":
      try arguments.expectAtMost(1, usage: usage)
      return bugOff()
    case "on": return try bugOn(arguments, usage)
    default:
      let isName = Misconception(rawValue: first.text) != nil
      throw CommandError(
        "bug takes list, on or off", at: first.columns,
        advice: isName ? "type: bug on \(first.text)" : "usage: \(usage)")
    }
  }

  private func bugStatus() -> [Line] {
    guard let bug = state.bug else { return lines(["no bug is on; bug list shows them"]) }
    guard !bug.isHidden else { return lines(["a bug is on, not named; check finds it"]) }
    return lines(["bug \(bug.misconception.rawValue) is on: \(bug.misconception.rule)"])
  }

  private func bugList() -> [Line] {
    let width = Misconception.allCases.map(\.rawValue.count).max() ?? 0
    var lines = self.lines(["one rule of the engine wrong, each a misconception of learners:"])
    for bug in Misconception.allCases {
      let mark =
        state.bug?.misconception == bug && state.bug?.isHidden == false
        ? (display.ascii ? "> " : "▸ ") : "  "
      lines += Wrapping.hanging(
        "\(mark)\(Columns80.left(bug.code, 5))\(Columns80.left(bug.rawValue, width))  ",
        plain(bug.rule), width: display.effectiveWidth)
    }
    return lines
      + self.lines(["bug on NAME; bug on any hides which; M11 is a belief and no rule"])
  }

  private mutating func bugOff() -> [Line] {
    guard let bug = state.bug else { return ["no bug is on"] }
    state.bug = nil
    let moved = rewindForBug([bug.misconception])
    recordIfStarted("bug off")
    var lines = self.lines([
      bug.isHidden
        ? "it was \(bug.misconception.rawValue), \(bug.misconception.code): \(bug.misconception.rule)"
        : "bug \(bug.misconception.rawValue) is off"
    ])
    if moved { lines += wentBack("the errors were those of the bug") }
    return lines
  }

  private mutating func bugOn(
    _ arguments: Arguments, _ usage: String
  ) throws(CommandError) -> [Line] {
    guard let name = arguments.words.dropFirst().first else {
      throw CommandError(
        "bug on needs a name", at: arguments.end, advice: "bug list shows them")
    }
    if name.text == "any" || name.text == "?" { return try bugOnAny(arguments, usage) }
    try arguments.expectAtMost(2, usage: usage)
    let coded = Misconception.allCases.filter { $0.code == name.text.uppercased() }
    if coded.count > 1 {
      throw CommandError(
        "\(coded[0].code) has \(coded.count) bugs", at: name.columns,
        advice: "they are \(coded.map(\.rawValue).joined(separator: ", "))")
    }
    let misconception: Misconception
    if let named = coded.first {
      misconception = named
    } else {
      misconception = try Typed.choice(name, "bug")
    }
    let replaced = state.bug.map { $0.misconception == misconception ? "" : "; \($0.words) is off" }
    var lines = turnOn(Bug(misconception))
    lines.insert(
      contentsOf: self.lines([
        "bug \(misconception.rawValue) is on (\(misconception.code)): \(misconception.rule)\(replaced ?? "")"
      ]).map { Line($0.text, .warning) }, at: 0)
    if hasPasses, !shows(misconception) {
      lines += self.lines(["on this network it changes nothing: \(misconception.need)"])
        .map { Line($0.text, .warning) }
    }
    if misconception == .staleWeights, state.title == "mazur" {
      lines += self.lines([
        "Mazur's error after one step, 0.291027924, comes of this rule: run, update, run"
      ])
    }
    return lines
  }

  private mutating func bugOnAny(
    _ arguments: Arguments, _ usage: String
  ) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(4, usage: usage)
    try checkReady(arguments)
    var seed = self.seed ?? UInt64.random(in: 0...UInt64.max)
    if let word = arguments.words.dropFirst(2).first {
      guard word.text == "seed" else {
        throw CommandError(
          "unexpected '\(Shown.text(word.text))'", at: word.columns, advice: "usage: \(usage)")
      }
      seed = try Typed.seed(arguments.words[2...], arguments)
    }
    let candidates = Misconception.allCases.filter { shows($0) }
    guard !candidates.isEmpty else {
      throw CommandError(
        "no bug changes anything on this network", at: arguments.whole,
        advice: "bug list says what there is")
    }
    var random = SplitMix64(seed: seed)
    let misconception = candidates[Int(random.next() % UInt64(candidates.count))]
    return lines(["one of \(candidates.count) bugs is on; check finds it, bug off names it"])
      .map { Line($0.text, .warning) } + turnOn(Bug(misconception, isHidden: true))
  }

  private var hasPasses: Bool { state.network != nil && !state.passes.isEmpty }

  private mutating func turnOn(_ bug: Bug) -> [Line] {
    let before = state.bug
    state.bug = bug
    let moved = rewindForBug([before?.misconception, bug.misconception])
    recordIfStarted(bug.isHidden ? "bug on any" : "bug on \(bug.misconception.rawValue)")
    return moved ? wentBack("the errors were those of the rules before") : []
  }

  /// What the errors on screen came of is no longer so; the update alone reads none again.
  private mutating func rewindForBug(_ misconceptions: [Misconception?]) -> Bool {
    guard let last = state.network?.shape.last else { return false }
    let touchesErrors = misconceptions.compactMap { $0 }.contains { $0 != .biasNotTrained }
    return touchesErrors && state.rewind(to: .backward(last))
  }

  /// Whether a misconception gives another gradient or another step than the sound rules.
  private func shows(_ misconception: Misconception) -> Bool {
    guard let sound = try? state.outcome(under: nil),
      let wrong = try? state.outcome(under: misconception)
    else { return false }
    let shape = state.network?.shape
    // A bias that is not trained has a derivative that no one looks at.
    return sound.network != wrong.network
      || shape.map { shape in
        state.trainedParameters.contains {
          sound.gradient.value($0, shape) != wrong.gradient.value($0, shape)
        }
      } == true
  }
}
