import Backprop
import TestSupport
import Testing

/// Every number of every case file, by the tolerance of that case.
@Suite struct CaseTests {
  @Test(arguments: Case.names) func examples(_ name: String) throws {
    let bench = try Bench(name)
    for (p, expected) in bench.file.expected.examples.enumerated() {
      let pass = try bench.network.fullPass(bench.examples[p], bench.cost)
      let target = bench.examples[p].target
      let shape = bench.network.shape
      for l in 0...shape.last {
        bench.expect(Array(pass.a[shape.neurons(l)]), expected.a[l], "a[\(l)] of \(p + 1)")
      }
      bench.expectLayers(pass.z, expected.z, "z of \(p + 1)")
      bench.expectLayers(pass.delta, expected.delta, "delta of \(p + 1)")
      bench.expect(pass.costTerms, expected.costTerms, "cost terms of \(p + 1)")
      bench.expect([pass.cost], [expected.cost], "cost of \(p + 1)")
      let gradient = bench.network.gradient(of: pass)
      bench.expectWeights(gradient.weights, expected.dW, "dW of \(p + 1)")
      bench.expectBiases(gradient.biases, expected.dB, "dB of \(p + 1)")
      let outputs = bench.network.outputDeltas(
        cost: bench.cost, target: target, pass: pass, downTo: 1)
      for n in outputs.indices {
        bench.expectLayers(
          outputs[n], expected.perOutputDelta[n], "delta of output \(n + 1) of \(p + 1)")
      }
    }
  }

  @Test(arguments: Case.names) func batch(_ name: String) throws {
    let bench = try Bench(name)
    let expected = bench.file.expected
    guard let cost = expected.cost, let dW = expected.dW, let step = expected.step else { return }
    let gradient = bench.network.gradient(
      of: try bench.passes(bench.network), reduction: try bench.file.reduction)
    bench.expect([try bench.batchCost(bench.network)], [cost], "cost")
    bench.expectWeights(gradient.weights, dW, "dW")
    bench.expectBiases(gradient.biases, expected.dB, "dB")
    var after = bench.network
    try after.update(by: gradient, learningRate: bench.rate, direction: bench.file.engineDirection)
    bench.expectWeights(after.weights, step.weights, "weights after the step")
    bench.expectBiases(after.biases, step.biases, "biases after the step")
    bench.expect([try bench.batchCost(after)], [step.costAfter], "cost after", afterStep: true)
  }

  @Test(arguments: Case.names) func online(_ name: String) throws {
    let bench = try Bench(name)
    for (p, step) in (bench.file.expected.stepPerExample ?? []).enumerated() {
      var after = bench.network
      let pass = try after.fullPass(bench.examples[p], bench.cost)
      try after.update(
        by: after.gradient(of: pass), learningRate: bench.rate,
        direction: bench.file.engineDirection)
      bench.expectWeights(after.weights, step.weights, "weights after example \(p + 1)")
      bench.expectBiases(after.biases, step.biases, "biases after example \(p + 1)")
      let cost = try after.fullPass(bench.examples[p], bench.cost).cost
      bench.expect([cost], [step.costAfter], "cost after example \(p + 1)", afterStep: true)
    }
    guard let epoch = bench.file.expected.onlineEpoch else { return }
    var network = bench.network
    let run = try network.train(
      .epochs(1), on: bench.examples, cost: bench.cost, reduction: .perExample,
      direction: bench.file.engineDirection, learningRate: bench.rate)
    #expect(run.end == .finished && run.steps == bench.examples.count)
    bench.expectWeights(network.weights, epoch.weights, "weights of the epoch", afterStep: true)
    bench.expectBiases(network.biases, epoch.biases, "biases of the epoch", afterStep: true)
    bench.expect(run.costs.map { $0 ?? .nan }, epoch.costsSeen, "costs seen", afterStep: true)
  }
}

/// One case on the bench: its network in the engine, and how its numbers are compared.
private struct Bench {
  let file: Case
  let network: Network
  let examples: [Example]
  let cost: Cost
  var rate: Double { file.learningRate.value }

  init(_ name: String) throws {
    file = try Case.load(name)
    network = try file.makeNetwork()
    examples = file.examples
    cost = try file.engineCost
  }

  func passes(_ network: Network) throws -> [Pass] {
    try examples.map { try network.fullPass($0, cost) }
  }

  func batchCost(_ network: Network) throws -> Double {
    let sum = try passes(network).reduce(0) { $0 + $1.cost }
    return file.aggregation == "mean" ? sum / Double(examples.count) : sum
  }

  /// |g − e| ≤ rtol·|e| + atol_rel·max|e| + atol over one innermost list.
  func expect(
    _ got: [Double], _ expected: Case.Vector, _ what: String, afterStep: Bool = false
  ) {
    #expect(got.count == expected.count, "\(file.id): \(what)")
    let tolerance = file.tolerance
    let rtol = (afterStep ? tolerance.rtolAfterStep : tolerance.rtol).value
    let finite = expected.map(\.value).filter(\.isFinite)
    let list = tolerance.atolRel.value * (finite.map(abs).max() ?? 0) + tolerance.atol.value
    for (i, (g, e)) in zip(got, expected.map(\.value)).enumerated() where e.isFinite {
      #expect(abs(g - e) <= rtol * abs(e) + list, "\(file.id): \(what)[\(i)] \(g), not \(e)")
    }
  }

  func expectLayers(_ flat: [Double], _ expected: [Case.Vector], _ what: String) {
    for l in 1...network.shape.last {
      expect(Array(flat[network.shape.neurons(l)]), expected[l - 1], "\(what), layer \(l)")
    }
  }

  func expectWeights(
    _ flat: [Double], _ expected: [[Case.Vector]], _ what: String, afterStep: Bool = false
  ) {
    let shape = network.shape
    for l in 1...shape.last {
      for k in 1...shape.sizes[l - 1] {
        let row = (1...shape.sizes[l]).map { j in flat[shape.weight(l, j, k)] }
        expect(row, expected[l - 1][k - 1], "\(what), layer \(l) from \(k)", afterStep: afterStep)
      }
    }
  }

  func expectBiases(
    _ flat: [Double], _ expected: [Case.Vector]?, _ what: String, afterStep: Bool = false
  ) {
    guard let expected else { return }
    for l in 1...network.shape.last {
      expect(
        Array(flat[network.shape.biases(l)]), expected[l - 1], "\(what), layer \(l)",
        afterStep: afterStep)
    }
  }
}
