import Backprop
import TestSupport
import Testing

@testable import REPL

/// The check finds every wrong rule, and none where the rules are right.
@Suite struct GradientCheckTests {
  /// Networks on which a misconception shows.
  private static let networks: [Misconception: [String]] = [
    .biasAsFactor: ["net 2 3 1", "b[1] = 0.4", "data 1 0.5 -> 1"],
    .staleWeights: ["net mazur"],
    .outputSlopeMissing: ["net mazur"],
    .maskForgotten: ["net 2 2:relu 1", "data 1 0.5 -> 1", "W[1] = [-1 0.5; 0.5 0.25]"],
    .maskOverwrites: ["net 2 2:relu 1", "data 1 0.5 -> 1", "W[1] = [1 0.5; 0.5 0.25]"],
    .biasNotTrained: ["net 2 3 1", "data 1 0.5 -> 1"],
    .biasShared: ["net 2 3 2", "data 1 0.5 -> 1 0"],
    .squareRule: ["net mazur"],
    .weightsTransposed: ["net 2 3 2", "data 1 0.5 -> 1 0"],
    .exponentialRule: ["net 2 3:tanh 1", "data 1 0.5 -> 1"],
    .lastExampleOnly: ["net 2 3 1", "data xor"],
    .averagedTwice: ["net 2 3 1", "data xor"],
    .wrongSign: ["net 2 3 1:identity", "data 1 0.5 -> 2"],
    .indicesSwapped: ["net 2 3 1", "data 1 0.5 -> 1"],
  ]

  /// What of the notes the check points to.
  private static let pointers: [Misconception.Place: String] = [
    .outputError: "the error of the output layer, (1)",
    .hiddenError: "the error of a hidden layer, (2)",
    .weightGradient: "the derivative by a weight, (4)",
    .biasGradient: "the derivative by a bias, (3)",
    .reduction: "how the examples are put together",
    .update: "look at the update",
  ]

  private func prepared(_ lines: [String]) throws -> Interpreter {
    var interpreter = Interpreter(try Session())
    for line in lines {
      _ = try interpreter.run(line)
      if line.hasPrefix("net 2") { _ = try interpreter.run("init uniform -1 1 seed 5") }
    }
    return interpreter
  }

