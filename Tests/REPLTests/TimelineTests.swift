import Backprop
import Testing

@testable import REPL

/// What time travel costs and says.
@Suite struct TimelineTests {
  private func trained(_ steps: Int, _ pace: CheckpointPace = CheckpointPace()) throws -> Session {
    var session = try Session()
    session.timeline = Timeline(session.state, pace)
    var interpreter = Interpreter(session)
    for line in ["net 2 2 1", "data xor", "init xavier seed 3", "train \(steps)"] {
      _ = try interpreter.run(line)
    }
    return interpreter.session
  }

  @Test func aMillionMomentsAreAFewWords() throws {
    var runs = MomentRuns()
    for index in 0..<1_000_000 {
      runs.append(index % 1000 == 0 ? .command : index % 7 == 0 ? .neuron : .layer)
    }
    #expect(runs.count == 1_000_000)
    #expect(MemoryLayout<MomentRuns.Run>.stride == 8)
    #expect(runs[7_000] == .command && runs[7_007] == .neuron && runs[7_008] == .layer)
    let tail = runs.cut(to: 500_003)
    #expect(runs.count == 500_003 && tail.count == 499_997)
    #expect(tail[0] == .neuron && tail[1] == .layer && tail[7] == .neuron)
    runs.append(tail)
    #expect(runs[999_999] == .neuron || runs[999_999] == .layer)
    #expect(runs.stretches(6_998..<7_002).map(\.count) == [2, 1, 1])
  }

  /// Checkpoints beyond their room are given up, and every moment is still the same.
  @Test func checkpointsAreBounded() throws {
    var narrow = CheckpointPace()
    narrow.bytes = 3_000
    let (small, large) = (try trained(20_000, narrow), try trained(20_000))
    #expect(small.timeline.memory.bytes <= 3_000)
    #expect(small.timeline.memory.checkpoints < large.timeline.memory.checkpoints)
    for moment in [3, 4, 1_000, 12_345, 20_002] {
      #expect(
        small.timeline.state(at: moment).network == large.timeline.state(at: moment).network)
    }
  }

  /// A step of training is a moment, to the same bits as training so far.
  @Test(arguments: ["mean", "sum", "per-example"])
  func aStepOfTrainingIsAMoment(reduction: String) throws {
    let setup = ["net 2 2 1", "data xor", "init xavier seed 3", "reduction \(reduction)"]
    var (whole, part) = (Interpreter(try Session()), Interpreter(try Session()))
    for line in setup {
      _ = try whole.run(line)
      _ = try part.run(line)
    }
    _ = try whole.run("train 500 steps")
    _ = try whole.run("back 123")
    _ = try part.run("train 377 steps")
    #expect(whole.session.state.network == part.session.state.network)
    #expect(whole.session.state.example == part.session.state.example)
    _ = try whole.run("train 123 steps")
    _ = try part.run("train 123 steps")
    #expect(whole.session.state.network == part.session.state.network)
  }

  @Test func historyNamesMoments() throws {
    var session = try session(
      after: "net 2 2 1", "data xor", "init xavier seed 3", "step", "step neuron", "train 40",
      "digits 4")
    #expect(
      try session.answer("show history").map { $0.split(separator: "  C =").first ?? "" }
        == [
          "      1  net 2 2 1", "      2  data xor", "      3  init xavier seed 3",
          "      4  forward 1", "      5  forward 2, neuron 1",
          "      6  train 40 steps, to moment 45", " →   46  digits 4",
          "46 moments, computed again from 1 checkpoint (1 kB)",
        ].map { $0[...] }
        .enumerated().map { $0.offset == 4 ? "      5  forward 2" : $0.element })
    session = try session.after("goto 20")
    #expect(
      try session.answer("show history")[5].hasPrefix(
        " →    6  train 40 steps, to moment 45; here: step 15"))
  }

  @Test func backGoesOverWhatIsNoComputation() throws {
    let session = try session(
      after: "net mazur", "step", "step", "digits 4", "document gonzalez", "back")
    #expect(session.timeline.current == 1)
    #expect(session.state.display.digits == 6 && session.state.documentID == "four-equations")
    let lines = try self.session(
      after: "net mazur", "step", "step", "digits 4", "document gonzalez"
    ).answer("back")
    #expect(lines.contains("as it was then: document four-equations, digits 6"))
  }

  private func session(after lines: String...) throws -> Session {
    var interpreter = Interpreter(try Session())
    for line in lines { _ = try interpreter.run(line) }
    return interpreter.session
  }
}

extension Session {
  /// This session after another line.
  func after(_ line: String) throws -> Session {
    var interpreter = Interpreter(self)
    _ = try interpreter.run(line)
    return interpreter.session
  }
}
