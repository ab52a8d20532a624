/// A value the mathematics does not have: what was asked for, and where.
package enum NumericFault: Error, Equatable, Sendable {
  /// The cost takes the logarithm of a negative number; the argument is a_n or 1 − a_n.
  case logOfNegative(argument: Double, output: Int)
}
