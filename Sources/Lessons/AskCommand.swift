import IndexNotation
import REPL
import Terminal

// The lines that state a question: `ask`, then `right`, `wrong` and `hint`.

extension Session {
  static let askUsage = "ask EXPR | sign EXPR | formula EXPR | choice | next: WORDS"

  /// `ask δ[2][1] within 2 digits: the error of the output, by (1)?`
  mutating func ask(_ arguments: Arguments) throws(CommandError) -> [Line] {
    if question != nil {
      throw CommandError(
        "the question before this one has no answer", at: arguments.commandColumns,
        advice: "an answer line ends a question")
    }
    let (head, prose) = try parts(
      arguments, "ask needs a colon, and the words of the question after it",
      "as in: ask a[1][1]: the activation of the first output?")
    guard let prose, !prose.isEmpty else {
      throw CommandError(
        "the question has no words", at: arguments.end, advice: "usage: \(Session.askUsage)")
    }
    guard state.network != nil, !state.examples.isEmpty else {
      throw CommandError(
        "a question needs its network first", at: arguments.commandColumns,
        advice: "net and data come before ask")
    }
    question = try readQuestion(head, prose, arguments)
    return []
  }

  /// A line's text before and after its first colon, and where the first begins.
  private func parts(
    _ arguments: Arguments, _ problem: String, _ advice: String
  ) throws(CommandError) -> (head: (text: String, column: Int), rest: String?) {
    let characters = Array(arguments.line)
    let start = arguments.restColumn
    guard let colon = characters[start...].firstIndex(of: ":") else {
      throw CommandError(problem, at: arguments.end, advice: advice)
    }
    return (
      (String(characters[start..<colon]), start), Session.filled(characters[(colon + 1)...])
    )
  }

  /// Words with one blank between them, as a line may go on after `\`, indented; and made safe for a
  /// terminal.
  private static func filled(_ characters: ArraySlice<Character>) -> String {
    let words = characters.split(separator: " ").map { String($0) }
    return displayable(words.joined(separator: " "), limit: 4000)
  }

  private func readQuestion(
    _ head: (text: String, column: Int), _ prose: String, _ arguments: Arguments
  ) throws(CommandError) -> Question {
    let first = arguments.words.first?.text.prefix { $0 != ":" }
    switch first {
    case "choice": return Question(kind: .choice, prose: prose)
    case "next": return Question(kind: .next, prose: prose)
    case "sign":
      return Question(kind: .sign(try asked(head, after: "sign", "of")), prose: prose)
    case "formula":
      return Question(kind: .formula(try asked(head, after: "formula", "for")), prose: prose)
    default: break
    }
    var (text, tolerance) = (head.text, Question.standardTolerance)
    if let place = arguments.words.firstIndex(where: { $0.text == "within" }),
      arguments.words[place].columns.start < head.column + head.text.count
    {
      let end = head.column + head.text.count
      let words = arguments.words[(place + 1)...].filter { $0.columns.start < end }.map {
        Word(text: String($0.text.prefix { $0 != ":" }), columns: $0.columns)
      }
      tolerance = try Tolerance(words, end: arguments.end)
      text = String(text.prefix(arguments.words[place].columns.start - head.column))
    }
    let expression = try asked((text, head.column), after: "", "")
    return Question(kind: .number(expression), prose: prose, tolerance: tolerance)
  }

  /// The expression that is asked for, which has to have one value here.
  private func asked(
    _ head: (text: String, column: Int), after word: String, _ preposition: String
  ) throws(CommandError) -> IndexNotation.Expression {
    var (text, column) = head
    for word in [word, preposition] where !word.isEmpty {
      let bare = text.drop { $0 == " " }
      guard bare.hasPrefix(word + " ") else { continue }
      column += text.count - bare.count + word.count
      text = String(bare.dropFirst(word.count))
    }
    let leading = text.prefix { $0 == " " }.count
    let place = Columns(column + leading, column + max(leading + 1, text.trimmedAtEnd.count))
    guard !text.trimmed.isEmpty else {
      throw CommandError(
        "ask does not say what for", at: place, advice: "usage: \(Session.askUsage)")
    }
    let expression = try expression(text, offset: column)
    guard try number(expression, in: try completedState(), at: place).isFinite else {
      throw CommandError("this is no finite number, so that no answer is right", at: place)
    }
    return expression
  }

