#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Softmax of one layer: a_j = e^z_j / Σ_k e^z_k, and what follows from z where a has rounded.
struct Softmax {
  let z: UnsafeMutablePointer<Double>
  let a: UnsafeMutablePointer<Double>
  let count: Int

  /// a_j = e^(z_j − max z) / Σ_k e^(z_k − max z).
  func forward(into a: UnsafeMutablePointer<Double>) {
    let top = largest()
    var sum = 0.0
    for j in 0..<count {
      a[j] = exp(z[j] - top)
      sum += a[j]
    }
    for j in 0..<count { a[j] /= sum }
  }

  /// 1 − a_j, as Σ_k≠j a_k where the difference would cancel.
  func complement(_ j: Int) -> Double {
    guard a[j] > saturation else { return 1 - a[j] }
    var sum = 0.0
    for k in 0..<count where k != j { sum += a[k] }
    return sum
  }

  /// ∂C/∂z_j = Σ_n g_n ∂a_n/∂z_j with g_n = ∂C/∂a_n and ∂a_n/∂z_j = a_n (1{n=j} − a_j).
  func derivative(_ j: Int, along g: UnsafeMutableBufferPointer<Double>) -> Double {
    var sum = 0.0
    for n in 0..<count { sum += g[n] * jacobian(n, j) }
    return sum
  }

  /// ∂a_n/∂z_j = a_n (1{n=j} − a_j).
  func jacobian(_ n: Int, _ j: Int) -> Double {
    n == j ? a[j] * complement(j) : -a[n] * a[j]
  }

  /// log a_j = z_j − log Σ_k e^z_k.
  func logValue(_ j: Int) -> Double {
    let top = largest()
    return (z[j] - top) - logSum(above: top)
  }

  /// log(1 − a_j) = log Σ_k≠j e^z_k − log Σ_k e^z_k.
  func logComplement(_ j: Int) -> Double {
    guard a[j] > 0.5 else { return log1p(-a[j]) }
    let top = largest()
    let topOther = largest(except: j)
    let others = (topOther - top) + logSum(above: topOther, except: j)
    return others - logSum(above: top)
  }

  /// a_j/(1 − a_n) for j ≠ n: the softmax without z_n.
  func share(_ j: Int, without n: Int) -> Double {
    let rest = complement(n)
    // Down there a and its sum have lost their digits, or are 0.
    if rest > 0x1p-960 { return a[j] / rest }
    let top = largest(except: n)
    return exp(z[j] - top - logSum(above: top, except: n))
  }

  private func largest(except n: Int? = nil) -> Double {
    var top = -Double.infinity
    // Not `max`: a nan has to come through.
    for k in 0..<count where k != n && !(z[k] <= top) { top = z[k] }
    return top
  }

  /// log Σ_k e^(z_k − top): the largest term is e⁰ = 1, the others go through log(1 + x).
  private func logSum(above top: Double, except n: Int? = nil) -> Double {
    var rest = 0.0
    var hasTop = false
    for k in 0..<count where k != n {
      if z[k] == top && !hasTop {
        hasTop = true
      } else {
        rest += exp(z[k] - top)
      }
    }
    return hasTop ? log1p(rest) : log(rest)
  }
}
