import Backprop
import IndexNotation
import REPL

/// The same questions with other numbers: what a line sets is drawn anew before the next computation.
///
/// A weight, bias or input keeps its sign and about its size; 0 stays 0, an input of 1 stays 1, and
/// biases that are equal stay equal. Targets stay.
struct OtherNumbers: Sendable {
  private var random: SplitMix64
  /// What was drawn and has not been shown yet.
  private var isUnshown = false

  /// - Parameter name: of the lesson: each has its own numbers for one seed.
  init(seed: UInt64, lesson name: String) {
    random = SplitMix64(seed: seed ^ Digest.value(of: name))
  }

  /// Whether a line sets numbers, which then are redrawn: no step and no training does.
  static func isSetting(_ line: String, in session: Session) -> Bool {
    switch try? Interpreter.kind(of: line, in: session, session.table) {
    case .assignment?: true
    case .command(let command, _)?:
      ["load", "source"].contains(command.name) || command.group == .build
    case .expression?, nil: false
    }
  }

  /// After such a line; true if there was anything to draw anew.
  mutating func redraw(_ session: inout Session, since before: State) -> Bool {
    guard let network = session.state.network else { return false }
    let old = before.network?.shape == network.shape ? before.network : nil
    var changed = network
    for index in network.weights.indices where old?.weights[index] != network.weights[index] {
      changed.weights[index] = OtherNumbers.other(network.weights[index], &random)
    }
    var drawn: [Double: Double] = [:]
    for index in network.biases.indices where old?.biases[index] != network.biases[index] {
      let value = network.biases[index]
      let other = drawn[value] ?? OtherNumbers.other(value, &random)
      drawn[value] = other
      changed.biases[index] = other
    }
    var examples = session.state.examples
    for index in examples.indices
    where !before.examples.indices.contains(index)
      || before.examples[index].input != examples[index].input
    {
      examples[index].input = examples[index].input.map { OtherNumbers.other(input: $0, &random) }
    }
    guard changed != network || examples != session.state.examples else { return false }
    session.state.network = changed
    session.state.examples = examples
    session.state.resetPasses()
    session.record("other numbers")
    isUnshown = true
    return true
  }

  /// The network with the numbers drawn since the last time.
  mutating func announcement(_ session: Session) -> [Line] {
    guard isUnshown else { return [] }
    isUnshown = false
    var inner = session
    inner.dialogue = nil
    var interpreter = Interpreter(inner)
    return session.lines(["with other numbers:"]) + ((try? interpreter.run("show")) ?? [])
  }

  /// A state with all its numbers drawn anew, those that are 0 too, so that a formula has to hold by
  /// itself. The targets of a softmax stay: its formulas need their sum.
  static func changed(_ state: State, _ random: inout SplitMix64) -> State {
    var copy = state
    guard var network = copy.network else { return copy }
    func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    network.weights = network.weights.map { $0 == 0 ? unit() - 0.5 : other($0, &random) }
    if network.biasMode != .none {
      network.biases = network.biases.map { $0 == 0 ? unit() - 0.5 : other($0, &random) }
    }
    copy.network = network
    copy.rate = 0.1 + unit()
    let keepsTargets = network.activation(of: network.shape.last) == .softmax
    for index in copy.examples.indices {
      copy.examples[index].input = copy.examples[index].input.map { $0 + unit() }
      if !keepsTargets {
        copy.examples[index].target = copy.examples[index].target.map { _ in unit() }
      }
    }
    copy.resetPasses()
    return copy
  }

  private static func other(input value: Double, _ random: inout SplitMix64) -> Double {
    abs(value) == 1 ? value : other(value, &random)
  }

  /// A number of the same sign, 0.6 to 1.6 times as large, with two or three digits.
  private static func other(_ value: Double, _ random: inout SplitMix64) -> Double {
    guard value != 0, value.isFinite else { return value }
    while true {
      let factor = 0.6 + Double(random.next() >> 11) * 0x1p-53
      guard abs(factor - 1) > 0.05 else { continue }
      let text = NumberText.significant(value * factor, digits: 3, minus: "-")
      guard let number = Double(text.replacing("−", with: "-")), number != value else { continue }
      return number
    }
  }
}

/// Tells texts apart, by FNV-1a.
enum Digest {
  static func value(of text: some StringProtocol) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
