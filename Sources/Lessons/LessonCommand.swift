import IndexNotation
import REPL

// `lesson list|start NAME|next|hint|skip|play|resume|reset|lint FILE|quit`.

extension Session {
  static let lessonUsage =
    "lesson list | start NAME | next | hint | skip | play | resume | reset NAME|all | lint FILE | quit"

  mutating func lesson(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let usage = Session.lessonUsage
    guard let first = arguments.words.first else { return try lessonList() }
    var after = self
    let lines: [Line]
    switch first.text {
    case "list":
      try arguments.expectAtMost(1, usage: usage)
      lines = try after.lessonList()
    case "start": lines = try after.lessonStart(arguments)
    case "lint":
      try arguments.expectAtMost(2, usage: usage)
      lines = try after.lessonLint(arguments)
    case "reset":
      try arguments.expectAtMost(2, usage: usage)
      lines = try after.lessonReset(arguments)
    case "next", "hint", "skip", "play", "resume", "quit":
      try arguments.expectAtMost(1, usage: usage)
      lines = try after.lessonOrder(first.text)
    default:
      let near = Spelling.nearest(
        to: first.text,
        among: ["list", "start", "next", "hint", "skip", "play", "resume", "reset", "lint", "quit"])
      let isNumber = Int(first.text) != nil
      throw CommandError(
        "lesson has no '\(Shown.text(first.text))'", at: first.columns,
        advice: isNumber
          ? "type: lesson start \(first.text)"
          : near.first.map { "did you mean lesson \($0)?" } ?? "usage: \(usage)")
    }
    after.followCourse()
    self = after
    return untoldNotices() + lines
  }

  private mutating func lessonOrder(_ word: String) throws(CommandError) -> [Line] {
    switch word {
    case "next": try lessonNext()
    case "hint": try lessonHint()
    case "skip": try lessonSkip()
    case "play": try lessonPlay()
    case "resume": try lessonResume()
    default: try lessonQuit()
    }
  }

  // MARK: list

  private mutating func lessonList() throws(CommandError) -> [Line] {
    let progress = learnerProgress()
    let lessons = try Shelf.lessons()
    let width = display.effectiveWidth
    let titleColumn = (lessons.map(\.title.columns).max() ?? 0) + 2
    let (check, arrow) = display.ascii ? ("x", ">") : ("✓", "▸")
    var rows = [overview(progress, lessons)]
    for lesson in lessons {
      let known = progress.lessons[lesson.key]
      let mark = known?.place != nil ? arrow : (known?.isDone == true ? check : " ")
      let documents = lesson.documentWords
      let due = known.map { $0.dueCount > 0 ? "\($0.dueCount) due" : "" } ?? ""
      let head = "\(Columns80.right("\(lesson.number ?? 0)", 4))  \(mark) "
      guard width >= 78 else {
        rows.append(Line(head + plain(lesson.title) + (due.isEmpty ? "" : ", \(due)")))
        continue
      }
      let tail =
        "\(Columns80.left(documents, 16))\(Columns80.right("\(lesson.minutes)", 2)) min  \(due)"
      rows.append(
        Line(Columns80.left(head + plain(lesson.title), titleColumn + 8) + tail.trimmedAtEnd))
    }
    return rows.map { $0 }
      + lines([
        "lesson start N · lesson resume · review asks what you missed · lesson reset N"
      ])
  }

  private func overview(_ progress: LearnerProgress, _ lessons: [Lesson]) -> Line {
    let done = lessons.count { progress.lessons[$0.key]?.isDone == true }
    guard isInteractive else { return Line("\(lessons.count) lessons", .heading) }
    var right = "\(done) of \(lessons.count) done"
    if progress.dueCount > 0 { right += ", \(progress.dueCount) to review" }
    let left =
      progress.latest.map { latest in
        let file = latest.split(separator: "/").last.map(String.init) ?? latest
        let number = lessons.first { $0.key == latest }?.number.map(String.init) ?? file
        return "lesson resume goes on with \(number)"
      } ?? "\(lessons.count) lessons"
    return Line(Columns80.edges(plain(left), right, width: display.effectiveWidth), .heading)
  }

  // MARK: start and resume

