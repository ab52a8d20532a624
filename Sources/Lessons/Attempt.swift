import IndexNotation
import REPL

// Answers, hints and skips at the prompt.

extension Session {
  /// `answer V`, which a person may type as well as V alone.
  mutating func attempt(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try requireQuestion("answer")
    return try attempt(arguments.rest, column: arguments.restColumn)
  }

  /// An answer to the question on screen. One that cannot be read throws and does not count.
  mutating func attempt(_ answer: String, column: Int) throws(CommandError) -> [Line] {
    let reply = try reply(to: answer, column: column)
    guard reply.isRight else {
      course?.record.wrong += 1
      let more = try nextHint() ?? []
      keepProgress()
      return reply.lines + more
    }
    course?.record.isRight = true
    return reply.lines + (try leaveQuestion())
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
    course?.record.hints += 1
    return lines
  }

  /// What is asked for with `hint`; above the last rung the answer is shown.
  mutating func lessonHint() throws(CommandError) -> [Line] {
    try requireQuestion("hint")
    if let lines = try nextHint() {
      keepProgress()
      return lines
    }
    guard course?.record.hints != 0 else {
      return lines(["no hint for this one; skip shows the answer"])
    }
    return try lessonSkip()
  }

  /// Shows the answer, keeps the question for review, and goes on with the right value.
  mutating func lessonSkip() throws(CommandError) -> [Line] {
    try requireQuestion("skip")
    guard let question else { return [] }
    let lines = try explanation(of: question, heading: "  ")
    course?.record.isSkipped = true
    let words = course?.review == nil ? "; the lesson goes on with this" : ""
    return lines + self.lines(["kept for review\(words)"])
      + (try leaveQuestion())
  }

  private func requireQuestion(_ word: String) throws(CommandError) {
    guard let course else { throw Session.noLesson() }
    guard case .asking = course.stand else {
      throw CommandError("no question is on screen", advice: "lesson next goes on")
    }
  }

  static func noLesson() -> CommandError {
    CommandError("no lesson is running", advice: "lesson list shows them; lesson start 1")
  }

  /// Past the question, to where the lesson waits next.
  private mutating func leaveQuestion() throws(CommandError) -> [Line] {
    question = nil
    guard let course else { return [] }
    if course.review != nil { return try nextReview() }
    self.course?.next += 1
    let more = try goOn(silentlyTo: course.next + 1)
    return more.first == .blank ? more : [.blank] + more
  }
}
