import Backprop
import TestSupport

@testable import REPL

/// Typed lines on one network, beside a model of the timeline that knows only what lines mean.
struct Trial {
  enum Action: Equatable {
    /// A line that adds moments.
    case line(String)
    case back(Int)
    case goto(Int)
    case undo
    case redo
    /// Lines of a file that is included: one line to undo, nothing if one of them fails.
    case script([String])
  }

  var setup: [String]
  var actions: [Action]
  /// A line that the fresh replay leaves out, to see that the comparison can fail.
  var forgets: String?
  private var pace = CheckpointPace()
  private let scratch = ScratchFolder()
  /// Before the first line, its notes read.
  private let base: Session

  init(_ random: inout SplitMix64, _ base: Session) {
    self.base = base
    let reduction = ["mean", "sum", "per-example"].randomElement(using: &random) ?? "mean"
    setup = [
      "net 2 2 1", "data xor", "init uniform -1 1 seed \(Int.random(in: 1...99, using: &random))",
      "reduction \(reduction)",
    ]
    // Few checkpoints, many, and so little room that they are given up again.
    pace.work = [0, 2_000, 250_000].randomElement(using: &random) ?? 0
    pace.bytes = [20_000, 64 << 20].randomElement(using: &random) ?? 20_000
    actions = (0..<Int.random(in: 3...14, using: &random)).map { _ in Trial.action(&random) }
  }

  private static func action(_ random: inout SplitMix64) -> Action {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<6: return .line(["step", "step neuron", "step 3"].randomElement(using: &random) ?? "")
    case 6..<9:
      let value = Double(Int.random(in: -20...20, using: &random)) / 8
      let left = ["w[1][2,1]", "w[2][1,2]", "b[1]", "b[2][1]", "x[1]", "y[1]"]
      return .line("\(left.randomElement(using: &random) ?? "") = \(value)")
    case 9:
      return .line(["rate 0.5", "rate 2", "run", "step pass"].randomElement(using: &random) ?? "")
    case 10:
      return .line(["example 2", "example 4", "restart"].randomElement(using: &random) ?? "")
    case 11:
      return .line(
        ["bug on stale-weights", "bug on wrong-sign", "bug off", "reduction sum"]
          .randomElement(using: &random) ?? "")
    case 12..<14: return .line("train \(Int.random(in: 1...40, using: &random)) steps")
    case 14: return .line("train \(Int.random(in: 1...9, using: &random))")
    case 15: return .back(Int.random(in: 1...3, using: &random))
    case 16: return .goto(Int.random(in: 1...30, using: &random))
    case 17:
      let lines = ["step", "w[1][1,2] = 0.5", "step neuron", "train 3 steps", "nonsense"]
      return .script((0..<3).map { _ in lines.randomElement(using: &random) ?? "step" })
    case 18: return .undo
    default: return .redo
    }
  }

  var description: String {
    (setup + actions.map(Trial.text)).joined(separator: "\n") + "\nwork \(pace.work)"
  }

  private static func text(_ action: Action) -> String {
    switch action {
    case .line(let line): return line
    case .back(let count): return "back \(count)"
    case .goto(let number): return "goto \(number)"
    case .undo: return "undo"
    case .redo: return "redo"
    case .script(let lines): return "source \(lines.joined(separator: "; "))"
    }
  }

  /// The first action whose removal leaves the problem, removed, again and again.
  func shrunk() throws -> Trial {
    var trial = self
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for index in trial.actions.indices {
        var smaller = trial
        smaller.actions.remove(at: index)
        if try smaller.problem() != nil {
          trial = smaller
          isSmaller = true
          break
        }
      }
    }
    return trial
  }

  // MARK: the model

  /// What leads to a moment from the setup, and whether a computation did last.
  struct Place {
    var lines: [String]
    var isComputation: Bool
  }

  struct Model {
    var places: [Place]
    var current: Int
  }

  /// nil where the program and the model agree all along.
  func problem() throws -> String? {
    var interpreter = prepared(setup, pace)
    var model = Model(
      places: (1...interpreter.session.timeline.count).map {
        Place(lines: Array(setup.prefix($0)), isComputation: false)
      }, current: interpreter.session.timeline.current)
    var (done, undone): ([Model], [Model]) = ([], [])
    for (number, action) in actions.enumerated() {
      let before = model
      // The setup stays.
      if action == .undo, done.isEmpty { continue }
      let isDone = (try? interpreter.run(try typed(action))) != nil
      let isMeant: Bool
      switch action {
      case .line(let line):
        // Without examples nothing can be computed.
        isMeant = model.places[model.current].lines.contains("data xor") || isDone
        if isDone, changes(line, model) {
          let start = prepared(model.places[model.current].lines, CheckpointPace()).session.state
          model.add(line, start)
        }
      case .script(let lines):
        let hasData = model.places[model.current].lines.contains("data xor")
        isMeant = !lines.contains("nonsense") && (hasData || isDone)
        if isDone {
          for line in lines {
            let start = prepared(model.places[model.current].lines, CheckpointPace()).session.state
            model.add(line, start)
          }
        }
      case .back(let count): isMeant = model.back(count)
      case .goto(let number):
        isMeant = number <= model.places.count
        if isMeant { model.current = number - 1 }
      case .undo:
        isMeant = !done.isEmpty
        if let last = done.popLast() {
          undone.append(model)
          model = last
        }
      case .redo:
        isMeant = !undone.isEmpty
        if let last = undone.popLast() {
          done.append(model)
          model = last
        }
      }
      guard isDone == isMeant else { return "line \(number + 1): done \(isDone), meant \(isMeant)" }
      switch action {
      case .line, .back, .goto, .script:
        if isDone,
          !Trial.isLine(action) || model.places.count != before.places.count
            || model.current != before.current
        {
          done.append(before)
          undone = []
        }
      case .undo, .redo: break
      }
      // Every third is enough: what is wrong at one moment stays so.
      let isLooked = number % 3 == 0 || number == actions.count - 1
      if let problem = compare(interpreter.session, model, withState: isLooked) {
        return "line \(number + 1), \(Trial.text(action)): \(problem)"
      }
    }
    return nil
  }

  private static func isLine(_ action: Action) -> Bool {
    if case .line = action { true } else { false }
  }

  /// A setting that is in force already makes no moment.
  private func changes(_ line: String, _ model: Model) -> Bool {
    guard line == "bug off" else { return true }
    return prepared(model.places[model.current].lines, CheckpointPace()).session.state.bug != nil
  }

  /// What is typed for an action; a script goes into a file first.
  private func typed(_ action: Action) throws -> String {
    guard case .script(let lines) = action else { return Trial.text(action) }
    scratch.write(lines.joined(separator: "\n"), to: "script.bp")
    return "source \(scratch["script.bp"])"
  }

  private func compare(_ session: Session, _ model: Model, withState: Bool) -> String? {
    guard session.timeline.count == model.places.count else {
      return "\(session.timeline.count) moments, meant \(model.places.count)"
    }
    guard session.timeline.current == model.current else {
      return "at \(session.timeline.current), meant \(model.current)"
    }
    guard withState else { return nil }
    let lines = model.places[model.current].lines.filter { $0 != forgets }
    let fresh = prepared(lines, CheckpointPace()).session.state
    return session.state.difference(from: fresh)
  }

  private func prepared(_ lines: [String], _ pace: CheckpointPace) -> Interpreter {
    var session = base
    session.timeline = Timeline(pace)
    session.display.detail = .brief
    var interpreter = Interpreter(session)
    for line in lines { _ = try? interpreter.run(line) }
    return interpreter
  }
}

