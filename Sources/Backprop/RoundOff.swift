/// Bounds on how far a derivative may be off by rounding alone: the sizes of the terms it is made
/// of, whatever their cancellation leaves.
///
/// Forward A_j = |a_j| + |f′| Z_j with Z_j = |b_j| + Σ_k |w_jk| A_k; backward the sums of products
/// with every factor's size. The error is of the order of a unit of rounding, times the number of
/// operations, times the size.
struct RoundOff {
  private let network: Network
  private let pass: Pass
  /// Sizes of z, of a and of δ, flat by `Shape.neuron`.
  private var z: [Double]
  private var a: [Double]
  private var delta: [Double]

  private var shape: Shape { network.shape }

  init(_ network: Network, _ cost: Cost, target: [Double], _ pass: Pass) {
    self.network = network
    self.pass = pass
    z = [Double](repeating: 0, count: network.shape.neuronCount)
    a = pass.a.map(abs)
    delta = z
    for l in 1...shape.last { forward(l) }
    output(cost, target)
    for l in (1..<shape.last).reversed() { backward(l) }
  }

  private func slope(_ l: Int, _ i: Int) -> Double {
    abs(network.activation(of: l).derivative(pass.z[i]))
  }

  private mutating func forward(_ l: Int) {
    var greatest = 0.0
    for j in 1...shape.sizes[l] {
      var sum = abs(network.biases[shape.bias(l, j)])
      for k in 1...shape.sizes[l - 1] {
        sum += abs(network.weights[shape.weight(l, j, k)]) * a[shape.neuron(l - 1, k)]
      }
      z[shape.neuron(l, j)] = sum
      greatest = max(greatest, sum)
    }
    for i in shape.neurons(l) {
      let isElementwise = network.activation(of: l).isElementwise
      a[i] += isElementwise ? slope(l, i) * z[i] : abs(pass.a[i]) * 2 * greatest
    }
  }

  private mutating func output(_ cost: Cost, _ target: [Double]) {
    let layer = shape.neurons(shape.last)
    let targets = target.reduce(0) { $0 + abs($1) }
    let greatest = layer.reduce(0) { max($0, z[$1]) }
    for (n, i) in layer.enumerated() {
      let own = abs(pass.delta[i]) * (1 + greatest)
      switch (network.activation(of: shape.last).isElementwise, cost) {
      case (true, .quadratic), (true, .squaredError), (true, .mse):
        delta[i] = own + 2 * (a[i] + abs(target[n])) * slope(shape.last, i)
      case (true, .logLikelihood), (true, .binaryCrossEntropy), (true, .crossEntropy):
        delta[i] = own + a[i] + abs(target[n])
      case (false, _): delta[i] = own + a[i] * (1 + targets) + abs(target[n])
      }
    }
  }

  private mutating func backward(_ l: Int) {
    let sums = shape.neurons(l).indices.map { offset -> Double in
      let j = offset - shape.neurons(l).lowerBound + 1
      var sum = 0.0
      for k in 1...shape.sizes[l + 1] {
        sum += abs(network.weights[shape.weight(l + 1, k, j)]) * delta[shape.neuron(l + 1, k)]
      }
      return sum
    }
    let greatest = shape.neurons(l).reduce(0) { max($0, z[$1]) }
    var mean = 0.0
    for (place, i) in shape.neurons(l).enumerated() { mean += abs(pass.a[i]) * sums[place] }
    for (place, i) in shape.neurons(l).enumerated() {
      delta[i] =
        network.activation(of: l).isElementwise
        ? slope(l, i) * (1 + z[i]) * sums[place]
        : abs(pass.a[i]) * (1 + 2 * greatest) * (sums[place] + mean)
    }
  }

  /// The size of ∂C/∂w_jk or ∂C/∂b_j.
  func size(_ seed: Seed) -> Double {
    switch seed {
    case .weight(let l, let to, let from):
      return a[shape.neuron(l - 1, from)] * delta[shape.neuron(l, to)]
    case .bias(let l, let neuron), .weightedInput(let l, let neuron):
      return delta[shape.neuron(l, neuron)]
    case .activation: return .infinity
    }
  }
}
