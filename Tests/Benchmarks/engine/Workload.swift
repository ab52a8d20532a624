import Backprop

/// The network and the data of `reference/common.h`, number for number.
struct Workload {
  var network: Network
  let examples: [Example]
  let learningRate: Double

  /// XOR for 2-…-1, otherwise uniform random inputs with one-hot targets; sigmoid throughout.
  init(_ shape: Shape) {
    var data = SplitMix64(state: 42)
    if shape.inputCount == 2 && shape.outputCount == 1 {
      learningRate = 0.5
      examples = [(0, 0), (1, 0), (0, 1), (1, 1)].map { x1, x2 in
        Example(input: [x1, x2], target: [x1 == x2 ? 0 : 1])
      }
    } else {
      learningRate = 0.1
      examples = (0..<(shape.inputCount > 100 ? 1000 : 150)).map { _ in
        let input = (0..<shape.inputCount).map { _ in data.uniform() }
        var target = [Double](repeating: 0, count: shape.outputCount)
        target[Int(data.uniform() * Double(shape.outputCount))] = 1
        return Example(input: input, target: target)
      }
    }
    network = Network(
      shape: shape, activations: [Activation](repeating: .sigmoid, count: shape.last))
    var weights = SplitMix64(state: 7)
    for l in 1...shape.last {
      let scale = Double(shape.sizes[l - 1]).squareRoot()
      for i in shape.weights(l) { network.weights[i] = (2 * weights.uniform() - 1) / scale }
    }
  }
}

/// The generator of the reference.
struct SplitMix64 {
  var state: UInt64

  /// Uniform in [0, 1), 53 bits.
  mutating func uniform() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    z ^= z >> 31
    return Double(z >> 11) * 0x1p-53
  }
}
