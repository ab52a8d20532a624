/// What a network is apart from its numbers.
///
/// One object that never changes, so that a `Network` is three words: as many as a call passes in
/// registers. A larger value is copied to the stack before each call of a stepping loop.
final class Plan: Sendable {
  let shape: Shape
  let activations: [Activation]
  let biasMode: BiasMode
  /// `layers[l − 1]` is that of layer l, 1…L.
  let layers: [LayerPlan]

  init(_ shape: Shape, _ activations: [Activation], _ biasMode: BiasMode) {
    precondition(activations.count == shape.last, "one activation for each computed layer")
    self.shape = shape
    self.activations = activations
    self.biasMode = biasMode
    layers = (1...shape.last).map { l in LayerPlan(l, shape, activations[l - 1]) }
  }
}

/// The size of a layer and where its values begin in flat storage.
struct LayerPlan {
  /// Neurons of this layer, j, and of the layer below, k.
  let count: Int
  let inputs: Int
  let activation: Activation
  /// In z, a and δ; those of the layer below.
  let neurons: Int
  let below: Int
  let weights: Int
  let biases: Int

  init(_ l: Int, _ shape: Shape, _ activation: Activation) {
    count = shape.sizes[l]
    inputs = shape.sizes[l - 1]
    self.activation = activation
    neurons = shape.neuron(l, 1)
    below = shape.neuron(l - 1, 1)
    weights = shape.weight(l, 1, 1)
    biases = shape.bias(l, 1)
  }
}
