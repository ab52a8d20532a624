import IndexNotation
import REPL

// Answers, hints and skips at the prompt.

extension Session {
  /// An answer to the question on screen. One that cannot be read throws and does not count.
  mutating func attempt(_ answer: String, column: Int) throws(CommandError) -> [Line] {
    let reply = try reply(to: answer, column: column)
    guard reply.isRight else {
      course?.note { $0.wrong += 1 }
      let more = try nextHint() ?? []
      keepProgress()
      return reply.lines + more
    }
    course?.note { $0.isRight = true }
    return leaveQuestion(after: reply.lines)
  }

  /// What there is to say to an answer: the factors of a right one, what a wrong one is. A right one
  /// ends the question.
  package mutating func reply(
    to answer: String, column: Int = 0
  ) throws(CommandError) -> (isRight: Bool, lines: [Line]) {
    guard let question else { throw Session.noLesson() }
    switch try Judgement(self, question).verdict(on: answer, column: column) {
    case .right:
      let lines = try explanation(of: question, heading: "yes: ")
      self.question = nil
      return (true, lines)
    case .wrong(let words):
      return (
        false, Wrapping.lines(plain("no: " + words), further: 4, width: display.effectiveWidth)
      )
    }
  }

  /// The next rung of the ladder; nil where only the answer is left.
  private mutating func nextHint() throws(CommandError) -> [Line]? {
    guard let question, let rung = course?.record.hints,
      let lines = try hint(rung, for: question)
    else { return nil }
    course?.note { $0.hints += 1 }
    return lines
  }

  /// What is asked for with `hint`; above the last rung the answer is shown.
  mutating func lessonHint() throws(CommandError) -> [Line] {
    try requireQuestion()
    if let lines = try nextHint() {
      keepProgress()
      return lines
    }
    guard course?.record.hints != 0 else {
      return lines(["no hint for this one; skip shows the answer"])
    }
    guard course?.isWarned == true else {
      course?.isWarned = true
      return lines(["that was the last hint; hint once more shows the answer"])
    }
    return try lessonSkip()
  }

  /// Shows the answer, keeps the question for review, and goes on with the right value.
  mutating func lessonSkip() throws(CommandError) -> [Line] {
    try requireQuestion()
    guard let question else { return [] }
    let lines = try explanation(of: question, heading: "  ")
    course?.note { $0.isSkipped = true }
    keepProgress()
    let isReview = course?.review != nil
    var words: [String] = isReview || isRemembered ? ["kept for review"] : []
    if !isReview { words.append("the lesson goes on with this") }
    return leaveQuestion(after: lines + self.lines([words.joined(separator: "; ")]))
  }

  func requireQuestion() throws(CommandError) {
    guard let course else { throw Session.noLesson() }
    switch course.stand {
    case .asking: return
    case .paused: throw CommandError("no question is on screen", advice: "lesson next goes on")
    case .playing:
      throw CommandError("this is the sandbox", advice: "lesson resume returns to the lesson")
    }
  }

  static func noLesson() -> CommandError {
    CommandError("no lesson is running", advice: "lesson list shows them; lesson start 1")
  }

  /// Past the question, to where the lesson waits next. A lesson that cannot go on is left, and what
  /// has been answered is kept.
  private mutating func leaveQuestion(after said: [Line]) -> [Line] {
    guard let next = course?.next else { return said }
    var after = self
    after.question = nil
    do throws(CommandError) {
      var more: [Line]
      if course?.review != nil {
        more = try after.nextReview()
      } else {
        after.course?.next += 1
        more = try after.goOn(silentlyTo: next + 1)
      }
      self = after
      if more.first != .blank { more.insert(.blank, at: 0) }
      return said + more
    } catch {
      keepProgress()
      if Interruption.isAsked(), course?.review == nil { return said + waitAfterQuestion(next + 1) }
      leaveLesson()
      let place = error.place.map { " (\($0.file), line \($0.line))" } ?? ""
      return said + [.blank]
        + lines(["the lesson cannot go on: \(error.message)\(place)"]).map {
          Line($0.text, .warning)
        }
    }
  }

  /// After Ctrl-C: between the answered question and what did not come to its end.
  private mutating func waitAfterQuestion(_ line: Int) -> [Line] {
    question = nil
    course?.next = line
    course?.screen = line
    course?.stand = .paused
    repeatable = "lesson next"
    keepProgress()
    return [Line("stopped by Ctrl-C; Enter tries again", .warning)]
  }
}
