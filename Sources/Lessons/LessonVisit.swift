import IndexNotation
import REPL

// Beginning a lesson, taking it up again, the sandbox, leaving.

extension Session {
  mutating func lessonStart(_ word: Word) throws(CommandError) -> [Line] {
    let lesson = try Shelf.lesson(word, path: try path(word))
    guard isInteractive else { return try straightThrough(lesson) }
    return try begin(lesson, seed: course == nil ? seed : course?.outside.seed)
  }

  /// - Parameter progress: of an earlier session, to take up from.
  private mutating func begin(
    _ lesson: Lesson, seed: UInt64?, from progress: LessonProgress? = nil
  ) throws(CommandError) -> [Line] {
    var inner = try lessonSession(lesson, seed: seed)
    var course = Course(lesson, outside: course?.outside ?? withoutDialogue)
    course.seed = seed
    inner.course = course
    inner[Classroom.self].notices = self[Classroom.self].notices
    inner[Classroom.self].untold = self[Classroom.self].untold
    var lines = heading(of: lesson)
    let place = progress?.place.map { $0 < lesson.lines.count ? $0 : 0 } ?? 0
    let screen = try inner.goOn(silentlyTo: place)
    inner.takeUp(progress)
    // Little of the lesson may stand on the screen it is taken up at.
    if place > 0, screen.count < 6, inner.state.network != nil {
      var looking = Interpreter(inner)
      lines += try looking.run("show") + [.blank]
    }
    lines += screen
    self = inner
    followCourse()
    return lines
  }

  var withoutDialogue: Session {
    var copy = self
    copy.dialogue = nil
    return copy
  }

  private func heading(of lesson: Lesson) -> [Line] {
    let number = lesson.number.map { "Lesson \($0), " } ?? ""
    let documents = lesson.documentWords
    return Wrapping.edges(
      plain("\(number)\(lesson.title)"), "\(documents), about \(lesson.minutes) min",
      width: display.effectiveWidth
    ).map { Line($0.text, .heading) }
      + lines(["Answers count if they agree to 3 significant digits; a formula will do."])
      + [.blank]
  }

  /// A question that was on screen in an earlier session: its hints are not given again.
  private mutating func takeUp(_ progress: LessonProgress?) {
    guard let course, case .asking = course.stand,
      let known = progress?.records[course.lesson.questionID(course.questionNumber)], !known.isOver
    else { return }
    self.course?.record = known
  }

  /// From a pipe: its own answers, and what does not hold sets the status. The network of before
  /// stays as it is.
  private mutating func straightThrough(_ lesson: Lesson) throws(CommandError) -> [Line] {
    var inner = try lessonSession(lesson, seed: nil)
    inner.seed = seed
    inner[Classroom.self].numbersAreFixed = false
    inner.answerSheet = answerSheet
    inner.expectations = expectations
    var rest = lesson.lines[...]
    defer {
      failures += inner.failures
      expectations = inner.expectations
      if inner.answerSheet != nil { answerSheet = inner.answerSheet }
    }
    let shown = try inner.runLines(named: lesson.displayName) { () throws(CommandError) in
      rest.popFirst().map { ($0.text, $0.number) }
    }
    guard inner.question == nil else {
      throw CommandError("the last question of \(lesson.displayName) has no answer")
    }
    return shown
  }

  mutating func lessonResume(_ word: Word? = nil) throws(CommandError) -> [Line] {
    if let course, word == nil {
      guard case .playing(let before) = course.stand else {
        throw CommandError(
          course.review == nil ? "the lesson is on already" : "a review is on",
          advice: course.review == nil ? "lesson next goes on" : "lesson quit leaves it")
      }
      let display = display
      self = before
      (self.display.width, self.display.color) = (display.width, display.color)
      followCourse()
      return questionRows.isEmpty ? [Line("Enter goes on", .next)] : questionRows
    }
    let progress = learnerProgress()
    let lesson = try lessonUnderWay(word, progress)
    guard let known = progress.lessons[lesson.key] else { throw Session.noLesson() }
    guard lesson.digest == known.digest else {
      return lines(["the lesson has changed since; it begins again"])
        + (try begin(lesson, seed: known.seed))
    }
    return try begin(lesson, seed: known.seed, from: known)
  }

