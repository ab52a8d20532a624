import Backprop
import IndexNotation

/// What an equation may depend on: the shape and the choices, no numbers but Σy.
package struct NetworkFacts: Equatable, Sendable {
  package var shape: Shape
  package var activations: [Activation]
  package var biasMode: BiasMode
  package var cost: Cost
  package var reduction: Reduction
  package var direction: Direction
  /// With one example, sum, mean and that example are the same.
  package var hasOneExample: Bool
  /// The example in view, if its targets do not sum to 1, with their sum.
  package var unnormalisedTargets: (example: Int, sum: Double)?

  package init(
    network: Network, cost: Cost, reduction: Reduction, direction: Direction,
    hasOneExample: Bool, unnormalisedTargets: (example: Int, sum: Double)? = nil
  ) {
    shape = network.shape
    activations = network.activations
    biasMode = network.biasMode
    self.cost = cost
    self.reduction = reduction
    self.direction = direction
    self.hasOneExample = hasOneExample
    self.unnormalisedTargets = unnormalisedTargets
  }

  package static func == (left: NetworkFacts, right: NetworkFacts) -> Bool {
    left.shape == right.shape && left.activations == right.activations
      && left.biasMode == right.biasMode && left.cost == right.cost
      && left.reduction == right.reduction && left.hasOneExample == right.hasOneExample
      && left.direction == right.direction
      && left.unnormalisedTargets?.example == right.unnormalisedTargets?.example
      && left.unnormalisedTargets?.sum == right.unnormalisedTargets?.sum
  }

  package func activation(of layer: Int) -> Activation? {
    layer >= 1 && layer <= shape.last ? activations[layer - 1] : nil
  }
}

/// A condition an equation states with `if`.
package enum Fact: Hashable, Sendable {
  case elementwise(at: Index)
  case activation(Activation, at: Index)
  case cost(Cost)
  /// The number of weight layers.
  case layers(Int)
  case severalLayers
  case oneOutput
  /// Not one hidden layer with one output.
  case generalNetwork
  case hasBias
  case noBias
  case biasMode(BiasMode)
  /// Every neuron has a bias of its own, trained or not.
  case ownBias
  case targetsSumToOne
  case reduction(Reduction)
  case direction(Direction)

  /// Reads a fact; nil if it is none.
  package static func parse(_ text: String, vocabulary: Vocabulary) -> Fact? {
    let words = text.split(separator: " ").map(String.init)
    switch text {
    case "one output": return .oneOutput
    case "general network": return .generalNetwork
    case "bias": return .hasBias
    case "no bias": return .noBias
    case "own bias": return .ownBias
    case "targets sum to 1": return .targetsSumToOne
    case "one hidden layer": return .layers(2)
    case "more hidden layers": return .severalLayers
    default: break
    }
    if words.count == 3, words[1] == "at" {
      guard var parser = try? Parser(words[2], vocabulary: vocabulary),
        let index = try? parser.index()
      else { return nil }
      if words[0] == "elementwise" { return .elementwise(at: index) }
      return Activation(rawValue: words[0]).map { .activation($0, at: index) }
    }
    guard words.count == 2 else { return nil }
    switch words[1] {
    case "cost": return Cost(rawValue: words[0]).map(Fact.cost)
    case "bias": return BiasMode(rawValue: words[0]).map(Fact.biasMode)
    case "reduction": return Reduction(rawValue: words[0]).map(Fact.reduction)
    case "direction": return Direction(rawValue: words[0]).map(Fact.direction)
    default: return nil
    }
  }

  /// Whether it speaks of one layer.
  var asksForLayer: Bool {
    switch self {
    case .elementwise, .activation: return true
    case .cost, .layers, .severalLayers, .oneOutput, .generalNetwork, .hasBias, .noBias, .biasMode,
      .ownBias, .targetsSumToOne, .reduction, .direction:
      return false
    }
  }

  /// Whether it holds, given the engine's layer that the fact's index stands for.
  package func holds(in facts: NetworkFacts, layer: (Index) -> Int?) -> Bool {
    switch self {
    case .elementwise(let index):
      guard let layer = layer(index), let activation = facts.activation(of: layer) else {
        return false
      }
      return activation.isElementwise
    case .activation(let wanted, let index):
      guard let layer = layer(index) else { return false }
      return facts.activation(of: layer) == wanted
    case .cost(let cost): return facts.cost == cost
    case .layers(let count): return facts.shape.last == count
    case .severalLayers: return facts.shape.last > 2
    case .oneOutput: return facts.shape.sizes[facts.shape.last] == 1
    case .generalNetwork: return facts.shape.last != 2 || facts.shape.outputCount != 1
    case .hasBias: return facts.biasMode != .none
    case .noBias: return facts.biasMode == .none
    case .biasMode(let mode): return facts.biasMode == mode
    case .ownBias: return facts.biasMode == .perNeuron || facts.biasMode == .frozen
    case .targetsSumToOne: return facts.unnormalisedTargets == nil
    case .reduction(let reduction): return facts.reduction == reduction || facts.hasOneExample
    case .direction(let direction): return facts.direction == direction
    }
  }

  /// What is missing when it does not hold, in words; the inputs are layer `origin` there.
  package func failure(
    in facts: NetworkFacts, origin: Int, layer: (Index) -> Int?
  ) -> String {
    func activation(_ index: Index, not wanted: String) -> String {
      guard let layer = layer(index), let activation = facts.activation(of: layer) else {
        return "there is no layer \(Renderer.plain(index))"
      }
      return "layer \(layer + origin) is \(activation.rawValue), not \(wanted)"
    }
    switch self {
    case .elementwise(let index): return activation(index, not: "elementwise")
    case .activation(let wanted, let index): return activation(index, not: wanted.rawValue)
    case .cost(let cost): return "the cost is \(facts.cost.rawValue), not \(cost.rawValue)"
    case .layers(let count):
      let last = facts.shape.last
      return "the network has \(last) layer\(last == 1 ? "" : "s") of weights, not \(count)"
    case .severalLayers: return "the network has one hidden layer"
    case .oneOutput: return "there are \(facts.shape.sizes[facts.shape.last]) outputs, not one"
    case .generalNetwork: return "the network has one hidden layer and one output"
    case .hasBias: return "the network has no bias"
    case .noBias: return "the network has biases"
    case .ownBias:
      return facts.biasMode == .none ? "the network has no bias" : "a layer shares one bias"
    case .biasMode(let mode): return "the bias is \(facts.biasMode.rawValue), not \(mode.rawValue)"
    case .targetsSumToOne:
      guard let found = facts.unnormalisedTargets else { return "Σy is 1" }
      return "Σy = \(NumberText.shortest(found.sum)) in example \(found.example), not 1"
    case .reduction(let reduction):
      return "the reduction is \(facts.reduction.rawValue), not \(reduction.rawValue)"
    case .direction(let direction):
      return "the direction is \(facts.direction.rawValue), not \(direction.rawValue)"
    }
  }
}
