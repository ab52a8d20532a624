#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// x + ẋ ε with ε² = 0: a number and its derivative, carried through every operation.
struct Dual: Equatable {
  var value: Double
  var tangent: Double

  init(_ value: Double, _ tangent: Double = 0) {
    self.value = value
    self.tangent = tangent
  }

  static func + (x: Dual, y: Dual) -> Dual { Dual(x.value + y.value, x.tangent + y.tangent) }
  static func - (x: Dual, y: Dual) -> Dual { Dual(x.value - y.value, x.tangent - y.tangent) }
  static prefix func - (x: Dual) -> Dual { Dual(-x.value, -x.tangent) }

  static func * (x: Dual, y: Dual) -> Dual {
    Dual(x.value * y.value, x.tangent * y.value + x.value * y.tangent)
  }

  static func / (x: Dual, y: Dual) -> Dual {
    Dual(x.value / y.value, (x.tangent * y.value - x.value * y.tangent) / (y.value * y.value))
  }

  static func exponential(_ x: Dual) -> Dual {
    let power = exp(x.value)
    return Dual(power, power * x.tangent)
  }

  static func logarithm(_ x: Dual) -> Dual { Dual(log(x.value), x.tangent / x.value) }

  /// log(1+x).
  static func logarithmOfOnePlus(_ x: Dual) -> Dual {
    Dual(log1p(x.value), x.tangent / (1 + x.value))
  }

  /// log(1+e^z), with the exponential of the smaller side.
  static func logarithmOfOnePlusExponential(_ z: Dual) -> Dual {
    let small = logarithmOfOnePlus(exponential(z.value > 0 ? -z : z))
    return z.value > 0 ? z + small : small
  }

  /// 1/(1+e^−z), with the exponential that does not overflow.
  static func logistic(_ z: Dual) -> Dual {
    let one = Dual(1)
    if z.value >= 0 { return one / (one + exponential(-z)) }
    let power = exponential(z)
    return power / (one + power)
  }
}

extension Activation {
  /// f(z) in dual numbers; softmax looks at its whole layer and has a function of its own.
  func dual(_ z: Dual) -> Dual {
    switch self {
    case .identity, .softmax: return z
    case .sigmoid: return .logistic(z)
    case .tanh:
      // tanh z = 1 − 2/(1+e^2z), whose derivative 4e^−2|z|/(1+e^−2|z|)² does not cancel.
      let power = exp(-2 * abs(z.value))
      let slope = 4 * power / ((1 + power) * (1 + power))
      return Dual(hyperbolicTangent(z.value), slope * z.tangent)
    case .relu: return z.value > 0 ? z : Dual(z.value.isNaN ? z.value : 0, 0)
    case .leakyReLU: return z.value > 0 ? z : Dual(Activation.leakySlope) * z
    case .softplus: return .logarithmOfOnePlusExponential(z)
    }
  }
}
