import IndexNotation
import LectureNotes
import REPL

/// A lesson that is being taken at the prompt.
struct Course {
  enum Stand {
    /// Between two screens.
    case paused
    case asking
    /// In the sandbox; the lesson as it was.
    case playing(Session)
  }

  var lesson: Lesson
  /// The line that is run next.
  var next = 0
  /// The line the present screen began with, where a later session takes up.
  var screen = 0
  var stand = Stand.paused
  /// What became of the question on screen, since it was asked.
  var record = QuestionRecord()
  /// Whether it was said that the next hint shows the answer.
  var isWarned = false
  /// What became of the questions asked in this session, by their IDs.
  var records: [String: QuestionRecord] = [:]
  /// The session before the lesson, to which its end returns.
  var outside: Session
  /// Of its numbers, where they are not the file's.
  var seed: UInt64?
  /// The missed questions that come after this one, in a review.
  var review: Review?

  init(_ lesson: Lesson, outside: Session) {
    self.lesson = lesson
    self.outside = outside
  }

  /// The number of the question at or before the next line, from 1.
  var questionNumber: Int { lesson.questions.count { $0 < next } }

  /// Something has happened to the question on screen.
  mutating func note(_ change: (inout QuestionRecord) -> Void) {
    change(&record)
    records[lesson.questionID(questionNumber)] = record
  }
}

extension Session {
  /// A fresh session for a lesson, shown as this one is.
  func lessonSession(_ lesson: Lesson, seed: UInt64?) throws(CommandError) -> Session {
    var inner: Session
    do throws(DocumentError) {
      inner = try Session(table: table)
    } catch {
      throw CommandError(error.message)
    }
    inner.display = display
    inner.isInteractive = isInteractive
    inner.showProgress = showProgress
    // Every init without a seed of its own draws the same numbers on every day.
    inner.seed = seed ?? 1
    inner.isLesson = true
    if let path = lesson.path, let identity = FileIdentity(path) {
      inner.includes = [IncludedFile(path: path, identity: identity)]
    }
    inner[Classroom.self].numbersAreFixed = true
    if let seed, !lesson.hasFixedNumbers {
      inner.otherNumbers = OtherNumbers(seed: seed, lesson: lesson.title)
    }
    return inner
  }

  /// Rows after which the next command waits for the reader; what only sets the network up has a few
  /// more.
  private func screenRows(before line: Lesson.Line) -> Int {
    OtherNumbers.isSetting(line.text, in: self) ? 22 : 14
  }

  /// Runs the lesson to where it waits: for an answer, for the reader, or at its end.
  ///
  /// - Parameter target: lines before this one are run without being shown, and their questions
  ///   passed over.
  mutating func goOn(silentlyTo target: Int = 0) throws(CommandError) -> [Line] {
    var shown: [Line] = []
    var paragraph: [String] = []
    course?.stand = .paused
    while let course, course.next < course.lesson.lines.count {
      let line = course.lesson.lines[course.next]
      let isSilent = course.next < target
      if !isSilent, course.next == target { self.course?.screen = course.next }
      if case .prose(let words) = line.kind {
        paragraph.append(words)
      } else {
        if !isSilent { shown += prose(paragraph, after: shown) }
        paragraph = []
      }
      switch line.kind {
      case .blank, .prose, .heading: break
      case .ask, .questionPart: _ = try carryOut(line)
      case .expectation:
        if otherNumbers == nil || !isOfOwnNumbers(line.text) { _ = try carryOut(line) }
      case .answer:
        try checkQuestion(line)
        question?.ownAnswer = Lesson.rest(of: line.text)
        guard isSilent else { return shown + beginAsking(after: shown) }
        question = nil
      case .command:
        if !isSilent, shown.count >= screenRows(before: line) { return shown + beginPause() }
        let lines = try carryOut(line, isSilent: isSilent)
        if !isSilent { shown += lines }
      }
      self.course?.next += 1
    }
    return shown + prose(paragraph, after: shown) + endLesson()
  }

  /// An answer ends a question that can be answered.
  private func checkQuestion(_ line: Lesson.Line) throws(CommandError) {
    guard let lesson = course?.lesson else { return }
    let place = Columns(0, max(1, line.text.count))
    do throws(CommandError) {
      guard let question else { throw CommandError("no question is open", at: place) }
      try checkOptions(of: question, at: place)
    } catch {
      throw lesson.fault(error, line.number, line.text)
    }
  }

