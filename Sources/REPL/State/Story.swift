import Backprop

/// How often states are kept, and how much they may hold.
package struct CheckpointPace: Sendable {
  /// Between two lies about as much work as this, in nanoseconds.
  package var work = 250_000
  /// All checkpoints hold about as many bytes at most: beyond it every other one is given up, from
  /// then on half as many are kept, and a step back takes up to twice as long.
  package var bytes = 64 << 20

  package init() {}
}

/// Moments in a row: how each came about, and the states that are kept among them.
///
/// Every other state is computed again from the kept one before it, to the last bit.
struct Story: Sendable {
  private(set) var kinds = MomentRuns()
  /// By their index; every command is one.
  private(set) var anchors: [Anchor] = []
  /// About so many nanoseconds of work since the last anchor.
  private var work = 0

  var count: Int { kinds.count }
  var isEmpty: Bool { kinds.count == 0 }

  private let pace: CheckpointPace

  init(_ pace: CheckpointPace) {
    self.pace = pace
  }

  // MARK: growing and cutting

  mutating func append(
    command name: String, in documentID: String, isView: Bool, _ state: State
  ) {
    anchors.append(Anchor(command: name, in: documentID, at: kinds.count, state))
    kinds.append(isView ? .view : .command)
    work = 0
  }

  /// - Returns: the bytes of a new checkpoint.
  mutating func append(computation kind: MomentKind, _ state: State, stride: Int) -> Int {
    kinds.append(kind)
    work += state.computationWork
    guard work >= pace.work * stride else { return 0 }
    let bytes = Anchor.bytes(state, sharesPasses: false)
    // What takes long to copy is copied seldom.
    guard work >= bytes, bytes <= pace.bytes / 8 else { return 0 }
    anchors.append(Anchor(checkpoint: kinds.count - 1, state, sharesPasses: false))
    work = 0
    return bytes
  }

  /// - Returns: the bytes of the checkpoints.
  mutating func append(
    training first: MomentKind, steps: Int, _ checkpoints: [Anchor]
  ) -> Int {
    kinds.append(first)
    kinds.append(.trained, count: steps - 1)
    anchors += checkpoints
    // The end is as good as a kept state only where it is one.
    work = checkpoints.last?.index == kinds.count - 1 ? 0 : pace.work
    return checkpoints.reduce(0) { $0 + $1.bytes }
  }

  /// Takes the moments from `count` on away.
  mutating func cut(to count: Int) -> Story {
    guard count < kinds.count else { return Story(pace) }
    var removed = Story(pace)
    removed.kinds = kinds.cut(to: count)
    let first = anchors.partitioningIndex { $0.index >= count }
    removed.anchors = Array(anchors[first...])
    anchors.removeLast(anchors.count - first)
    work = pace.work
    return removed
  }

  /// Puts moments back that were cut off here.
  mutating func append(_ other: Story) {
    guard !other.isEmpty else { return }
    kinds.append(other.kinds)
    anchors += other.anchors
    work = pace.work
  }

  func suffix(from count: Int) -> Story {
    var copy = self
    return copy.cut(to: count)
  }

  /// Gives every other checkpoint up.
  mutating func thin() {
    var isKept = false
    anchors.removeAll { anchor in
      guard anchor.isCheckpoint else { return false }
      isKept.toggle()
      return !isKept
    }
  }

  var checkpointBytes: Int { anchors.reduce(0) { $0 + $1.bytes } }
  var checkpointCount: Int { anchors.reduce(0) { $0 + ($1.isCheckpoint ? 1 : 0) } }

  // MARK: reading

  /// The last anchor at or before a moment.
  func anchor(before index: Int) -> Anchor {
    anchors[anchors.partitioningIndex { $0.index > index } - 1]
  }

  func state(at index: Int) -> State {
    let anchor = anchor(before: index)
    var state = anchor.state
    state.replay(kinds.stretches(anchor.index + 1..<index + 1))
    return state
  }

  /// The first update of the training a moment belongs to.
  func firstOfTraining(_ index: Int) -> Int {
    kinds[index] == .trained ? kinds.run(around: index).lowerBound - 1 : index
  }
}

extension State {
  /// About the nanoseconds of one computation.
  var computationWork: Int { 400 + (network?.weights.count ?? 0) * examples.count }

  /// Computes moments again, in the order they came about.
  mutating func replay(_ stretches: [(kind: MomentKind, count: Int)]) {
    for (kind, count) in stretches {
      switch kind {
      case .command, .view: preconditionFailure("the state of a command is kept")
      case .layer, .neuron:
        for _ in 0..<count { again(byNeuron: kind == .neuron) }
      case .firstOfEpochs, .firstOfSteps:
        for _ in 0..<count {
          beginTraining(fromFirst: kind == .firstOfEpochs)
          _ = trainOn(steps: 1)
        }
      case .trained: _ = trainOn(steps: count)
      }
    }
  }

  private mutating func again(byNeuron: Bool) {
    do throws(ComputationFault) {
      _ = try advance(byNeuron: byNeuron)
    } catch {
      preconditionFailure("what was computed once has a value")
    }
  }
}
