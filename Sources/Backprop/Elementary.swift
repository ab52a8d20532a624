#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Beyond this value of a, 1 − a is computed from z: it would lose more than 12 of 53
/// bits. (Sooner costs an exponential where training ends.)
let saturation = 1 - 0x1p-12

/// σ(z) = 1/(1+e^−z).
@inline(__always)
func logistic(_ z: Double) -> Double {
  // e^−z overflows below −709.78; σ(z) is e^z there, to the last digit.
  z < -709 ? exp(z) : 1 / (1 + exp(-z))
}

/// 1 − σ(z) = σ(−z).
@inline(__always)
func logisticComplement(_ z: Double, _ a: Double) -> Double {
  a > saturation ? logistic(-z) : 1 - a
}

/// 1 − tanh z = 2/(1+e^2z) = 2σ(−2z).
@inline(__always)
func tanhComplement(_ z: Double, _ a: Double) -> Double {
  a > saturation ? 2 * logistic(-2 * z) : 1 - a
}

/// log(1+e^z) = max(z, 0) + log(1+e^−|z|).
func logOnePlusExp(_ z: Double) -> Double { (z > 0 ? z : 0) + log1p(exp(-abs(z))) }

/// tanh z, where the name of the function is taken by a case.
func hyperbolicTangent(_ z: Double) -> Double { tanh(z) }
