/// What the biases are: one a neuron, one a layer, constants, or nothing.
package enum BiasMode: String, CaseIterable, Sendable {
  /// b_j, each trained by ∂C/∂b_j = δ_j.
  case perNeuron = "per-neuron"
  /// One b a layer, stored once a neuron; its gradient is Σ_j δ_j.
  case shared
  /// Added but not trained.
  case frozen
  /// z_j = Σ_k w_jk a_k.
  case none
}
