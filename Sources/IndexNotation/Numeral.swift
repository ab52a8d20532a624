/// A number as it stands in a line: its magnitude in digits and its sign apart.
package struct Numeral: Equatable, Sendable {
  package var magnitude: String
  package var isNegative: Bool

  package init(magnitude: String, isNegative: Bool) {
    self.magnitude = magnitude
    self.isNegative = isNegative
  }

  package func text(minus: Character) -> String {
    isNegative ? String(minus) + magnitude : magnitude
  }
}

/// A scope that can also say how a number is written.
package protocol NumeralScope: Scope {
  func numeral(_ value: Double) -> Numeral
  /// A quantity as typed (weights, inputs), else to the digits in force.
  func numeral(of reference: Reference, _ indices: IndexValues) throws(EvaluationError) -> Numeral
  /// What to print for ∂C/∂a: the right side of the document's own cost gradient, if it applies.
  func replacement(
    for top: Reference, by bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> (Expression, IndexValues)?
}
