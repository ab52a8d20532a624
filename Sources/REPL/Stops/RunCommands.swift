import Backprop
import IndexNotation
import LectureNotes

// Runs that heed stops: continue, until, and backward in time.

extension Session {
  /// Computes until `isDone` or a stop; each stage that was computed, and what was met.
  mutating func go(
    _ lookout: inout Lookout, until isDone: (Session) -> Bool
  ) throws(CommandError) -> (stages: [Stage], hits: [Lookout.Hit]) {
    var stages: [Stage] = []
    while !isDone(self) {
      let computation = try advanced()
      stages.append(computation.stage)
      if !lookout.isEmpty {
        let hits = lookout.look(self, at: state, after: .computation(computation))
        if !hits.isEmpty { return (stages, hits) }
      }
      if isInterrupted() { break }
    }
    return (stages, [])
  }

  /// `stop 1 at moment 5: C = 0.298371 < 0.3`.
  func hitLines(_ hits: [Lookout.Hit], at place: String? = nil) -> [Line] {
    hits.flatMap { hit in
      let moment = place ?? "moment \(timeline.current + 1)"
      let name = hit.number.map { "stop \($0) at \(moment)" } ?? "at \(moment)"
      return lines(["\(name): \(hit.words)"]).map { Line($0.text, .next) }
    }
  }

  /// The end of the pass: its update is done.
  private static func isAtEnd(_ session: Session, _ stages: Int) -> Bool {
    stages > 0 && session.state.next == .forward(1) && session.state.progress.neuronsDone == 0
  }

  mutating func until(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    let goal = try stop(arguments)
    if case .place(let stage) = goal, state.next == stage, state.progress.neuronsDone == 0 {
      return lines(["already there; next: \(nextStep.words())"])
    }
    if case .condition(let condition) = goal,
      case .holds(let words) = StopEvaluator(self, state).truth(of: condition)
    {
      return lines(["it holds already: \(words)"])
    }
    return try runOn(goal, arguments)
  }

  mutating func continueRun(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "continue [back]")
    guard let word = arguments.words.first else {
      try checkReady(arguments)
      return try runOn(nil, arguments)
    }
    guard word.text == "back" else {
      throw CommandError(
        "continue takes back or nothing", at: word.columns, advice: "usage: continue [back]")
    }
    return try continueBack(arguments)
  }

  /// To a stop, or to the end of the pass with a note.
  private mutating func runOn(_ goal: Stop?, _ arguments: Arguments) throws(CommandError) -> [Line]
  {
    var lookout = Lookout(self, goal: goal)
    var count = 0
    // A place may lie before the present one: the next pass has it.
    var ends = 0
    let isPlace = if case .place = goal { true } else { false }
    let (stages, hits) = try go(&lookout) { session in
      if Session.isAtEnd(session, count) { ends += 1 }
      count += 1
      return ends > (isPlace ? 1 : 0)
    }
    let lines = summary(stages, nil) + diagnoses(after: stages)
    if case .place? = goal, hits.count == 1, hits[0].number == nil { return lines }
    guard hits.isEmpty, !isInterrupted() else { return lines + hitLines(hits) }
    let note: String
    switch goal {
    case .condition(let condition)?: note = "\(condition.text) did not come to hold"
    case .place?, .watch?, .display?, nil:
      note = stops.canStop ? "no stop was met" : "no stop is set"
    }
    return lines
      + self.lines(["\(note); this is the end of the pass"]).map { Line($0.text, .warning) }
  }

  // MARK: backward in time

  /// To the last moment before this one where a condition came to hold, a place was reached, or a
  /// watched value changed.
  private mutating func continueBack(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard stops.canStop else {
      throw CommandError(
        "no stop is set to go back to", at: arguments.whole,
        advice: "as in: watch \(exampleParameter), then: continue back")
    }
    guard timeline.current > 0 else {
      throw CommandError("this is the first moment", at: arguments.whole)
    }
    let now = timeline.current
    var end = now - 1
    while end >= 0 {
      let start = max(0, timeline.anchor(before: end).index - 1)
      if let (moment, hits) = lastHit(in: start...end) {
        let lines = move { $0.timeline.go(to: moment) }
        return lines + hitLines(hits)
      }
      if isInterrupted() { return lines(["stopped; nothing has changed"]) }
      guard start > 0 else { break }
      end = start
    }
    return lines(["no stop was met before moment \(now + 1), where this is"]).map {
      Line($0.text, .warning)
    }
  }

  /// The last of some moments, behind the first of them, that meets a stop.
  private func lastHit(in moments: ClosedRange<Int>) -> (Int, [Lookout.Hit])? {
    guard moments.count > 1 else { return nil }
    var replay = Replay(timeline, at: moments.lowerBound)
    var session = self
    session.state = heeded(replay.state, at: moments.lowerBound)
    var lookout = Lookout(session)
    var found: (Int, [Lookout.Hit])?
    for moment in moments.dropFirst() {
      let kind = timeline.kind(at: moment)
      if kind.isTraining, kind != .trained, let start = try? replay.state.completed() {
        // A training starts from the pass at the weights it finds.
        _ = lookout.look(self, at: start, moment: moment, isCompleted: true, after: nil)
      }
      let cause = cause(of: moment, &replay)
      let hits = lookout.look(
        self, at: heeded(replay.state, at: moment), moment: moment, isCompleted: kind.isTraining,
        after: kind == .view ? nil : cause)
      if !hits.isEmpty { found = (moment, hits) }
      if isInterrupted() { return nil }
    }
    return found
  }

  /// The value an expression had when it was known last before a moment.
  func lastKnown(_ watched: StopExpression, before moment: Int) -> Double? {
    var end = min(moment, timeline.count) - 1
    while end >= 0, !isInterrupted() {
      let start = timeline.anchor(before: end).index
      var replay = Replay(timeline, at: start)
      var found: Double?
      for index in start...end {
        replay.go(to: index)
        let evaluator = StopEvaluator(self, heeded(replay.state, at: index))
        if case .number(let value) = evaluator.value(of: watched) { found = value }
      }
      if let found { return found }
      end = start - 1
    }
    return nil
  }

  /// In training a moment stands for the pass that follows at its weights.
  private func heeded(_ state: State, at moment: Int) -> State {
    guard timeline.kind(at: moment).isTraining else { return state }
    return (try? state.completed()) ?? state
  }

  private func cause(of moment: Int, _ replay: inout Replay) -> Cause {
    if let command = commandName(of: moment) {
      replay.go(to: moment)
      return .command(command)
    }
    if let computation = replay.step(to: moment) { return .computation(computation) }
    replay.go(to: moment)
    return .trained(timeline.trainedSteps(at: moment))
  }
}
