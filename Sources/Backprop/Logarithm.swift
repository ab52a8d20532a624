#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// log a and log(1 − a) of an elementwise activation, and their slopes, as functions of z: finite
/// also where a has rounded to 0 or 1.
extension Activation {
  /// log f(z).
  func logValue(_ z: Double, _ a: Double) -> Double {
    switch self {
    case .sigmoid: -logOnePlusExp(-z)
    case .tanh: a > 0.5 ? log1p(-tanhComplement(z, a)) : log(a)
    // log(1+e^z) → e^z: from here down the same double, and e^z underflows later on.
    case .softplus: z < -37 ? z : log(a)
    case .identity, .relu, .leakyReLU, .softmax: log(a)
    }
  }

  /// log(1 − f(z)).
  func logComplement(_ z: Double, _ a: Double) -> Double {
    switch self {
    case .sigmoid: -logOnePlusExp(z)
    // 1 − tanh z = 2σ(−2z)
    case .tanh: abs(a) < 0.5 ? log1p(-a) : log(2) - logOnePlusExp(2 * z)
    case .identity, .relu, .leakyReLU, .softplus, .softmax: log1p(-a)
    }
  }

  /// (log f)′(z) = f′(z)/f(z).
  func logDerivative(_ z: Double, _ a: Double) -> Double {
    switch self {
    case .sigmoid: logisticComplement(z, a)
    case .softplus: z < -37 ? 1 : slope(z, a) / a
    case .identity, .tanh, .relu, .leakyReLU, .softmax: slope(z, a) / a
    }
  }

  /// (log(1−f))′(z) = −f′(z)/(1−f(z)).
  func logComplementDerivative(_ z: Double, _ a: Double) -> Double {
    switch self {
    case .sigmoid: -a
    // f′ = (1−a)(1+a)
    case .tanh: -tanhComplement(-z, -a)
    case .identity, .relu, .leakyReLU, .softplus, .softmax: -slope(z, a) / (1 - a)
    }
  }
}
