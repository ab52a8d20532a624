#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// The backward pass under a misconception, made of the sound one by changing what it is given.

extension Network {
  /// δ_j of neuron j of layer l under a misconception.
  ///
  /// - Parameter updated: the network after its update, for weights that are stale.
  package func backward(
    layer l: Int, neuron j: Int, under misconception: Misconception, cost: Cost, target: [Double],
    updated: Network, in pass: inout Pass
  ) {
    if l == shape.last {
      outputError(j, misconception, cost, target, &pass)
    } else {
      hiddenError(l, j, misconception, cost, target, updated, &pass)
    }
  }

  private func outputError(
    _ j: Int, _ misconception: Misconception, _ cost: Cost, _ target: [Double], _ pass: inout Pass
  ) {
    let place = shape.neuron(shape.last, j)
    backward(layer: shape.last, neuron: j, cost: cost, target: target, in: &pass)
    func pulledBack() -> Double { costGradient(cost, target: target, pass: pass, output: j) }
    switch misconception {
    case .outputSlopeMissing: pass.delta[place] = pulledBack()
    case .squareRule: pass.delta[place] *= pass.a[place]
    case .wrongSign: pass.delta[place] = -pass.delta[place]
    case .maskForgotten, .exponentialRule:
      if let slope = slope(of: shape.last, j, misconception, pass) {
        pass.delta[place] = pulledBack() * slope
      }
    case .biasAsFactor, .staleWeights, .maskOverwrites, .biasNotTrained, .biasShared,
      .weightsTransposed, .lastExampleOnly, .averagedTwice, .indicesSwapped:
      return
    }
  }

  private func hiddenError(
    _ l: Int, _ j: Int, _ misconception: Misconception, _ cost: Cost, _ target: [Double],
    _ updated: Network, _ pass: inout Pass
  ) {
    let place = shape.neuron(l, j)
    func delta(_ network: Network) {
      network.backward(layer: l, neuron: j, cost: cost, target: target, in: &pass)
    }
    switch misconception {
    case .staleWeights: delta(updated)
    case .weightsTransposed:
      var network = self
      let above = shape.weights(l + 1)
      network.weights.replaceSubrange(
        above, with: transposed(weights[above], rows: shape.sizes[l + 1], shape.sizes[l]))
      delta(network)
    case .maskForgotten, .exponentialRule, .maskOverwrites:
      guard let slope = slope(of: l, j, misconception, pass) else { return delta(self) }
      // Under the identity δ is what comes from above.
      var network = self
      network.activations[l - 1] = .identity
      delta(network)
      pass.delta[place] = misconception == .maskOverwrites ? slope : slope * pass.delta[place]
    case .biasAsFactor, .outputSlopeMissing, .biasNotTrained, .biasShared, .squareRule,
      .lastExampleOnly, .averagedTwice, .wrongSign, .indicesSwapped:
      delta(self)
    }
  }

  /// f′ as it is misunderstood; nil where that changes nothing.
  private func slope(
    of l: Int, _ j: Int, _ misconception: Misconception, _ pass: Pass
  ) -> Double? {
    let (z, a) = (pass.z[shape.neuron(l, j)], pass.a[shape.neuron(l, j)])
    let isRectifier: Bool
    switch activation(of: l) {
    case .relu, .leakyReLU: isRectifier = true
    case .identity, .sigmoid, .tanh, .softplus, .softmax: isRectifier = false
    }
    switch misconception {
    case .maskForgotten: return isRectifier ? 1 : nil
    case .maskOverwrites: return isRectifier ? activation(of: l).derivative(z) : nil
    case .exponentialRule: return activation(of: l).exponentialSlope(z, a)
    case .biasAsFactor, .staleWeights, .outputSlopeMissing, .biasNotTrained, .biasShared,
      .squareRule, .weightsTransposed, .lastExampleOnly, .averagedTwice, .wrongSign,
      .indicesSwapped:
      return nil
    }
  }

  /// The numbers of a matrix of `rows` rows of `columns`, read as one of `columns` rows.
  private func transposed(
    _ values: ArraySlice<Double>, rows: Int, _ columns: Int
  ) -> [Double] {
    let values = Array(values)
    // Entry (k, j) is looked up where (j, k) would be if the matrix were written the other way.
    return (0..<rows).flatMap { k in (0..<columns).map { j in values[j * rows + k] } }
  }

