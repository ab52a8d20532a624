/// Open storage of weights and biases, or of their gradients: of the network, or of one layer.
struct Parameters {
  let weights: UnsafeMutablePointer<Double>
  let biases: UnsafeMutablePointer<Double>

  /// Those of one layer.
  @inline(__always)
  func at(_ layer: LayerPlan) -> Parameters {
    Parameters(weights: weights + layer.weights, biases: biases + layer.biases)
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

extension Parameters {
  /// Opens the arrays of weights and biases for a body that writes them.
  @inline(__always)
  static func open<Result>(
    _ weights: inout [Double], _ biases: inout [Double], _ body: (Parameters) -> Result
  ) -> Result {
    weights.writing(weights.count) { weights in
      biases.writing(biases.count) { biases in body(Parameters(weights: weights, biases: biases)) }
    }
  }
}

extension Gradient {
  mutating func withStorage<Result>(_ body: (Parameters) -> Result) -> Result {
    Parameters.open(&weights, &biases, body)
  }

  /// The same for a body that only reads.
  func reading<Result>(_ body: (Parameters) -> Result) -> Result {
    weights.reading(weights.count) { weights in
      biases.reading(biases.count) { biases in
        body(
          Parameters(
            weights: UnsafeMutablePointer(mutating: weights),
            biases: UnsafeMutablePointer(mutating: biases)))
      }
    }
  }
}

extension Network {
  @inline(__always)
  mutating func withParameters<Result>(_ body: (Parameters) -> Result) -> Result {
    checkParameterCounts()
    return Parameters.open(&weights, &biases, body)
  }

  private func checkParameterCounts() {
    precondition(weights.count == shape.weightCount && biases.count == shape.biasCount)
  }
}
