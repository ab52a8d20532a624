import Backprop

/// Goes along the moments of a timeline, forward, computing each from the one before.
struct Replay {
  private let timeline: Timeline
  private(set) var state: State
  private(set) var index: Int

  init(_ timeline: Timeline, at index: Int) {
    self.timeline = timeline
    self.index = index
    state = timeline.state(at: index)
  }

  /// Goes to a moment that is not behind.
  mutating func go(to goal: Int) {
    guard goal > index else { return }
    let anchor = timeline.anchor(before: goal)
    if anchor.index > index { (state, index) = (anchor.state, anchor.index) }
    state.replay(timeline.stretches(index + 1..<goal + 1))
    index = goal
  }

  /// Goes to a later moment that one computation of stepping led to, and tells which.
  mutating func step(to goal: Int) -> Computation? {
    precondition(goal > index, "a computation leads to a later moment")
    go(to: goal - 1)
    let kind = timeline.kind(at: goal)
    guard kind == .layer || kind == .neuron else { return nil }
    index = goal
    return try? state.advance(byNeuron: kind == .neuron)
  }
}
