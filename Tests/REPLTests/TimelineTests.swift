import Backprop
import Testing

@testable import REPL

/// What time travel costs and says.
@Suite struct TimelineTests {
  private func trained(_ steps: Int, _ pace: CheckpointPace = CheckpointPace()) throws -> Session {
    var session = try Session()
    session.timeline = Timeline(pace)
    var interpreter = Interpreter(session)
    for line in ["net 2 2 1", "data xor", "init xavier seed 3", "train \(steps)"] {
      _ = try interpreter.run(line)
    }
    return interpreter.session
  }

  /// A place in the forward pass is one before that layer's z, and none of the backward pass.
  @Test func untilForwardStopsBeforeTheLayer() throws {
    #expect(try REPLTests.session(after: "net mazur", "until forward 2").state.next == .forward(2))
    let stopped = try REPLTests.session(after: "net mazur", "break forward 2", "run")
    #expect(stopped.state.next == .forward(2))
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
    #expect(runs[999_999] == .neuron && runs[999_998] == .layer)
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
    let setup = [
      "net 2 2 1", "data xor", "init xavier seed 3", "step neuron", "step neuron", "step",
    ]
    var session = try session(after: setup + ["train 40", "rate 2"])
    func rows() throws -> [String] {
      try session.answer("show history").map {
        String($0.prefix { $0 != "=" }.split(separator: "  C")[0])
      }
      .map { $0.trimmedAtEnd }
    }
    let before = [
      "      1  net 2 2 1", "      2  data xor", "      3  init xavier seed 3",
      "      4  forward 1, neuron 1", "      5  forward 1, neuron 2", "      6  forward 2",
    ]
    #expect(
      try rows() == before + [
        "      7  train 40 steps, to moment 46", " →   47  rate 2",
        "47 moments, computed again from 1 checkpoint (1 kB)",
      ])
    session = try session.after("goto 20")
    #expect(
      try rows().dropLast() == before + [
        "      7  train 40 steps, to moment 46", " →   20  step 14 of it", "     47  rate 2",
      ])
  }

  /// Rows are named after their own computation wherever the list begins.
  @Test func historyOfMoreThanAScreen() throws {
    let session = try session(after: ["net 2 1", "data 1 0 -> 1", "detail brief", "step 301"])
    let rows = try session.answer("show history")
    #expect(rows.first == "moments 1 to 103 are not listed; goto reaches them")
    let stages = ["forward 1", "cost", "backward 1", "update"]
    // Moments 3, 7, … are forward 1.
    for (row, text) in rows.dropFirst().prefix(200).enumerated() {
      #expect(text.contains("  \(stages[(104 + row - 3) % 4])"), "\(text)")
    }
  }

  @Test func backGoesOverWhatIsNoComputation() throws {
    let lines = ["net mazur", "step", "step", "rate 2", "example 1"]
    let back = try session(after: lines + ["back"])
    #expect(back.timeline.current == 1)
    #expect(try session(after: lines).answer("back").contains("as it was then: rate 0.5"))
  }

  /// How it is shown is not of the past: going back leaves it, undo takes back the line.
  @Test func viewsAreNoMoments() throws {
    let lines = [
      "net mazur", "step", "step", "back", "digits 4", "document gonzalez", "break cost",
    ]
    var session = try session(after: lines)
    #expect(session.timeline.count == 3 && session.timeline.current == 1)
    session = try session.after("goto 1")
    #expect(session.display.digits == 4 && session.view.documentID == "gonzalez")
    #expect(session.stops.list.count == 1)
    for _ in 0..<2 { session = try session.after("undo") }
    #expect(session.stops.list.isEmpty && session.view.documentID == "gonzalez")
    session = try session.after("undo")
    #expect(session.view.documentID == "four-equations")
    session = try session.after("undo")
    #expect(session.display.digits == 6 && session.timeline.current == 1)
    for _ in 0..<3 { session = try session.after("redo") }
    #expect(session.stops.list.count == 1 && session.display.digits == 4)
  }

  /// A line that goes on from an earlier moment says what is gone.
  @Test func goneMomentsAreTold() throws {
    let session = try session(after: ["net mazur", "step", "step", "step", "back 2"])
    #expect(try session.answer("w[1][1,1] = 1").last == "moments 3 to 4 are gone (undo returns)")
  }

  /// Checkpoints stay evenly spread when they outgrow their room again and again.
  @Test func thinningIsEven() throws {
    var narrow = CheckpointPace()
    narrow.bytes = 4_000
    var session = try Session()
    session.timeline = Timeline(narrow)
    var interpreter = Interpreter(session)
    for line in ["net 2 2 1", "data xor", "init xavier seed 3"] { _ = try interpreter.run(line) }
    for _ in 0..<6 { _ = try interpreter.run("train 12000") }
    let indices = interpreter.session.timeline.checkpointIndices
    let gaps = zip(indices.dropFirst(), indices).map { $0 - $1 }
    #expect(indices.count >= 5)
    #expect((gaps.max() ?? 0) <= 24_000, "\(gaps)")
  }

  private func session(after lines: [String]) throws -> Session {
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
