import Backprop

extension Network {
  /// Forward, cost and backward of one example, layer by layer.
  func fullPass(_ example: Example, _ cost: Cost) throws -> Pass {
    var pass = Pass(shape: shape, input: example.input)
    for l in 1...shape.last { forward(layer: l, in: &pass) }
    try evaluateCost(cost, target: example.target, in: &pass)
    for l in (1...shape.last).reversed() {
      backward(layer: l, cost: cost, target: example.target, in: &pass)
    }
    return pass
  }

  /// The same, neuron by neuron.
  func neuronPass(_ example: Example, _ cost: Cost) throws -> Pass {
    var pass = Pass(shape: shape, input: example.input)
    for l in 1...shape.last {
      for j in 1...shape.sizes[l] { forward(layer: l, neuron: j, in: &pass) }
    }
    try evaluateCost(cost, target: example.target, in: &pass)
    for l in (1...shape.last).reversed() {
      for j in 1...shape.sizes[l] {
        backward(layer: l, neuron: j, cost: cost, target: example.target, in: &pass)
      }
    }
    return pass
  }

  /// Epochs of training by the stepping functions alone.
  mutating func stepEpochs(
    _ count: Int, _ examples: [Example], _ cost: Cost, _ reduction: Reduction,
    _ direction: Direction, _ rate: Double
  ) throws {
    for _ in 0..<count {
      switch reduction {
      case .perExample:
        for example in examples {
          let gradient = gradient(of: try fullPass(example, cost))
          update(by: gradient, learningRate: rate, direction: direction)
        }
      case .sum, .mean:
        let passes = try examples.map { try fullPass($0, cost) }
        update(
          by: gradient(of: passes, reduction: reduction), learningRate: rate,
          direction: direction)
      }
    }
  }

  /// Random parameters of size about 1, from a seed.
  static func random(
    _ sizes: [Int], hidden: Activation, output: Activation, biasMode: BiasMode = .perNeuron,
    using random: inout Generator
  ) throws -> Network {
    let shape = try Shape(sizes)
    let activations = (1...shape.last).map { $0 == shape.last ? output : hidden }
    var network = Network(shape: shape, activations: activations, biasMode: biasMode)
    for i in network.weights.indices { network.weights[i] = random.uniform(-1, 1) }
    for l in 1...shape.last {
      let one = random.uniform(-0.5, 0.5)
      for i in shape.biases(l) {
        network.biases[i] = biasMode == .shared ? one : random.uniform(-0.5, 0.5)
      }
    }
    return network
  }
}

/// splitmix64.
struct Generator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return low + (high - low) * Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}

extension [Double] {
  /// For comparison to the last bit.
  var bits: [UInt64] { map(\.bitPattern) }
}
