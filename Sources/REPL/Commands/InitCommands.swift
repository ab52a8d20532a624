import Backprop
import Glibc
import IndexNotation

/// A small generator with a seed, the same everywhere: splitmix64.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by Box and Muller.
  mutating func normal() -> Double {
    let u = 1 - unit()
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * unit())
  }
}

extension Session {
  mutating func initialise(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkNetwork(arguments)
    guard let first = arguments.words.first else {
      throw CommandError(
        "init needs how to draw the weights", at: arguments.end,
        advice: "as in: init xavier seed 1; or zeros, constant V, uniform A B, normal S, he")
    }
    var words = Array(arguments.words.dropFirst())
    var seed = self.seed ?? 1
    if let place = words.firstIndex(where: { $0.text == "seed" }) {
      seed = try Typed.seed(words[place...], arguments)
      words.removeLast(2)
    }
    let scheme = try scheme(first, words, arguments)
    state.initialisation = Initialisation(scheme: scheme, seed: seed)
    return try draw(arguments.line.trimmed, arguments)
  }

  private func scheme(
    _ name: Word, _ words: [Word], _ arguments: Arguments
  ) throws(CommandError) -> Initialisation.Scheme {
    var values: [Double] = []
    for word in words { values.append(try Typed.number(word)) }
    let due: [String: Int] = [
      "zeros": 0, "constant": 1, "uniform": 2, "normal": 1, "xavier": 0, "he": 0,
    ]
    guard let count = due[name.text] else {
      let near = Spelling.nearest(to: name.text, among: due.keys.sorted())
      throw CommandError(
        "there is no initialisation '\(Shown.text(name.text))'", at: name.columns,
        advice: near.first.map { "did you mean '\($0)'?" }
          ?? "they are: \(due.keys.sorted().joined(separator: ", "))")
    }
    guard values.count == count else {
      let place = words.count > count ? words[count].columns : arguments.end
      throw CommandError(
        "init \(name.text) takes \(count) number\(count == 1 ? "" : "s"), got \(values.count)",
        at: place)
    }
    switch name.text {
    case "constant": return .constant(values[0])
    case "uniform":
      guard values[0] < values[1] else {
        throw CommandError("uniform needs its lower end first", at: words[0].columns)
      }
      return .uniform(values[0], values[1])
    case "normal":
      guard values[0] >= 0 else {
        throw CommandError("a deviation is not negative", at: words[0].columns)
      }
      return .normal(values[0])
    case "xavier": return .xavier
    case "he": return .he
    default: return .zeros
    }
  }

  mutating func reinitialise(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(0, usage: "reinit")
    try checkNetwork(arguments)
    guard state.initialisation != nil else {
      throw CommandError(
        "nothing to repeat: no init yet", at: arguments.commandColumns,
        advice: "type: init xavier seed 1")
    }
    return try draw("reinit", arguments)
  }

  private func biasWords(_ mode: BiasMode) -> String {
    guard mode != .none, case .constant? = state.initialisation?.scheme else {
      return mode == .none ? "" : ", biases 0"
    }
    return ", biases alike"
  }

  private mutating func draw(_ name: String, _ arguments: Arguments) throws(CommandError) -> [Line]
  {
    guard let initialisation = state.initialisation, var network = state.network else { return [] }
    var random = SplitMix64(seed: initialisation.seed)
    let shape = network.shape
    for layer in 1...shape.last {
      let (into, from) = (Double(shape.sizes[layer - 1]), Double(shape.sizes[layer]))
      for place in shape.weights(layer) {
        switch initialisation.scheme {
        case .zeros: network.weights[place] = 0
        case .constant(let value): network.weights[place] = value
        case .uniform(let low, let high):
          network.weights[place] = low + (high - low) * random.unit()
        case .normal(let deviation): network.weights[place] = deviation * random.normal()
        case .xavier:
          let limit = (6 / (into + from)).squareRoot()
          network.weights[place] = limit * (2 * random.unit() - 1)
        case .he: network.weights[place] = (2 / into).squareRoot() * random.normal()
        }
      }
      for place in shape.biases(layer) {
        if case .constant(let value) = initialisation.scheme {
          network.biases[place] = network.biasMode == .none ? 0 : value
        } else {
          network.biases[place] = 0
        }
      }
    }
    guard network.isFinite else {
      throw CommandError(
        "a weight would not be finite", at: arguments.commandColumns,
        advice: "draw from a smaller range")
    }
    state.network = network
    state.rewind(to: .forward(1))
    record(name)
    let isRandom: Bool
    switch initialisation.scheme {
    case .zeros, .constant: isRandom = false
    case .uniform, .normal, .xavier, .he: isRandom = true
    }
    return Wrapping.lines(
      "\(count(shape.weightCount, "weight")) set\(isRandom ? ", seed \(initialisation.seed)" : "")\(biasWords(network.biasMode)); reinit repeats it",
      width: display.effectiveWidth)
  }
}
