import Glibc

/// A function every document has; `log x` needs no parentheses.
package enum ElementaryFunction: String, CaseIterable, Sendable {
  case log, exp, sqrt, abs

  func value(at x: Double) -> Double {
    switch self {
    case .log: return Glibc.log(x)
    case .exp: return Glibc.exp(x)
    case .sqrt: return x.squareRoot()
    case .abs: return Swift.abs(x)
    }
  }

  func slope(at x: Double) -> Double {
    switch self {
    case .log: return 1 / x
    case .exp: return Glibc.exp(x)
    case .sqrt: return 0.5 / x.squareRoot()
    case .abs: return x < 0 ? -1 : 1
    }
  }
}