  @Test(arguments: Misconception.allCases) func everyBugIsFound(bug: Misconception) throws {
    let lines = try #require(GradientCheckTests.networks[bug])
    var interpreter = try prepared(lines)
    let sound = try interpreter.run("check").map(\.text).joined(separator: " ")
    #expect(sound.contains("right:") && !sound.contains("look at"), "\(sound)")
    _ = try interpreter.run("bug on \(bug.rawValue)")
    let found = try interpreter.run("check").map(\.text).joined(separator: " ")
    #expect(found.contains("these are the numbers of \(bug.code): \(bug.rule)"), "\(found)")
    let named = GradientCheckTests.pointers.filter { found.contains($0.value) }.map(\.key)
    #expect(named.count == 1 && named.allSatisfy { bug.places.contains($0) }, "\(found)")
    #expect(found.contains("wrong") == (bug != .biasNotTrained))
    // Stepped or trained, the wrong rule is the same.
    var (stepped, trained) = (interpreter, interpreter)
    for line in ["run", "update", "run", "update"] { _ = try stepped.run(line) }
    _ = try trained.run("train 2")
    #expect(stepped.session.state.network == trained.session.state.network)
    // Off again nothing of it is left.
    _ = try interpreter.run("bug off")
    #expect(
      try interpreter.run("check").map(\.text).joined(separator: " ").contains("right:"))
  }

  /// Weighted inputs that are 0 exactly, as those of XOR's first example, excuse nothing.
  @Test func bugsAreFoundBesideKinks() throws {
    for bug in [Misconception.wrongSign, .maskForgotten, .averagedTwice, .biasNotTrained] {
      var interpreter = try prepared(["net 2 3:relu 1", "data xor", "bug on \(bug.rawValue)"])
      let found = try interpreter.run("check").map(\.text).joined(separator: " ")
      #expect(found.contains("these are the numbers of \(bug.code)"), "\(found)")
    }
  }

  /// One bias a layer follows the sum of its derivatives, also where a bug leaves it alone.
  @Test func aSharedBiasIsChecked() throws {
    var interpreter = try prepared(["net 2 3 2", "bias shared", "data 1 0.5 -> 1 0"])
    #expect(try interpreter.run("check").last?.text.hasPrefix("right:") == true)
    _ = try interpreter.run("bug on bias-not-trained")
    #expect(try interpreter.run("check").contains { $0.text.contains("numbers of M5") })
    #expect(
      try interpreter.run("bug on bias-shared").contains { $0.text.contains("changes nothing") })
  }

  /// The errors of the outputs by themselves add up to the error, whatever rule is wrong.
  @Test(arguments: Misconception.allCases) func outputsAddUp(bug: Misconception) throws {
    // A mask in place of the error does not add up, which is what is wrong with it.
    guard bug != .maskOverwrites else { return }
    var networks = RandomNetworks(random: SplitMix64(seed: 17))
    for _ in 0..<40 {
      var state = try networks.state()
      state.bug = Bug(bug)
      guard let completed = try? state.completed(), let shape = state.network?.shape else {
        continue
      }
      let outputs = completed.outputDeltas(completed.example, downTo: 1)
      let delta = completed.passes[completed.example - 1].pass.delta
      for place in shape.neurons(1).lowerBound..<shape.neuronCount {
        let sum = outputs.reduce(0) { $0 + $1[place] }
        let size = outputs.reduce(1e-12) { $0 + abs($1[place]) }
        #expect(abs(sum - delta[place]) <= 1e-9 * size, "\(bug)")
      }
    }
  }

  /// A thousand random networks, a third of them with weighted inputs that are exactly 0.
  @Test(arguments: 0..<4) func noneIsReportedOnTheSoundEngine(part: UInt64) throws {
    var networks = RandomNetworks(random: SplitMix64(seed: 90 + part))
    var excused = 0
    for number in 0..<250 {
      var state = try networks.state()
      if number % 3 == 0 { state.snap() }
      let completed: State
      do throws(ComputationFault) { completed = try state.completed() } catch { continue }
      let setting = try CheckSetting(completed)
      for seed in completed.trainedParameters {
        let entry = setting.check.entry(
          seed, analytic: setting.gradient.value(seed, setting.network.shape), h: 1e-5)
        if entry.verdict == .kink { excused += 1 }
        #expect(
          !entry.verdict.isFailure, "part \(part), network \(number), \(seed): \(entry)")
      }
      var session = try Session()
      session.state = completed
      let entries = completed.trainedParameters.map {
        setting.check.entry(
          $0, analytic: setting.gradient.value($0, setting.network.shape), h: 1e-5)
      }
      #expect(session.updateDiagnosis(setting, entries).isEmpty, "update of network \(number)")
    }
    #expect(excused == 0, "both passes take the same side of a kink")
  }

  /// Mazur's published error after one step is that of hidden errors from updated weights.
  @Test func mazursErrorComesOfStaleWeights() throws {
    var interpreter = try prepared(["net mazur", "bug on stale-weights"])
    for line in ["run", "update", "run"] { _ = try interpreter.run(line) }
    #expect(throws: Never.self) { try interpreter.run("expect C = 0.291027924") }
    _ = try interpreter.run("goto 1")
    for line in ["run", "update", "run"] { _ = try interpreter.run(line) }
    #expect(throws: Never.self) { try interpreter.run("expect C = 0.291027774") }
  }

  /// The bands of cs231n, their edges included; two zeros agree.
  @Test func bandsOfRelativeErrors() {
    #expect(GradientCheck.relativeError(0, 0) == 0)
    #expect(GradientCheck.relativeError(1, 1.5) == 0.5 / 1.5)
    #expect(GradientCheck.relativeError(0, 1) == 1)
    #expect(GradientCheck.relativeError(1, -1) == 2)
    let bands: [(Double, GradientCheck.Verdict)] = [
      (1e-7, .right), (1.1e-7, .close), (1e-4, .close), (1.1e-4, .suspect), (1e-2, .suspect),
      (1.1e-2, .wrong), (.infinity, .wrong),
    ]
    for (error, verdict) in bands { #expect(GradientCheck.Verdict(error) == verdict) }
  }

  /// ReLU neurons that change their side within h are named, and do not make the verdict.
  @Test func kinksAreNamed() throws {
    var interpreter = try prepared(["net 1 2:relu 1:identity"])
    for line in ["data 1 -> 1", "W[1] = [0.000001; 0.5]", "W[2] = [1 1]", "b[1] = 0"] {
      _ = try interpreter.run(line)
    }
    let lines = try interpreter.run("check").map(\.text)
    #expect(lines.contains { $0.contains("kink: within h ReLU changes its side at z₁¹") })
    #expect(lines.last?.hasPrefix("right: 7 of 7") == true, "\(lines)")
    #expect(lines.filter { $0.hasSuffix("  kink") }.count == 2)
  }
}

extension State {
  /// Weights and inputs in halves, so that weighted inputs are 0 exactly now and then.
  fileprivate mutating func snap() {
    guard var network else { return }
    func half(_ value: Double) -> Double { (value * 2).rounded() / 2 }
    network.weights = network.weights.map(half)
    network.biases = network.biases.map { _ in 0 }
    self.network = network
    examples = examples.map { Example(input: $0.input.map(half), target: $0.target) }
    resetPasses()
  }
}
