import IndexNotation
import REPL

// `answer V` in a script, and `predict Q V` anywhere.

extension Session {
  /// Weighs an answer to the open question, which this ends. In a script a wrong one is an
  /// expectation that does not hold.
  mutating func answer(_ arguments: Arguments) throws(CommandError) -> [Line] {
    if course != nil { try requireQuestion() }
    guard var question else {
      throw CommandError(
        "no question is open", at: arguments.commandColumns,
        advice: "lesson list has lessons; ask comes before answer")
    }
    guard !arguments.rest.trimmed.isEmpty else {
      throw CommandError("answer needs its value", at: arguments.end)
    }
    try checkOptions(of: question, at: arguments.commandColumns)
    question.ownAnswer = arguments.rest
    let stated = question.isStated ? [] : [.blank] + rows(of: question, number: "?", note: "")
    if answerSheet != nil {
      grade(question)
      return []
    }
    if otherNumbers != nil {
      self.question = nil
      return stated + (try explanation(of: question, heading: "  "))
    }
    let place = arguments.whole
    let verdict = try Judgement(self, question).verdict(
      on: arguments.rest, column: arguments.restColumn)
    self.question = nil
    expectations.stated += 1
    switch verdict {
    case .right:
      expectations.held += 1
      return stated + (try explanation(of: question, heading: "  "))
    case .wrong(let words):
      throw CommandError.doesNotHold(
        words, at: place, advice: try explanation(of: question, heading: "").first?.text.trimmed)
    }
  }

  func checkOptions(of question: Question, at columns: Columns) throws(CommandError) {
    guard case .choice = question.kind else { return }
    let right = question.options.count { $0.isRight }
    let texts = Set(question.options.map(\.text))
    let areApart = question.options.indices.allSatisfy { index in
      !question.options.indices.contains {
        $0 != index && question.options[$0].text.lowercased() == question.mark(index)
      }
    }
    guard right == 1, question.options.count > 1, texts.count == question.options.count, areApart
    else {
      throw CommandError(
        right == 0
          ? "the question has no right option"
          : right > 1 ? "the question has more than one right option" : "the options do not differ",
        at: columns, advice: "one of two options or more begins with right, the others with wrong")
    }
  }

  static let predictUsage = "predict Q V | sign Q +|-|0 | next LABEL"

  /// Weighs a prediction on a copy: it shows no value and takes no step.
  mutating func predict(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let (question, answer, column) = try prediction(arguments)
    let verdict = try Judgement(self, question).verdict(on: answer, column: column)
    if !isInteractive { expectations.stated += 1 }
    switch verdict {
    case .right:
      if !isInteractive { expectations.held += 1 }
      switch question.kind {
      case .number:
        return lines(["yes: \(answer.trimmed) agrees to 3 significant digits"])
      case .sign, .formula, .choice, .next: return lines(["yes"])
      }
    case .wrong(let words):
      guard isInteractive else {
        throw CommandError.doesNotHold(
          words, at: Columns(column, column + max(1, answer.count)), advice: nil)
      }
      return lines(["no: \(words)"])
    }
  }

  /// The question a prediction answers, and the answer.
  private func prediction(
    _ arguments: Arguments
  ) throws(CommandError) -> (Question, answer: String, column: Int) {
    let usage = "usage: \(Session.predictUsage)"
    guard state.network != nil, !state.examples.isEmpty else {
      throw CommandError(
        "nothing to predict yet", at: arguments.commandColumns,
        advice: "type: net mazur, or: net 2 3 1 and data")
    }
    let kind = arguments.words.first?.text
    var words = arguments.words[...]
    if kind == "sign" || kind == "next" { words = words.dropFirst() }
    var subject = ""
    var place = words.first?.columns ?? arguments.end
    if kind != "next" {
      // Brackets of a quantity may have blanks inside.
      while let word = words.popFirst() {
        subject += subject.isEmpty ? word.text : " " + word.text
        place = Columns(place.start, word.columns.end)
        if subject.count(where: { "([".contains($0) })
          == subject.count(where: { ")]".contains($0) })
        {
          break
        }
      }
      if words.first?.text == "=" { words = words.dropFirst() }
    }
    guard let first = words.first, kind == "next" || !subject.isEmpty else {
      throw CommandError(
        "predict needs what, and its value", at: arguments.end, advice: usage)
    }
    let column = first.columns.start
    let answer = String(Array(arguments.line)[column...])
    if kind == "next" {
      return (Question(kind: .next, prose: ""), answer, column)
    }
    let asked = try expression(subject, offset: place.start)
    _ = try number(asked, in: try completedState(), at: place)
    let question = Question(kind: kind == "sign" ? .sign(asked) : .number(asked), prose: "")
    return (question, answer, column)
  }
}

extension CommandError {
  /// An answer that is wrong: the script goes on.
  static func doesNotHold(
    _ message: String, at columns: Columns, advice: String?
  ) -> CommandError {
    var error = CommandError(message, at: columns, advice: advice)
    error.kind = .doesNotHold
    return error
  }
}
