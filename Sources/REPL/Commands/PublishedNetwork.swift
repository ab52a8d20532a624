import Backprop

/// A worked example from elsewhere, with its source and the figures it printed.
package struct PublishedNetwork: Sendable {
  package let name: String
  package let source: String
  /// What was printed, and where the print is wrong.
  package let remarks: [String]
  let sizes: [Int]
  let activations: [Activation]
  let bias: BiasMode
  /// Row by row, to × from, a matrix a layer.
  let weights: [[Double]]
  let biases: [[Double]]
  let cost: Cost
  var reduction = Reduction.sum
  let rate: Double
  let examples: [Example]

  func build(into state: inout State) {
    guard let shape = try? Shape(sizes) else { return }
    var network = Network(shape: shape, activations: activations, biasMode: bias)
    network.weights = weights.flatMap { $0 }
    if !biases.isEmpty { network.biases = biases.flatMap { $0 } }
    state.network = network
    state.cost = cost
    state.reduction = reduction
    state.direction = .descent
    state.rate = rate
    state.examples = examples
    state.example = 1
    state.title = name
    state.initialisation = nil
    state.resetPasses()
  }

  package static let all: [PublishedNetwork] = [
    PublishedNetwork(
      name: "mazur",
      source: "Mazur, A Step by Step Backpropagation Example, 2015",
      remarks: [
        "published: C = 0.298371109, ∂C/∂w₅ = 0.082167041, w₅ after one step 0.35891648; its error after one step, 0.291027924, is wrong: 0.291027774"
      ],
      sizes: [2, 2, 2], activations: [.sigmoid, .sigmoid], bias: .frozen,
      weights: [[0.15, 0.20, 0.25, 0.30], [0.40, 0.45, 0.50, 0.55]],
      biases: [[0.35, 0.35], [0.60, 0.60]], cost: .quadratic, rate: 0.5,
      examples: [Example(input: [0.05, 0.10], target: [0.01, 0.99])]),
    PublishedNetwork(
      name: "han-kamber",
      source: "Han and Kamber, Data Mining, the worked example of backpropagation",
      remarks: [
        "published: outputs 0.332, 0.525, 0.474; errors of neurons 6, 5, 4 with the sign turned round 0.1311, −0.0065, −0.0087, from rounded outputs"
      ],
      sizes: [3, 2, 1], activations: [.sigmoid, .sigmoid], bias: .perNeuron,
      weights: [[0.2, 0.4, -0.5, -0.3, 0.1, 0.2], [-0.3, -0.2]],
      biases: [[-0.4, 0.2], [0.1]], cost: .quadratic, rate: 0.9,
      examples: [Example(input: [1, 0, 1], target: [1])]),
    PublishedNetwork(
      name: "negnevitsky",
      source: "Negnevitsky, Artificial Intelligence, XOR by backpropagation, first pattern (1, 1)",
      remarks: [
        "published: output 0.5097, error −0.5097, δ −0.1274 with the sign turned round; its thresholds are subtracted, so the biases here are their negatives"
      ],
      sizes: [2, 2, 1], activations: [.sigmoid, .sigmoid], bias: .perNeuron,
      weights: [[0.5, 0.4, 0.9, 1.0], [-1.2, 1.1]],
      biases: [[-0.8, 0.1], [-0.3]], cost: .quadratic, reduction: .perExample, rate: 0.1,
      examples: [
        Example(input: [1, 1], target: [0]), Example(input: [0, 1], target: [1]),
        Example(input: [1, 0], target: [1]), Example(input: [0, 0], target: [0]),
      ]),
    PublishedNetwork(
      name: "g-eoj",
      source: "g-eoj, cs231n two-layer backprop math: ReLU and softmax with cross-entropy",
      remarks: [
        "published: loss 1.0513754685, δ of the output 0.429052724, 0.221490525, −0.650543248"
      ],
      sizes: [2, 2, 3], activations: [.relu, .softmax], bias: .perNeuron,
      weights: [[0.18, 0.10, 0.04, 0.22], [0.19, -0.02, -0.1, -0.01, 0.1, 0.04]],
      biases: [[0, 0], [0, 0, 0]], cost: .crossEntropy, reduction: .mean, rate: 1,
      examples: [Example(input: [16, -6], target: [0, 0, 1])]),
    PublishedNetwork(
      name: "ai-by-hand",
      source: "AI by Hand, Backpropagation.xlsx: 4-3-4-3, ReLU, softmax, a batch of two summed",
      remarks: [
        "published: Z3 −3, 2, 2 and 1, 2, 0; its second weight gradient forgets the ReLU mask of unit 1, which is 0 here"
      ],
      sizes: [4, 3, 4, 3], activations: [.relu, .relu, .softmax], bias: .perNeuron,
      weights: [
        [1, 0, -1, 1, 0, 1, 1, 0, 1, -1, 0, 0],
        [0, -1, 2, -1, 1, 0, 0, 1, 1, -1, 0, 0],
        [0, -1, -1, 2, -1, 0, 0, 0, -1, 0, 1, 0],
      ],
      biases: [[1, 1, 0], [1, 2, 1, 3], [5, 2, -4]], cost: .crossEntropy, rate: 0.1,
      examples: [
        Example(input: [2, 1, 2, 1], target: [0, 0, 1]),
        Example(input: [-1, 1, 1, 2], target: [0, 1, 0]),
      ]),
    PublishedNetwork(
      name: "backprop-explainer",
      source: "backprop-explainer: one linear neuron, squared error",
      remarks: ["published: loss 3.61, ∂/∂w −7.98, ∂/∂b −3.8; after one step w 1.0798, b 0.038"],
      sizes: [1, 1], activations: [.identity], bias: .perNeuron, weights: [[1]], biases: [[0]],
      cost: .squaredError, rate: 0.01, examples: [Example(input: [2.1], target: [4])]),
    PublishedNetwork(
      name: "backprop-builder",
      source: "BackpropBuilder, docs/USAGE: one linear neuron, squared error",
      remarks: ["published: output 7, loss 4, ∂/∂w −8, ∂/∂b −4; then w 3.4, b 1.2, output 8"],
      sizes: [1, 1], activations: [.identity], bias: .perNeuron, weights: [[3]], biases: [[1]],
      cost: .squaredError, rate: 0.05, examples: [Example(input: [2], target: [9])]),
    PublishedNetwork(
      name: "hmkcode",
      source: "hmkcode, backpropagation step by step, 2018: linear, no bias",
      remarks: ["published: hidden 0.85 and 0.48, output 0.191, error 0.327; then output 0.26"],
      sizes: [2, 2, 1], activations: [.identity, .identity], bias: .none,
      weights: [[0.11, 0.21, 0.12, 0.08], [0.14, 0.15]], biases: [], cost: .quadratic,
      rate: 0.05, examples: [Example(input: [2, 3], target: [1])]),
    PublishedNetwork(
      name: "goodfellow-xor",
      source: "Goodfellow, Bengio, Courville, Deep Learning, 6.1: XOR solved by ReLU",
      remarks: ["published: outputs 0 1 1 0 exactly; every gradient is 0"],
      sizes: [2, 2, 1], activations: [.relu, .identity], bias: .perNeuron,
      weights: [[1, 1, 1, 1], [1, -2]], biases: [[0, -1], [0]], cost: .quadratic,
      reduction: .mean, rate: 0.1,
      examples: [
        Example(input: [0, 0], target: [0]), Example(input: [0, 1], target: [1]),
        Example(input: [1, 0], target: [1]), Example(input: [1, 1], target: [0]),
      ]),
    PublishedNetwork(
      name: "nielsen",
      source: "Nielsen, Neural Networks and Deep Learning, ch. 3: one neuron, input 1 to 0",
      remarks: ["published: first output 0.82; after 300 steps 0.09"],
      sizes: [1, 1], activations: [.sigmoid], bias: .perNeuron, weights: [[0.6]], biases: [[0.9]],
      cost: .quadratic, rate: 0.15, examples: [Example(input: [1], target: [0])]),
  ]
}
