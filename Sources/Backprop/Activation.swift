/// The activation a = f(z) of a layer.
package enum Activation: String, CaseIterable, Sendable {
  case identity
  case sigmoid
  case tanh
  case relu
  case leakyReLU = "leaky-relu"
  case softplus
  case softmax

  /// The slope of leaky ReLU for z ≤ 0.
  package static let leakySlope = 0.01

  /// Whether a_j depends on z_j alone; only softmax looks at its whole layer.
  package var isElementwise: Bool {
    switch self {
    case .softmax: false
    case .identity, .sigmoid, .tanh, .relu, .leakyReLU, .softplus: true
    }
  }

  /// Whether it has a kink at 0.
  package var isRectifier: Bool {
    switch self {
    case .relu, .leakyReLU: true
    case .identity, .sigmoid, .tanh, .softplus, .softmax: false
    }
  }

  /// f(z); for softmax the value of a layer of one, which is 1.
  @inline(__always)
  package func value(_ z: Double) -> Double {
    switch self {
    case .identity: z
    case .sigmoid: logistic(z)
    case .tanh: hyperbolicTangent(z)
    case .relu: z > 0 || z.isNaN ? z : 0
    case .leakyReLU: z > 0 ? z : Activation.leakySlope * z
    case .softplus: logOnePlusExp(z)
    case .softmax: z.isFinite ? 1 : .nan
    }
  }

  /// f′(z); 0 for ReLU and 0.01 for leaky ReLU at 0, accurate also where f is flat.
  package func derivative(_ z: Double) -> Double { slope(z, value(z)) }

  /// f′(z) where a = f(z) is known already: the same bits as `derivative(z)`.
  @inline(__always)
  func slope(_ z: Double, _ a: Double) -> Double {
    switch self {
    case .identity: 1
    case .sigmoid: a * logisticComplement(z, a)
    case .tanh: tanhComplement(z, a) * tanhComplement(-z, -a)
    case .relu: z > 0 ? 1 : z.isNaN ? z : 0
    case .leakyReLU: z > 0 ? 1 : z.isNaN ? z : Activation.leakySlope
    case .softplus: logistic(z)
    case .softmax: 0 * z
    }
  }

  /// 1 − a, from z where the difference would cancel; not for softmax.
  func complement(_ z: Double, _ a: Double) -> Double {
    switch self {
    case .sigmoid: logisticComplement(z, a)
    case .tanh: tanhComplement(z, a)
    case .identity, .relu, .leakyReLU, .softplus, .softmax: 1 - a
    }
  }
}
