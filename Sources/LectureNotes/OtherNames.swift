import IndexNotation

/// What other books and programs call the costs and activations of this one.
enum OtherNames {
  private static let meant = [
    "logloss": "binary-cross-entropy", "log-loss": "binary-cross-entropy",
    "bce": "binary-cross-entropy", "crossentropy": "cross-entropy", "ce": "cross-entropy",
    "nll": "cross-entropy", "categorical-cross-entropy": "cross-entropy",
    "softmax-cross-entropy": "cross-entropy", "likelihood": "log-likelihood",
    "mean-squared-error": "mse", "sse": "squared-error", "squared": "squared-error",
    "half-squared-error": "quadratic", "linear": "identity", "logistic": "sigmoid",
    "lrelu": "leaky-relu", "none": "identity", "online": "per-example", "average": "mean",
    "minimise": "descent", "maximise": "ascent",
  ]

  /// The names meant or nearly typed, best first.
  static func nearest(to word: String, among names: [String]) -> [String] {
    let joined = word.lowercased().split(separator: " ").joined(separator: "-")
    if names.contains(joined) { return [joined] }
    if let name = meant[joined], names.contains(name) { return [name] }
    return Spelling.nearest(to: joined, among: names)
  }
}
