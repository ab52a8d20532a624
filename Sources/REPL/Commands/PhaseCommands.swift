import Backprop
import IndexNotation
import LectureNotes

// Whole phases: forward, backward, run, update; and the places between.

extension Session {
  /// Runs to the end of a phase and answers in one row.
  mutating func runPhase(
    _ arguments: Arguments, until isDone: (Stage) -> Bool
  ) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    let costBefore = previousCost()
    var lookout = Lookout(self)
    let (stages, hits) = try go(&lookout) { isDone($0.state.next) }
    return summary(stages, costBefore) + diagnoses(after: stages) + hitLines(hits)
  }

  func previousCost() -> Double? {
    let present = presentMoment
    guard state.next == .forward(1), present >= 1, let step = timeline.step(at: present),
      step.computation.stage == .update, let reading = try? reading(of: step.before)
    else { return nil }
    return try? reading.source.value(of: .totalCost, example: step.before.example)
  }

  func reading(of state: State) throws(CommandError) -> Reading<StoredPass> {
    guard
      let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii)
    else { throw Session.noNetwork() }
    return Reading(document, source, level: .batch)
  }

  /// `forward 1, 2 · cost · backward 2, 1        C = 0.298371`.
  func summary(_ stages: [Stage], _ costBefore: Double?) -> [Line] {
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
    let cost = try? reading(of: state).source.value(of: .totalCost, example: state.example)
    let right = costWords(costSymbol, costBefore, cost)
    if left.isEmpty {
      return lines(["nothing left to do here; next: \(nextStep.words())"])
    }
    return Wrapping.edges(left, right, width: display.effectiveWidth)
  }

  /// `C = 0.298371 → 0.291028`; nothing without a cost.
  func costWords(_ symbol: String, _ before: Double?, _ after: Double?) -> String {
    guard let after else { return "" }
    return "\(symbol) = \(before.map { "\(text($0)) \(arrow) " } ?? "")\(text(after))"
  }

  static func add(_ layer: Int, _ name: String, _ groups: inout [(String, [Int])]) {
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

  /// The letter of `State.wholeCost`, which for the online loop is the mean over the examples.
  func wholeCostSymbol(_ state: State) -> String {
    let isMean = state.reduction == .perExample && state.examples.count > 1
    return isMean ? "mean \(costSymbol)" : costSymbol
  }

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
    var lines: [Line] = []
    var lookout = Lookout(self)
    for example in 1...state.examples.count where example != inView {
      state.example = example
      recordExample()
      // Another example in view is no change of a value.
      _ = lookout.look(self, at: state, after: nil)
      let (stages, hits) = try go(&lookout) { $0.state.next == .update }
      let found = diagnoses(after: stages)
      guard hits.isEmpty, !isInterrupted() else {
        return summary(stages, nil) + found + hitLines(hits)
      }
      if !found.isEmpty { lines += found }
    }
    state.example = inView
    recordExample()
    return try lines + runPhase(arguments) { $0 == .update }
      + self.lines(["every example has run at the present weights; example \(inView) is in view"])
  }

  mutating func update(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "update")
    try checkReady(arguments)
    guard state.next == .update else {
      throw CommandError(
        "no gradient to follow yet: next is \(state.next.words)", at: arguments.commandColumns,
        advice: "type: run, then: update")
    }
    return try steps(1, .layer)
  }

  func place(_ word: Word, _ arguments: Arguments) throws(CommandError) -> Stage {
    guard let last = state.network?.shape.last else { throw Session.noNetwork() }
    switch word.text {
    case "cost", "update":
      try arguments.expectAtMost(1, usage: "\(commandWord(arguments)) \(word.text)")
      return word.text == "cost" ? .cost : .update
    case "forward", "backward":
      guard arguments.words.count == 2 else {
        throw CommandError(
          "\(word.text) needs its layer", at: arguments.end,
          advice: "as in: \(commandWord(arguments)) \(word.text) 1")
      }
      let number = arguments.words[1]
      let layer = number.text == "0" ? 0 : try Typed.count(number)
      guard 1...last ~= layer else {
        throw CommandError(
          "there is no layer \(layer); the layers are 1 to \(last)", at: number.columns)
      }
      return word.text == "forward" ? .forward(layer) : .backward(layer)
    default:
      throw CommandError(
        "'\(Shown.text(word.text))' is no place in a pass", at: word.columns,
        advice: nearestPlace(word, arguments)
          ?? "places: forward N, cost, backward N, update; a condition: C < 0.1")
    }
  }

  private func nearestPlace(_ word: Word, _ arguments: Arguments) -> String? {
    let near = Spelling.nearest(to: word.text, among: ["forward", "cost", "backward", "update"])
    guard let place = near.first else { return nil }
    let rest = arguments.words.dropFirst().map { Shown.text($0.text) }
    return "did you mean \(([place] + rest).joined(separator: " "))?"
  }
}
