/// A view of one layer in a pass: the sums of the forward and the backward pass over its rows.
///
/// Pointers into storage opened by `Network.withLayers`; neurons count from 0 in here. Every sum
/// adds its terms in index order and is written once, for stepping and training alike.
struct Layer {
  /// Neurons of this layer, j, and of the layer below, k.
  let count: Int
  let inputs: Int
  let activation: Activation
  /// w_jk at `j * inputs + k`.
  let weights: UnsafePointer<Double>
  /// nil without biases.
  let biases: UnsafePointer<Double>?
  /// a of the layer below.
  let below: UnsafePointer<Double>
  let z: UnsafeMutablePointer<Double>
  let a: UnsafeMutablePointer<Double>
  let delta: UnsafeMutablePointer<Double>

  /// z_j = b_j + Σ_k w_jk a_k.
  @inline(__always)
  func weightedInput(_ j: Int) -> Double {
    let w = weights + j &* inputs
    var sum = biases.map { b in b[j] } ?? 0
    for k in 0..<inputs { sum += w[k] * below[k] }
    return sum
  }

  /// Four neurons side by side, each the sum of `weightedInput` to the last bit: one sum alone
  /// waits for every addition before the next.
  @inline(__always)
  private func fourWeightedInputs(_ j: Int) {
    let (w0, w1) = (weights + j &* inputs, weights + (j &+ 1) &* inputs)
    let (w2, w3) = (weights + (j &+ 2) &* inputs, weights + (j &+ 3) &* inputs)
    let (z, b) = (z + j, biases.map { b in b + j })
    var (z0, z1, z2, z3) = (0.0, 0.0, 0.0, 0.0)
    if let b { (z0, z1, z2, z3) = (b[0], b[1], b[2], b[3]) }
    for k in 0..<inputs {
      let a = below[k]
      z0 += w0[k] * a
      z1 += w1[k] * a
      z2 += w2[k] * a
      z3 += w3[k] * a
    }
    (z[0], z[1], z[2], z[3]) = (z0, z1, z2, z3)
  }

  /// z and a of the whole layer.
  @inline(__always)
  func forward() {
    var j = 0
    while j &+ 4 <= count {
      fourWeightedInputs(j)
      j &+= 4
    }
    while j < count {
      z[j] = weightedInput(j)
      j &+= 1
    }
    switch activation {
    case .sigmoid: apply(.sigmoid)
    case .identity, .tanh, .relu, .leakyReLU, .softplus: apply(activation)
    case .softmax: softmax.forward(into: a)
    }
  }

  /// a_j = f(z_j); with a constant f the loop is that function alone.
  @inline(__always)
  private func apply(_ f: Activation) {
    for j in 0..<count { a[j] = f.value(z[j]) }
  }

  /// z_j, and a_j where z_j is enough; the last neuron completes a softmax layer.
  func forward(neuron j: Int) {
    z[j] = weightedInput(j)
    if activation.isElementwise {
      a[j] = activation.value(z[j])
    } else if j == count - 1 {
      softmax.forward(into: a)
    }
  }

  /// ∂C/∂a_k of the layer below: Σ_j w_jk δ_j.
  @inline(__always)
  func pullback(_ k: Int) -> Double {
    var w = weights + k
    var sum = 0.0
    for j in 0..<count {
      sum += w[0] * delta[j]
      w += inputs
    }
    return sum
  }

  /// δ of a hidden layer: δ_j = f′(z_j) Σ_k w_kj δ_k, softmax by its Jacobian.
  @inline(__always)
  func backward(from above: Layer) {
    switch activation {
    case .sigmoid: backward(from: above, .sigmoid)
    case .identity, .tanh, .relu, .leakyReLU, .softplus: backward(from: above, activation)
    case .softmax: softmaxBackward(from: above)
    }
  }

  /// The slope times the pullback; with a constant f the loop is that function alone.
  @inline(__always)
  private func backward(from above: Layer, _ f: Activation) {
    for j in 0..<count { delta[j] = f.slope(z[j], a[j]) * above.pullback(j) }
  }

  @inline(never)
  private func softmaxBackward(from above: Layer) {
    withPullback(from: above) { g in
      for j in 0..<count { delta[j] = softmax.derivative(j, along: g) }
    }
  }

  /// δ_j of one neuron of a hidden layer.
  func backward(neuron j: Int, from above: Layer) {
    if activation.isElementwise {
      delta[j] = activation.slope(z[j], a[j]) * above.pullback(j)
    } else {
      withPullback(from: above) { g in delta[j] = softmax.derivative(j, along: g) }
    }
  }

  private func withPullback(
    from above: Layer, _ body: (UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { g in
      for n in 0..<count { g.initializeElement(at: n, to: above.pullback(n)) }
      body(g)
    }
  }

  /// The softmax of this layer's z.
  var softmax: Softmax { Softmax(z: z, a: a, count: count) }
}
