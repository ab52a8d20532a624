import Backprop

/// What `save` writes and `load` reads: a network, how it is trained, and its examples.
package struct NetworkFile: Equatable, Sendable {
  package static let version = 1
  static let formatName = "backprop-repl"
  static let format = "\(formatName)/\(version)"

  package var network: Network
  package var cost: Cost
  package var reduction: Reduction
  package var direction: Direction
  package var learningRate: Double
  package var examples: [Example]

  package init(
    network: Network, cost: Cost, reduction: Reduction, direction: Direction,
    learningRate: Double, examples: [Example]
  ) {
    self.network = network
    self.cost = cost
    self.reduction = reduction
    self.direction = direction
    self.learningRate = learningRate
    self.examples = examples
  }

  /// The text of the file: JSON, a value that fits on its line, the shortest decimals.
  package var text: String {
    let shape = network.shape
    let layers = 1...shape.last
    var model: [JSON.Member] = [
      .init(key: "layers", value: JSON(shape.sizes.map(Double.init))),
      .init(key: "activations", value: .array(network.activations.map { .string($0.rawValue) })),
      .init(key: "bias", value: .string(network.biasMode.rawValue)),
      .init(
        key: "weights",
        value: .array(layers.map { l in JSON.rows(of: network.weights, l, shape) })),
    ]
    if network.biasMode != .none {
      let biases = layers.map { l in JSON(network.biases[shape.biases(l)]) }
      model.append(.init(key: "biases", value: .array(biases)))
    }
    let file = JSON.object([
      .init(key: "format", value: .string(Self.format)),
      .init(key: "network", value: .object(model)),
      .init(key: "cost", value: .string(cost.rawValue)),
      .init(key: "reduction", value: .string(reduction.rawValue)),
      .init(key: "direction", value: .string(direction.rawValue)),
      .init(key: "learning_rate", value: .number(learningRate)),
      .init(
        key: "examples",
        value: .array(
          examples.map { example in
            .object([
              .init(key: "input", value: JSON(example.input)),
              .init(key: "target", value: JSON(example.target)),
            ])
          })),
    ])
    return file.text(width: 100) + "\n"
  }
}

extension JSON {
  /// Flat weights of layer l as rows, one a neuron.
  static func rows(of weights: [Double], _ l: Int, _ shape: Shape) -> JSON {
    .array((1...shape.sizes[l]).map { j in JSON(weights[shape.weights(l, j)]) })
  }
}
