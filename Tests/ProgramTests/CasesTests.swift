import Foundation
import TestSupport
import Testing

/// Every number of every case file, through the program: `load`, `run`, `trace json`, `save`.
@Suite struct CasesTests {
  @Test(arguments: Case.names) func passes(_ name: String) throws {
    let bench = try CaseBench(name)
    let trace = try #require(try bench.traces("run\ntrace json").first)
    let expected = bench.file.expected
    #expect(trace.format == "backprop-trace/1")
    #expect(trace.examples.count == expected.examples.count)
    for (p, (got, wanted)) in zip(trace.examples, expected.examples).enumerated() {
      bench.expect(got.z, wanted.z, "z of \(p + 1)")
      bench.expect(got.a, wanted.a, "a of \(p + 1)")
      bench.expect(got.delta, wanted.delta, "delta of \(p + 1)")
      bench.expect([got.cost], [wanted.cost], "cost of \(p + 1)")
      bench.expectWeights(got.dw, wanted.dW, "dw of \(p + 1)")
      bench.expectBiases(got.db, wanted.dB, "db of \(p + 1)")
      #expect(got.outputDelta.count == wanted.perOutputDelta.count)
      for (n, (got, wanted)) in zip(got.outputDelta, wanted.perOutputDelta).enumerated() {
        bench.expect(got, wanted, "delta of output \(n + 1) of \(p + 1)")
      }
    }
    guard let cost = expected.cost, let dW = expected.dW else {
      #expect(trace.dw == nil && trace.db == nil, "\(name): no gradient of a batch")
      return
    }
    bench.expect([try #require(trace.cost)], [cost], "cost")
    bench.expectWeights(try #require(trace.dw), dW, "dw")
    bench.expectBiases(trace.db, expected.dB, "db")
  }

  @Test(arguments: Case.names) func stepOfTheBatch(_ name: String) throws {
    let bench = try CaseBench(name)
    guard let step = bench.file.expected.step else { return }
    let stepped = try bench.after("run\nupdate")
    bench.expectParameters(stepped.saved, step.weights, step.biases, "the step")
    bench.expect([try #require(stepped.trace.cost)], [step.costAfter], "cost after", isAfter: true)
    let trained = try bench.after("train 1")
    #expect(trained.saved == stepped.saved, "\(name): train 1 is run, update")
    #expect(try bench.after("train 1 steps").saved == stepped.saved)
    #expect(try bench.after("step neuron\nstep pass").saved == stepped.saved)
  }

  @Test(arguments: Case.names) func stepsOfTheExamples(_ name: String) throws {
    let bench = try CaseBench(name)
    for (p, step) in (bench.file.expected.stepPerExample ?? []).enumerated() {
      let after = try bench.after("example \(p + 1)\nrun\nupdate")
      let what = "the step of \(p + 1)"
      bench.expectParameters(after.saved, step.weights, step.biases, what)
      bench.expect(
        [after.trace.examples[p].cost], [step.costAfter], "cost after \(what)", isAfter: true)
    }
  }

  @Test(arguments: Case.names) func onlineEpoch(_ name: String) throws {
    let bench = try CaseBench(name)
    guard let epoch = bench.file.expected.onlineEpoch else { return }
    let trained = try bench.after("train 1")
    bench.expectParameters(
      trained.saved, epoch.weights, epoch.biases, "the epoch", isAfter: true)
    let count = bench.file.data.inputs.count
    let steps = (1...count).map { "example \($0)\nrun\ntrace json\nupdate" }
    let seen = try bench.traces(steps.joined(separator: "\n"))
    let costs = seen.enumerated().map { $1.examples[$0].cost }
    bench.expect(costs, epoch.costsSeen, "costs seen", isAfter: true)
    let stepped = try bench.after(steps.joined(separator: "\n"))
    #expect(stepped.saved == trained.saved, "\(name): train 1 is its steps, to the last bit")
  }

  @Test func allSixtyAreThere() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Case.folder.path)
    #expect(files.filter { $0.hasPrefix("public-") }.sorted() == Case.names.map { $0 + ".json" })
  }
}
