import IndexNotation
import REPL

/// What became of one question.
struct QuestionRecord: Equatable, Sendable {
  var isRight = false
  var wrong = 0
  var hints = 0
  var isSkipped = false
  /// Whether a review has asked it again and got the right answer at once.
  var isReviewed = false

  /// Whether review asks it again: it was missed, or its answer shown.
  var isDue: Bool { (wrong > 0 || isSkipped) && !isReviewed }
  /// Whether it was left for the next.
  var isOver: Bool { isRight || isSkipped }
}

/// How far a person has come in one lesson.
struct LessonProgress: Equatable, Sendable {
  var isDone = false
  /// The line a later session takes up from; nil if the lesson is not under way.
  var place: Int?
  /// Of the lesson as it was then.
  var digest: UInt64
  /// The seed of its numbers, where they are not the file's.
  var seed: UInt64?
  /// By `Lesson.questionID`.
  var records: [String: QuestionRecord] = [:]

  var dueCount: Int { records.values.count { $0.isDue } }
}

/// How far a person has come, lesson by lesson.
struct LearnerProgress: Equatable, Sendable {
  static let format = "backprop-lessons/1"

  /// By `Lesson.key`.
  var lessons: [String: LessonProgress] = [:]
  /// The lesson that was on last.
  var latest: String?

  var dueCount: Int { lessons.values.map(\.dueCount).reduce(0, +) }
  /// The lessons that are under way.
  var underWay: [String] { lessons.filter { $0.value.place != nil }.keys.sorted() }
}

// MARK: as JSON

extension LearnerProgress {
  /// Why a file is not used.
  enum Refusal: Error, Equatable {
    case notJSON(JSONError)
    case foreign
    case otherVersion(String)
    case damaged

    var words: String {
      switch self {
      case .notJSON(let error): error.message
      case .foreign: "it is no file of progress"
      case .otherVersion(let format): "it is of another version, \(Shown.text(format))"
      case .damaged: "an entry of it is damaged"
      }
    }
  }

  var text: String {
    var members = [JSON.Member(key: "format", value: .string(LearnerProgress.format))]
    if let latest { members.append(.init(key: "latest", value: .string(latest))) }
    let entries = lessons.sorted { $0.key < $1.key }.map { name, progress in
      progress.json(name: name)
    }
    members.append(.init(key: "lessons", value: .array(entries)))
    return JSON.object(members).text(width: 80) + "\n"
  }

  init(reading bytes: [UInt8]) throws(Refusal) {
    let json: JSON
    do throws(JSONError) {
      json = try JSONParser.parse(bytes)
    } catch {
      throw .notJSON(error)
    }
    guard case .string(let format)? = json["format"], format.hasPrefix("backprop-lessons/") else {
      throw .foreign
    }
    guard format == LearnerProgress.format else { throw .otherVersion(format) }
    guard case .array(let entries)? = json["lessons"] else { throw .damaged }
    for entry in entries {
      guard case .string(let name)? = entry["name"], let progress = LessonProgress(entry) else {
        throw .damaged
      }
      lessons[name] = progress
    }
    if case .string(let name)? = json["latest"] { latest = name }
  }
}

extension LessonProgress {
  fileprivate func json(name: String) -> JSON {
    var members: [JSON.Member] = [
      .init(key: "name", value: .string(name)), .init(key: "done", value: .boolean(isDone)),
      .init(key: "digest", value: .string(String(digest, radix: 16))),
    ]
    if let place { members.append(.init(key: "line", value: .number(Double(place)))) }
    if let seed { members.append(.init(key: "seed", value: .string(String(seed)))) }
    let questions = records.sorted { $0.key < $1.key }.map { id, record in record.json(id: id) }
    members.append(.init(key: "questions", value: .array(questions)))
    return .object(members)
  }

  fileprivate init?(_ json: JSON) {
    guard case .boolean(let isDone)? = json["done"], case .string(let text)? = json["digest"],
      let digest = UInt64(text, radix: 16), case .array(let questions)? = json["questions"]
    else { return nil }
    self.isDone = isDone
    self.digest = digest
    if let line = json["line"] {
      guard let place = line.count else { return nil }
      self.place = place
    }
    if let value = json["seed"] {
      guard case .string(let text) = value, let seed = UInt64(text) else { return nil }
      self.seed = seed
    }
    for question in questions {
      guard case .string(let id)? = question["question"], let record = QuestionRecord(question)
      else { return nil }
      records[id] = record
    }
  }
}

extension QuestionRecord {
  fileprivate func json(id: String) -> JSON {
    .object([
      .init(key: "question", value: .string(id)),
      .init(key: "right", value: .boolean(isRight)),
      .init(key: "wrong", value: .number(Double(wrong))),
      .init(key: "hints", value: .number(Double(hints))),
      .init(key: "skipped", value: .boolean(isSkipped)),
      .init(key: "reviewed", value: .boolean(isReviewed)),
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard case .boolean(let isRight)? = json["right"], let wrong = json["wrong"]?.count,
      let hints = json["hints"]?.count, case .boolean(let isSkipped)? = json["skipped"],
      case .boolean(let isReviewed)? = json["reviewed"]
    else { return nil }
    self.isRight = isRight
    self.wrong = wrong
    self.hints = hints
    self.isSkipped = isSkipped
    self.isReviewed = isReviewed
  }
}

extension JSON {
  /// A whole number from 0 that fits.
  fileprivate var count: Int? {
    guard case .number(let value) = self, value >= 0, value <= 1e9, value == value.rounded() else {
      return nil
    }
    return Int(value)
  }
}
