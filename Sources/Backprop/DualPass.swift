/// What a derivative is taken by: a parameter, or a value of a pass.
///
/// Layers and neurons as in `Shape`; an activation of layer 0 is an input.
package enum Seed: Hashable, Sendable {
  case weight(layer: Int, to: Int, from: Int)
  case bias(layer: Int, neuron: Int)
  case weightedInput(layer: Int, neuron: Int)
  case activation(layer: Int, neuron: Int)
}

/// Derivatives of every z, a and c_n by one seed; flat by `Shape.neuron`, 0 before the seed.
package struct Tangents: Equatable, Sendable {
  package var z: [Double]
  package var a: [Double]
  /// ∂c_n of each output.
  package var costTerms: [Double]

  package var cost: Double { costTerms.reduce(0, +) }
}

/// The definition of a derivative: a forward pass of its own, in dual numbers, from the seed to the
/// cost. It shares nothing with the backward pass, and nothing with the forward pass of stepping.
package struct DualPass: Sendable {
  let network: Network
  let cost: Cost
  let target: [Double]
  /// Values without a seed; flat by `Shape.neuron`.
  package private(set) var z: [Double]
  package private(set) var a: [Double]
  package private(set) var costTerms: [Double] = []

  package init(_ network: Network, cost: Cost, example: Example) {
    self.network = network
    self.cost = cost
    target = example.target
    z = [Double](repeating: 0, count: network.shape.neuronCount)
    a = z
    for k in example.input.indices { a[k] = example.input[k] }
    for l in 1...network.shape.last {
      let outputs = activated(l, weightedInputs(l) { Dual(a[$0]) })
      for (index, pair) in zip(network.shape.neurons(l), outputs) {
        z[index] = pair.z.value
        a[index] = pair.a.value
      }
    }
    costTerms = terms(seed: nil, z: { Dual(z[$0]) }, a: { Dual(a[$0]) }).map(\.value)
  }

  private var shape: Shape { network.shape }

  package var total: Double { costTerms.reduce(0, +) }

  /// Derivatives of everything by one seed.
  package func tangents(by seed: Seed) -> Tangents {
    var tangents = Tangents(
      z: [Double](repeating: 0, count: shape.neuronCount),
      a: [Double](repeating: 0, count: shape.neuronCount), costTerms: [])
    let first: Int
    switch seed {
    case .activation(let layer, let neuron):
      tangents.a[shape.neuron(layer, neuron)] = 1
      first = layer + 1
    case .weightedInput(let layer, let neuron):
      tangents.z[shape.neuron(layer, neuron)] = 1
      activate(layer, &tangents)
      first = layer + 1
    case .bias(let layer, let neuron):
      tangents.z[shape.neuron(layer, neuron)] = 1
      activate(layer, &tangents)
      first = layer + 1
    case .weight(let layer, let to, let from):
      tangents.z[shape.neuron(layer, to)] = a[shape.neuron(layer - 1, from)]
      activate(layer, &tangents)
      first = layer + 1
    }
    if first <= shape.last {
      for l in first...shape.last {
        let inputs = weightedInputs(l) { Dual(a[$0], tangents.a[$0]) }
        for (index, dual) in zip(shape.neurons(l), inputs) { tangents.z[index] = dual.tangent }
        activate(l, &tangents)
      }
    }
    tangents.costTerms = terms(
      seed: seed, z: { Dual(z[$0], tangents.z[$0]) }, a: { Dual(a[$0], tangents.a[$0]) }
    ).map(\.tangent)
    return tangents
  }

  private func activate(_ l: Int, _ tangents: inout Tangents) {
    let inputs = shape.neurons(l).map { Dual(z[$0], tangents.z[$0]) }
    for (index, pair) in zip(shape.neurons(l), activated(l, inputs)) {
      tangents.a[index] = pair.a.tangent
    }
  }

  /// z_j = b_j + Σ_k w_jk a_k of a layer.
  private func weightedInputs(_ l: Int, _ a: (Int) -> Dual) -> [Dual] {
    (1...shape.sizes[l]).map { j in
      var sum = Dual(0)
      for k in 1...shape.sizes[l - 1] {
        let weight = network.weights[shape.weight(l, j, k)]
        let input = a(shape.neuron(l - 1, k))
        sum = Dual(sum.value + weight * input.value, sum.tangent + weight * input.tangent)
      }
      guard network.biasMode != .none else { return sum }
      return sum + Dual(network.biases[shape.bias(l, j)])
    }
  }

  private func activated(_ l: Int, _ inputs: [Dual]) -> [(z: Dual, a: Dual)] {
    let activation = network.activation(of: l)
    guard !activation.isElementwise else {
      return inputs.map { ($0, activation.dual($0)) }
    }
    return zip(inputs, DualPass.softmax(inputs)).map { ($0, $1) }
  }

  /// e^{z_j} / Σ_k e^{z_k}, the greatest z taken off first.
  ///
  /// The quotient rule gives ȧ_j = a_j (ż_j − Σ_k a_k ż_k), which cancels where a_j is near 1; as
  /// Σ_k a_k = 1 it is a_j Σ_k a_k (ż_j − ż_k), which does not.
  private static func softmax(_ inputs: [Dual]) -> [Dual] {
    let top = inputs.map(\.value).max() ?? 0
    let powers = inputs.map { Dual.exponential(Dual($0.value - top)).value }
    let sum = powers.reduce(0, +)
    let shares = powers.map { $0 / sum }
    return zip(inputs, shares).map { input, share in
      var slope = 0.0
      for (other, weight) in zip(inputs, shares) {
        slope += weight * (input.tangent - other.tangent)
      }
      return Dual(share, share * slope)
    }
  }
}

