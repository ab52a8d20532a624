/// Whether the update goes down the cost or up: w − η ∂C/∂w or w + η ∂C/∂w.
package enum Direction: String, CaseIterable, Sendable {
  case descent
  case ascent

  /// η with the sign that makes the update read w − η ∂C/∂w; negation is exact.
  package func signed(_ learningRate: Double) -> Double {
    switch self {
    case .descent: learningRate
    case .ascent: -learningRate
    }
  }
}
