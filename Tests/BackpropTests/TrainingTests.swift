import Backprop
import Testing

/// Training, stepping and neuron-wise stepping are one arithmetic.
@Suite struct TrainingTests {
  static let kinds = Activation.allCases.flatMap { activation in
    Reduction.allCases.map { reduction in (activation, reduction) }
  }

  @Test(arguments: kinds) func trainingIsStepping(
    _ activation: Activation, _ reduction: Reduction
  ) throws {
    for biasMode in BiasMode.allCases {
      for (cost, direction, rate) in [
        (Cost.quadratic, Direction.descent, 0.05), (.mse, .ascent, 0.001),
      ] {
        var random = Generator(seed: 7)
        var stepped = try Network.random(
          [2, 5, 3, 2], hidden: activation, output: activation, biasMode: biasMode, using: &random)
        var trained = stepped
        let examples = Self.draw(5, using: &random)
        try stepped.stepEpochs(3, examples, cost, reduction, direction, rate)
        let run = trained.train(
          .epochs(3), on: examples, cost: cost, reduction: reduction, direction: direction,
          learningRate: rate)
        #expect(run.end == .finished)
        #expect(trained.weights.bits == stepped.weights.bits)
        #expect(trained.biases.bits == stepped.biases.bits)
      }
    }
  }

  @Test(arguments: Activation.allCases, Cost.allCases) func neuronsAreLayers(
    _ activation: Activation, _ cost: Cost
  ) throws {
    var random = Generator(seed: 11)
    let network = try Network.random(
      [2, 4, 3, 3], hidden: activation, output: .softmax, using: &random)
    let example = Example(input: [0.3, -0.7], target: [0.25, 0, 0.75])
    let layers = try network.fullPass(example, cost)
    let neurons = try network.neuronPass(example, cost)
    #expect(layers.z.bits == neurons.z.bits)
    #expect(layers.a.bits == neurons.a.bits)
    #expect(layers.delta.bits == neurons.delta.bits)
    var whole = Pass(shape: network.shape, input: example.input)
    network.forward(in: &whole)
    try network.evaluateCost(cost, target: example.target, in: &whole)
    network.backward(cost: cost, target: example.target, in: &whole)
    #expect(whole == layers)
  }

  @Test func updateByPassIsUpdateByGradient() throws {
    for biasMode in BiasMode.allCases {
      var random = Generator(seed: 3)
      var one = try Network.random(
        [2, 3, 2], hidden: .sigmoid, output: .sigmoid, biasMode: biasMode, using: &random)
      var other = one
      let pass = try one.fullPass(Self.draw(1, using: &random)[0], .quadratic)
      one.update(by: pass, learningRate: 0.3, direction: .ascent)
      other.update(by: one.gradient(of: pass), learningRate: 0.3, direction: .ascent)
      #expect(one.weights.bits == other.weights.bits)
      #expect(one.biases.bits == other.biases.bits)
    }
  }

  @Test func stepsGoOnWhereTheyStopped() throws {
    var random = Generator(seed: 5)
    var whole = try Network.random([2, 3, 2], hidden: .tanh, output: .sigmoid, using: &random)
    var parts = whole
    let examples = Self.draw(3, using: &random)
    whole.trainOnline(.steps(10), examples)
    parts.trainOnline(.steps(4), examples)
    parts.trainOnline(.steps(6), examples, from: 4)
    #expect(whole.weights.bits == parts.weights.bits)
  }

  @Test(arguments: Reduction.allCases) func interruption(_ reduction: Reduction) throws {
    var random = Generator(seed: 5)
    var network = try Network.random([2, 3, 2], hidden: .tanh, output: .sigmoid, using: &random)
    var stepped = network
    let examples = Self.draw(3, using: &random)
    var asked = 0
    let run = network.train(
      .steps(.max), on: examples, cost: .quadratic, reduction: reduction, direction: .descent,
      learningRate: 0.1
    ) { _, _ in
      asked += 1
      return asked < 4
    }
    #expect(run.end == .interrupted)
    #expect(run.steps > 100)
    stepped.train(
      .steps(run.steps), on: examples, cost: .quadratic, reduction: reduction,
      direction: .descent, learningRate: 0.1)
    #expect(stepped.weights.bits == network.weights.bits)
  }

  @Test(arguments: Reduction.allCases) func divergenceKeepsTheLastGoodWeights(
    _ reduction: Reduction
  ) throws {
    var network = Network(shape: try Shape([1, 1]), activations: [.identity])
    network.weights = [1]
    let start = network
    let examples = [Example(input: [3], target: [0]), Example(input: [2], target: [1])]
    let run = network.train(
      .epochs(100_000), on: examples, cost: .quadratic, reduction: reduction,
      direction: .descent, learningRate: 10)
    #expect(run.end != .finished)
    #expect(run.steps > 10 && run.steps < 1000)
    #expect(network.isFinite)
    var again = start
    let good = again.train(
      .steps(run.steps), on: examples, cost: .quadratic, reduction: reduction,
      direction: .descent, learningRate: 10)
    #expect(good.end == .finished && again == network)
  }

  @Test(arguments: Reduction.allCases) func overflowingStepIsNotTaken(
    _ reduction: Reduction
  ) throws {
    var network = Network(shape: try Shape([1, 1]), activations: [.identity], biasMode: .none)
    network.weights = [1e150]
    let start = network
    let run = network.train(
      .epochs(5), on: [Example(input: [1e3], target: [0])], cost: .mse, reduction: reduction,
      direction: .descent, learningRate: 1e155)
    #expect(run.end == .nonFiniteParameter && run.steps == 0)
    #expect(network == start)
  }

  @Test func faultNamesTheExample() throws {
    var network = Network(shape: try Shape([1, 1]), activations: [.identity])
    network.weights = [1]
    let run = network.train(
      .epochs(1), on: [Example(input: [0.5], target: [1]), Example(input: [-9], target: [1])],
      cost: .crossEntropy, reduction: .sum, direction: .descent, learningRate: 0.1)
    #expect(run.end == .fault(.logOfNegative(argument: -9, output: 1), example: 2))
    #expect(run.steps == 0)
  }

  @Test func nothingToTrain() throws {
    var network = Network(shape: try Shape([1, 1]), activations: [.identity])
    let none = network.trainOnline(.epochs(5), [])
    #expect(none.steps == 0 && none.end == .finished)
    let zero = network.trainOnline(.epochs(0), [Example(input: [1], target: [1])])
    #expect(zero.steps == 0 && zero.costs == [nil])
  }

  private static func draw(_ count: Int, using random: inout Generator) -> [Example] {
    (0..<count).map { _ in
      Example(
        input: [random.uniform(-1, 1), random.uniform(-1, 1)],
        target: [random.uniform(0, 1), random.uniform(0, 1)])
    }
  }
}

extension Network {
  @discardableResult
  fileprivate mutating func trainOnline(
    _ extent: Training.Extent, _ examples: [Example], from first: Int = 0
  ) -> Training {
    train(
      extent, on: examples, from: first, cost: .quadratic, reduction: .perExample,
      direction: .descent, learningRate: 0.1)
  }
}
