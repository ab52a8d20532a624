/// How the examples of a batch make one cost and one gradient.
package enum Reduction: String, CaseIterable, Sendable {
  /// Each example by itself: the online loop of the notes.
  case perExample = "per-example"
  /// C = Σ_p C_p.
  case sum
  /// C = 1/P Σ_p C_p.
  case mean
}