  private mutating func lessonStart(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(2, usage: "lesson start NAME")
    guard arguments.words.count == 2 else {
      throw CommandError(
        "which lesson?", at: arguments.end, advice: "as in: lesson start 1; lesson list shows them")
    }
    let word = arguments.words[1]
    let lesson = try Shelf.lesson(word, path: try path(word))
    guard isInteractive else { return try straightThrough(lesson) }
    return try begin(lesson, seed: course?.outside.seed ?? seed)
  }

  /// - Parameter progress: of an earlier session, to take up from.
  private mutating func begin(
    _ lesson: Lesson, seed: UInt64?, from progress: LessonProgress? = nil
  ) throws(CommandError) -> [Line] {
    var inner = try lessonSession(lesson, seed: seed)
    var course = Course(lesson, outside: course?.outside ?? withoutDialogue)
    course.seed = seed
    course.records = progress?.records ?? [:]
    inner.course = course
    inner[Classroom.self].notices = self[Classroom.self].notices
    inner[Classroom.self].untold = self[Classroom.self].untold
    var lines = heading(of: lesson)
    lines += try inner.goOn(silentlyTo: progress?.place ?? 0)
    self = inner
    followCourse()
    return lines
  }

  private var withoutDialogue: Session {
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

  /// From a pipe: its own answers, and what does not hold sets the status. The network of before
  /// stays as it is.
  private mutating func straightThrough(_ lesson: Lesson) throws(CommandError) -> [Line] {
    var inner = try lessonSession(lesson, seed: nil)
    inner.seed = seed
    inner[Classroom.self].keepsNumbers = false
    inner.answerSheet = answerSheet
    inner.expectations = expectations
    var shown: [Line] = []
    for line in lesson.lines {
      var interpreter = Interpreter(inner)
      do throws(CommandError) {
        shown += try interpreter.run(line.text)
      } catch {
        let error = lesson.fault(error, line.number, line.text)
        guard error.kind == .doesNotHold else { throw error }
        interpreter.session.failures.append(error)
      }
      inner = interpreter.session
    }
    guard inner.question == nil else {
      throw CommandError("the last question of \(lesson.displayName) has no answer")
    }
    expectations = inner.expectations
    failures += inner.failures
    if inner.answerSheet != nil { answerSheet = inner.answerSheet }
    return shown
  }

  mutating func lessonResume() throws(CommandError) -> [Line] {
    if let course {
      guard case .playing(let before) = course.stand else {
        throw CommandError("the lesson is on already", advice: "lesson next goes on")
      }
      let display = display
      self = before
      self.display = display
      followCourse()
      return questionRows.isEmpty ? [Line("Enter goes on", .next)] : questionRows
    }
    let progress = learnerProgress()
    guard let latest = progress.latest, let known = progress.lessons[latest] else {
      throw CommandError("no lesson is under way", advice: "lesson list shows them; lesson start 1")
    }
    let word = Word(text: latest, columns: Columns(0, 6))
    let lesson = try Shelf.lesson(word, path: latest)
    guard lesson.digest == known.digest else {
      return lines(["the lesson has changed since; it begins again"])
        + (try begin(lesson, seed: known.seed))
    }
    return try begin(lesson, seed: known.seed, from: known)
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

  private mutating func lessonQuit() throws(CommandError) -> [Line] {
    guard let course else { throw Session.noLesson() }
    if case .playing(let before) = course.stand { self = before }
    leaveLesson()
    return lines(["left; lesson resume goes on from here"])
  }

  private mutating func lessonReset(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard arguments.words.count == 2 else {
      throw CommandError(
        "reset what?", at: arguments.end, advice: "lesson reset 3, or: lesson reset all")
    }
    let word = arguments.words[1]
    guard word.text != "all" else {
      changeProgress { $0 = LearnerProgress() }
      return lines(["nothing is remembered of any lesson"])
    }
    let lesson = try Shelf.lesson(word, path: try path(word))
    changeProgress { progress in
      progress.lessons[lesson.key] = nil
      if progress.latest == lesson.key { progress.latest = nil }
    }
    return lines([
      "nothing is remembered of lesson \(lesson.number.map(String.init) ?? lesson.name)"
    ])
  }
}
