import REPL
import Terminal

/// A student's answers, one a line, and the marks they got.
package struct AnswerSheet: Sendable {
  /// What one question got.
  struct Mark: Sendable {
    var isRight: Bool
  }

  private var answers: [String]
  private var next = 0
  private(set) var marks: [Mark] = []

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

  mutating func mark(_ isRight: Bool) { marks.append(Mark(isRight: isRight)) }

  package var questionCount: Int { marks.count }
  package var rightCount: Int { marks.count { $0.isRight } }
  /// Answers that no question asked for.
  package var unusedCount: Int { answers.count - next }
}

extension Session {
  /// The sheet whose answers take the place of the lesson's own.
  package var answerSheet: AnswerSheet? {
    get { hasNoAnnex ? nil : self[Classroom.self].sheet }
    set { self[Classroom.self].sheet = newValue }
  }

  /// Whether a question waits for an answer that never came.
  package var hasOpenQuestion: Bool { question != nil }

  package mutating func closeQuestion() { question = nil }

  /// Weighs the student's answer in place of the lesson's own.
  mutating func graded(_ question: Question) throws(CommandError) -> [Line] {
    guard var sheet = answerSheet else { return [] }
    let answer = sheet.take()
    var outcome = (isRight: false, words: "no answer")
    if let answer {
      do throws(CommandError) {
        switch try Judgement(self, question).verdict(on: answer, column: 0) {
        case .right: outcome = (true, Shown.text(answer))
        case .wrong(let words): outcome = (false, words)
        }
      } catch {
        outcome = (false, "\(Shown.text(answer)) cannot be read: \(error.message)")
      }
    }
    sheet.mark(outcome.isRight)
    self.answerSheet = sheet
    self.question = nil
    let head =
      "\(Columns80.right("\(sheet.questionCount)", 2))  \(outcome.isRight ? "right" : "wrong")"
    var stated = question
    stated.options = []
    var lines = rows(of: stated, number: head, note: "")
    lines += Wrapping.hanging(
      Columns80.spaces(head.count + 3), plain(outcome.words), width: display.effectiveWidth)
    return lines
  }
}
