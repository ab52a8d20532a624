/// ∂C/∂w and ∂C/∂b, flat like `Network.weights` and `Network.biases`.
package struct Gradient: Equatable, Sendable {
  package var weights: [Double]
  package var biases: [Double]

  package init(weights: [Double], biases: [Double]) {
    self.weights = weights
    self.biases = biases
  }
}

extension Network {
  /// ∂C/∂w_jk of layer l: a_k of layer l−1 times δ_j of layer l.
  package func weightGradient(_ l: Int, _ j: Int, _ k: Int, pass: Pass) -> Double {
    pass.a[shape.neuron(l - 1, k)] * pass.delta[shape.neuron(l, j)]
  }

  /// ∂C/∂w_jk = a_k δ_j and ∂C/∂b_j = δ_j of one example.
  ///
  /// δ is that of each neuron also where a layer shares one bias; `update` adds them up.
  package func gradient(of pass: Pass) -> Gradient {
    gradient(of: [pass], reduction: .sum)
  }

  /// The gradient of the batch: the sum over p in order, divided by P at the end for the mean.
  package func gradient(of passes: [Pass], reduction: Reduction) -> Gradient {
    var sum = Gradient(
      weights: [Double](repeating: 0, count: shape.weightCount),
      biases: [Double](repeating: 0, count: shape.biasCount))
    for pass in passes {
      reading(pass) { storage in
        sum.withStorage { sum in
          for l in 1...plan.layers.count {
            layer(l, in: storage).accumulate(into: sum.at(plan.layers[l - 1]))
          }
        }
      }
    }
    switch reduction {
    case .perExample, .sum: break
    case .mean: sum.withStorage { sum in sum.divide(by: Double(passes.count), shape) }
    }
    return sum
  }

  /// w − η ∂C/∂w, or + in ascent; biases by their mode.
  package mutating func update(
    by gradient: Gradient, learningRate: Double, direction: Direction
  ) {
    precondition(gradient.weights.count == shape.weightCount)
    precondition(gradient.biases.count == shape.biasCount)
    let eta = direction.signed(learningRate)
    let (shape, biasMode) = (shape, biasMode)
    gradient.reading { gradient in
      withParameters { parameters in
        parameters.descend(along: gradient, eta: eta, shape, biasMode)
      }
    }
  }

  /// The update of the online loop: along the gradient of one example, to the same last bit but
  /// without storing it.
  package mutating func update(by pass: Pass, learningRate: Double, direction: Direction) {
    let eta = direction.signed(learningRate)
    // By itself instead of by `withParameters`, where the plan would be retained once a call.
    let plan = plan
    precondition(
      weights.count == plan.shape.weightCount && biases.count == plan.shape.biasCount)
    Parameters.open(&weights, &biases) { parameters in
      pass.reading(plan.shape, parameters.weights, parameters.biases) { storage in
        for l in 0..<plan.layers.count {
          let layer = plan.layers[l]
          Layer(layer, plan.biasMode, in: storage)
            .descend(parameters.at(layer), eta: eta, biasMode: plan.biasMode)
        }
      }
    }
  }
}

extension Layer {
  /// Adds a_k δ_j and δ_j.
  @inline(__always)
  func accumulate(into gradient: Parameters) {
    var g = gradient.weights
    for j in 0..<count {
      let δ = delta[j]
      for k in 0..<inputs { g[k] += below[k] * δ }
      g += inputs
      gradient.biases[j] += δ
    }
  }

  /// w_jk − η a_k δ_j and b_j − η δ_j at once: the update of the online loop.
  @inline(__always)
  func descend(_ parameters: Parameters, eta: Double, biasMode: BiasMode) {
    var w = parameters.weights
    for j in 0..<count {
      let δ = delta[j]
      var k = 0
      while k &+ 2 <= inputs {
        w[pair: k] -= eta * (below[pair: k] * δ)
        k &+= 2
      }
      if k < inputs { w[k] -= eta * (below[k] * δ) }
      w += inputs
    }
    parameters.descendBiases(along: delta, eta: eta, count: count, biasMode: biasMode)
  }
}
