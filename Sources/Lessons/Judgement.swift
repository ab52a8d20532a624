import IndexNotation
import LectureNotes
import REPL

/// What an answer is worth.
enum Verdict {
  case right
  /// With what the wrong answer is, if that is known: `0.741 is ∂C/∂a₁² alone (M3)`.
  case wrong(String)
}

/// Weighs answers to a question, on a copy of the network that is run to its gradients.
struct Judgement {
  let session: Session
  let question: Question

  init(_ session: Session, _ question: Question) {
    (self.session, self.question) = (session, question)
  }

  /// - Throws: if the answer cannot be read; then it does not count.
  /// - Parameter column: where in the typed line the answer begins.
  func verdict(on answer: String, column: Int) throws(CommandError) -> Verdict {
    do throws(CommandError) {
      switch question.kind {
      case .number(let asked): return try number(asked, answer, column)
      case .sign(let asked): return try sign(asked, answer, column)
      case .formula(let asked): return try formula(asked, answer, column)
      case .choice: return try choice(answer, column)
      case .next: return try next(answer, column)
      }
    } catch {
      var error = error
      error.advice = (error.advice.map { $0 + "; " } ?? "") + "this does not count"
      throw error
    }
  }

  // MARK: values

  /// An answer read as an expression and worked out.
  private struct Given {
    var expression: IndexNotation.Expression
    var value: Double
    var literal: Literal?
    var text: String
    var columns: Columns
  }

  private func given(_ answer: String, _ column: Int) throws(CommandError) -> Given {
    var (text, start) = (answer, column)
    // δ₁² = 0.138 says no more than 0.138, if it is δ₁² that is asked.
    if let equals = answer.lastIndex(of: "="), answer[equals...].count > 1 {
      let left = String(answer[..<equals])
      guard let asked = question.expression,
        let named = try? session.expression(left, offset: column),
        session.text(named) == session.text(asked)
      else {
        throw CommandError(
          "'\(Shown.text(left.trimmed))' is not what is asked",
          at: Columns(column, column + max(1, left.count)), advice: "give the value alone")
      }
      text = String(answer[answer.index(after: equals)...])
      start += answer.count - text.count
    }
    let leading = text.prefix { $0 == " " }.count
    let bare = text.trimmed
    let place = Columns(start + leading, start + leading + max(1, bare.count))
    guard !bare.isEmpty else { throw CommandError("there is no answer", at: place) }
    if bare.contains(","), bare.allSatisfy({ "0123456789.,-+−".contains($0) }) {
      throw CommandError(
        "\(Shown.text(bare)) is not a number here", at: place,
        advice: "write \(Shown.text(bare.replacing(",", with: "."))), with a point")
    }
    let expression = try session.expression(text, offset: start)
    let value = try session.number(expression, in: try session.completedState(), at: place)
    guard value.isFinite else { throw CommandError("this is no finite number", at: place) }
    var literal = Literal(expression)
    let shown = Shown.text(literal?.text ?? session.text(expression))
    if literal == nil, expression.references.isEmpty {
      // Worked out with numbers, it is as exact as those: three digits.
      literal = Literal(text: shown, digits: 3, halfUnit: Literal.halfUnit(value, digits: 3))
    }
    return Given(
      expression: expression, value: value, literal: literal, text: shown, columns: place)
  }

  /// The asked quantity itself is no answer.
  private func refuseItself(
    _ given: Given, _ asked: IndexNotation.Expression
  ) throws(CommandError) {
    // What is worked out from several quantities is asked in words, and its formula answers them.
    guard given.literal == nil, asked.isSymbol else { return }
    let wanted = session.text(asked)
    var isInside = false
    if case .partial = asked { isInside = session.text(given.expression).contains(wanted) }
    let state = try session.completedState()
    guard
      isInside || session.names(given.expression, asked)
        || session.reads(given.expression, asked, in: state)
    else { return }
    throw CommandError(
      "\(wanted) is what is asked", at: given.columns,
      advice: "give a number, or a formula in other quantities")
  }

