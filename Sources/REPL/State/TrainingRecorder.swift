import Backprop

/// Keeps the states of a training from which all others can be computed again.
struct TrainingRecorder {
  private let start: State
  /// The moment before the first update.
  private let before: Int
  private let limit: Int
  private var last = 0
  private var bytes = 0
  private(set) var checkpoints: [Anchor] = []

  /// - Parameter start: the state before the first update, with every pass at its start.
  init(_ start: State, after before: Int, limit: Int) {
    (self.start, self.before, self.limit) = (start, before, limit)
  }

  /// The state after so many updates.
  func state(_ network: Network, _ steps: Int) -> State {
    var state = start
    state.network = network
    state.example = start.exampleInTurn(after: steps)
    return state
  }

  mutating func keep(_ network: Network, _ steps: Int) {
    guard steps > last else { return }
    last = steps
    let anchor = Anchor(checkpoint: before + steps, state(network, steps), sharesPasses: true)
    checkpoints.append(anchor)
    bytes += anchor.bytes
    guard bytes > limit else { return }
    // Every other one, from the first on; the last stays.
    checkpoints = checkpoints.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    bytes = checkpoints.reduce(0) { $0 + $1.bytes }
  }
}
