/// A network: its shape, its activations and its parameters.
///
/// A layer is z_j = b_j + Σ_k w_jk a_k, a_j = f(z_j).
package struct Network: Sendable {
  private(set) var plan: Plan
  /// Flat, by `shape.weight`.
  package var weights: [Double]
  /// Flat, by `shape.bias`; with one bias a layer, that bias once a neuron.
  package var biases: [Double]

  /// A network whose weights and biases are 0; one activation a computed layer.
  package init(shape: Shape, activations: [Activation], biasMode: BiasMode = .perNeuron) {
    plan = Plan(shape, activations, biasMode)
    weights = [Double](repeating: 0, count: shape.weightCount)
    biases = [Double](repeating: 0, count: shape.biasCount)
  }

  package var shape: Shape { plan.shape }

  /// `activations[l − 1]` is that of layer l.
  package var activations: [Activation] {
    get { plan.activations }
    set { plan = Plan(shape, newValue, biasMode) }
  }

  package var biasMode: BiasMode {
    get { plan.biasMode }
    set { plan = Plan(shape, activations, newValue) }
  }

  /// The activation of layer l, 1…L.
  package func activation(of l: Int) -> Activation { activations[l - 1] }

  /// Whether every weight and bias is.
  package var isFinite: Bool {
    // Without a way out of the loop it runs on several at once.
    weights.reduce(true) { $0 && $1.isFinite } && biases.reduce(true) { $0 && $1.isFinite }
  }
}

extension Network: Equatable {
  package static func == (left: Network, right: Network) -> Bool {
    left.shape == right.shape && left.activations == right.activations
      && left.biasMode == right.biasMode && left.weights == right.weights
      && left.biases == right.biases
  }
}
