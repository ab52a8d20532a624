import LectureNotes

/// What the words of a step depend on besides its numbers: shared by the moments between which
/// nothing but numbers has changed, so that what was laid out for one serves the next.
package final class StepSetting: Sendable {
  package let facts: NetworkFacts?
  /// L, the number of the output layer; 0 without a network.
  let last: Int

  init(_ state: State) {
    facts = state.facts
    last = facts?.shape.last ?? 0
  }
}
