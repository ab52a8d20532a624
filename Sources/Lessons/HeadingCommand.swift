import IndexNotation
import REPL

// `title`, `minutes`, `prerequisites`, `numbers` in a script, and what a lesson leaves behind.

extension Session {
  mutating func heading(
    _ name: Heading.Name, _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    let heading = try Heading(name, Lesson.rest(of: arguments.line), arguments.whole)
    // A file that is included has no say, and neither has a person.
    guard !isInteractive, includeDepth == 0 else { return [] }
    switch heading {
    case .title(let title):
      isLesson = true
      guard let seed, !self[Classroom.self].numbersAreFixed else { return [] }
      self[Classroom.self].otherNumbers = OtherNumbers(seed: seed, lesson: title)
      dialogue = Dialogue { session, line throws(CommandError) in
        try session.takeWithOtherNumbers(line)
      }
    case .fixedNumbers:
      self[Classroom.self].numbersAreFixed = true
      self[Classroom.self].otherNumbers = nil
    case .minutes, .prerequisites: break
    }
    return []
  }

  /// A line of a lesson in a script that `--seed` gives other numbers.
  private mutating func takeWithOtherNumbers(_ line: String) throws(CommandError) -> [Line]? {
    guard otherNumbers != nil else { return nil }
    guard !isOfOwnNumbers(line) else { return [] }
    let reader = dialogue
    dialogue = nil
    let isSetting = OtherNumbers.isSetting(line, in: self)
    let drawn = isSetting ? [] : showOtherNumbers(before: line)
    let before = state
    var interpreter = Interpreter(self)
    do throws(CommandError) {
      let lines = try interpreter.run(line)
      self = interpreter.session
      dialogue = reader
      return isSetting && drawOtherNumbers(since: before) ? [] : drawn + lines
    } catch {
      failures = interpreter.session.failures
      throw error
    }
  }

  /// Whether a line expects a number, which is of the file's own; a formula holds for others too.
  func isOfOwnNumbers(_ line: String) -> Bool {
    guard case .expectation = Lesson.kind(of: line) else { return false }
    let code = Lesson.rest(of: line)
    guard let equals = code.lastIndex(of: "=") else { return false }
    let right = code[code.index(after: equals)...].split(separator: " ").first ?? ""
    return Double(right.replacing("−", with: "-")) != nil
  }

  /// The drawing of other numbers, while a lesson has them.
  var otherNumbers: OtherNumbers? {
    get { classroom?.otherNumbers }
    set { self[Classroom.self].otherNumbers = newValue }
  }

  /// Draws anew what a line has set; true if it has set any number.
  mutating func drawOtherNumbers(since before: State) -> Bool {
    guard var other = otherNumbers else { return false }
    let isChanged = other.redraw(&self, since: before)
    otherNumbers = other
    return isChanged
  }

  /// The network with the numbers drawn since the last time, before a line that uses them.
  mutating func showOtherNumbers(before line: String) -> [Line] {
    guard Lesson.kind(of: line).isRun, var other = otherNumbers else { return [] }
    let lines = other.announcement(self)
    otherNumbers = other
    return lines
  }

  /// What a lesson's file leaves behind is no concern of the next file.
  package mutating func endFile() {
    isLesson = false
    guard classroom != nil, course == nil else { return }
    question = nil
    dialogue = nil
    otherNumbers = nil
    self[Classroom.self].numbersAreFixed = false
  }
}