extension Trial.Model {
  /// - Parameter state: that of the present moment.
  mutating func add(_ line: String, _ state: State) {
    let start = places[current].lines
    let isOnline = state.reduction == .perExample && state.examples.count > 1
    let perEpoch = isOnline ? state.examples.count : 1
    places.removeLast(places.count - current - 1)
    func append(_ more: [String], _ isComputation: Bool) {
      places.append(Trial.Place(lines: start + more, isComputation: isComputation))
    }
    /// Steps of layers, one moment each, after other lines.
    func appendSteps(_ count: Int, after lines: [String] = []) {
      for step in 0..<count {
        append(lines + Array(repeating: "step", count: step + 1), true)
      }
    }
    func left(_ progress: Progress) -> Int { 5 - progress.next.order(last: 2) }
    let words = line.split(separator: " ").map(String.init)
    switch words[0] {
    case "step" where words.last == "pass": appendSteps(left(state.progress) + 1)
    case "step" where words.last == "neuron": append(["step neuron"], true)
    case "step": appendSteps(words.count > 1 ? Int(words[1]) ?? 1 : 1)
    case "run" where isOnline:
      var lines: [String] = []
      let others = (1...state.examples.count).filter { $0 != state.example }
      for example in others + [state.example] {
        lines.append("example \(example)")
        append(lines, false)
        let count = left(state.passes[example - 1].progress)
        appendSteps(count, after: lines)
        lines += Array(repeating: "step", count: count)
      }
    case "run": appendSteps(left(state.progress))
    case "train":
      let isEpochs = words.count == 2
      let count = (Int(words[1]) ?? 1) * (isEpochs ? perEpoch : 1)
      // An epoch of the online loop begins with the first example.
      let prefix = isEpochs && isOnline ? ["example 1"] : []
      for step in 1...count { append(prefix + ["train \(step) steps"], true) }
    default: append([line], false)
    }
    current = places.count - 1
  }

  mutating func back(_ count: Int) -> Bool {
    var place = current
    for _ in 0..<count {
      while place >= 0, !places[place].isComputation { place -= 1 }
      guard place > 0 else { return false }
      place -= 1
    }
    current = place
    return true
  }
}
