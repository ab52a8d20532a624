import IndexNotation
import LectureNotes
import REPL

/// Checks a lesson: its heading, its lines, and that its own answers pass.
struct Lint {
  let lesson: Lesson
  private(set) var problems: [CommandError] = []
  private(set) var expectationCount = 0

  private static let width = 80

  init(_ lesson: Lesson, _ session: Session) throws(CommandError) {
    self.lesson = lesson
    checkHeading()
    for line in lesson.lines where line.width > Lint.width {
      note(
        CommandError(
          "\(line.width) columns; a lesson has \(Lint.width)",
          at: Columns(Lint.width, max(Lint.width + 1, line.text.columns))), line)
    }
    if lesson.questions.isEmpty {
      noteWhole("no question", "a lesson asks: help ask")
    }
    try run(session)
  }

  private mutating func note(_ error: CommandError, _ line: Lesson.Line) {
    problems.append(lesson.fault(error, line.number, line.text))
  }

  private mutating func noteWhole(_ message: String, _ advice: String) {
    problems.append(lesson.fault(CommandError(message, advice: advice), 1, ""))
  }

  private mutating func checkHeading() {
    if lesson.title.isEmpty { noteWhole("no title", "as in: title A neuron by hand") }
    if lesson.minutes == 0 { noteWhole("no minutes", "as in: minutes 10") }
    if lesson.documents.isEmpty {
      noteWhole("no document", "name the notes, as in: document four-equations")
    }
    guard
      let line = lesson.lines.first(where: {
        if case .heading(.prerequisites) = $0.kind { true } else { false }
      })
    else { return }
    let folder = lesson.path.map { $0.prefix(through: $0.lastIndex(of: "/") ?? $0.startIndex) }
    for name in lesson.prerequisites {
      // One of a series stands beside the others.
      if let folder, FileIdentity("\(folder)\(name).bp") != nil { continue }
      let word = Word(text: name, columns: Columns(0, line.text.count))
      do throws(CommandError) {
        _ = try Shelf.lesson(word, path: name)
      } catch {
        note(error, line)
      }
    }
  }

  /// Runs the lesson with its own answers; what is wrong is noted and the rest still run.
  private mutating func run(_ session: Session) throws(CommandError) {
    var inner = try session.lessonSession(lesson, seed: nil)
    inner.isInteractive = false
    for line in lesson.lines {
      if case .answer = line.kind { checkDigits(line, inner) }
      if Lesson.firstWord(line.text) == "init", !line.text.contains("seed"),
        !line.text.contains("zeros"), !line.text.contains("constant")
      {
        note(
          CommandError(
            "these numbers are others on every day", at: Columns(0, max(1, line.text.count)),
            advice: "give the seed, as in: init xavier seed 1"), line)
      }
      var interpreter = Interpreter(inner)
      do throws(CommandError) {
        _ = try interpreter.run(line.text)
      } catch {
        note(error, line)
        // One fault is told once.
        if case .answer = line.kind { interpreter.session.question = nil }
      }
      for failure in interpreter.session.failures { problems.append(failure) }
      interpreter.session.failures = []
      inner = interpreter.session
      if case .ask = line.kind { checkUnsolved(line, inner) }
      if inner.quitStatus != nil {
        note(
          CommandError("a lesson does not quit", at: Columns(0, max(1, line.text.count))), line)
        inner.quitStatus = nil
      }
    }
    if inner.question != nil { noteWhole("the last question has no answer", "add an answer line") }
    expectationCount = inner.expectations.stated
  }

  /// A number asked for must not stand on screen already.
  private mutating func checkUnsolved(_ line: Lesson.Line, _ session: Session) {
    guard let question = session.question, case .number(let asked) = question.kind,
      session.isComputed(asked),
      (try? session.number(asked, in: session.state, at: Columns(0, 1))) != nil
    else { return }
    note(
      CommandError(
        "\(session.text(asked)) is computed already when it is asked",
        at: Columns(0, max(1, line.text.count)), advice: "ask before the step that shows it"), line)
  }

  /// The author's number has to be right to all its digits.
  private mutating func checkDigits(_ line: Lesson.Line, _ session: Session) {
    guard let question = session.question, case .number(let asked) = question.kind,
      let expression = try? session.expression(Lesson.rest(of: line.text), offset: 0),
      let literal = Literal(expression), let state = try? session.completedState(),
      let right = try? session.number(asked, in: state, at: Columns(0, 1)),
      let own = try? session.number(expression, in: state, at: Columns(0, 1)),
      !Tolerance.asWritten.accepts(own, for: right, literal)
    else { return }
    // A wholly wrong answer is noted when it runs.
    guard question.tolerance.accepts(own, for: right, nil) else { return }
    note(
      CommandError(
        "\(session.text(asked)) is \(session.text(right)), not \(literal.text) to its last digit",
        at: Columns(0, max(1, line.text.count))), line)
  }
}

extension Session {
  mutating func lessonLint(_ word: Word) throws(CommandError) -> [Line] {
    let lesson = try Shelf.lesson(word, path: try path(word))
    let lint = try Lint(lesson, self)
    guard lint.problems.isEmpty else {
      failures += lint.problems
      return lines(["\(lesson.displayName): \(count(lint.problems.count, "problem"))"])
    }
    return lines([
      "\(plain(lesson.title)): \(count(lesson.questions.count, "question")), "
        + "\(count(lint.expectationCount, "expectation")), \(lesson.documents.joined(separator: ", "))"
    ])
  }
}
