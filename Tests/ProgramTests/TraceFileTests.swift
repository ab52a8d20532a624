import Backprop
import REPL
import Testing

@Suite struct TraceFileTests {
  private func traced(
    _ network: Network, forwardLayers: Int, knowsCost: Bool, deltaDownTo: Int?
  ) throws -> TraceFile.Traced {
    var pass = Pass(shape: network.shape, input: [2])
    network.forward(in: &pass)
    try network.evaluateCost(.quadratic, target: [1], in: &pass)
    network.backward(cost: .quadratic, target: [1], in: &pass)
    return TraceFile.Traced(
      target: [1], pass: pass, forwardLayers: forwardLayers, knowsCost: knowsCost,
      deltaDownTo: deltaDownTo)
  }

  private func network(_ biasMode: BiasMode = .perNeuron) throws -> Network {
    var network = Network(
      shape: try Shape([1, 1, 1]), activations: [.identity, .identity], biasMode: biasMode)
    network.weights = [0.5, 3]
    return network
  }

  @Test func start() throws {
    let network = try network()
    let file = TraceFile(
      network: network, cost: .quadratic, reduction: .sum,
      examples: [try traced(network, forwardLayers: 0, knowsCost: false, deltaDownTo: nil)])
    #expect(
      file.text
        == #"{"format": "backprop-trace/1", "examples": [{"a": [[2], null, null]}]}"#)
  }

  @Test func halfWay() throws {
    let network = try network()
    let file = TraceFile(
      network: network, cost: .quadratic, reduction: .sum,
      examples: [try traced(network, forwardLayers: 2, knowsCost: true, deltaDownTo: 2)])
    #expect(
      file.text == #"{"format": "backprop-trace/1", "examples": ["#
        + #"{"z": [[1], [3]], "a": [[2], [1], [3]], "delta": [null, [2]], "#
        + #""output_delta": [[null, [2]]], "dw": [null, [[2]]], "db": [null, [2]], "cost": 2}], "#
        + #""cost": 2, "dw": [null, [[2]]], "db": [null, [2]]}"#)
  }

  @Test func meanOfTwoWithoutBiases() throws {
    let network = try network(.none)
    let one = try traced(network, forwardLayers: 2, knowsCost: true, deltaDownTo: 1)
    let file = TraceFile(
      network: network, cost: .quadratic, reduction: .mean, examples: [one, one])
    #expect(file.text.hasSuffix(#"], "cost": 2, "dw": [[[12]], [[2]]]}"#))
    #expect(!file.text.contains("db") && !file.text.contains("\n"))
    let apart = TraceFile(
      network: network, cost: .quadratic, reduction: .perExample, examples: [one])
    #expect(apart.text.hasSuffix(#""cost": 2}], "cost": 2}"#))
  }

  @Test func notFinite() throws {
    var network = try network()
    network.weights = [1e308, -1e308]
    let file = TraceFile(
      network: network, cost: .quadratic, reduction: .sum,
      examples: [try traced(network, forwardLayers: 2, knowsCost: true, deltaDownTo: nil)])
    #expect(file.text.contains(#""z": [["inf"], ["-inf"]]"#))
    #expect(file.text.hasSuffix(#""cost": "inf"}], "cost": "inf"}"#))
  }
}
