import Backprop
import LectureNotes

/// What the words of a step depend on: everything but the numbers it prints.
struct StepSetting {
  private let document: Document
  private let display: Display
  private let shape: Shape
  private let activations: [Activation]
  private let biasMode: BiasMode
  private let cost: Cost
  private let reduction: Reduction
  private let direction: Direction
  private let examples: [Example]
  private let example: Int

  init?(_ state: State, _ document: Document, _ display: Display) {
    guard let network = state.network else { return nil }
    self.document = document
    self.display = display
    shape = network.shape
    activations = network.activations
    biasMode = network.biasMode
    cost = state.cost
    reduction = state.reduction
    direction = state.direction
    examples = state.examples
    example = state.example
  }

  /// Whether it still holds; quick where it does, as equal arrays are one and the same.
  func holds(for state: State, _ document: Document, _ display: Display) -> Bool {
    document === self.document && display == self.display && cost == state.cost
      && reduction == state.reduction && direction == state.direction
      && biasMode == state.network?.biasMode && shape == state.network?.shape
      && activations == state.network?.activations && example == state.example
      && examples == state.examples
  }
}
