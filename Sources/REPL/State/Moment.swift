import Backprop
import LectureNotes

/// How a moment came about. With the state before it, this is enough to compute it again.
enum MomentKind: UInt8, Sendable {
  /// A command that set something; its state is kept.
  case command
  /// The same numbers, seen otherwise; its state is kept.
  case view
  /// A computation: a layer, the cost or the update.
  case layer
  /// A computation: one neuron of a layer.
  case neuron
  /// The first update of `train N`, which begins with the first example.
  case firstOfEpochs
  /// The first update of `train N steps`, which begins with the example in view.
  case firstOfSteps
  /// An update that follows another of the same training.
  case trained

  /// Whether `back` counts it.
  var isComputation: Bool {
    switch self {
    case .command, .view: return false
    case .layer, .neuron, .firstOfEpochs, .firstOfSteps, .trained: return true
    }
  }

  var isTraining: Bool {
    switch self {
    case .firstOfEpochs, .firstOfSteps, .trained: return true
    case .command, .view, .layer, .neuron: return false
    }
  }
}

/// One moment on screen: its numbers, and the computation that led to it, if one did.
package struct Moment: Sendable {
  package let state: State
  package let computation: Computation?
  package let setting: StepSetting

  package init(_ state: State, _ computation: Computation? = nil, _ setting: StepSetting? = nil) {
    self.state = state
    self.computation = computation
    self.setting = setting ?? StepSetting(state)
  }
}

extension Computation {
  /// What `show history` calls it: `backward 2`, `forward 1, neuron 2, example 3`.
  func name(in state: State) -> String {
    var name = stage.words
    if let neurons, neurons != layerNeurons(state) {
      name +=
        neurons.count == 1
        ? ", neuron \(neurons.lowerBound)"
        : ", neurons \(neurons.lowerBound) to \(neurons.upperBound)"
    }
    if state.reduction == .perExample, state.examples.count > 1 {
      name += ", example \(state.example)"
    }
    return name
  }

  private func layerNeurons(_ state: State) -> ClosedRange<Int>? {
    switch stage {
    case .forward(let layer), .backward(let layer):
      return state.network.map { 1...$0.shape.sizes[layer] }
    case .cost, .update: return neurons
    }
  }
}

/// A moment whose state is kept: a command, or a place to compute others from.
final class Anchor: Sendable {
  let index: Int
  let state: State
  /// What `show history` calls a command; nil for a checkpoint between computations.
  let name: String?
  /// The notes it was typed in.
  let documentID: String?
  /// A bound on the memory it holds alone.
  let bytes: Int

  init(command name: String, in documentID: String, at index: Int, _ state: State) {
    (self.index, self.state, self.name, self.documentID) = (index, state, name, documentID)
    bytes = 0
  }

  /// - Parameter sharesPasses: whether the passes are those of a neighbour.
  init(checkpoint index: Int, _ state: State, sharesPasses: Bool) {
    (self.index, self.state, name, documentID) = (index, state, nil, nil)
    bytes = Anchor.bytes(state, sharesPasses: sharesPasses)
  }

  var isCheckpoint: Bool { name == nil }

  static func bytes(_ state: State, sharesPasses: Bool) -> Int {
    let parameters = state.network.map { $0.weights.count + $0.biases.count } ?? 0
    let own = MemoryLayout<State>.size + 96 + 8 * parameters
    guard !sharesPasses, let pass = state.passes.first?.pass else { return own }
    return own + state.passes.count * (200 + 8 * (3 * pass.z.count + pass.costTerms.count))
  }
}