extension DualPass {
  /// c_n of every output.
  private func terms(seed: Seed?, z: (Int) -> Dual, a: (Int) -> Dual) -> [Dual] {
    let outputs = shape.neurons(shape.last)
    // By an output itself the cost is a function of a; by all else log a is taken from z, where a
    // may have rounded to 0 or 1.
    var isByOutput = false
    if case .activation(shape.last, _)? = seed { isByOutput = true }
    let zs = outputs.map(z)
    return outputs.enumerated().map { n, index in
      let y = Dual(target[n])
      let difference = y - a(index)
      switch cost {
      case .quadratic: return Dual(0.5) * (difference * difference)
      case .squaredError: return difference * difference
      case .mse: return difference * difference / Dual(Double(outputs.count))
      case .logLikelihood: return logLikelihood(n, zs, a(index), isByOutput)
      case .binaryCrossEntropy: return -logLikelihood(n, zs, a(index), isByOutput)
      case .crossEntropy:
        return target[n] == 0 ? Dual(0) : -y * logarithm(n, zs, a(index), isByOutput)
      }
    }
  }

  /// y log a + (1−y) log(1−a), with 0 · log 0 = 0.
  private func logLikelihood(_ n: Int, _ zs: [Dual], _ a: Dual, _ isByOutput: Bool) -> Dual {
    let y = target[n]
    let ones = y == 0 ? Dual(0) : Dual(y) * logarithm(n, zs, a, isByOutput)
    let zeros = y == 1 ? Dual(0) : Dual(1 - y) * logarithmOfRest(n, zs, a, isByOutput)
    return ones + zeros
  }

  private func logarithm(_ n: Int, _ zs: [Dual], _ a: Dual, _ isByOutput: Bool) -> Dual {
    guard !isByOutput else { return .logarithm(a) }
    switch network.activation(of: shape.last) {
    case .sigmoid: return -.logarithmOfOnePlusExponential(-zs[n])
    case .softmax:
      let top = Dual(zs.map(\.value).max() ?? 0)
      let sum = zs.map { Dual.exponential($0 - top) }.reduce(Dual(0), +)
      return zs[n] - top - .logarithm(sum)
    case .identity, .tanh, .relu, .leakyReLU, .softplus: return .logarithm(a)
    }
  }

  /// log(1 − a).
  private func logarithmOfRest(_ n: Int, _ zs: [Dual], _ a: Dual, _ isByOutput: Bool) -> Dual {
    guard !isByOutput else { return .logarithm(Dual(1) - a) }
    switch network.activation(of: shape.last) {
    case .sigmoid: return -.logarithmOfOnePlusExponential(zs[n])
    case .softmax:
      let top = Dual(zs.map(\.value).max() ?? 0)
      let powers = zs.map { Dual.exponential($0 - top) }
      let rest = powers.indices.filter { $0 != n }.map { powers[$0] }.reduce(Dual(0), +)
      return .logarithm(rest) - .logarithm(powers.reduce(Dual(0), +))
    case .identity, .tanh, .relu, .leakyReLU, .softplus: return .logarithm(Dual(1) - a)
    }
  }
}
