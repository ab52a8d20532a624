import Backprop

/// Keeps the states of a training from which all others can be computed again.
///
/// Where they outgrow their room every other one is given up, and from then on only half as many are
/// kept: they stay evenly spread.
struct TrainingRecorder {
  private let start: State
  /// The moment before the first update.
  private let before: Int
  private let limit: Int
  /// One of so many offers is taken.
  private(set) var stride: Int
  private var offers = 0
  private var last = 0
  private var bytes = 0
  private(set) var checkpoints: [Anchor] = []

  /// - Parameters:
  ///   - start: the state before the first update, with every pass at its start.
  ///   - stride: how sparse the checkpoints of the timeline are already.
  init(_ start: State, after before: Int, limit: Int, stride: Int) {
    (self.start, self.before, self.limit, self.stride) = (start, before, limit, stride)
  }

  /// The state after so many updates.
  func state(_ network: Network, _ steps: Int) -> State {
    var state = start
    state.network = network
    state.example = start.exampleInTurn(after: steps)
    return state
  }

  /// Offers the state after so many updates, about every quarter of a millisecond.
  mutating func offer(_ network: Network, _ steps: Int) {
    offers += 1
    if offers % stride == 0 { keep(network, steps) }
  }

  /// The end, which is kept in any case.
  mutating func finish(_ network: Network, _ steps: Int) { keep(network, steps) }

  private mutating func keep(_ network: Network, _ steps: Int) {
    guard steps > last else { return }
    last = steps
    let anchor = Anchor(checkpoint: before + steps, state(network, steps), sharesPasses: true)
    checkpoints.append(anchor)
    bytes += anchor.bytes
    guard bytes > limit, checkpoints.count > 1 else { return }
    checkpoints = checkpoints.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    bytes = checkpoints.reduce(0) { $0 + $1.bytes }
    stride *= 2
  }
}
