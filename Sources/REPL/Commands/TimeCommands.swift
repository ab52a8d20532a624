import Backprop
import IndexNotation
import LectureNotes

// Any moment again, exactly.

extension Session {
  mutating func back(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkMoments(arguments)
    try expectNumber(
      arguments, "is no number of computations",
      "back 2 goes two computations back; goto N goes to moment N of show history")
    try arguments.expectAtMost(1, usage: "back [N]")
    let count =
      try arguments.words.first.map { word throws(CommandError) in
        try Typed.count(word)
      } ?? 1
    var moment = timeline.current
    for done in 0..<count {
      guard moment >= 0, let computation = timeline.lastComputation(before: moment) else {
        throw nothingBefore(done, arguments)
      }
      moment = computation - 1
    }
    return move { $0.timeline.go(to: moment) }
  }

  private func nothingBefore(_ found: Int, _ arguments: Arguments) -> CommandError {
    let columns = arguments.words.first?.columns ?? arguments.commandColumns
    guard found == 0 else {
      return CommandError(
        "only \(found) computation\(found == 1 ? " lies" : "s lie") before this", at: columns,
        advice: "type: back \(found), or: goto 1")
    }
    return CommandError(
      timeline.current <= 0 ? "this is the first moment" : "nothing was computed before this",
      at: columns,
      advice: timeline.current <= 0
        ? "step goes on" : "undo takes back the last line; goto N goes to any moment")
  }

  mutating func goto(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkMoments(arguments)
    let range =
      timeline.count == 1 ? "there is only moment 1" : "the moments are 1 to \(timeline.count)"
    try expectNumber(
      arguments, "is no number of a moment", "\(range); show history lists them")
    try arguments.expectAtMost(1, usage: "goto N")
    guard let word = arguments.words.first else {
      throw CommandError("goto needs a moment", at: arguments.end, advice: range)
    }
    let isTooLong = word.text.count > 18 && word.text.allSatisfy(\.isNumber)
    let number = isTooLong ? .max : try Typed.count(word, upTo: .max, advice: range)
    guard number <= timeline.count else { throw CommandError(range, at: word.columns) }
    return move { $0.timeline.go(to: number - 1) }
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
    return try moveAlongLines("undo", arguments) { session in
      let line = session.timeline.undo()
      return (line != nil, line?.view?.before)
    }
  }

  mutating func redo(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "redo")
    return try moveAlongLines("redo", arguments) { session in
      let line = session.timeline.redo()
      return (line != nil, line?.view?.after)
    }
  }

  // MARK: where it leads

  /// Takes a typed line back or carries it out again, its view with it.
  private mutating func moveAlongLines(
    _ verb: String, _ arguments: Arguments,
    _ change: (inout Session) -> (isDone: Bool, view: View?)
  ) throws(CommandError) -> [Line] {
    let (before, place) = (view, timeline.current)
    let settings = settingsInForce { _ in true }
    var isDone = false
    let lines = move { session in
      let (done, view) = change(&session)
      isDone = done
      if let view { session.view.adopt(view) }
      session.viewBefore = session.view
    }
    guard isDone else {
      throw CommandError("nothing to \(verb)", at: arguments.commandColumns)
    }
    let words = viewWords(since: before, settings)
    let isElsewhere = timeline.current != place || words.isEmpty
    return (isElsewhere ? lines : []) + words + displayed()
  }

  /// Notes, display and stops that are others than before.
  private func viewWords(since before: View, _ settings: [String]) -> [Line] {
    var texts: [String] = []
    if before.documentID != view.documentID || before.loaded != view.loaded {
      texts.append("\(document.id): \(document.speaking)")
    }
    if before.display != view.display {
      let model = Set(settingsInForce { $0.isOfModel })
      let new = zip(settings, settingsInForce { _ in true }).filter { $0 != $1 }.map(\.1)
        .filter { !model.contains($0) }
      if !new.isEmpty { texts.append("as it was: \(new.joined(separator: ", "))") }
    }
    if before.stops != view.stops {
      texts.append(
        view.stops.list.isEmpty
          ? "no stop is set"
          : "show stops has stops \(view.stops.list.map { String($0.number) }.joined(separator: ", "))"
      )
    }
    return texts.flatMap { lines([plain($0)]) }
  }

  /// Goes elsewhere on the timeline and tells what is there.
  mutating func move(_ change: (inout Session) -> Void) -> [Line] {
    let settings = modelInForce
    change(&self)
    restore()
    diagnosed = []
    guard timeline.current >= 0 else { return place(", before the first") }
    let new = zip(settings, modelInForce).filter { $0 != $1 }.map(\.1)
    return place(", after \(Shown.text(shortened(name(of: timeline.current))))")
      + (new.isEmpty ? [] : lines(["as it was then: \(new.joined(separator: ", "))"]))
  }

  func place(_ words: String) -> [Line] {
    let left = "moment \(timeline.current + 1) of \(timeline.count)\(words)"
    var right = "next: \(nextStep.words())"
    if timeline.current >= 0, timeline.kind(at: timeline.current).isTraining,
      let cost = state.wholeCost
    {
      right = costWords(wholeCostSymbol(state), nil, cost)
    }
    let width = display.effectiveWidth
    guard left.count + right.count + 2 <= width else {
      return Wrapping.lines(left, width: width) + Wrapping.lines(right, width: width)
    }
    return [Line(Columns80.edges(left, right, width: width))]
  }

  private func shortened(_ name: String) -> String {
    plain(name.count > 24 ? name.prefix(22) + "…" : name)
  }

  /// What numbers depend on, besides the network and its data.
  private var modelInForce: [String] {
    settingsInForce { $0.isOfModel } + [state.bug.map { "bug \($0.words)" } ?? "no bug"]
  }

  private func settingsInForce(_ isMeant: (Setting) -> Bool) -> [String] {
    Setting.all.filter(isMeant).map { "\($0.name) \($0.show(self))" }
  }

  /// What made a moment: `net mazur`, `backward 2`, `step 1087`.
  func name(of index: Int) -> String {
    if let command = commandName(of: index) { return command }
    if let step = timeline.step(at: index) { return step.computation.name(in: step.after) }
    return "step \(timeline.trainedSteps(at: index))"
  }

  /// What a command is called; an assignment in the letters of other notes says of which.
  func commandName(of index: Int) -> String? {
    guard let (name, id) = timeline.command(at: index) else { return nil }
    return name.contains("=") && id != document.id ? "\(name) (\(id))" : name
  }

  /// Recordings begin with the first command that changed a number.
  private func checkMoments(_ arguments: Arguments) throws(CommandError) {
    guard timeline.count > 0 else { throw Session.noNetwork(at: arguments.commandColumns) }
  }

  /// A place in words, as `backward 1`, is no number.
  private func expectNumber(
    _ arguments: Arguments, _ fault: String, _ advice: String
  ) throws(CommandError) {
    guard let first = arguments.words.first, first.text.first?.isLetter == true else { return }
    let words = Shown.text(arguments.rest.trimmed)
    let isPlace = ["forward", "cost", "backward", "update"].contains(first.text)
    throw CommandError(
      "'\(words)' \(fault)", at: arguments.whole,
      advice: isPlace ? "\(advice); to go on to it: until \(words)" : advice)
  }
}
