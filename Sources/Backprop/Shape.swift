/// Why a list of layer sizes is not a network.
package enum ShapeError: Error, Equatable, Sendable {
  /// An input and an output layer are the least.
  case tooFewLayers(count: Int)
  case tooManyLayers(count: Int)
  /// The layer has no neuron.
  case emptyLayer(Int)
  /// Weights and biases together; `UInt64.max` stands for anything beyond.
  case tooManyParameters(count: UInt64)
}

/// The layer sizes of a network and where each value lies in flat storage.
///
/// Layers are 0…L, layer 0 the input; neurons count from 1. z, a and δ are stored layer after
/// layer from layer 0 on; weights row after row from layer 1 on, row j the weights *to* neuron j;
/// biases from layer 1 on.
package struct Shape: Hashable, Sendable {
  /// The most weights and biases together.
  package static let parameterLimit = 1_000_000
  /// The most layers, the input counted.
  package static let layerLimit = 256

  /// `sizes[0]` inputs … `sizes[L]` outputs.
  package let sizes: [Int]
  /// Neurons of all layers, the inputs counted.
  package let neuronCount: Int
  package let weightCount: Int
  package let biasCount: Int
  private let neuronStarts: [Int]
  private let weightStarts: [Int]

  /// Checks the limits before anything is allocated; any `Int` is safe to pass.
  package init(_ sizes: [Int]) throws(ShapeError) {
    guard sizes.count >= 2 else { throw .tooFewLayers(count: sizes.count) }
    guard sizes.count <= Shape.layerLimit else { throw .tooManyLayers(count: sizes.count) }
    for (l, size) in sizes.enumerated() where size < 1 { throw .emptyLayer(l) }
    let parameters = Shape.parameterCount(sizes)
    guard parameters <= UInt64(Shape.parameterLimit) else {
      throw .tooManyParameters(count: parameters)
    }
    self.sizes = sizes
    var neurons = [0]
    var weights = [0, 0]
    for l in 1...sizes.count { neurons.append(neurons[l - 1] + sizes[l - 1]) }
    for l in 1..<sizes.count { weights.append(weights[l] + sizes[l] * sizes[l - 1]) }
    neuronStarts = neurons
    weightStarts = weights
    neuronCount = neurons[sizes.count]
    weightCount = weights[sizes.count]
    biasCount = neuronCount - sizes[0]
  }

  /// Σ_l n_l (n_{l−1} + 1), saturating.
  private static func parameterCount(_ sizes: [Int]) -> UInt64 {
    var total: UInt64 = 0
    for l in 1..<sizes.count {
      // A size is at most 2⁶³ − 1, so that adding 1 stays inside 64 bits.
      let layer = UInt64(sizes[l]).multipliedReportingOverflow(by: UInt64(sizes[l - 1]) + 1)
      let sum = total.addingReportingOverflow(layer.partialValue)
      if layer.overflow || sum.overflow { return .max }
      total = sum.partialValue
    }
    return total
  }

  /// L, the number of the output layer.
  package var last: Int { sizes.count - 1 }
  package var inputCount: Int { sizes[0] }
  package var outputCount: Int { sizes[last] }
  /// Weights and biases together.
  package var parameterCount: Int { weightCount + biasCount }

  /// Index of z_j, a_j or δ_j of layer l; l from 0, j from 1.
  package func neuron(_ l: Int, _ j: Int) -> Int { neuronStarts[l] + j - 1 }

  /// Index of the weight to neuron j of layer l from neuron k of layer l−1.
  package func weight(_ l: Int, _ j: Int, _ k: Int) -> Int {
    weightStarts[l] + (j - 1) * sizes[l - 1] + k - 1
  }

  /// Index of the bias of neuron j of layer l.
  package func bias(_ l: Int, _ j: Int) -> Int { neuronStarts[l] - sizes[0] + j - 1 }

  /// The values of layer l in z, a and δ.
  package func neurons(_ l: Int) -> Range<Int> { neuronStarts[l]..<neuronStarts[l + 1] }

  /// The weights into layer l, row after row.
  package func weights(_ l: Int) -> Range<Int> { weightStarts[l]..<weightStarts[l + 1] }

  /// The weights into neuron j of layer l.
  package func weights(_ l: Int, _ j: Int) -> Range<Int> {
    let start = weight(l, j, 1)
    return start..<start + sizes[l - 1]
  }

  /// The biases of layer l.
  package func biases(_ l: Int) -> Range<Int> {
    neuronStarts[l] - sizes[0]..<neuronStarts[l + 1] - sizes[0]
  }
}
