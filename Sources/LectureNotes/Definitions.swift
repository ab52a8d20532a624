import Backprop
import IndexNotation

/// Every quantity by its definition: z, a and C from a forward pass in dual numbers, and every
/// derivative, δ included, by a seed of its own. Nothing here reads a stored pass.
package final class Definitions: QuantitySource {
  let network: Network
  let examples: [Example]
  let cost: Cost
  let reduction: Reduction
  let rate: Double
  /// The example in view, from 1.
  package var example: Int { didSet { if example != oldValue { setTargets() } } }
  private var common: NetworkFacts
  private var passes: [DualPass?]
  private struct Place: Equatable {
    var seed: Seed
    var example: Int
  }

  /// Tangents by what a pass has, kept: few, and asked for again and again. Of each example first
  /// those by z, then those by a, flat by `Shape.neuron`.
  private var byValue: [[Tangents?]]
  private var keptCount = 0
  /// So many numbers are kept at most.
  private static let keptLimit = 4_000_000
  /// The last seed that was a parameter: one is asked for many times in a row, and there are many.
  private var latest: (place: Place, tangents: Tangents)?

  package init(
    _ network: Network, examples: [Example], cost: Cost, reduction: Reduction, rate: Double,
    facts: NetworkFacts, example: Int
  ) {
    self.network = network
    self.examples = examples
    self.cost = cost
    self.reduction = reduction
    self.rate = rate
    self.example = example
    common = facts
    passes = [DualPass?](repeating: nil, count: examples.count)
    byValue = [[Tangents?]](repeating: [], count: examples.count)
    setTargets()
  }

  package var exampleCount: Int { examples.count }

  /// Whether the targets sum to 1 is a fact about the example in view.
  package var facts: NetworkFacts { common }

  private func setTargets() {
    guard examples.indices.contains(example - 1) else { return }
    let sum = examples[example - 1].target.reduce(0, +)
    common.unnormalisedTargets = abs(sum - 1) > 1e-12 ? (example, sum) : nil
  }

  private var shape: Shape { network.shape }

  private func pass(_ example: Int) throws(EvaluationError) -> DualPass {
    guard examples.indices.contains(example - 1) else {
      throw .fact("there is no example yet", advice: "type: \(shape.dataExample)")
    }
    if let known = passes[example - 1] { return known }
    let pass = DualPass(network, cost: cost, example: examples[example - 1])
    passes[example - 1] = pass
    return pass
  }

  private func tangents(
    by quantity: Quantity, _ example: Int
  ) throws(EvaluationError) -> Tangents {
    let seed: Seed
    switch quantity {
    case .weight(let layer, let to, let from): seed = .weight(layer: layer, to: to, from: from)
    case .bias(let layer, let neuron): seed = .bias(layer: layer, neuron: neuron)
    case .weightedInput(let layer, let neuron), .error(let layer, let neuron):
      seed = .weightedInput(layer: layer, neuron: neuron)
    case .activation(let layer, let neuron): seed = .activation(layer: layer, neuron: neuron)
    case .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change, .constant:
      throw .fact("nothing is differentiated by this", advice: nil)
    }
    switch seed {
    case .weight, .bias:
      let place = Place(seed: seed, example: example)
      if let latest, latest.place == place { return latest.tangents }
      let found = try pass(example).tangents(by: seed)
      latest = (place, found)
      return found
    case .weightedInput(let layer, let neuron):
      return try kept(shape.neuron(layer, neuron), seed, example)
    case .activation(let layer, let neuron):
      return try kept(shape.neuronCount + shape.neuron(layer, neuron), seed, example)
    }
  }

  private func kept(
    _ place: Int, _ seed: Seed, _ example: Int
  ) throws(EvaluationError) -> Tangents {
    let pass = try pass(example)
    if byValue[example - 1].isEmpty {
      byValue[example - 1] = [Tangents?](repeating: nil, count: 2 * shape.neuronCount)
    }
    if let known = byValue[example - 1][place] { return known }
    let found = pass.tangents(by: seed)
    keptCount += 2 * shape.neuronCount
    if keptCount > Definitions.keptLimit {
      for index in byValue.indices { byValue[index] = [] }
      keptCount = 0
      return found
    }
    byValue[example - 1][place] = found
    return found
  }

  package func value(of quantity: Quantity, example: Int) throws(EvaluationError) -> Double {
    switch quantity {
    case .constant(let number): return number
    case .learningRate: return rate
    case .weight(let layer, let to, let from):
      return network.weights[shape.weight(layer, to, from)]
    case .bias(let layer, let neuron): return network.biases[shape.bias(layer, neuron)]
    case .target(let neuron):
      _ = try pass(example)
      return examples[example - 1].target[neuron - 1]
    case .weightedInput(let layer, let neuron):
      return try pass(example).z[shape.neuron(layer, neuron)]
    case .activation(let layer, let neuron):
      return try pass(example).a[shape.neuron(layer, neuron)]
    case .error: return try tangents(by: quantity, example).cost
    case .cost: return try pass(example).total
    case .outputCost(let output): return try pass(example).costTerms[output - 1]
    case .totalCost: return try reduced { number throws(EvaluationError) in try pass(number).total }
    case .gradient(let layer, let to, let from):
      return try tangents(
        by: from == 0
          ? .bias(layer: layer, neuron: to) : .weight(layer: layer, to: to, from: from), example
      ).cost
    case .change(let layer, let to, let from):
      return try change(layer: layer, to: to, from: from)
    }
  }

  /// Over all examples as the reduction has it.
  private func reduced(
    _ term: (Int) throws(EvaluationError) -> Double
  ) throws(EvaluationError) -> Double {
    switch reduction {
    case .perExample: return try term(example)
    case .sum, .mean:
      var sum = 0.0
      for number in 1...max(1, examples.count) { sum += try term(number) }
      return reduction == .mean ? sum / Double(max(1, examples.count)) : sum
    }
  }

  package func value(of derivative: Derivative, example: Int) throws(EvaluationError) -> Double {
    switch derivative {
    case .cost(let quantity): return try tangents(by: quantity, example).cost
    case .total(let quantity):
      return try reduced { number throws(EvaluationError) in
        try tangents(by: quantity, number).cost
      }
    case .output(let output, let quantity):
      return try tangents(by: quantity, example).costTerms[output - 1]
    case .value(let top, let bottom):
      if top == bottom { return 1 }
      switch top {
      case .weightedInput(let layer, let neuron):
        return try tangents(by: bottom, example).z[shape.neuron(layer, neuron)]
      case .activation(let layer, let neuron):
        return try tangents(by: bottom, example).a[shape.neuron(layer, neuron)]
      case .weight, .bias, .target, .learningRate, .constant: return 0
      case .cost, .totalCost, .outputCost, .error, .gradient, .change:
        throw .fact("second derivatives are not known", advice: nil)
      }
    }
  }

  package func numeral(_ value: Double) -> Numeral {
    Numeral(magnitude: NumberText.significant(abs(value), digits: 6), isNegative: value < 0)
  }

  package func numeral(
    of quantity: Quantity, example: Int
  ) throws(EvaluationError) -> Numeral {
    numeral(try value(of: quantity, example: example))
  }
}