  /// Lines for the reader: a paragraph filled to the width, lines that are indented as they stand.
  private func prose(_ paragraph: [String], after shown: [Line]) -> [Line] {
    guard !paragraph.isEmpty else { return [] }
    var lines: [Line] = shown.isEmpty ? [] : [.blank]
    var text = ""
    func flush() {
      if !text.isEmpty { lines += Wrapping.lines(plain(text), width: display.effectiveWidth) }
      text = ""
    }
    for line in paragraph {
      if line.hasPrefix(" ") || line.isEmpty {
        flush()
        lines.append(Line(plain(line)))
      } else {
        text += text.isEmpty ? line : " " + line
      }
    }
    flush()
    return lines
  }

  /// Runs one line of the lesson and returns it as typed at its prompt, with its answer.
  private mutating func carryOut(
    _ line: Lesson.Line, isSilent: Bool = false
  ) throws(CommandError) -> [Line] {
    guard let lesson = course?.lesson else { return [] }
    var inner = self
    inner.dialogue = nil
    let prompt = inner.prompt
    let isSetting = OtherNumbers.isSetting(line.text, in: inner)
    let drawn = isSetting || isSilent ? [] : inner.showOtherNumbers(before: line.text)
    let before = inner.state
    var interpreter = Interpreter(inner)
    let lines: [Line]
    do throws(CommandError) {
      lines = try interpreter.run(line.text)
      if let failure = interpreter.session.failures.first { throw failure }
      if interpreter.session.quitStatus != nil { throw CommandError("a lesson does not quit") }
      if Interruption.isAsked() {
        throw CommandError("stopped by Ctrl-C", advice: "the lesson is where it was before")
      }
    } catch {
      throw lesson.fault(error, line.number, line.text)
    }
    interpreter.session.dialogue = dialogue
    interpreter.session.expectations = expectations
    self = interpreter.session
    // The heading has named the notes.
    if before.network == nil, Lesson.firstWord(line.text) == "document" { return [] }
    let code = Interpreter.withoutComment(line.text).split(separator: " ").joined(separator: " ")
    let echo = Line(prompt + plain(code))
    guard isSetting, drawOtherNumbers(since: before) else { return drawn + [echo] + lines }
    return []
  }

  private mutating func beginPause() -> [Line] {
    course?.stand = .paused
    repeatable = "lesson next"
    keepProgress()
    return [Line("Enter goes on", .next)]
  }

  private mutating func beginAsking(after shown: [Line]) -> [Line] {
    course?.stand = .asking
    course?.record = QuestionRecord()
    course?.isWarned = false
    repeatable = nil
    keepProgress()
    var lines: [Line] = shown.isEmpty ? [] : [.blank]
    if course?.review == nil {
      let drawn = showOtherNumbers(before: "answer 0")
      lines += drawn.isEmpty ? [] : drawn + [.blank]
    }
    return lines + questionRows
  }

  /// The open question, numbered.
  var questionRows: [Line] {
    guard let course, let question else { return [] }
    let number =
      course.review == nil
      ? "\(course.questionNumber) of \(course.lesson.questions.count)" : "review"
    return rows(of: question, number: number, note: "hint, skip")
  }

  /// The end of the last line: what there is to say, and the session before the lesson.
  private mutating func endLesson() -> [Line] {
    guard let course else { return [] }
    let missed = course.records.values.count { $0.isDue }
    keepProgress(isDone: true)
    var words = "lesson \(course.lesson.shortName) is done"
    if missed > 0 { words += "; review asks the \(count(missed, "question")) you missed again" }
    if let number = course.lesson.number, Shelf.names.indices.contains(number) {
      words += "; lesson start \(number + 1) is the next"
    }
    leaveLesson()
    return [.blank] + lines([words])
  }

  /// Back to the session before the lesson, shown as it was then; the window may have changed.
  mutating func leaveLesson() {
    guard let course else { return }
    var outside = course.outside
    (outside.display.width, outside.display.color) = (display.width, display.color)
    outside.quitStatus = quitStatus
    outside[Classroom.self].notices = self[Classroom.self].notices
    outside[Classroom.self].untold = self[Classroom.self].untold
    self = outside
  }
}
