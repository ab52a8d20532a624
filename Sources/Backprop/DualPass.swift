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
package final class DualPass: Sendable {
  let network: Network
  let cost: Cost
  let target: [Double]
  /// Values without a seed; flat by `Shape.neuron`.
  package let z: [Double]
  package let a: [Double]
  package let costTerms: [Double]

  package init(_ network: Network, cost: Cost, example: Example) {
    self.network = network
    self.cost = cost
    target = example.target
    var z = [Double](repeating: 0, count: network.shape.neuronCount)
    var a = z
    for k in example.input.indices { a[k] = example.input[k] }
    for l in 1...network.shape.last {
      let inputs = DualPass.weightedInputs(network, l) { Dual(a[$0]) }
      let outputs = DualPass.activated(network.activation(of: l), inputs)
      for (place, index) in network.shape.neurons(l).enumerated() {
        z[index] = inputs[place].value
        a[index] = outputs[place].value
      }
    }
    self.z = z
    self.a = a
    costTerms = CostTerms(network, cost, example.target).duals(
      isByOutput: false, z: { Dual(z[$0]) }, a: { Dual(a[$0]) }
    ).map(\.value)
  }

  private var shape: Shape { network.shape }

  package var total: Double { costTerms.reduce(0, +) }

  /// Derivatives of everything by one seed.
  package func tangents(by seed: Seed) -> Tangents {
    var tangents = Tangents(
      z: [Double](repeating: 0, count: shape.neuronCount),
      a: [Double](repeating: 0, count: shape.neuronCount), costTerms: [])
    var isByOutput = false
    let first: Int
    switch seed {
    case .activation(let layer, let neuron):
      tangents.a[shape.neuron(layer, neuron)] = 1
      first = layer + 1
      isByOutput = layer == shape.last
    case .weightedInput(let layer, let neuron), .bias(let layer, let neuron):
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
        let inputs = DualPass.weightedInputs(network, l) { Dual(a[$0], tangents.a[$0]) }
        for (place, index) in shape.neurons(l).enumerated() {
          tangents.z[index] = inputs[place].tangent
        }
        activate(l, &tangents)
      }
    }
    tangents.costTerms = CostTerms(network, cost, target).duals(
      isByOutput: isByOutput, z: { Dual(z[$0], tangents.z[$0]) },
      a: { Dual(a[$0], tangents.a[$0]) }
    ).map(\.tangent)
    return tangents
  }

  private func activate(_ l: Int, _ tangents: inout Tangents) {
    let inputs = shape.neurons(l).map { Dual(z[$0], tangents.z[$0]) }
    let outputs = DualPass.activated(network.activation(of: l), inputs)
    for (place, index) in shape.neurons(l).enumerated() {
      tangents.a[index] = outputs[place].tangent
    }
  }

  /// z_j = b_j + Σ_k w_jk a_k of a layer.
  private static func weightedInputs(_ network: Network, _ l: Int, _ a: (Int) -> Dual) -> [Dual] {
    let shape = network.shape
    return (1...shape.sizes[l]).map { j in
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

  private static func activated(_ activation: Activation, _ inputs: [Dual]) -> [Dual] {
    activation.isElementwise ? inputs.map { activation.dual($0) } : softmax(inputs)
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
