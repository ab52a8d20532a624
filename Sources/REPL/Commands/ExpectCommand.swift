import IndexNotation
import LectureNotes

// `expect EXPR = EXPR [within TOL]`: scripts test themselves.

extension Session {
  mutating func expect(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let (left, right, tolerance) = try expectation(arguments)
    let characters = Array(arguments.line)
    let a = try parsed(offset: left.start) { () throws(SyntaxError) in
      try Parser.expression(
        String(characters[left.start..<left.end]), vocabulary: document.vocabulary,
        offset: left.start)
    }
    let b = try parsed(offset: right.start) { () throws(SyntaxError) in
      try Parser.expression(
        String(characters[right.start..<right.end]), vocabulary: document.vocabulary,
        offset: right.start)
    }
    let reading = try networkReading(at: left)
    let found = try number(a, reading, left.trimmed(in: characters))
    let wanted = try number(b, reading, right.trimmed(in: characters))
    expectations.stated += 1
    let literal = Literal(b)
    if tolerance.accepts(found, for: wanted, literal) {
      expectations.held += 1
      return []
    }
    guard !found.isNaN, !wanted.isNaN else {
      var error = CommandError(
        "\(text(found.isNaN ? a : b)) is not a number, so that nothing equals it",
        at: (found.isNaN ? left : right).trimmed(in: characters))
      error.kind = .doesNotHold
      throw error
    }
    var error = CommandError(
      "\(text(a)) is \(text(found))\(byLabel(a, reading)), not \(literal?.text ?? text(wanted))",
      at: right.trimmed(in: characters),
      advice:
        "\(tolerance.asked(literal)); off by \(NumberText.significant(abs(found - wanted), digits: 3))"
    )
    error.remark = literal.flatMap { remark(on: $0, wanted, for: a) }
    error.kind = .doesNotHold
    throw error
  }

  /// What misconception a wrong number is the value of, if of one.
  private func remark(
    on literal: Literal, _ value: Double, for expression: IndexNotation.Expression
  ) -> String? {
    let given = GivenValue(value: value, literal: literal)
    return mistake(in: given, for: expression).map { "\(literal.text) \($0.words)" }
  }

  private func number(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>, _ columns: Columns
  ) throws(CommandError) -> Double {
    let value = try evaluated(expression, reading, in: columns)
    guard let number = value.number else {
      throw CommandError("this is \(value.shape), not one number", at: columns)
    }
    return number
  }

  private func byLabel(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> String {
    guard let label = label(of: expression, reading) else { return "" }
    return " by \(label)"
  }

  private func expectation(
    _ arguments: Arguments
  ) throws(CommandError) -> (Columns, Columns, Tolerance) {
    let characters = Array(arguments.line)
    var end = characters.count
    var tolerance = Tolerance.asWritten
    if let place = arguments.words.lastIndex(where: { $0.text == "within" }) {
      let words = Array(arguments.words[(place + 1)...])
      tolerance = try Tolerance(words, end: arguments.end)
      end = arguments.words[place].columns.start
    }
    var depth = 0
    var equals: Int?
    for position in arguments.restColumn..<max(arguments.restColumn, end) {
      switch characters[position] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "=" where depth <= 0 && equals == nil: equals = position
      default: break
      }
    }
    guard let equals else {
      throw CommandError(
        "expect needs an = between what is and what should be", at: arguments.end,
        advice: "as in: expect \(exampleQuantity()) = 0.5")
    }
    return (Columns(arguments.restColumn, equals), Columns(equals + 1, end), tolerance)
  }

  /// The label of the relation that gives a quantity, the notes' own only.
  func label(
    of expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> String? {
    guard let named = reading.named(expression),
      let citation = document.citation(of: named.target, facts: reading.facts),
      !document.equations[citation.main].isBeyondTheNotes
    else { return nil }
    return Labels.short(citation, document)
  }
}
