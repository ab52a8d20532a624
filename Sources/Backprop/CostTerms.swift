/// c_n of every output in dual numbers.
struct CostTerms {
  let activation: Activation
  let cost: Cost
  let target: [Double]
  let outputs: Range<Int>

  init(_ network: Network, _ cost: Cost, _ target: [Double]) {
    activation = network.activation(of: network.shape.last)
    self.cost = cost
    self.target = target
    outputs = network.shape.neurons(network.shape.last)
  }

  /// - Parameter isByOutput: the seed is an output itself, of which the cost is a function; by all
  ///   else log a is taken from z, where a may have rounded to 0 or 1.
  func duals(isByOutput: Bool, z: (Int) -> Dual, a: (Int) -> Dual) -> [Dual] {
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
        guard a(index).value >= 0 else { return Dual(.nan, .nan) }
        return target[n] == 0 ? Dual(0) : -y * logarithm(n, zs, a(index), isByOutput)
      }
    }
  }

  /// y log a + (1−y) log(1−a), with 0 · log 0 = 0; no number where an output is outside 0…1.
  private func logLikelihood(_ n: Int, _ zs: [Dual], _ a: Dual, _ isByOutput: Bool) -> Dual {
    guard (0...1).contains(a.value) else { return Dual(.nan, .nan) }
    let y = target[n]
    let ones = y == 0 ? Dual(0) : Dual(y) * logarithm(n, zs, a, isByOutput)
    let zeros = y == 1 ? Dual(0) : Dual(1 - y) * logarithmOfRest(n, zs, a, isByOutput)
    return ones + zeros
  }

  private func logarithm(_ n: Int, _ zs: [Dual], _ a: Dual, _ isByOutput: Bool) -> Dual {
    guard !isByOutput else { return .logarithm(a) }
    switch activation {
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
    switch activation {
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
