import IndexNotation
import REPL

// What a person types while a lesson waits.

extension Session {
  /// Keeps the prompt and the reader of lines in step with the lesson.
  mutating func followCourse() {
    guard course != nil else {
      dialogue = nil
      return
    }
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

  private mutating func takeInLesson(_ line: String) throws(CommandError) -> [Line]? {
    let code = Interpreter.withoutComment(line)
    let word = Lesson.firstWord(code)
    guard !word.isEmpty, let course else { return nil }
    if let found = command(code), ["lesson", "review"].contains(found.command.name) {
      return try ordered(found.command, found.arguments)
    }
    let order = code.trimmed == word ? LessonOrder(rawValue: word) : nil
    switch course.stand {
    case .playing:
      if order == .resume { return try lessonResume() }
      if let order, order.isShort { return try carryOut(order) }
      return try playing(line)
    case .paused:
      if let order, order.isShort { return try carryOut(order) }
      return try looking(line)
    case .asking:
      if let order, order.isShort { return try carryOut(order) }
      if let found = command(code), found.command.name == "answer" {
        return try attempt(found.arguments.rest, column: found.arguments.restColumn)
      }
      guard try isAnswer(code) else { return try looking(line) }
      return try attempt(code, column: 0)
    }
  }

  private func command(_ code: String) -> (command: Command, arguments: Arguments)? {
    guard
      case .command(let command, let arguments)? = try? Interpreter.kind(of: code, in: self, table)
    else { return nil }
    return (command, arguments)
  }

  /// An order that a person has typed: a lesson's own lines have none to give.
  private mutating func ordered(
    _ command: Command, _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    var after = self
    after.isLesson = false
    let lines = try command.run(&after, arguments)
    after.isLesson = after.course != nil
    self = after
    return lines
  }

  /// Whether a line answers the question: what is no command, the mark of an option, a label.
  package func isAnswer(_ code: String) throws(CommandError) -> Bool {
    guard let question else { return false }
    let text = code.trimmed
    switch question.kind {
    case .choice:
      let bare = text.lowercased().filter { $0 != ")" }
      if question.options.indices.contains(where: { question.mark($0) == bare }) { return true }
      if question.options.contains(where: { $0.text.lowercased() == text.lowercased() }) {
        return true
      }
    case .sign: if ["+", "-", "−"].contains(text) { return true }
    case .next:
      if (try? Judgement(self, question).verdict(on: text, column: 0)) != nil { return true }
    case .number, .formula: break
    }
    do throws(CommandError) {
      switch try Interpreter.kind(of: code, in: self, table) {
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
  private mutating func typed(_ line: String) throws(CommandError) -> (
    lines: [Line], after: Session
  ) {
    if let found = command(Interpreter.withoutComment(line)), found.command.isDirective {
      throw CommandError(
        "\(found.command.name) stands in lesson files", at: found.arguments.commandColumns,
        advice: "help ask tells how")
    }
    var inner = self
    inner.dialogue = nil
    inner.isLesson = false
    inner.includes = []
    var interpreter = Interpreter(inner)
    do throws(CommandError) {
      let lines = try interpreter.run(line)
      return (lines, interpreter.session)
    } catch {
      failures = interpreter.session.failures
      throw error
    }
  }

  /// In the sandbox everything goes.
  private mutating func playing(_ line: String) throws(CommandError) -> [Line] {
    let (lines, after) = try typed(line)
    let includes = includes
    self = after
    (isLesson, self.includes) = (true, includes)
    return lines
  }

  /// A line that only looks; one that would change the lesson's network is refused.
  private mutating func looking(_ line: String) throws(CommandError) -> [Line] {
    // A file might answer, or change and change back.
    let isFile = command(Interpreter.withoutComment(line))?.command.name == "source"
    let (lines, after) = isFile ? ([], self) : try typed(line)
    guard !isFile, after.timeline.count == timeline.count,
      after.timeline.current == timeline.current,
      after.view.documentID == view.documentID, after.stops == stops
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
