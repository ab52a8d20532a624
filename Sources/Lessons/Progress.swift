import IndexNotation
import REPL

/// What became of one question.
struct QuestionRecord: Equatable, Sendable {
  var isRight = false
  var wrong = 0
  var hints = 0
  var isSkipped = false
  /// Whether a review has asked it again and got the right answer.
  var isReviewed = false

  /// Whether review asks it again: it was missed, or its answer shown.
  var isDue: Bool { (wrong > 0 || isSkipped) && !isReviewed }
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
  /// The file of a lesson that is not inside the program.
  var path: String?
  var records: [Int: QuestionRecord] = [:]

  var dueCount: Int { records.values.count { $0.isDue } }
}

/// How far a person has come, lesson by lesson.
struct LearnerProgress: Equatable, Sendable {
  static let format = "backprop-lessons/1"

  var lessons: [String: LessonProgress] = [:]
  /// The lesson that was on last.
  var latest: String?

  var dueCount: Int { lessons.values.map(\.dueCount).reduce(0, +) }
}

// MARK: as JSON

extension LearnerProgress {
  /// Why a file is not used.
  struct Refusal: Error {
    var reason: String
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
      throw Refusal(reason: error.message)
    }
    guard case .string(let format)? = json["format"], format.hasPrefix("backprop-lessons/") else {
      throw Refusal(reason: "it is no file of progress")
    }
    guard format == LearnerProgress.format else {
      throw Refusal(reason: "it is of another version (\(Shown.text(format)))")
    }
    guard case .array(let entries)? = json["lessons"] else {
      throw Refusal(reason: "it has no lessons")
    }
    for entry in entries {
      guard case .string(let name)? = entry["name"], let progress = LessonProgress(entry) else {
        throw Refusal(reason: "an entry of it is damaged")
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
    if let path { members.append(.init(key: "path", value: .string(path))) }
    let questions = records.sorted { $0.key < $1.key }.map { number, record in
      record.json(number: number)
    }
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
    if case .string(let seed)? = json["seed"] { self.seed = UInt64(seed) }
    if case .string(let path)? = json["path"] { self.path = path }
    for question in questions {
      guard let number = question["number"]?.count, let record = QuestionRecord(question) else {
        return nil
      }
      records[number] = record
    }
  }
}

extension QuestionRecord {
  fileprivate func json(number: Int) -> JSON {
    .object([
      .init(key: "number", value: .number(Double(number))),
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