  private func number(
    _ asked: IndexNotation.Expression, _ answer: String, _ column: Int
  ) throws(CommandError) -> Verdict {
    let given = try given(answer, column)
    try refuseItself(given, asked)
    let right = try session.number(
      asked, in: try session.completedState(), at: given.columns)
    if question.tolerance.accepts(given.value, for: right, nil) { return .right }
    if session.isNoise(right, of: asked), abs(given.value) < 1e-15 { return .right }
    return .wrong(try mistake(given, asked, right))
  }

  private func mistake(
    _ given: Given, _ asked: IndexNotation.Expression, _ right: Double
  ) throws(CommandError) -> String {
    let value = GivenValue(value: given.value, literal: given.literal)
    for foreseen in question.foreseen {
      let other = try session.number(
        foreseen.expression, in: try session.completedState(), at: given.columns)
      if value.isValue(other) { return "\(given.text): \(foreseen.remark)" }
    }
    if let mistake = session.mistake(in: value, for: asked) {
      return "\(given.text) \(mistake.words)"
    }
    return "\(given.text) is not \(name(asked))" + nearMiss(given, right)
  }

  private func name(_ asked: IndexNotation.Expression) -> String {
    session.isComputed(asked) ? session.text(asked) : "the value"
  }

  private func nearMiss(_ given: Given, _ right: Double) -> String {
    guard right != 0, given.value != 0, case .number = question.kind else { return "" }
    for power in [-3, -2, -1, 1, 2, 3] {
      guard let factor = Double("1e\(power)"),
        question.tolerance.accepts(given.value / factor, for: right, nil)
      else { continue }
      return "; the decimal point is \(abs(power) == 1 ? "a place" : "\(abs(power)) places") off"
    }
    if Tolerance.digits(2).accepts(given.value, for: right, nil),
      question.tolerance == Question.standardTolerance
    {
      return "; it agrees to 2 digits"
    }
    return ""
  }

  private func sign(
    _ asked: IndexNotation.Expression, _ answer: String, _ column: Int
  ) throws(CommandError) -> Verdict {
    let right = try session.number(
      asked, in: try session.completedState(), at: Columns(column, column + 1))
    let sign: Double
    switch answer.trimmed.lowercased() {
    case "+", "positive", "plus": sign = 1
    case "-", "−", "negative", "minus": sign = -1
    case "0", "zero": sign = 0
    default:
      let given = try given(answer, column)
      try refuseItself(given, asked)
      sign = given.value == 0 ? 0 : (given.value < 0 ? -1 : 1)
    }
    let isZero = right == 0 || session.isNoise(right, of: asked)
    let rightSign: Double = isZero ? 0 : (right < 0 ? -1 : 1)
    guard sign != rightSign else { return .right }
    let words = sign == 0 ? "0" : (sign < 0 ? "negative" : "positive")
    for foreseen in question.foreseen {
      let other = try session.number(
        foreseen.expression, in: try session.completedState(), at: Columns(column, column + 1))
      if other == sign || (other * sign > 0) { return .wrong("\(words): \(foreseen.remark)") }
    }
    return .wrong("\(session.text(asked)) is not \(words)")
  }

