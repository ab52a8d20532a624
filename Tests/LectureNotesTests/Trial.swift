import Backprop
import IndexNotation
import LectureNotes
import TestSupport
import Testing

/// A network with its data and choices, for trying relations on.
struct Trial {
  var network: Network
  var examples: [Example]
  var cost: Cost
  var reduction: Reduction
  var direction: Direction
  var rate: Double

  func definitions(example: Int = 1) -> Definitions {
    let sum = examples[example - 1].target.reduce(0, +)
    let facts = NetworkFacts(
      network: network, cost: cost, reduction: reduction, direction: direction,
      hasOneExample: examples.count == 1,
      unnormalisedTargets: abs(sum - 1) > 1e-12 ? (example, sum) : nil)
    return Definitions(
      network, examples: examples, cost: cost, reduction: reduction, rate: rate, facts: facts,
      example: example)
  }
}

extension Trial {
  /// A network of the demonstrations under the choices of a document.
  init(_ given: DemonstrationNetwork, for document: Document) throws {
    let shape = try Shape(given.layers)
    network = Network(
      shape: shape,
      activations: try given.activations.map { try #require(Activation(rawValue: $0)) },
      biasMode: given.biases == nil ? .none : .perNeuron)
    for l in 1...shape.last {
      for j in 1...shape.sizes[l] {
        for k in 1...shape.sizes[l - 1] {
          network.weights[shape.weight(l, j, k)] = given.weights[l - 1][k - 1][j - 1].value
        }
        if let biases = given.biases {
          network.biases[shape.bias(l, j)] = biases[l - 1][j - 1].value
        }
      }
    }
    examples = zip(given.inputs, given.targets).map { input, target in
      Example(input: input.map(\.value), target: target.map(\.value))
    }
    cost = try #require(Cost(rawValue: given.cost))
    reduction = document.model.reduction
    direction = document.model.direction
    rate = document.model.rate
  }

  /// A small random network that a document's own equations are meant for as often as not.
  static func random(
    for document: Document, _ random: inout SplitMix, layers: Int? = nil
  ) throws -> Trial {
    let depth = layers ?? Int.random(in: 1...3, using: &random)
    var sizes = (0...depth).map { _ in Int.random(in: 1...4, using: &random) }
    if Bool.random(using: &random) { sizes[depth] = 1 }
    let elementwise: [Activation] = [.sigmoid, .tanh, .identity, .softplus]
    var activations = (1...depth).map { _ in document.model.hidden }
    activations[depth - 1] = document.model.output
    if Int.random(in: 0..<3, using: &random) == 0 {
      activations = activations.map { _ in elementwise.randomElement(using: &random) ?? .sigmoid }
    }
    let bias: BiasMode =
      document.model.biasMode == .none || Bool.random(using: &random) ? .none : .perNeuron
    var network = Network(
      shape: try Shape(sizes), activations: activations,
      biasMode: document.model.biasMode == .none ? .none : bias == .none ? .frozen : .perNeuron)
    for index in network.weights.indices {
      network.weights[index] = Double.random(in: -1...1, using: &random)
    }
    if network.biasMode != .none {
      for index in network.biases.indices {
        network.biases[index] = Double.random(in: -1...1, using: &random)
      }
    }
    let count = Int.random(in: 1...3, using: &random)
    let outputs = sizes[depth]
    let examples = (0..<count).map { _ in
      let place = Int.random(in: 0..<outputs, using: &random)
      return Example(
        input: (0..<sizes[0]).map { _ in Double.random(in: -1...1, using: &random) },
        target: (0..<outputs).map { $0 == place ? 1 : 0 })
    }
    let isLogarithmic = [Cost.logLikelihood, .binaryCrossEntropy, .crossEntropy]
      .contains(document.model.cost)
    let fits = activations[depth - 1] == .sigmoid || activations[depth - 1] == .softmax
    return Trial(
      network: network, examples: examples,
      cost: isLogarithmic && !fits ? .quadratic : document.model.cost,
      reduction: document.model.reduction, direction: document.model.direction,
      rate: document.model.rate)
  }
}
