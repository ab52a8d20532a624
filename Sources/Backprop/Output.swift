/// The output layer against its target: c_n, ∂c_n/∂a_n and ∂c_n/∂z_j.
///
/// The products of the textbook, ∂c/∂a · f′(z), divide 0 by 0 and lose every digit where f is
/// flat. Where the logarithm of the cost and the exponential of the activation cancel, the
/// cancelled form is computed, so that the result is finite wherever the mathematics is.
struct Output {
  let layer: Layer
  let cost: Cost
  let target: UnsafePointer<Double>

  /// C = Σ_n c_n, and each c_n into `terms`.
  @inline(__always)
  func evaluate(into terms: UnsafeMutablePointer<Double>) throws(NumericFault) -> Double {
    var sum = 0.0
    for n in 0..<layer.count {
      terms[n] = try term(n)
      sum += terms[n]
    }
    return sum
  }

  /// c_n.
  @inline(__always)
  func term(_ n: Int) throws(NumericFault) -> Double {
    let y = target[n]
    switch cost {
    case .quadratic: return 0.5 * (residual(n) * residual(n))
    case .squaredError: return residual(n) * residual(n)
    case .mse: return residual(n) * residual(n) / Double(layer.count)
    case .logLikelihood: return try logLikelihood(n)
    case .binaryCrossEntropy: return try -logLikelihood(n)
    case .crossEntropy:
      let a = layer.a[n]
      if a < 0 { throw .logOfNegative(argument: a, output: n + 1) }
      return y == 0 ? 0 : -y * logValue(n)
    }
  }

  /// y log a + (1−y) log(1−a), with 0 · log 0 = 0; there is no 0 · log of a negative number.
  private func logLikelihood(_ n: Int) throws(NumericFault) -> Double {
    let (a, y) = (layer.a[n], target[n])
    if a < 0 { throw .logOfNegative(argument: a, output: n + 1) }
    if a > 1 { throw .logOfNegative(argument: 1 - a, output: n + 1) }
    let ones = y == 0 ? 0 : y * logValue(n)
    let zeros = y == 1 ? 0 : (1 - y) * logComplement(n)
    return ones + zeros
  }

  /// a_n − y_n, from 1 − a_n where the target is 1 and a_n has rounded to it.
  @inline(__always)
  func residual(_ n: Int) -> Double {
    let (a, y) = (layer.a[n], target[n])
    // Asked before y, which differs from example to example: a branch that is seldom taken.
    if abs(a) > saturation { return saturatedResidual(n) }
    return a - y
  }

  @inline(never)
  private func saturatedResidual(_ n: Int) -> Double {
    let y = target[n]
    if y == 1 { return -complement(n) }
    if y == -1 && layer.activation == .tanh { return tanhComplement(-layer.z[n], -layer.a[n]) }
    return layer.a[n] - y
  }

  /// 1 − a_n.
  @inline(__always)
  func complement(_ n: Int) -> Double {
    switch layer.activation {
    case .softmax: layer.softmax.complement(n)
    case .identity, .sigmoid, .tanh, .relu, .leakyReLU, .softplus:
      layer.activation.complement(layer.z[n], layer.a[n])
    }
  }

  /// ∂c_n/∂a_n; a term whose factor y or 1 − y is 0 contributes nothing.
  @inline(__always)
  func gradient(_ n: Int) -> Double {
    let y = target[n]
    switch cost {
    case .quadratic: return residual(n)
    case .squaredError: return 2 * residual(n)
    case .mse: return 2 * residual(n) / Double(layer.count)
    case .logLikelihood: return ones(n) - zeros(n)
    case .binaryCrossEntropy: return zeros(n) - ones(n)
    case .crossEntropy: return y == 0 ? 0 : -ones(n)
    }
  }

  /// y/a.
  private func ones(_ n: Int) -> Double { target[n] == 0 ? 0 : target[n] / layer.a[n] }

  /// (1−y)/(1−a).
  private func zeros(_ n: Int) -> Double {
    target[n] == 1 ? 0 : (1 - target[n]) / complement(n)
  }

  /// δ of the whole layer.
  @inline(__always)
  func backward() {
    for j in 0..<layer.count { layer.delta[j] = delta(j) }
  }