  private func formula(
    _ asked: IndexNotation.Expression, _ answer: String, _ column: Int
  ) throws(CommandError) -> Verdict {
    let given = try given(answer, column)
    guard !given.expression.references.isEmpty else {
      throw CommandError(
        "a formula is asked, in the symbols of the notes", at: given.columns,
        advice: "a number alone holds for this network only")
    }
    try refuseItself(given, asked)
    let right = try session.number(
      asked, in: try session.completedState(), at: given.columns)
    guard agree(given.value, right, asked) else {
      return .wrong(try mistake(given, asked, right))
    }
    var random = SplitMix64(seed: 1)
    var tried = 0
    // Where the right value is 0, as at a ReLU that is off, too much is right.
    for _ in 0..<40 where tried < 3 {
      var other = session
      other.state = OtherNumbers.changed(session.state, &random)
      let state = try other.completedState()
      let there = try other.number(given.expression, in: state, at: given.columns)
      let wanted = try other.number(asked, in: state, at: given.columns)
      if wanted != 0 { tried += 1 }
      guard agree(there, wanted, asked) else {
        return .wrong(
          "\(given.text) has the right value here by chance; with other numbers it differs")
      }
    }
    return .right
  }

  private func agree(_ a: Double, _ b: Double, _ asked: IndexNotation.Expression) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b))
      || session.isNoise(a, of: asked) && session.isNoise(b, of: asked)
  }

  // MARK: words

  private func choice(_ answer: String, _ column: Int) throws(CommandError) -> Verdict {
    let text = answer.trimmed
    let bare = text.hasSuffix(")") && text.count == 2 ? String(text.dropLast()) : text
    let options = question.options
    let chosen =
      options.indices.first { question.mark($0) == bare.lowercased() }
      ?? options.indices.first { Judgement.key(options[$0].text) == Judgement.key(text) }
    guard let chosen else {
      let letters = options.indices.map { question.mark($0) }
      throw CommandError(
        "'\(Shown.text(text))' is none of the options",
        at: Columns(column, column + max(1, answer.count)),
        advice: "answer \(letters.joined(separator: ", "))")
    }
    guard !options[chosen].isRight else { return .right }
    let letter = question.mark(chosen)
    return .wrong(options[chosen].remark.map { "\(letter): \($0)" } ?? "it is not \(letter)")
  }

  private static func key(_ text: String) -> String {
    String(PlainText.ascii(text).lowercased().filter { $0 != " " })
  }

  private func next(_ answer: String, _ column: Int) throws(CommandError) -> Verdict {
    let place = Columns(column, column + max(1, answer.trimmed.count))
    let wanted = Judgement.label(answer)
    guard !wanted.isEmpty, let facts = session.state.facts else {
      throw CommandError("there is no answer", at: place)
    }
    let step = session.nextStep
    let first = step.firstLabels(session.state.next, facts)
    if first.contains(where: { isLabel($0, wanted) })
      || Judgement.label(session.state.next.words) == wanted
    {
      return .right
    }
    var stage: Stage? = .forward(1)
    while let present = stage {
      if let label = step.allLabels(present, facts).first(where: { isLabel($0, wanted) }) {
        guard present == session.state.next, let before = first.first else {
          return .wrong("\(label) comes in \(present.words)")
        }
        return .wrong("\(label) comes after \(before)")
      }
      if Judgement.label(present.words) == wanted { return .wrong("\(present.words) is not next") }
      stage = present.following(last: facts.shape.last)
    }
    guard
      let label = session.document.printedLabels.first(where: { Judgement.label($0) == wanted })
    else {
      throw CommandError(
        "'\(Shown.text(answer.trimmed))' is no label of \(session.document.id)", at: place,
        advice: "as in: \(step.labels(.forward(1), facts).first ?? "(1)")")
    }
    return .wrong("\(label) is no step of the pass")
  }

  /// Whether a label is what was typed, or begins so before a comma: `§4` for `§4, base case`.
  private func isLabel(_ label: String, _ wanted: String) -> Bool {
    Judgement.label(label) == wanted
      || Judgement.label(String(label.prefix { $0 != "," })) == wanted
  }

  /// A label as typed: `(2)` and `2` are one, `line 5` and `5`.
  private static func label(_ text: String) -> String {
    let bare = String(key(text).filter { !"()\"“”".contains($0) })
    return bare.hasPrefix("line") ? String(bare.dropFirst(4)) : bare
  }
}
