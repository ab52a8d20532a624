import Backprop
import IndexNotation
import LectureNotes
import Testing

@testable import REPL

/// Networks drawn at random from a seed, over every activation, cost, bias mode and reduction.
struct RandomNetworks {
  var random: SplitMix64

  mutating func state(maximumExamples: Int = 3) throws -> State {
    var sizes = (0..<Int.random(in: 2...4, using: &random)).map { _ in
      Int.random(in: 1...3, using: &random)
    }
    if Bool.random(using: &random) { sizes[sizes.count - 1] = 1 }
    let shape = try Shape(sizes)
    let activations = (1...shape.last).map { layer in
      Activation.allCases.filter { layer == shape.last || $0 != .softmax || sizes[layer] > 1 }
        .randomElement(using: &random) ?? .sigmoid
    }
    var state = State()
    var network = Network(
      shape: shape, activations: activations,
      biasMode: BiasMode.allCases.randomElement(using: &random) ?? .perNeuron)
    for index in network.weights.indices {
      network.weights[index] = Double.random(in: -1...1, using: &random)
    }
    if network.biasMode != .none {
      for layer in 1...shape.last {
        let shared = Double.random(in: -1...1, using: &random)
        for index in shape.biases(layer) {
          network.biases[index] =
            network.biasMode == .shared ? shared : Double.random(in: -1...1, using: &random)
        }
      }
    }
    state.network = network
    let output = network.activation(of: shape.last)
    // A softmax of one output is always 1: the logarithm of 1 − 1 has no value.
    let isProbability = output == .sigmoid || (output == .softmax && shape.outputCount > 1)
    state.cost =
      Cost.allCases.filter { isProbability || !$0.takesLogarithms }
      .randomElement(using: &random) ?? .quadratic
    state.reduction = Reduction.allCases.randomElement(using: &random) ?? .mean
    state.direction = Direction.allCases.randomElement(using: &random) ?? .descent
    state.rate = Double.random(in: 0.1...1, using: &random)
    for _ in 0..<Int.random(in: 1...maximumExamples, using: &random) {
      state.examples.append(
        Example(
          input: (0..<shape.inputCount).map { _ in Double.random(in: -2...2, using: &random) },
          target: (0..<shape.outputCount).map { _ in Double.random(in: 0...1, using: &random) }))
    }
    state.resetPasses()
    return state
  }
}

@Suite struct SteppingTests {
  /// Every row that stepping prints: the formula's value is the number beside it.
  @Test(arguments: Library.shipped) func everyCitedRelationHolds(id: String) throws {
    let document = try Library().document(id)
    var networks = RandomNetworks(random: SplitMix64(seed: 11))
    var compared = 0
    for _ in 0..<300 {
      var state = try networks.state()
      while true {
        let before = state
        let computation = try state.advance(byNeuron: false)
        guard
          let report = StepReport(
            computation, before: before, after: state, document: document, display: Display())
        else {
          Issue.record("no report")
          return
        }
        for check in report.checks() {
          compared += 1
          let scale = max(abs(check.left), abs(check.right), 1e-3)
          if !(abs(check.left - check.right) <= 1e-9 * scale) {
            let facts = report.facts
            Issue.record(
              "\(id) \(check.label) \(computation.stage.words): \(check.left) beside \(check.right); \(facts.shape.sizes) \(facts.activations) \(facts.cost) \(facts.reduction) \(facts.biasMode)"
            )
          }
        }
        if computation.stage == .update { break }
      }
    }
    #expect(compared > 5000)
  }

  /// No network leaves a step without a relation, in any document.
  @Test(arguments: Library.shipped) func everyStepHasItsRelation(id: String) throws {
    let document = try Library().document(id)
    var networks = RandomNetworks(random: SplitMix64(seed: 12))
    for _ in 0..<200 {
      let state = try networks.state()
      let facts = try #require(state.facts)
      for layer in 1...facts.shape.last {
        for kind in [
          Target.Kind.weightedInput, .activation, .error, .weightGradient, .weightUpdate,
        ] {
          let target = Target(kind: kind, layer: layer)
          if document.citation(of: target, facts: facts) == nil {
            Issue.record(
              "\(id): nothing for \(kind) of layer \(layer); \(facts.shape.sizes) \(facts.activations) \(facts.cost) \(facts.reduction) \(facts.biasMode) \(facts.direction)"
            )
          }
        }
      }
    }
  }

  /// A step of a 2-3-1 network fits a screen of 80 by 24 with its prompt.
  @Test(arguments: Library.shipped) func aStepFitsTheScreen(id: String) throws {
    let document = try Library().document(id)
    for hidden in Activation.allCases {
      for output in [Activation.sigmoid, .identity, .softmax, .tanh] {
        for cost in Cost.allCases where output == .sigmoid || !cost.takesLogarithms {
          for bias in BiasMode.allCases {
            try check(document, hidden, output, cost, bias)
          }
        }
      }
    }
  }

  private func check(
    _ document: Document, _ hidden: Activation, _ output: Activation, _ cost: Cost,
    _ bias: BiasMode
  ) throws {
    var random = SplitMix64(seed: 5)
    let shape = try Shape([2, 3, 1])
    var state = State()
    var network = Network(shape: shape, activations: [hidden, output], biasMode: bias)
    for index in network.weights.indices {
      network.weights[index] = Double.random(in: -1...1, using: &random)
    }
    state.network = network
    state.cost = cost
    state.reduction = document.model.reduction
    state.direction = cost.natural
    state.examples = [Example(input: [0.35, -1.25], target: [1])]
    state.resetPasses()
    while true {
      let before = state
      let computation = try state.advance(byNeuron: false)
      let report = try #require(
        StepReport(
          computation, before: before, after: state, document: document, display: Display()))
      let lines = report.lines()
      let text = lines.map(\.text).joined(separator: "\n")
      #expect(lines.count <= 23, "\(document.id) \(hidden) \(output) \(cost) \(bias)\n\(text)")
      for line in lines { #expect(line.text.count <= 79, "\(line.text)") }
      if computation.stage == .update { break }
    }
  }
}
