import IndexNotation

/// What a symbol of any document stands for in the network. Layers are 0…L, neurons from 1.
package enum Quantity: Hashable, Sendable {
  case weightedInput(layer: Int, neuron: Int)
  case activation(layer: Int, neuron: Int)
  /// ∂C/∂z of one example.
  case error(layer: Int, neuron: Int)
  case weight(layer: Int, to: Int, from: Int)
  case bias(layer: Int, neuron: Int)
  case target(neuron: Int)
  /// The cost of one example.
  case cost
  /// The part of one example's cost that belongs to one output.
  case outputCost(output: Int)
  /// The cost of all examples after the reduction.
  case totalCost
  case learningRate
  /// ∂C/∂w of one example, as an algorithm keeps it; of a bias where `from` is 0.
  case gradient(layer: Int, to: Int, from: Int)
  /// What the update adds to a weight; to a bias where `from` is 0.
  case change(layer: Int, to: Int, from: Int)
  case constant(Double)

  /// The kind alone, for finding the relation that defines it.
  package var kind: QuantityKind {
    switch self {
    case .weightedInput: return .weightedInput
    case .activation: return .activation
    case .error: return .error
    case .weight: return .weight
    case .bias: return .bias
    case .target: return .target
    case .cost: return .cost
    case .outputCost: return .outputCost
    case .totalCost: return .totalCost
    case .learningRate: return .learningRate
    case .gradient: return .gradient
    case .change: return .change
    case .constant: return .constant
    }
  }

  package var layer: Int? {
    switch self {
    case .weightedInput(let layer, _), .activation(let layer, _), .error(let layer, _),
      .weight(let layer, _, _), .bias(let layer, _), .gradient(let layer, _, _),
      .change(let layer, _, _):
      return layer
    case .target, .cost, .outputCost, .totalCost, .learningRate, .constant: return nil
    }
  }
}

package enum QuantityKind: String, Hashable, Sendable {
  case weightedInput, activation, error, weight, bias, target, cost, outputCost, totalCost
  case learningRate, gradient, change, constant

  /// Indices in the brackets of the engine's word for it.
  var slotCount: Int {
    switch self {
    case .weightedInput, .activation, .error, .bias: return 2
    case .weight, .gradient, .change: return 3
    case .target, .outputCost: return 1
    case .cost, .totalCost, .learningRate, .constant: return 0
    }
  }
}

/// A derivative the network has.
package enum Derivative: Hashable, Sendable {
  /// Of one example's cost.
  case cost(by: Quantity)
  /// Of the cost of all examples after the reduction.
  case total(by: Quantity)
  /// Of one output's part of one example's cost.
  case output(Int, by: Quantity)
  /// Of any z, a or parameter by any other, of one example.
  case value(Quantity, by: Quantity)
}

/// Where the numbers come from: the pass being stepped, or the definitions.
package protocol QuantitySource {
  var facts: NetworkFacts { get }
  var exampleCount: Int { get }
  /// The example in view, from 1.
  var example: Int { get }
  func value(of quantity: Quantity, example: Int) throws(EvaluationError) -> Double
  func value(of derivative: Derivative, example: Int) throws(EvaluationError) -> Double
  /// As typed for what was typed (weights, inputs, targets), else to the digits in force.
  func numeral(of quantity: Quantity, example: Int) throws(EvaluationError) -> Numeral
  func numeral(_ value: Double) -> Numeral
}

extension QuantitySource {
  /// What the update adds to a parameter: the rate times the reduced gradient, down or up.
  package func change(layer: Int, to: Int, from: Int) throws(EvaluationError) -> Double {
    let rate = try value(of: .learningRate, example: example)
    let step = facts.direction == .descent ? -rate : rate
    guard from == 0 else {
      return step
        * (try value(
          of: .total(by: .weight(layer: layer, to: to, from: from)), example: example))
    }
    switch facts.biasMode {
    case .frozen, .none: return 0
    case .perNeuron:
      return step
        * (try value(of: .total(by: .bias(layer: layer, neuron: to)), example: example))
    case .shared:
      var sum = 0.0
      for neuron in 1...facts.shape.sizes[layer] {
        sum += try value(of: .total(by: .bias(layer: layer, neuron: neuron)), example: example)
      }
      return step * sum
    }
  }
}
