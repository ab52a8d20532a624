// Definitions by cases, and comparisons.

extension Parser {
  /// `{ 0 if s_j ≤ 0; 1 if s_j > 0 }`.
  mutating func cases() throws(SyntaxError) -> Expression {
    .cases(
      try enclosed(until: "}") { parser throws(SyntaxError) in
        let outer = parser.isInCases
        parser.isInCases = true
        defer { parser.isInCases = outer }
        var list = [try parser.alternative()]
        parser.skipBlanks()
        while parser.take(";") {
          list.append(try parser.alternative())
          parser.skipBlanks()
        }
        return list
      })
  }

  private mutating func alternative() throws(SyntaxError) -> Alternative {
    let value = try side()
    skipBlanks()
    guard take(text: "if ") else {
      throw SyntaxError(
        "a case needs its condition", at: columns(from: position), advice: "as in: { 0 if z ≤ 0 }")
    }
    return Alternative(value, if: try comparison())
  }

  /// `left ≤ right`; an index letter stands for its number.
  package mutating func comparison() throws(SyntaxError) -> Comparison {
    let outer = readsIndices
    readsIndices = true
    defer { readsIndices = outer }
    let left = try side()
    skipBlanks()
    guard let sign = takeComparisonSign() else {
      throw SyntaxError(
        "a condition compares two sides", at: columns(from: position),
        advice: "with = ≠ < ≤ > ≥ (or != <= >=)")
    }
    return Comparison(left, sign, try side())
  }

  /// The sign of a comparison, if one stands here.
  package mutating func comparisonSign() -> Comparison.Sign? {
    skipBlanks()
    return takeComparisonSign()
  }

  private mutating func takeComparisonSign() -> Comparison.Sign? {
    if take("≠") || take(text: "!=") { return .unequal }
    if take("≤") || take(text: "<=") { return .atMost }
    if take("≥") || take(text: ">=") { return .atLeast }
    if take(text: "==") || take("=") { return .equal }
    if take("<") { return .less }
    if take(">") { return .greater }
    return nil
  }
}
