import Backprop
import LectureNotes

extension Definitions {
  /// The definitions of what is on screen.
  convenience init(_ state: State, _ network: Network, _ facts: NetworkFacts) {
    self.init(
      network, examples: state.examples, cost: state.cost, reduction: state.reduction,
      rate: state.rate, facts: facts, example: state.example)
  }
}