  /// δ_j = Σ_n ∂c_n/∂z_j.
  @inline(__always)
  func delta(_ j: Int) -> Double {
    layer.activation.isElementwise ? delta(of: j, at: j) : softmaxDelta(j)
  }

  /// ∂c_n/∂z_j.
  @inline(__always)
  func delta(of n: Int, at j: Int) -> Double {
    if !layer.activation.isElementwise { return softmaxDelta(of: n, at: j) }
    if n != j { return 0 }
    switch cost {
    case .quadratic, .squaredError, .mse:
      return gradient(j) * layer.activation.slope(layer.z[j], layer.a[j])
    case .logLikelihood: return logLikelihoodDelta(j)
    case .binaryCrossEntropy: return -logLikelihoodDelta(j)
    case .crossEntropy:
      return target[j] == 0
        ? 0 : -target[j] * layer.activation.logDerivative(layer.z[j], layer.a[j])
    }
  }

  /// y (log a)′ + (1−y) (log(1−a))′; for the sigmoid y(1−a) − (1−y)a = y − a.
  private func logLikelihoodDelta(_ j: Int) -> Double {
    if layer.activation == .sigmoid { return -residual(j) }
    let y = target[j]
    let (z, a) = (layer.z[j], layer.a[j])
    let ones = y == 0 ? 0 : y * layer.activation.logDerivative(z, a)
    let zeros = y == 1 ? 0 : (1 - y) * layer.activation.logComplementDerivative(z, a)
    return ones + zeros
  }

  /// log a_n.
  private func logValue(_ n: Int) -> Double {
    layer.activation.isElementwise
      ? layer.activation.logValue(layer.z[n], layer.a[n]) : layer.softmax.logValue(n)
  }

  /// log(1 − a_n).
  private func logComplement(_ n: Int) -> Double {
    layer.activation.isElementwise
      ? layer.activation.logComplement(layer.z[n], layer.a[n]) : layer.softmax.logComplement(n)
  }
}

extension Output {
  /// Σ_n ∂c_n/∂z_j under softmax; with cross-entropy −Σ_n y_n (1{n=j} − a_j) = a_j Σ_n y_n − y_j.
  func softmaxDelta(_ j: Int) -> Double {
    var sum = 0.0
    switch cost {
    case .crossEntropy:
      let a = layer.a[j]
      if a <= saturation {
        for n in 0..<layer.count { sum += target[n] }
        return a * sum - target[j]
      }
      // y_j (a_j − 1) + a_j Σ_n≠j y_n, without the difference that cancels.
      for n in 0..<layer.count where n != j { sum += target[n] }
      return a * sum - target[j] * complement(j)
    case .quadratic, .squaredError, .mse, .logLikelihood, .binaryCrossEntropy:
      for n in 0..<layer.count { sum += softmaxDelta(of: n, at: j) }
      return sum
    }
  }

  /// ∂c_n/∂z_j under softmax: ∂c_n/∂a_n · a_n (1{n=j} − a_j).
  func softmaxDelta(of n: Int, at j: Int) -> Double {
    switch cost {
    case .quadratic, .squaredError, .mse: gradient(n) * layer.softmax.jacobian(n, j)
    case .crossEntropy: target[n] == 0 ? 0 : -target[n] * logDerivative(n, j)
    case .logLikelihood: logLikelihoodDelta(n, j)
    case .binaryCrossEntropy: -logLikelihoodDelta(n, j)
    }
  }

  private func logLikelihoodDelta(_ n: Int, _ j: Int) -> Double {
    let y = target[n]
    let ones = y == 0 ? 0 : y * logDerivative(n, j)
    let zeros = y == 1 ? 0 : (1 - y) * logComplementDerivative(n, j)
    return ones + zeros
  }

  /// ∂ log a_n/∂z_j = 1{n=j} − a_j.
  private func logDerivative(_ n: Int, _ j: Int) -> Double {
    n == j ? complement(j) : -layer.a[j]
  }

  /// ∂ log(1−a_n)/∂z_j = −a_n (1{n=j} − a_j)/(1−a_n): −a_n, or a_n times j's share of the rest.
  private func logComplementDerivative(_ n: Int, _ j: Int) -> Double {
    n == j ? -layer.a[n] : layer.a[n] * layer.softmax.share(j, without: n)
  }
}
