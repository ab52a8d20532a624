import Backprop
import TestSupport
import Testing

@testable import REPL

/// Whatever way led to a moment, its state is that of its own commands carried out afresh.
@Suite struct TimelinePropertyTests {
  /// A thousand sequences each.
  @Test(arguments: 0..<10) func everyMomentIsThatOfAFreshReplay(part: UInt64) throws {
    var random = SplitMix64(seed: 40 + part)
    let base = try Session()
    for _ in 0..<1000 {
      let trial = Trial(&random, base)
      guard let problem = try trial.problem() else { continue }
      let smallest = try trial.shrunk()
      Issue.record("\(try smallest.problem() ?? problem)\n\(smallest.description)")
      return
    }
  }

  /// The test can fail: a timeline whose training forgets a step is caught and made small.
  @Test func aMomentThatIsNotItsCommandsIsFound() throws {
    var random = SplitMix64(seed: 1)
    var trial = Trial(&random, try Session())
    trial.actions += [.line("train 2 steps"), .line("step")]
    trial.forgets = "train 2 steps"
    #expect(try trial.problem() != nil)
    let smallest = try trial.shrunk()
    #expect(smallest.actions.contains(.line("train 2 steps")))
    #expect(smallest.actions.count <= 2)
  }
}

extension State {
  /// The first part of two states that is not the same to the last bit.
  func difference(from other: State) -> String? {
    func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }
    guard let network, let otherNetwork = other.network else { return "no network" }
    if network != otherNetwork || bits(network.weights) != bits(otherNetwork.weights)
      || bits(network.biases) != bits(otherNetwork.biases)
    {
      return "network \(network.weights) \(otherNetwork.weights)"
    }
    for (number, (mine, others)) in zip(passes, other.passes).enumerated() {
      if mine.progress != others.progress { return "progress of example \(number + 1)" }
      if bits(mine.pass.z + mine.pass.a) != bits(others.pass.z + others.pass.a)
        || bits(mine.pass.delta + mine.pass.costTerms)
          != bits(others.pass.delta + others.pass.costTerms)
      {
        return "pass of example \(number + 1)"
      }
    }
    if example != other.example { return "example \(example), fresh \(other.example)" }
    if (cost, reduction, direction) != (other.cost, other.reduction, other.direction) {
      return "cost, reduction or direction"
    }
    if rate != other.rate { return "rate" }
    if examples != other.examples || passes.count != other.passes.count { return "examples" }
    if bug != other.bug || initialisation != other.initialisation { return "bug or init" }
    return title == other.title ? nil : "title"
  }
}
