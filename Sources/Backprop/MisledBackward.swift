#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The backward step of one layer under a misconception, made of the sound one by changing what it
/// is given.
package struct MisledLayer {
  private let network: Network
  private let l: Int
  private let misconception: Misconception
  private let cost: Cost
  /// A hidden layer is carried back by this network: with other weights above, or with the identity
  /// in layer l, under which δ is what comes from above.
  private let carrier: Network
  private let hasSlope: Bool

  /// - Parameter updated: the network after its update, for weights that are stale.
  package init(
    _ l: Int, of network: Network, under misconception: Misconception, cost: Cost,
    updated: Network
  ) {
    (self.network, self.l, self.misconception, self.cost) = (network, l, misconception, cost)
    hasSlope = network.hasMisledSlope(l, misconception)
    var carrier = network.misledAbove(l, misconception, updated)
    if hasSlope, l < network.shape.last { carrier.activations[l - 1] = .identity }
    self.carrier = carrier
  }

  /// δ_j.
  package func backward(neuron j: Int, target: [Double], in pass: inout Pass) {
    let shape = network.shape
    let place = shape.neuron(l, j)
    carrier.backward(layer: l, neuron: j, cost: cost, target: target, in: &pass)
    if l == shape.last {
      pass.delta[place] = outputError(
        j, sound: pass.delta[place],
        gradient: network.costGradient(cost, target: target, pass: pass, output: j), pass)
    } else if hasSlope {
      let slope = network.misledSlope(l, j, misconception, pass)
      pass.delta[place] =
        misconception == .maskOverwrites ? slope : slope * pass.delta[place]
    }
  }

  /// δ_j of the output layer, or ∂c_n/∂z_j of one output n, from the sound one and ∂C/∂a_j or
  /// ∂c_n/∂a_j.
  func outputError(_ j: Int, sound: Double, gradient: Double, _ pass: Pass) -> Double {
    switch misconception {
    case .outputSlopeMissing: return gradient
    case .squareRule:
      return cost.isSquare ? sound * pass.a[network.shape.neuron(l, j)] : sound
    case .wrongSign: return -sound
    case .maskForgotten, .exponentialRule:
      return hasSlope ? gradient * network.misledSlope(l, j, misconception, pass) : sound
    case .biasAsFactor, .staleWeights, .maskOverwrites, .biasNotTrained, .biasShared,
      .weightsTransposed, .lastExampleOnly, .averagedTwice, .indicesSwapped:
      return sound
    }
  }
}

extension Cost {
  /// Whether it has (y − a)².
  fileprivate var isSquare: Bool {
    switch self {
    case .quadratic, .squaredError, .mse: true
    case .logLikelihood, .binaryCrossEntropy, .crossEntropy: false
    }
  }
}

extension Network {
  /// ∂c_n/∂z for each output n by itself under a misconception, as `outputDeltas` has it.
  package func outputDeltas(
    cost: Cost, target: [Double], pass: Pass, downTo l: Int, under misconception: Misconception,
    updated: Network
  ) -> [[Double]] {
    var deltas = outputDeltas(cost: cost, target: target, pass: pass, downTo: shape.last)
    let last = MisledLayer(
      shape.last, of: self, under: misconception, cost: cost, updated: updated)
    let hidden = (l..<shape.last).reversed().map { layer in
      (layer, MisledLayer(layer, of: self, under: misconception, cost: cost, updated: updated))
    }
    for n in deltas.indices {
      var pass = pass
      for j in 1...shape.outputCount {
        let place = shape.neuron(shape.last, j)
        let gradient =
          j == n + 1 ? costGradient(cost, target: target, pass: pass, output: j) : 0
        deltas[n][place] = last.outputError(
          j, sound: deltas[n][place], gradient: gradient, pass)
      }
      pass.delta = deltas[n]
      for (layer, misled) in hidden {
        for j in 1...shape.sizes[layer] { misled.backward(neuron: j, target: target, in: &pass) }
      }
      deltas[n] = pass.delta
    }
    return deltas
  }

  /// This network with the weights above layer l that a misconception takes for its errors.
  package func misledAbove(
    _ l: Int, _ misconception: Misconception, _ updated: Network
  ) -> Network {
    switch misconception {
    case .staleWeights: return updated
    case .weightsTransposed:
      guard l < shape.last else { return self }
      var network = self
      let above = shape.weights(l + 1)
      network.weights.replaceSubrange(
        above, with: Network.transposed(weights[above], shape.sizes[l + 1], shape.sizes[l]))
      return network
    case .biasAsFactor, .outputSlopeMissing, .maskForgotten, .maskOverwrites, .biasNotTrained,
      .biasShared, .squareRule, .exponentialRule, .lastExampleOnly, .averagedTwice, .wrongSign,
      .indicesSwapped:
      return self
    }
  }

  fileprivate func hasMisledSlope(_ l: Int, _ misconception: Misconception) -> Bool {
    switch misconception {
    case .maskForgotten: activation(of: l).isRectifier
    case .maskOverwrites: activation(of: l).isRectifier && l < shape.last
    case .exponentialRule: activation(of: l).hasExponentialSlope
    case .biasAsFactor, .staleWeights, .outputSlopeMissing, .biasNotTrained, .biasShared,
      .squareRule, .weightsTransposed, .lastExampleOnly, .averagedTwice, .wrongSign,
      .indicesSwapped:
      false
    }
  }

  /// f′ as it is misunderstood.
  fileprivate func misledSlope(
    _ l: Int, _ j: Int, _ misconception: Misconception, _ pass: Pass
  ) -> Double {
    let (z, a) = (pass.z[shape.neuron(l, j)], pass.a[shape.neuron(l, j)])
    switch misconception {
    case .maskForgotten: return 1
    case .exponentialRule: return activation(of: l).exponentialSlope(z, a)
    case .maskOverwrites, .biasAsFactor, .staleWeights, .outputSlopeMissing, .biasNotTrained,
      .biasShared, .squareRule, .weightsTransposed, .lastExampleOnly, .averagedTwice, .wrongSign,
      .indicesSwapped:
      return activation(of: l).derivative(z)
    }
  }

  /// The numbers of a matrix of `rows` rows of `columns`, looked up as if it were written the other
  /// way: entry (k, j) where (j, k) would be.
  static func transposed(
    _ values: ArraySlice<Double>, _ rows: Int, _ columns: Int
  ) -> [Double] {
    let values = Array(values)
    return (0..<rows).flatMap { k in (0..<columns).map { j in values[j * rows + k] } }
  }
}

extension Activation {
  fileprivate var hasExponentialSlope: Bool {
    switch self {
    case .sigmoid, .tanh, .softplus: true
    case .identity, .relu, .leakyReLU, .softmax: false
    }
  }

  /// f′(z) with d eˣ/dx = x; f′(z) of functions that no one derives so.
  fileprivate func exponentialSlope(_ z: Double, _ a: Double) -> Double {
    switch self {
    // a = 1/(1 + e⁻ᶻ): a′ = −a² d e⁻ᶻ/dz, and with d eˣ = x that is −(−(−z)) a².
    case .sigmoid: return -z * a * a
    // a = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ): the numerator gives z − z, the denominator 2z.
    case .tanh: return -a * z / cosh(z)
    // a = log(1 + eᶻ): a′ = z/(1 + eᶻ).
    case .softplus: return z / (1 + exp(z))
    case .identity, .relu, .leakyReLU, .softmax: return derivative(z)
    }
  }
}
