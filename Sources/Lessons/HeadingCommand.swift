import REPL

// `title`, `minutes`, `prerequisites`, `numbers` in a script, and what a lesson leaves behind.

extension Session {
  mutating func heading(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let word = Lesson.word(arguments.line)
    let rest = Interpreter.withoutComment(arguments.rest).trimmed
    switch try Heading(word, rest, arguments.whole) {
    case .title(let title):
      isLesson = true
      if !isInteractive, let seed, !self[Classroom.self].keepsNumbers {
        self[Classroom.self].otherNumbers = OtherNumbers(seed: seed, lesson: title)
        dialogue = Dialogue { session, line throws(CommandError) in
          try session.takeWithOtherNumbers(line)
        }
      }
    case .fixedNumbers: self[Classroom.self].otherNumbers = nil
    case .minutes, .prerequisites: break
    }
    return []
  }

  /// A line of a lesson in a script that `--seed` gives other numbers.
  private mutating func takeWithOtherNumbers(_ line: String) throws(CommandError) -> [Line]? {
    guard self[Classroom.self].otherNumbers != nil else { return nil }
    // What the file expects is of its own numbers.
    guard Lesson.word(line) != "expect" else { return [] }
    let reader = dialogue
    dialogue = nil
    let isSetting = OtherNumbers.isSetting(line, in: self)
    let drawn = isSetting ? [] : showOtherNumbers(before: line)
    let before = state
    var interpreter = Interpreter(self)
    let lines = try interpreter.run(line)
    self = interpreter.session
    dialogue = reader
    guard isSetting, drawOtherNumbers(since: before) else { return drawn + lines }
    return []
  }

  /// Draws anew what a line has set; true if it has set any number.
  mutating func drawOtherNumbers(since before: State) -> Bool {
    guard var other = self[Classroom.self].otherNumbers else { return false }
    let isChanged = other.redraw(&self, since: before)
    self[Classroom.self].otherNumbers = other
    return isChanged
  }

  /// The network with the numbers drawn since the last time, before a line that uses them.
  mutating func showOtherNumbers(before line: String) -> [Line] {
    let kind = Lesson.kind(of: line)
    guard kind.isRun, var other = self[Classroom.self].otherNumbers else { return [] }
    let lines = other.taken(self)
    self[Classroom.self].otherNumbers = other
    return lines
  }

  /// What a lesson's file leaves behind is no concern of the next file.
  package mutating func endFile() {
    isLesson = false
    guard !hasNoAnnex, course == nil else { return }
    question = nil
    dialogue = nil
    self[Classroom.self].otherNumbers = nil
  }
}
