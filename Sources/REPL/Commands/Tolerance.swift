import IndexNotation

/// How near a number has to come to another: `within 1e-6`, `within 1%`, `within 3 digits`.
package enum Tolerance: Equatable, Sendable {
  /// A literal to its digits, a formula to 1e−12 of its size.
  case asWritten
  case absolute(Double)
  case percent(Double)
  case digits(Int)

  /// - Parameter words: those after `within`.
  package init(_ words: [Word], end: Columns) throws(CommandError) {
    guard let first = words.first else {
      throw CommandError(
        "within needs a tolerance", at: end,
        advice: "as in: within 1e-6, within 1%, within 3 digits")
    }
    if words.count == 2, words[1].text == "digits" || words[1].text == "digit" {
      let digits = try Typed.count(first)
      guard digits <= 17 else {
        throw CommandError("digits are 1 to 17", at: first.columns)
      }
      self = .digits(digits)
      return
    }
    guard words.count == 1 else {
      throw CommandError("unexpected '\(Shown.text(words[1].text))'", at: words[1].columns)
    }
    if first.text.hasSuffix("%") {
      let number = Word(
        text: String(first.text.dropLast()),
        columns: Columns(first.columns.start, first.columns.end - 1))
      self = .percent(try Tolerance.positive(number))
      return
    }
    self = .absolute(try Tolerance.positive(first))
  }

  private static func positive(_ word: Word) throws(CommandError) -> Double {
    let value = try Typed.number(word)
    guard value >= 0 else { throw CommandError("a tolerance is not negative", at: word.columns) }
    return value
  }

  /// Whether a value is near enough to what is wanted, the edge included.
  ///
  /// - Parameter literal: how the wanted value is written, if it is a number.
  package func accepts(_ found: Double, for wanted: Double, _ literal: Literal?) -> Bool {
    if found == wanted { return true }
    guard found.isFinite, wanted.isFinite else { return false }
    let distance = abs(found - wanted)
    switch self {
    case .absolute(let limit): return distance <= limit
    case .percent(let percent): return distance <= abs(wanted) * percent / 100
    case .digits(let digits):
      return distance <= Literal.halfUnit(wanted, digits: digits) * (1 + 1e-9)
    case .asWritten:
      guard let literal else { return distance <= 1e-12 * max(abs(found), abs(wanted)) }
      return distance <= literal.halfUnit * (1 + 1e-9)
    }
  }

  /// What was asked, for a message.
  package func asked(_ literal: Literal?) -> String {
    switch self {
    case .absolute(let limit): return "asked within \(NumberText.shortest(limit))"
    case .percent(let percent): return "asked within \(NumberText.shortest(percent)) %"
    case .digits(let digits): return "asked to \(digits) digit\(digits == 1 ? "" : "s")"
    case .asWritten:
      guard let literal else { return "asked to 1e−12 of its size" }
      return "asked to \(literal.digits) digit\(literal.digits == 1 ? "" : "s"), as written"
    }
  }
}

/// A number as written: how many digits it states.
package struct Literal: Sendable {
  package var text: String
  package var digits: Int
  /// Half a unit of its last digit.
  package var halfUnit: Double

  package init(text: String, digits: Int, halfUnit: Double) {
    (self.text, self.digits, self.halfUnit) = (text, digits, halfUnit)
  }

  package init?(_ expression: IndexNotation.Expression) {
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
  package static func halfUnit(_ value: Double, digits: Int) -> Double {
    guard value != 0 else { return 0 }
    // To all digits: rounded to few, 0.99996 would be 1.00, of another power of ten.
    let text = NumberText.significant(abs(value), digits: 17)
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
