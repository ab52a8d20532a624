/// The gradient of the engine against derivatives that share no code with it: dual numbers for the
/// verdict, central differences for the lesson.
package struct GradientCheck {
  /// One weight or bias.
  package struct Entry: Sendable {
    package var seed: Seed
    /// By the engine.
    package var analytic: Double
    /// By dual numbers.
    package var dual: Double
    /// (C(+h) − C(−h))/2h.
    package var central: Double
    /// ReLU neurons whose z changes its sign between −h and +h.
    package var kinks: [Kink]
    /// Whether analytic and dual differ by no more than rounding may.
    package var isRounding: Bool
    /// The two disagree about the side of a ReLU: its z is 0 up to rounding, and there is no
    /// derivative there.
    package var isAtKink: Bool

    package var error: Double { GradientCheck.relativeError(analytic, dual) }
    package var centralError: Double { GradientCheck.relativeError(analytic, central) }

    package var verdict: Verdict {
      guard analytic.isFinite, dual.isFinite else { return .notFinite }
      if isRounding { return .right }
      let verdict = Verdict(error)
      return verdict != .right && isAtKink ? .kink : verdict
    }
  }

  package struct Kink: Hashable, Sendable {
    package var example: Int
    package var layer: Int
    package var neuron: Int
  }

  /// The bands of relative errors, as the course notes of cs231n have them.
  package enum Verdict: Sendable {
    /// Up to 1e−7.
    case right
    /// Up to 1e−4: fine where there are kinks.
    case close
    /// Up to 1e−2: probably wrong.
    case suspect
    case wrong
    /// Two sides of a ReLU: no derivative to compare.
    case kink
    /// One of the two is no number.
    case notFinite

    package init(_ error: Double) {
      if error <= 1e-7 {
        self = .right
      } else if error <= 1e-4 {
        self = .close
      } else {
        self = error <= 1e-2 ? .suspect : .wrong
      }
    }

    package var isFailure: Bool {
      switch self {
      case .right, .kink, .notFinite: false
      case .close, .suspect, .wrong: true
      }
    }
  }

  private let network: Network
  private let cost: Cost
  private let examples: [Example]
  /// 1 for a sum, 1/P for a mean.
  private let scale: Double
  private let duals: [DualPass]
  private let bounds: [RoundOff]
  /// Whether a ReLU has another side in the engine's pass than in that of dual numbers.
  private let isAtKink: Bool
  /// Two numbers for the same thing whose terms are of a size may differ by this part of it: about
  /// a unit of rounding an operation.
  private let rounding: Double

  /// - Parameters:
  ///   - passes: of the examples, at these weights, run to the end.
  ///   - isMean: whether the cost is the mean over the examples, not the sum.
  package init(
    _ network: Network, _ cost: Cost, _ examples: [Example], _ passes: [Pass], isMean: Bool
  ) {
    self.network = network
    self.cost = cost
    self.examples = examples
    scale = isMean ? 1 / Double(examples.count) : 1
    duals = examples.map { DualPass(network, cost: cost, example: $0) }
    bounds = zip(examples, passes).map { RoundOff(network, cost, target: $0.target, $1) }
    let shape = network.shape
    isAtKink = zip(duals, passes).contains { dual, pass in
      (1...shape.last).contains { l in
        network.activation(of: l).isRectifier
          && shape.neurons(l).contains { (dual.z[$0] > 0) != (pass.z[$0] > 0) }
      }
    }
    rounding = Double.ulpOfOne * Double(256 + 4 * (shape.sizes.max() ?? 1) * shape.last)
  }

  /// |a − n| over the greater of the two; 0 where both are 0.
  package static func relativeError(_ analytic: Double, _ numeric: Double) -> Double {
    if analytic == numeric || analytic.isNaN && numeric.isNaN { return 0 }
    let error = abs(analytic - numeric) / max(abs(analytic), abs(numeric))
    return error.isNaN ? .infinity : error
  }

  package func entry(_ seed: Seed, analytic: Double, h: Double) -> Entry {
    var dual = 0.0
    var size = 0.0
    for (pass, bound) in zip(duals, bounds) {
      dual += pass.tangents(by: seed).cost
      size += bound.size(seed)
    }
    let (central, kinks) = central(seed, h)
    return Entry(
      seed: seed, analytic: analytic, dual: scale * dual, central: central, kinks: kinks,
      isRounding: isRounding(analytic, scale * dual, scale * size),
      isAtKink: isAtKink)
  }

  private func isRounding(_ left: Double, _ right: Double, _ size: Double) -> Bool {
    abs(left - right) <= rounding * size
  }

  /// A derivative of one example, counted from 1, against its definition.
  package func compared(
    _ seed: Seed, example p: Int, analytic: Double
  ) -> (dual: Double, agrees: Bool) {
    let dual = duals[p - 1].tangents(by: seed).cost
    guard analytic.isFinite, dual.isFinite else { return (dual, true) }
    let agrees =
      isRounding(analytic, dual, bounds[p - 1].size(seed))
      || !Verdict(GradientCheck.relativeError(analytic, dual)).isFailure
    return (dual, agrees)
  }

  /// (C(+h) − C(−h))/2h and the ReLU neurons that change their side between.
  package func central(_ seed: Seed, _ h: Double) -> (Double, [Kink]) {
    let (up, down) = (moved(seed, by: h), moved(seed, by: -h))
    var difference = 0.0
    var kinks: [Kink] = []
    for (p, example) in examples.enumerated() {
      let above = DualPass(up, cost: cost, example: example)
      let below = DualPass(down, cost: cost, example: example)
      difference += above.total - below.total
      kinks += crossed(above, below).map { Kink(example: p + 1, layer: $0, neuron: $1) }
    }
    return (scale * difference / (2 * h), kinks)
  }

  private func crossed(_ above: DualPass, _ below: DualPass) -> [(Int, Int)] {
    var found: [(Int, Int)] = []
    for l in 1...network.shape.last {
      guard network.activation(of: l).isRectifier else { continue }
      for j in 1...network.shape.sizes[l] {
        let i = network.shape.neuron(l, j)
        if (above.z[i] > 0) != (below.z[i] > 0) { found.append((l, j)) }
      }
    }
    return found
  }

  private func moved(_ seed: Seed, by h: Double) -> Network {
    var network = network
    network[seed] += h
    return network
  }
}
