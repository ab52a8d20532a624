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
    if Session.holds(found, wanted, literal, tolerance) {
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
        "\(asked(literal, tolerance)); off by \(NumberText.significant(abs(found - wanted), digits: 3))"
    )
    error.kind = .doesNotHold
    throw error
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

  enum Tolerance {
    case asWritten
    case absolute(Double)
    case percent(Double)
    case digits(Int)
  }

  private func expectation(
    _ arguments: Arguments
  ) throws(CommandError) -> (Columns, Columns, Tolerance) {
    let characters = Array(arguments.line)
    var end = characters.count
    var tolerance = Tolerance.asWritten
    if let place = arguments.words.lastIndex(where: { $0.text == "within" }) {
      let words = Array(arguments.words[(place + 1)...])
      tolerance = try self.tolerance(words, arguments)
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

  private func tolerance(
    _ words: [Word], _ arguments: Arguments
  ) throws(CommandError) -> Tolerance {
    guard let first = words.first else {
      throw CommandError(
        "within needs a tolerance", at: arguments.end,
        advice: "as in: within 1e-6, within 1%, within 3 digits")
    }
    if words.count == 2, words[1].text == "digits" || words[1].text == "digit" {
      let digits = try Typed.count(first)
      guard digits <= 17 else {
        throw CommandError("digits are 1 to 17", at: first.columns)
      }
      return .digits(digits)
    }
    guard words.count == 1 else {
      throw CommandError("unexpected '\(Shown.text(words[1].text))'", at: words[1].columns)
    }
    if first.text.hasSuffix("%") {
      let number = Word(
        text: String(first.text.dropLast()),
        columns: Columns(first.columns.start, first.columns.end - 1))
      return .percent(try positive(number))
    }
    return .absolute(try positive(first))
  }

  private func positive(_ word: Word) throws(CommandError) -> Double {
    let value = try Typed.number(word)
    guard value >= 0 else { throw CommandError("a tolerance is not negative", at: word.columns) }
    return value
  }

  /// A literal is met if the left side rounds to its digits, the edge included; a formula within
  /// 1e-12 relative.
  private static func holds(
    _ found: Double, _ wanted: Double, _ literal: Literal?, _ tolerance: Tolerance
  ) -> Bool {
    if found == wanted { return true }
    guard found.isFinite, wanted.isFinite else { return false }
    let distance = abs(found - wanted)
    switch tolerance {
    case .absolute(let limit): return distance <= limit
    case .percent(let percent): return distance <= abs(wanted) * percent / 100
    case .digits(let digits):
      return distance <= Literal.halfUnit(wanted, digits: digits) * (1 + 1e-9)
    case .asWritten:
      guard let literal else { return distance <= 1e-12 * max(abs(found), abs(wanted)) }
      return distance <= literal.halfUnit * (1 + 1e-9)
    }
  }

  private func asked(_ literal: Literal?, _ tolerance: Tolerance) -> String {
    switch tolerance {
    case .absolute(let limit): return "asked within \(NumberText.shortest(limit))"
    case .percent(let percent): return "asked within \(NumberText.shortest(percent)) %"
    case .digits(let digits): return "asked to \(digits) digit\(digits == 1 ? "" : "s")"
    case .asWritten:
      guard let literal else { return "asked to 1e−12 of its size" }
      return "asked to \(literal.digits) digit\(literal.digits == 1 ? "" : "s"), as written"
    }
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

/// A number as written: how many digits it states.
struct Literal {
  var text: String
  var digits: Int
  /// Half a unit of its last digit.
  var halfUnit: Double

  init?(_ expression: IndexNotation.Expression) {
    switch expression {
    case .number(let text, _):
      guard text != "½" else { return nil }
      self.text = text
    case .addition(let terms):
      guard terms.count == 1, terms[0].isSubtracted,
        case .number(let text, _) = terms[0].expression, text != "½"
      else { return nil }
      self.text = "−" + text
    default: return nil
    }
    let bare = text.drop { $0 == "−" }
    let mantissa = bare.prefix { $0 != "e" }
    let exponent = Int(bare.dropFirst(mantissa.count + 1)) ?? 0
    let decimals =
      mantissa.firstIndex(of: ".").map {
        mantissa.distance(from: $0, to: mantissa.endIndex) - 1
      } ?? 0
    let significant = mantissa.filter { $0.isNumber }.drop { $0 == "0" }
    digits = max(1, significant.count)
    halfUnit = 0.5 * Literal.power(exponent - decimals)
  }

  static func power(_ exponent: Int) -> Double {
    Double("1e\(max(-320, min(308, exponent)))") ?? 0
  }

  /// Half a unit of the `digits`th significant digit.
  static func halfUnit(_ value: Double, digits: Int) -> Double {
    guard value != 0 else { return 0 }
    let text = NumberText.significant(abs(value), digits: digits)
    let exponent: Int
    if let e = text.firstIndex(of: "e") {
      let raw = text[text.index(after: e)...].replacing("−", with: "-")
      exponent = Int(raw) ?? 0
    } else if abs(value) >= 1 {
      exponent = text.prefix { $0 != "." }.count - 1
    } else {
      exponent = -(text.dropFirst(2).prefix { $0 == "0" }.count + 1)
    }
    return 0.5 * power(exponent - digits + 1)
  }
}