  /// The one that is named, the one that was on last, or the only one.
  private func lessonUnderWay(
    _ word: Word?, _ progress: LearnerProgress
  ) throws(CommandError) -> Lesson {
    if let word {
      let lesson = try Shelf.lesson(word, path: try path(word))
      guard progress.lessons[lesson.key]?.place != nil else {
        throw CommandError(
          "this lesson is not under way", at: word.columns, advice: "lesson start begins it")
      }
      return lesson
    }
    let underWay = progress.underWay
    let key = progress.latest.flatMap { underWay.contains($0) ? $0 : nil }
    guard let key = key ?? (underWay.count == 1 ? underWay[0] : nil) else {
      throw CommandError(
        underWay.isEmpty ? "no lesson is under way" : "which one?",
        advice: underWay.isEmpty
          ? "lesson list shows them; lesson start 1"
          : "as in: lesson resume \(underWay[0])")
    }
    return try Shelf.lesson(Word(text: key, columns: Columns(0, 6)), path: key)
  }

  // MARK: on the way

  mutating func lessonNext() throws(CommandError) -> [Line] {
    guard let course else { throw Session.noLesson() }
    switch course.stand {
    case .paused:
      self.course?.screen = course.next
      let lines = try goOn(silentlyTo: course.next)
      followCourse()
      return lines
    case .asking:
      throw CommandError(
        "a question waits for its answer", advice: "hint helps, skip shows it and goes on")
    case .playing:
      throw CommandError("this is the sandbox", advice: "lesson resume returns to the lesson")
    }
  }

  mutating func lessonPlay() throws(CommandError) -> [Line] {
    guard let course else { throw Session.noLesson() }
    if case .playing = course.stand {
      throw CommandError("this is the sandbox already", advice: "lesson resume returns")
    }
    let before = self
    self.course?.stand = .playing(before)
    question = nil
    repeatable = nil
    followCourse()
    return lines(["a sandbox: everything goes; lesson resume (or: resume) puts all back"])
  }

  mutating func lessonQuit() throws(CommandError) -> [Line] {
    guard let course else { throw Session.noLesson() }
    if case .playing(let before) = course.stand { self = before }
    let isReview = course.review != nil
    let isKept = isRemembered
    leaveLesson()
    if isReview { return lines(["left the review"]) }
    return lines([isKept ? "left; lesson resume goes on from here" : "left"])
  }

  private func requireRemembered() throws(CommandError) {
    guard isRemembered || !isInteractive else {
      throw CommandError("the file of progress cannot be changed")
    }
  }

  mutating func lessonReset(_ word: Word) throws(CommandError) -> [Line] {
    guard course == nil else {
      throw CommandError("a lesson is on", at: word.columns, advice: "lesson quit first")
    }
    guard word.text != "all" else {
      changeProgress { $0 = LearnerProgress() }
      try requireRemembered()
      return lines(["nothing is remembered of any lesson"])
    }
    let known = learnerProgress()
    let path = try path(word)
    // A file may be gone, and its name is all there is.
    let gone = known.lessons.keys.sorted().first { $0 == path || $0.hasSuffix("/\(word.text)") }
    let key: String
    let name: String
    if let gone {
      (key, name) = (gone, Shown.text(word.text))
    } else {
      let lesson = try Shelf.lesson(word, path: path)
      (key, name) = (lesson.key, "lesson \(lesson.shortName)")
    }
    guard known.lessons[key] != nil else {
      return lines(["there is nothing to forget of \(name)"])
    }
    changeProgress { progress in
      progress.lessons[key] = nil
      if progress.latest == key { progress.latest = nil }
    }
    try requireRemembered()
    return lines(["nothing is remembered of \(name)"])
  }
}
