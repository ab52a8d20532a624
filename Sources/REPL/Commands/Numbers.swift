import IndexNotation

/// Numbers and counts as typed in commands, refused by name where they are none.
package enum Typed {
  package static let countLimit = 10_000_000

  /// A literal number such as `0.05`, `-1`, `1e-3`.
  package static func number(_ word: Word) throws(CommandError) -> Double {
    let text = word.text.replacing("−", with: "-")
    if let problem = lookAlike(word) { throw problem }
    if text.contains(",") {
      let point = text.replacing(",", with: ".")
      let two = text.replacing(",", with: " ")
      let isOne = Double(point) != nil && !point.hasSuffix(".")
      throw CommandError(
        "'\(Shown.text(word.text))' is not a number", at: word.columns,
        advice: isOne
          ? "write \(point) (a point), or \(two) (two numbers)"
          : "numbers are separated by blanks, without commas")
    }
    let digits = Set("0123456789.eE+-")
    let lower = text.lowercased()
    if ["nan", "inf", "infinity", "-inf", "+inf", "-nan", "-infinity"].contains(lower) {
      throw CommandError(
        "\(Shown.text(word.text)) is not allowed as input", at: word.columns,
        advice: "write a finite number")
    }
    guard text.allSatisfy({ digits.contains($0) }), let value = Double(text) else {
      throw CommandError(
        "'\(Shown.text(word.text))' is not a number (digits 0–9 and .)", at: word.columns,
        advice: text == "-" ? "a sign stands before its number; the arrow is ->" : nil)
    }
    guard value.isFinite else {
      throw CommandError(
        "\(Shown.text(word.text)) is too large for a double (the limit is 1.8e308)",
        at: word.columns)
    }
    return value
  }

  /// `on` or `off`.
  static func isOn(_ word: Word, _ name: String) throws(CommandError) -> Bool {
    switch word.text {
    case "on": return true
    case "off": return false
    default: throw CommandError("\(name) is on or off", at: word.columns)
    }
  }

  private static func lookAlike(_ word: Word) -> CommandError? {
    for (offset, character) in word.text.enumerated() {
      guard let look = Glyphs.lookAlike(character) else { continue }
      let column = word.columns.start + offset
      return CommandError(
        look.name, at: Columns(column, column + 1), advice: "write \(look.meant)")
    }
    return nil
  }

  /// `seed 7`, and nothing behind it.
  static func seed(_ words: ArraySlice<Word>, _ arguments: Arguments) throws(CommandError) -> UInt64
  {
    guard words.count == 2, let word = words.last else {
      throw CommandError("seed needs one whole number", at: arguments.end)
    }
    guard let value = UInt64(word.text) else {
      throw CommandError("the seed needs a whole number from 0", at: word.columns)
    }
    return value
  }

  /// A whole number from 1 to the limit.
  package static func count(
    _ word: Word, upTo limit: Int = countLimit, advice: String? = nil
  ) throws(CommandError) -> Int {
    let text = word.text.replacing("−", with: "-")
    let magnitude = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !magnitude.isEmpty, magnitude.allSatisfy({ ("0"..."9").contains($0) }) else {
      if let problem = lookAlike(word) { throw problem }
      throw CommandError(
        "'\(Shown.text(word.text))' is not a whole number", at: word.columns, advice: advice)
    }
    guard let value = Int(text), value <= limit else {
      if text.hasPrefix("-") { throw belowOne(word, limit, advice) }
      throw CommandError(
        "\(Shown.text(word.text)) is too large a count (the limit is \(limit))",
        at: word.columns, advice: advice)
    }
    guard value >= 1 else { throw belowOne(word, limit, advice) }
    return value
  }

  private static func belowOne(_ word: Word, _ limit: Int, _ advice: String?) -> CommandError {
    let range = limit == .max ? "of 1 or more" : "from 1 to \(limit)"
    return CommandError("needs a count \(range)", at: word.columns, advice: advice)
  }

  /// One of the words of an enumeration.
  package static func choice<Choice: RawRepresentable & CaseIterable>(
    _ word: Word, _ kind: String, _: Choice.Type = Choice.self
  ) throws(CommandError) -> Choice where Choice.RawValue == String {
    if let choice = Choice(rawValue: word.text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: word.text, among: names)
    let list = "\(kind)s: \(names.joined(separator: ", "))"
    throw CommandError(
      "there is no \(kind) called '\(Shown.text(word.text))'", at: word.columns,
      advice: near.first.map { "did you mean '\($0)'? \(list)" } ?? list)
  }
}