  /// ∂c_n/∂z for each output n by itself under a misconception, as `outputDeltas` has it.
  package func outputDeltas(
    cost: Cost, target: [Double], pass: Pass, downTo l: Int, under misconception: Misconception,
    updated: Network
  ) -> [[Double]] {
    var deltas = outputDeltas(cost: cost, target: target, pass: pass, downTo: shape.last)
    for n in deltas.indices {
      var pass = pass
      pass.delta = deltas[n]
      if activation(of: shape.last).isElementwise {
        backward(
          layer: shape.last, neuron: n + 1, under: misconception, cost: cost, target: target,
          updated: updated, in: &pass)
      }
      for layer in (l..<shape.last).reversed() {
        for j in 1...shape.sizes[layer] {
          backward(
            layer: layer, neuron: j, under: misconception, cost: cost, target: target,
            updated: updated, in: &pass)
        }
      }
      deltas[n] = pass.delta
    }
    return deltas
  }

  // MARK: gradients

  /// The gradient of one example under a misconception.
  package func gradient(of pass: Pass, under misconception: Misconception) -> Gradient {
    var gradient = gradient(of: pass)
    switch misconception {
    case .biasAsFactor:
      for i in gradient.biases.indices { gradient.biases[i] *= biases[i] }
    case .biasShared:
      for l in 1...shape.last {
        let sum = gradient.biases[shape.biases(l)].reduce(0, +)
        for i in shape.biases(l) { gradient.biases[i] = sum }
      }
    case .indicesSwapped:
      for l in 1...shape.last {
        let layer = shape.weights(l)
        gradient.weights.replaceSubrange(
          layer,
          with: transposed(gradient.weights[layer], rows: shape.sizes[l], shape.sizes[l - 1]))
      }
    case .staleWeights, .outputSlopeMissing, .maskForgotten, .maskOverwrites, .biasNotTrained,
      .squareRule, .weightsTransposed, .exponentialRule, .lastExampleOnly, .averagedTwice,
      .wrongSign:
      break
    }
    return gradient
  }

  /// The gradient of a batch under a misconception.
  package func gradient(
    of passes: [Pass], reduction: Reduction, under misconception: Misconception
  ) -> Gradient {
    var sum = gradient(of: [], reduction: .sum)
    let kept = misconception == .lastExampleOnly ? passes.suffix(1) : passes[...]
    for pass in kept { sum.add(gradient(of: pass, under: misconception)) }
    let count = Double(passes.count)
    if reduction == .mean { sum.divide(by: count) }
    if misconception == .averagedTwice { sum.divide(by: count) }
    return sum
  }

  /// The update under a misconception.
  package mutating func update(
    by gradient: Gradient, learningRate: Double, direction: Direction,
    under misconception: Misconception
  ) {
    let before = biases
    update(by: gradient, learningRate: learningRate, direction: direction)
    if misconception == .biasNotTrained { biases = before }
  }
}

extension Gradient {
  fileprivate mutating func add(_ other: Gradient) {
    for i in weights.indices { weights[i] += other.weights[i] }
    for i in biases.indices { biases[i] += other.biases[i] }
  }

  fileprivate mutating func divide(by count: Double) {
    for i in weights.indices { weights[i] /= count }
    for i in biases.indices { biases[i] /= count }
  }
}

extension Activation {
  /// f′(z) with d eˣ/dx = x; nil for functions that no one derives so.
  fileprivate func exponentialSlope(_ z: Double, _ a: Double) -> Double? {
    switch self {
    // a = 1/(1 + e⁻ᶻ): a′ = −a² d e⁻ᶻ/dz, and with d eˣ = x that is −(−(−z)) a².
    case .sigmoid: return -z * a * a
    // a = (eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ): the numerator gives z − z, the denominator 2z.
    case .tanh: return -a * z / cosh(z)
    // a = log(1 + eᶻ): a′ = z/(1 + eᶻ).
    case .softplus: return z / (1 + exp(z))
    case .identity, .relu, .leakyReLU, .softmax: return nil
    }
  }
}
