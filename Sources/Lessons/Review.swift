import IndexNotation
import REPL

/// The missed questions that are asked again.
struct Review: Sendable {
  struct Item: Sendable {
    /// The lesson's key, and the question's ID in it.
    var lesson: String
    var question: String
  }

  /// The one on screen, then those after it.
  var items: [Item]
  /// Each has numbers of its own.
  var seed: UInt64
  var askedCount = 0
  var rightCount = 0
}

extension Session {
  /// `review`: what was missed comes back with other numbers.
  mutating func review(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "review")
    guard isInteractive, !isLesson else {
      throw CommandError(
        "review asks a person", at: arguments.commandColumns, advice: "type it at a terminal")
    }
    if course != nil {
      throw CommandError(
        "a lesson is on", at: arguments.commandColumns, advice: "lesson quit first")
    }
    var after = self
    let (items, notices) = after.missedQuestions()
    let lines: [Line]
    if items.isEmpty {
      lines = notices.isEmpty ? after.lines(["nothing to review: no question was missed"]) : []
    } else {
      let seed = self.seed ?? UInt64.random(in: 1...UInt64.max)
      lines = after.ask(Review(items: items, seed: seed))
    }
    self = after
    return untoldNotices() + notices + lines
  }

  /// What there is to ask again, in the order of the lessons. What a lesson no longer asks is forgotten;
  /// a lesson that cannot be read now is named, and its questions stay.
  private mutating func missedQuestions() -> (items: [Review.Item], notices: [Line]) {
    var items: [Review.Item] = []
    var notices: [Line] = []
    var gone: [Review.Item] = []
    for (key, known) in learnerProgress().lessons.sorted(by: { $0.key < $1.key }) {
      let due = known.records.filter(\.value.isDue).keys.sorted()
      guard !due.isEmpty else { continue }
      do throws(CommandError) {
        let lesson = try Shelf.lesson(Word(text: key, columns: Columns(0, 1)), path: key)
        let numbers = Dictionary(
          uniqueKeysWithValues: lesson.questions.indices.map { (lesson.questionID($0 + 1), $0) })
        items += due.filter { numbers[$0] != nil }.sorted {
          numbers[$0, default: 0] < numbers[$1, default: 0]
        }
        .map { Review.Item(lesson: key, question: $0) }
        gone += due.filter { numbers[$0] == nil }.map { Review.Item(lesson: key, question: $0) }
      } catch {
        notices += cannotBeAsked(key, error)
      }
    }
    if !gone.isEmpty {
      changeProgress { progress in
        for item in gone { progress.lessons[item.lesson]?.records[item.question] = nil }
      }
    }
    return (items, notices)
  }

  private func cannotBeAsked(_ key: String, _ error: CommandError) -> [Line] {
    let file = key.split(separator: "/").last.map(String.init) ?? key
    return lines(["\(Shown.text(file)) cannot be asked now: \(error.message)"]).map {
      Line($0.text, .warning)
    }
  }

  /// Asks the first question of a review that can be asked, in a fresh copy of its lesson; ends it if
  /// there is none.
  private mutating func ask(_ review: Review) -> [Line] {
    var review = review
    var notices: [Line] = []
    while let item = review.items.first {
      do throws(CommandError) {
        let word = Word(text: item.lesson, columns: Columns(0, 6))
        let lesson = try Shelf.lesson(word, path: item.lesson)
        if let number = lesson.questionNumber(item.question) {
          return notices + (try ask(number, of: lesson, review))
        }
      } catch {
        notices += cannotBeAsked(item.lesson, error)
      }
      review.items.removeFirst()
    }
    return notices + end(review)
  }

  /// With other numbers; with the same where the lesson only holds with those of its file.
  private mutating func ask(
    _ number: Int, of lesson: Lesson, _ review: Review
  ) throws(CommandError) -> [Line] {
    var other = self
    if let lines = try? other.ask(number, of: lesson, review, seed: review.seed) {
      self = other
      return lines
    }
    return try ask(number, of: lesson, review, seed: nil)
  }

  private mutating func ask(
    _ number: Int, of lesson: Lesson, _ review: Review, seed: UInt64?
  ) throws(CommandError) -> [Line] {
    var inner = try lessonSession(lesson, seed: seed)
    var next = Course(lesson, outside: course?.outside ?? withoutDialogue)
    next.review = review
    next.review?.seed &+= 1
    next.review?.askedCount += 1
    inner.course = next
    let question = try inner.goOn(silentlyTo: lesson.questions[number - 1])
    let words =
      inner.otherNumbers != nil
      ? "with other numbers" : "with the same numbers, which are the point"
    var looking = Interpreter(inner)
    let shown = try looking.run("show")
    self = inner
    followCourse()
    return lines(["Lesson \(lesson.shortName), question \(number), \(words)"]).map {
      Line($0.text, .heading)
    } + shown + [.blank] + question.drop { $0 == .blank }
  }

  /// After the answer of a review: what was right at once is not asked again.
  mutating func nextReview() throws(CommandError) -> [Line] {
    guard let course, var review = course.review, let item = review.items.first else { return [] }
    if course.record.isRight, course.record.wrong == 0 {
      review.rightCount += 1
      changeProgress { $0.lessons[item.lesson]?.records[item.question]?.isReviewed = true }
    }
    review.items.removeFirst()
    return ask(review)
  }

  private mutating func end(_ review: Review) -> [Line] {
    leaveLesson()
    guard review.askedCount > 0 else { return [] }
    let left = review.askedCount - review.rightCount
    return lines([
      "review: \(review.rightCount) of \(review.askedCount) right at once"
        + (left > 0 ? "; \(count(left, "question")) for another day" : "")
    ])
  }
}