  // MARK: lines after ask

  private func openQuestion(_ arguments: Arguments) throws(CommandError) -> Question {
    guard let question else {
      let name = arguments.commandColumns
      throw CommandError(
        "no question is open", at: name, advice: "this line belongs under an ask line")
    }
    return question
  }

  /// `right TEXT` or `right TEXT: REMARK`, an option of a choice.
  mutating func rightOption(_ arguments: Arguments) throws(CommandError) -> [Line] {
    var question = try openQuestion(arguments)
    guard case .choice = question.kind else {
      throw CommandError(
        "right gives an option of ask choice", at: arguments.commandColumns,
        advice: "the right value is computed; write: answer VALUE")
    }
    question.options.append(try option(arguments, isRight: true))
    self.question = question
    return []
  }

  /// `wrong TEXT: REMARK`, an option of a choice; `wrong EXPR: REMARK`, a value that is foreseen.
  mutating func wrongOption(_ arguments: Arguments) throws(CommandError) -> [Line] {
    var question = try openQuestion(arguments)
    switch question.kind {
    case .choice: question.options.append(try option(arguments, isRight: false))
    case .number, .sign, .formula:
      if let foreseen = try foreseen(arguments) { question.foreseen.append(foreseen) }
    case .next:
      throw CommandError(
        "a wrong label is told from the notes", at: arguments.commandColumns,
        advice: "leave this line out")
    }
    self.question = question
    return []
  }

  private func option(
    _ arguments: Arguments, isRight: Bool
  ) throws(CommandError) -> Question.Option {
    let text = Session.filled(Array(arguments.rest)[...])
    guard !text.isEmpty else {
      throw CommandError("an option needs its text", at: arguments.end)
    }
    guard (question?.options.count ?? 0) < 9 else {
      throw CommandError("a question has at most nine options", at: arguments.commandColumns)
    }
    guard !text.hasPrefix(":") else {
      throw CommandError("an option needs its text", at: arguments.whole)
    }
    guard let colon = text.firstRange(of: ": ") else {
      return Question.Option(text: text, isRight: isRight, remark: nil)
    }
    return Question.Option(
      text: String(text[..<colon.lowerBound]), isRight: isRight,
      remark: String(text[colon.upperBound...]).trimmed)
  }

  /// Nil if other numbers make it right.
  private func foreseen(_ arguments: Arguments) throws(CommandError) -> Question.Foreseen? {
    let advice = "as in: wrong a[2][1] - y[1]: the slope is missing"
    let (head, remark) = try parts(
      arguments, "wrong needs a colon, and what to say after it", advice)
    guard let remark, !remark.isEmpty else {
      throw CommandError("wrong does not say what to tell", at: arguments.end, advice: advice)
    }
    let expression = try expression(head.text, offset: head.column)
    let place = Columns(head.column, head.column + max(1, head.text.trimmedAtEnd.count))
    let value = try number(expression, in: try completedState(), at: place)
    if let question, let asked = question.expression, case .number = question.kind,
      let right = try? number(asked, in: try completedState(), at: place),
      question.tolerance.accepts(value, for: right, nil)
    {
      guard otherNumbers == nil else { return nil }
      throw CommandError(
        "this is the right answer: \(text(right))", at: place,
        advice: "a foreseen wrong answer has another value")
    }
    return Question.Foreseen(expression: expression, remark: remark)
  }

  /// `hint WORDS`, before those that the notes give.
  mutating func hintLine(_ arguments: Arguments) throws(CommandError) -> [Line] {
    var question = try openQuestion(arguments)
    let words = Session.filled(Array(arguments.rest)[...])
    guard !words.isEmpty else {
      throw CommandError("a hint needs its words", at: arguments.end)
    }
    question.hints.append(words)
    self.question = question
    return []
  }
}
