import IndexNotation
import REPL

// What a person types while a lesson waits.

extension Session {
  /// Lets the lesson read the lines before the command table does.
  mutating func beginDialogue() {
    dialogue = Dialogue(prompt: coursePrompt) { session, line throws(CommandError) in
      let lines = try session.takeInLesson(line)
      // The answer may have ended the lesson, or begun another wait.
      if lines != nil { session.followCourse() }
      return lines
    }
  }

  private var coursePrompt: String? {
    switch course?.stand {
    case .asking?: return "answer> "
    case .paused?: return "lesson> "
    case .playing?:
      var inner = self
      inner.dialogue = nil
      return "play" + inner.prompt.dropFirst(2)
    case nil: return nil
    }
  }

  /// Keeps the prompt and the reader of lines in step with the lesson.
  mutating func followCourse() {
    if course == nil { dialogue = nil } else { beginDialogue() }
  }

  private mutating func takeInLesson(_ line: String) throws(CommandError) -> [Line]? {
    let code = Interpreter.withoutComment(line)
    let word = Lesson.word(code)
    guard !word.isEmpty, let course else { return nil }
    if word == "lesson" || word == "review" { return nil }
    let isAlone = code.trimmed == word
    switch course.stand {
    case .playing:
      if word == "resume", isAlone { return try lessonResume() }
      return try playing(line)
    case .paused:
      if isAlone, let lines = try order(word) { return lines }
      return try looking(line)
    case .asking:
      if isAlone, let lines = try order(word) { return lines }
      if word == "answer" {
        return try attempt(String(code.trimmed.dropFirst(6)), column: code.count)
      }
      guard try isAnswer(code) else { return try looking(line) }
      return try attempt(code, column: 0)
    }
  }

  /// A word that is short for `lesson WORD`.
  private mutating func order(_ word: String) throws(CommandError) -> [Line]? {
    switch word {
    case "next": return try lessonNext()
    case "hint": return try lessonHint()
    case "skip": return try lessonSkip()
    case "play": return try lessonPlay()
    default: return nil
    }
  }

  /// What is no command is an answer; so is the letter of an option.
  private func isAnswer(_ code: String) throws(CommandError) -> Bool {
    guard let question else { return false }
    let text = code.trimmed
    switch question.kind {
    case .choice:
      if text.filter({ $0 != ")" }).count == 1 { return true }
      if question.options.contains(where: { $0.text.lowercased() == text.lowercased() }) {
        return true
      }
    case .sign: if ["+", "-", "−"].contains(text) { return true }
    case .next:
      if text.hasPrefix("(") || text.first?.isNumber == true || text.hasPrefix("“") { return true }
      if case .right? = try? Judgement(self, question).verdict(on: text, column: 0) { return true }
    case .number, .formula: break
    }
    var inner = self
    inner.dialogue = nil
    do throws(CommandError) {
      switch try Interpreter.kind(of: code, in: inner, table) {
      case .command: return false
      case .assignment: return isAsked(code, in: question)
      case .expression: return true
      }
    } catch {
      // Words that are no command may be a label, or an option.
      switch question.kind {
      case .choice, .next, .sign: return true
      case .number, .formula: throw error
      }
    }
  }

  /// `δ₁² = 0.138` answers; `w[1][1,1] = 0.5` would set.
  private func isAsked(_ code: String, in question: Question) -> Bool {
    guard let asked = question.expression, let equals = code.firstIndex(of: "="),
      let left = try? expression(String(code[..<equals]), offset: 0)
    else { return false }
    return text(left) == text(asked)
  }

  /// What a line leads to that a person has typed, who may use any file.
  private func typed(_ line: String) throws(CommandError) -> (lines: [Line], after: Session) {
    var inner = self
    inner.dialogue = nil
    inner.isLesson = false
    inner.includes = []
    var interpreter = Interpreter(inner)
    let lines = try interpreter.run(line)
    return (lines, interpreter.session)
  }

  /// In the sandbox everything goes.
  private mutating func playing(_ line: String) throws(CommandError) -> [Line] {
    let (lines, after) = try typed(line)
    let includes = includes
    self = after
    (isLesson, self.includes) = (true, includes)
    beginDialogue()
    return lines
  }

  /// A line that only looks; one that would change the lesson's network is refused.
  private mutating func looking(_ line: String) throws(CommandError) -> [Line] {
    let (lines, after) = try typed(line)
    guard after.timeline.count == timeline.count, after.timeline.current == timeline.current,
      after.view.documentID == view.documentID, after.stops == stops,
      after.question == nil
        || question != nil
    else {
      let start = line.prefix { $0 == " " }.count
      throw CommandError(
        "this would change the lesson's network", at: Columns(start, max(start + 1, line.count)),
        advice: "lesson play opens a sandbox, where everything goes")
    }
    display = after.display
    expectations = after.expectations
    failures = after.failures
    quitStatus = after.quitStatus
    usedProgress = after.usedProgress
    return lines
  }
}
