/// Open storage of weights and biases, or of their gradients: of the network, or of one layer.
struct Parameters {
  let weights: UnsafeMutablePointer<Double>
  let biases: UnsafeMutablePointer<Double>

  /// Those of one layer.
  @inline(__always)
  func at(_ layer: Layer) -> Parameters {
    Parameters(weights: weights + layer.weightStart, biases: biases + layer.biasStart)
  }

  /// w_jk − η ∂C/∂w_jk and b_j − η ∂C/∂b_j of the network.
  func descend(along gradient: Parameters, eta: Double, _ shape: Shape, _ biasMode: BiasMode) {
    for i in 0..<shape.weightCount { weights[i] -= eta * gradient.weights[i] }
    for l in 1...shape.last {
      let start = shape.bias(l, 1)
      Parameters(weights: weights, biases: biases + start).descendBiases(
        along: gradient.biases + start, eta: eta, count: shape.sizes[l], biasMode: biasMode)
    }
  }

  /// b_j − η ∂C/∂b_j of one layer; the gradient of a shared bias is Σ_j ∂C/∂b_j.
  @inline(__always)
  func descendBiases(
    along gradient: UnsafeMutablePointer<Double>, eta: Double, count: Int, biasMode: BiasMode
  ) {
    switch biasMode {
    case .perNeuron:
      for j in 0..<count { biases[j] -= eta * gradient[j] }
    case .shared:
      var sum = 0.0
      for j in 0..<count { sum += gradient[j] }
      for j in 0..<count { biases[j] -= eta * sum }
    case .frozen, .none:
      break
    }
  }

  /// The mean of `count` examples from their sum.
  func divide(by count: Double, _ shape: Shape) {
    for i in 0..<shape.weightCount { weights[i] /= count }
    for i in 0..<shape.biasCount { biases[i] /= count }
  }

  func clear(_ shape: Shape) {
    weights.update(repeating: 0, count: shape.weightCount)
    biases.update(repeating: 0, count: shape.biasCount)
  }
}

extension Gradient {
  mutating func withStorage<Result>(_ body: (Parameters) -> Result) -> Result {
    open(&weights, &biases, body)
  }

  /// The same for a body that only reads.
  func reading<Result>(_ body: (Parameters) -> Result) -> Result {
    weights.withUnsafeBufferPointer { weights in
      biases.withUnsafeBufferPointer { biases in
        guard let weights = weights.baseAddress, let biases = biases.baseAddress else {
          preconditionFailure("a gradient has weights and biases")
        }
        return body(
          Parameters(
            weights: UnsafeMutablePointer(mutating: weights),
            biases: UnsafeMutablePointer(mutating: biases)))
      }
    }
  }
}

extension Network {
  mutating func withParameters<Result>(_ body: (Parameters) -> Result) -> Result {
    open(&weights, &biases, body)
  }
}

@inline(__always)
private func open<Result>(
  _ weights: inout [Double], _ biases: inout [Double], _ body: (Parameters) -> Result
) -> Result {
  weights.withUnsafeMutableBufferPointer { weights in
    biases.withUnsafeMutableBufferPointer { biases in
      guard let weights = weights.baseAddress, let biases = biases.baseAddress else {
        preconditionFailure("a network has weights and biases")
      }
      return body(Parameters(weights: weights, biases: biases))
    }
  }
}
