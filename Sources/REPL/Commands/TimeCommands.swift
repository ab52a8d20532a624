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
    let number = try Typed.count(word, upTo: .max, advice: range)
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
    var isDone = false
    let lines = move { isDone = $0.timeline.undo() }
    guard isDone else { throw CommandError("nothing to undo", at: arguments.commandColumns) }
    return lines + displayed()
  }

  mutating func redo(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "redo")
    var isDone = false
    let lines = move { isDone = $0.timeline.redo() }
    guard isDone else { throw CommandError("nothing to redo", at: arguments.commandColumns) }
    return lines + displayed()
  }

  // MARK: where it leads

  /// Goes elsewhere on the timeline and tells what is there.
  mutating func move(_ change: (inout Session) -> Void) -> [Line] {
    let notes = NotesInUse(state)
    let settings = settingsInForce
    change(&self)
    restore()
    diagnosed = []
    guard timeline.current >= 0 else {
      guard notes == NotesInUse(state) else {
        return lines(["\(document.id): \(plain(document.speaking))"])
      }
      return place(", before the first")
    }
    return place(", after \(Shown.text(shortened(name(of: timeline.current))))")
      + changed(notes, settings)
  }

  func place(_ words: String) -> [Line] {
    let left = "moment \(timeline.current + 1) of \(timeline.count)\(words)"
    var right = "next: \(nextStep.words())"
    if timeline.current >= 0, timeline.kind(at: timeline.current).isTraining,
      let network = state.network, let cost = batchCost(of: network)
    {
      right = "\(costSymbol) = \(text(cost))"
    }
    let width = display.effectiveWidth
    guard left.count + right.count + 2 <= width else {
      return Wrapping.lines(left, width: width) + Wrapping.lines(right, width: width)
    }
    return [Line(Columns80.edges(left, right, width: width))]
  }

  private func shortened(_ name: String) -> String {
    name.count > 24 ? name.prefix(22) + "…" : name
  }

  /// Settings that are shown by `set`, but for the window's.
  private var settingsInForce: [String] {
    Setting.all.filter { $0.name != "width" && $0.name != "color" }.map {
      "\($0.name) \($0.show(self))"
    }
  }

  /// Notes and settings that are others than before.
  private func changed(_ notes: NotesInUse, _ settings: [String]) -> [Line] {
    var words = zip(settings, settingsInForce).filter { $0 != $1 }.map(\.1)
    if notes.documentID != state.documentID { words.insert("document \(document.id)", at: 0) }
    guard !words.isEmpty else { return [] }
    return lines(["as it was then: \(words.joined(separator: ", "))"])
  }

  /// What made a moment: `net mazur`, `backward 2`, `step 1087`.
  func name(of index: Int) -> String {
    if let command = timeline.commandName(at: index) { return command }
    if let step = timeline.step(at: index) { return step.computation.name(in: step.after) }
    return "step \(timeline.trainedSteps(at: index))"
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
    throw CommandError(
      "'\(Shown.text(arguments.rest.trimmed))' \(fault)", at: arguments.whole, advice: advice)
  }
}
