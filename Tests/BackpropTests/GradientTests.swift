import Backprop
import Testing

/// The backward pass against central differences of the cost.
@Suite struct GradientTests {
  static let pairs = Activation.allCases.flatMap { activation in
    Cost.allCases.map { cost in (activation, cost) }
  }

  @Test(arguments: pairs) func outputLayer(_ output: Activation, _ cost: Cost) throws {
    try compare(hidden: .tanh, output: output, cost: cost)
  }

  @Test(arguments: pairs) func hiddenLayers(_ hidden: Activation, _ cost: Cost) throws {
    try compare(hidden: hidden, output: .sigmoid, cost: cost)
  }

  @Test(arguments: pairs) func outputsApart(_ output: Activation, _ cost: Cost) throws {
    let (network, example) = try draw(hidden: .softmax, output: output, cost: cost)
    let pass = try network.fullPass(example, cost)
    let apart = network.outputDeltas(cost: cost, target: example.target, pass: pass, downTo: 1)
    for i in network.shape.inputCount..<network.shape.neuronCount {
      let sum = apart.reduce(0) { $0 + $1[i] }
      #expect(abs(sum - pass.delta[i]) <= 1e-12 * apart.reduce(1e-3) { $0 + abs($1[i]) })
    }
  }

  @Test(arguments: pairs) func costGradient(_ output: Activation, _ cost: Cost) throws {
    let (network, example) = try draw(hidden: .tanh, output: output, cost: cost)
    let pass = try network.fullPass(example, cost)
    for n in 1...network.shape.outputCount {
      let gradient = network.costGradient(cost, target: example.target, pass: pass, output: n)
      let column = network.outputDeltas(
        cost: cost, target: example.target, pass: pass, downTo: network.shape.last)[n - 1]
      let i = network.shape.neuron(network.shape.last, n)
      let slope =
        output == .softmax ? pass.a[i] * (1 - pass.a[i]) : output.derivative(pass.z[i])
      #expect(abs(column[i] - gradient * slope) <= 1e-10 * max(1, abs(column[i])))
    }
  }

  private func compare(hidden: Activation, output: Activation, cost: Cost) throws {
    let (network, example) = try draw(hidden: hidden, output: output, cost: cost)
    let gradient = network.gradient(of: try network.fullPass(example, cost))
    let step = 1e-5
    let all = gradient.weights + gradient.biases
    let scale = all.map(abs).max() ?? 0
    for (i, g) in all.enumerated() {
      func costAt(_ shift: Double) throws -> Double {
        var moved = network
        if i < gradient.weights.count {
          moved.weights[i] += shift
        } else {
          moved.biases[i - gradient.weights.count] += shift
        }
        return try moved.fullPass(example, cost).cost
      }
      let difference = try (costAt(step) - costAt(-step)) / (2 * step)
      #expect(
        abs(difference - g) <= 1e-6 * max(scale, 1), "\(hidden) \(output) \(cost) [\(i)]")
    }
  }

  /// A random network whose outputs all lie where every logarithm exists.
  private func draw(
    hidden: Activation, output: Activation, cost: Cost
  ) throws -> (Network, Example) {
    var random = Generator(seed: 2026)
    for _ in 0..<10_000 {
      let network = try Network.random(
        [3, 4, 3, 3], hidden: hidden, output: output, using: &random)
      let input = (0..<3).map { _ in random.uniform(-1, 1) }
      let target = (0..<3).map { _ in random.uniform(0, 1) }
      var pass = Pass(shape: network.shape, input: input)
      network.forward(in: &pass)
      let outputs = pass.a[network.shape.neurons(3)]
      if outputs.allSatisfy({ 0.05 < $0 && $0 < 0.95 }) {
        return (network, Example(input: input, target: target))
      }
    }
    throw NoNetwork()
  }

  private struct NoNetwork: Error {}
}
