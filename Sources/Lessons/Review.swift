import IndexNotation
import REPL

/// The missed questions that are asked again.
struct Review: Sendable {
  struct Item: Sendable {
    /// The lesson's key, and the number of the question in it.
    var lesson: String
    var number: Int
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
    if course != nil {
      throw CommandError(
        "a lesson is on", at: arguments.commandColumns, advice: "lesson quit first")
    }
    guard isInteractive else {
      throw CommandError(
        "review asks a person", at: arguments.commandColumns, advice: "type it at a terminal")
    }
    var after = self
    let progress = after.learnerProgress()
    let items = progress.lessons.sorted { $0.key < $1.key }.flatMap { name, known in
      known.records.filter(\.value.isDue).keys.sorted().map {
        Review.Item(lesson: name, number: $0)
      }
    }
    guard !items.isEmpty else {
      self = after
      return untoldNotices() + lines(["nothing to review: no question was missed"])
    }
    let seed = self.seed ?? UInt64.random(in: 1...UInt64.max)
    let lines = try after.ask(Review(items: items, seed: seed))
    self = after
    return untoldNotices() + lines
  }

  /// Asks the first question of a review, in a fresh copy of its lesson; ends it if there is none.
  private mutating func ask(_ review: Review) throws(CommandError) -> [Line] {
    guard let item = review.items.first else { return end(review) }
    let lesson = try? Shelf.lesson(
      Word(text: item.lesson, columns: Columns(0, 6)), path: item.lesson)
    guard let lesson, lesson.questions.indices.contains(item.number - 1) else {
      // The lesson is gone, or has fewer questions than it had.
      changeProgress { $0.lessons[item.lesson]?.records[item.number] = nil }
      var rest = review
      rest.items.removeFirst()
      return try ask(rest)
    }
    var other = self
    do throws(CommandError) {
      let lines = try other.ask(item, of: lesson, review, seed: review.seed)
      self = other
      return lines
    } catch {
      // Some lessons only hold with the numbers of their file.
      return try ask(item, of: lesson, review, seed: nil)
    }
  }

  private mutating func ask(
    _ item: Review.Item, of lesson: Lesson, _ review: Review, seed: UInt64?
  ) throws(CommandError) -> [Line] {
    var inner = try lessonSession(lesson, seed: seed)
    var next = Course(lesson, outside: course?.outside ?? self)
    next.outside.dialogue = nil
    next.review = review
    next.review?.seed &+= 1
    next.review?.askedCount += 1
    inner.course = next
    let question = try inner.goOn(silentlyTo: lesson.questions[item.number - 1])
    let hasOthers = inner[Classroom.self].otherNumbers != nil
    let words = hasOthers ? "with other numbers" : "with the same numbers, which are the point"
    var looking = Interpreter(inner)
    looking.session.dialogue = nil
    let shown = try looking.run("show")
    self = inner
    followCourse()
    let name = lesson.number.map(String.init) ?? lesson.name
    return lines(["Lesson \(name), question \(item.number), \(words)"]).map {
      Line($0.text, .heading)
    } + shown + [.blank] + question.drop { $0 == .blank }
  }

  /// After the answer of a review: what was right at once is not asked again.
  mutating func nextReview() throws(CommandError) -> [Line] {
    guard let course, var review = course.review, let item = review.items.first else { return [] }
    let record = course.record
    if record.isRight, record.wrong == 0 {
      review.rightCount += 1
      changeProgress { $0.lessons[item.lesson]?.records[item.number]?.isReviewed = true }
    }
    review.items.removeFirst()
    return [.blank] + (try ask(review))
  }

  private mutating func end(_ review: Review) -> [Line] {
    leaveLesson()
    let left = review.askedCount - review.rightCount
    return lines([
      "review: \(review.rightCount) of \(review.askedCount) right at once"
        + (left > 0 ? "; \(count(left, "question")) for another day" : "")
    ])
  }
}
