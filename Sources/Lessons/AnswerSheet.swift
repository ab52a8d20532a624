import REPL
import Terminal

/// A student's answers, one a line, and the marks they got.
package struct AnswerSheet: Sendable {
  /// What one question got.
  enum Mark: String, Sendable {
    case right, wrong
    /// The question was left out.
    case none
    /// It could not be read, which is no wrong answer.
    case unread
  }

  private var answers: [String]
  private var next = 0
  private(set) var marks: [Mark] = []
  /// Rows that are still to be shown.
  fileprivate var rows: [Line] = []

  /// - Parameter lines: those of the file; one that begins with `#` is a remark. An empty line, or
  ///   `?`, leaves its question out.
  package init(_ lines: [String]) {
    answers = lines.map(\.trimmed).filter { !$0.hasPrefix("#") }
    while answers.last?.isEmpty == true { answers.removeLast() }
  }

  /// The next answer; nil if the question is left out.
  mutating func take() -> String? {
    guard next < answers.count else { return nil }
    defer { next += 1 }
    let answer = answers[next]
    return answer.isEmpty || answer == "?" ? nil : answer
  }

  mutating func mark(_ mark: Mark) { marks.append(mark) }

  /// Answers that no question asked for.
  private var unusedCount: Int { answers.count - next }

  package var isAllRight: Bool {
    !marks.isEmpty && unusedCount == 0 && marks.allSatisfy { $0 == .right }
  }

  /// The last row: `2 of 3 answers are right`, and what else there is to say.
  package var summary: String {
    var words = "\(marks.count { $0 == .right }) of \(marks.count) answers are right"
    let unread = marks.count { $0 == .unread }
    if unread > 0 { words += "; \(unread) could not be read" }
    if unusedCount > 0 { words += "; \(unusedCount) more than questions" }
    return words
  }
}

extension Session {
  /// Whether a question waits for an answer that never came.
  package var hasOpenQuestion: Bool { question != nil }

  /// Rows of marks since the last time.
  package mutating func takeMarks() -> [Line] {
    guard let rows = answerSheet?.rows, !rows.isEmpty else { return [] }
    answerSheet?.rows = []
    return rows
  }

  /// Weighs the student's answer in place of the lesson's own.
  mutating func grade(_ question: Question) {
    guard var sheet = answerSheet else { return }
    let (mark, words) = mark(sheet.take(), for: question)
    sheet.mark(mark)
    var stated = question
    stated.options = []
    let head = "\(Columns80.right("\(sheet.marks.count)", 2))  \(Columns80.left(mark.rawValue, 6))"
    sheet.rows += rows(of: stated, number: head, note: "")
    sheet.rows += Wrapping.hanging(
      Columns80.spaces(head.count + 3), plain(displayable(words, limit: 1000)),
      width: display.effectiveWidth)
    answerSheet = sheet
    self.question = nil
  }

  private func mark(
    _ answer: String?, for question: Question
  ) -> (mark: AnswerSheet.Mark, words: String) {
    guard let answer else { return (.none, "no answer") }
    do throws(CommandError) {
      switch try Judgement(self, question).verdict(on: answer, column: 0) {
      case .right: return (.right, Shown.text(answer))
      case .wrong(let words): return (.wrong, words)
      }
    } catch {
      return (.unread, "\(Shown.text(answer)): \(error.message)")
    }
  }
}
