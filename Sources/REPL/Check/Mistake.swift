import IndexNotation

/// What a wrong value turns out to be.
package struct Mistake: Equatable, Sendable {
  /// The misconception, M1 to M13; nil for a slip that is none of them.
  package var code: String?
  /// What goes after the value: `is ∂C/∂a₁², without the slope f′(z)`.
  package var words: String

  package init(_ code: String?, _ words: String) {
    self.code = code
    self.words = words + (code.map { " (\($0))" } ?? "")
  }
}

/// A value a person gives for a quantity.
package struct GivenValue: Sendable {
  package var value: Double
  /// How it is written, if it is a number and no formula.
  package var literal: Literal?

  package init(value: Double, literal: Literal?) {
    (self.value, self.literal) = (value, literal)
  }

  /// Whether it is this number, to the digits it is written with. With fewer than three of them it
  /// has to be exact: two digits are met by too many numbers.
  package func isValue(_ other: Double) -> Bool {
    guard other.isFinite, value.isFinite else { return false }
    let distance = abs(value - other)
    if distance <= 1e-12 * max(abs(value), abs(other)) { return true }
    if value == 0 { return abs(other) < 1e-15 }
    guard let literal, literal.digits >= 3 else { return false }
    // Who has five digits or more may have rounded on the way, and be one off in the last.
    return distance <= literal.halfUnit * (literal.digits >= 5 ? 2 : 1) * (1 + 1e-9)
  }
}
