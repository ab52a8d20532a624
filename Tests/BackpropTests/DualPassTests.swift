import Backprop
import TestSupport
import Testing

/// Dual numbers on a forward pass of their own against the backward pass of the engine.
@Suite struct DualPassTests {
  /// 10 000 random networks, every activation and cost: every ∂C/∂w, ∂C/∂b, ∂C/∂z.
  @Test func theEngineAgrees() throws {
    var random = SplitMix(seed: 11)
    var compared = 0
    for _ in 0..<10_000 {
      let (network, cost, example) = try Self.network(&random)
      guard let pass = try? network.fullPass(example, cost), pass.cost.isFinite else { continue }
      let duals = DualPass(network, cost: cost, example: example)
      #expect(Self.isSame(duals.total, pass.cost, 1), "C of \(network.shape.sizes)")
      let shape = network.shape
      for l in 1...shape.last {
        for j in 1...shape.sizes[l] {
          let δ = pass.delta[shape.neuron(l, j)]
          let scale = pass.delta.map(abs).max() ?? 0
          for (seed, wanted) in [
            (Seed.weightedInput(layer: l, neuron: j), δ), (.bias(layer: l, neuron: j), δ),
            (.weight(layer: l, to: j, from: 1), δ * pass.a[shape.neuron(l - 1, 1)]),
          ] {
            let found = duals.tangents(by: seed).cost
            compared += 1
            guard !Self.isSame(found, wanted, scale) else { continue }
            Issue.record(
              "\(seed) of \(shape.sizes) \(network.activations) \(cost): \(found), not \(wanted)")
            return
          }
        }
      }
    }
    #expect(compared > 100_000)
  }

  private static func isSame(_ found: Double, _ wanted: Double, _ scale: Double) -> Bool {
    abs(found - wanted) <= 1e-11 * max(abs(wanted), abs(found)) + 1e-14 * scale
  }

  private static func network(
    _ random: inout SplitMix
  ) throws -> (Network, Cost, Example) {
    let depth = Int.random(in: 1...4, using: &random)
    let sizes = (0...depth).map { _ in Int.random(in: 1...4, using: &random) }
    let cost = Cost.allCases.randomElement(using: &random) ?? .quadratic
    var activations = (1...depth).map { _ in
      Activation.allCases.randomElement(using: &random) ?? .sigmoid
    }
    if cost != .quadratic, cost != .squaredError, cost != .mse {
      activations[depth - 1] = sizes[depth] > 1 && Bool.random(using: &random) ? .softmax : .sigmoid
    }
    var network = Network(shape: try Shape(sizes), activations: activations)
    for index in network.weights.indices {
      network.weights[index] = Double.random(in: -2...2, using: &random)
    }
    for index in network.biases.indices {
      network.biases[index] = Double.random(in: -2...2, using: &random)
    }
    let example = Example(
      input: (0..<sizes[0]).map { _ in Double.random(in: -1...1, using: &random) },
      target: (0..<sizes[depth]).map { _ in Double.random(in: 0...1, using: &random) })
    return (network, cost, example)
  }
}
