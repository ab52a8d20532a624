import IndexNotation
import REPL

/// What `lesson` can be told.
enum LessonOrder: String, CaseIterable {
  case list, start, next, hint, skip, play, resume, reset, lint, quit

  /// Whether it may be typed alone while a lesson waits.
  var isShort: Bool {
    switch self {
    case .next, .hint, .skip, .play: true
    case .list, .start, .resume, .reset, .lint, .quit: false
    }
  }

  /// Words after it.
  var mostWords: Int {
    switch self {
    case .start, .resume, .reset, .lint: 1
    case .list, .next, .hint, .skip, .play, .quit: 0
    }
  }
}

extension Session {
  static let lessonUsage = """
    lesson list | start NAME | next | hint | skip | play | resume [NAME] | reset NAME|all \
    | lint FILE | quit
    """

  /// `lesson` alone is the list.
  mutating func lesson(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !isLesson else {
      throw CommandError(
        "a lesson gives no orders to lessons", at: arguments.commandColumns,
        advice: "leave this line out")
    }
    guard !isInteractive || includeDepth == 0 else {
      throw CommandError(
        "lessons are typed, and not sourced", at: arguments.commandColumns,
        advice: "type this line yourself")
    }
    let order = try order(arguments)
    var after = self
    do throws(CommandError) {
      let lines = try after.carryOut(
        order, arguments.words.dropFirst().first, end: arguments.end)
      after.followCourse()
      self = after
      return untoldNotices() + lines
    } catch {
      // What there is to say of the file of progress is said also when the order fails.
      failures = after.failures
      var error = error
      if let notices = after.classroom?.notices {
        self[Classroom.self].notices = notices
        let untold = after[Classroom.self].untold
        if !untold.isEmpty { error.remark = untold.joined(separator: "; ") }
      }
      throw error
    }
  }

  private func order(_ arguments: Arguments) throws(CommandError) -> LessonOrder {
    guard let first = arguments.words.first else { return .list }
    if let order = LessonOrder(rawValue: first.text) {
      try arguments.expectAtMost(1 + order.mostWords, usage: Session.lessonUsage)
      return order
    }
    let near = Spelling.nearest(to: first.text, among: LessonOrder.allCases.map(\.rawValue))
    throw CommandError(
      "lesson has no '\(Shown.text(first.text))'", at: first.columns,
      advice: Int(first.text) != nil
        ? "type: lesson start \(first.text)"
        : near.first.map { "did you mean lesson \($0)?" } ?? "usage: \(Session.lessonUsage)")
  }

  /// - Parameter end: where a missing word belongs in the typed line.
  mutating func carryOut(
    _ order: LessonOrder, _ word: Word? = nil, end: Columns? = nil
  ) throws(CommandError) -> [Line] {
    func given() throws(CommandError) -> Word {
      guard let word else {
        throw CommandError(
          "\(order.rawValue) what?", at: end,
          advice: "as in: lesson \(order.rawValue) \(order == .lint ? "lessons/mine.bp" : "1")")
      }
      return word
    }
    switch order {
    case .list: return try lessonList()
    case .start: return try lessonStart(try given())
    case .next: return try lessonNext()
    case .hint: return try lessonHint()
    case .skip: return try lessonSkip()
    case .play: return try lessonPlay()
    case .resume: return try lessonResume(word)
    case .reset: return try lessonReset(try given())
    case .lint: return try lessonLint(try given())
    case .quit: return try lessonQuit()
    }
  }
}
