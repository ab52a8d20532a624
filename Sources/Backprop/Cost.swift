/// The cost C = Σ_n c_n of one example, over the outputs n.
package enum Cost: String, CaseIterable, Sendable {
  /// c = ½(y−a)²
  case quadratic
  /// c = (y−a)²
  case squaredError = "squared-error"
  /// c = (y−a)²/N
  case mse
  /// c = y log a + (1−y) log(1−a), to be maximised.
  case logLikelihood = "log-likelihood"
  /// c = −[y log a + (1−y) log(1−a)]
  case binaryCrossEntropy = "binary-cross-entropy"
  /// c = −y log a
  case crossEntropy = "cross-entropy"

  /// The direction that improves this cost.
  package var natural: Direction {
    switch self {
    case .logLikelihood: .ascent
    case .quadratic, .squaredError, .mse, .binaryCrossEntropy, .crossEntropy: .descent
    }
  }
}
