import Backprop
import LectureNotes

/// How the weights were last drawn, so that `reinit` repeats it.
package struct Initialisation: Equatable, Sendable {
  package enum Scheme: Equatable, Sendable {
    case zeros
    case constant(Double)
    case uniform(Double, Double)
    case normal(Double)
    case xavier
    case he
  }
  package var scheme: Scheme
  package var seed: UInt64
}

/// One example on its way: its values and where they stand.
package struct ExamplePass: Equatable, Sendable {
  package var pass: Pass
  package var progress: Progress
}

/// A misconception that the engine follows.
package struct Bug: Equatable, Sendable {
  package var misconception: Misconception
  /// To be found: its name is not told before it is off.
  package var isHidden: Bool

  package init(_ misconception: Misconception, isHidden: Bool = false) {
    (self.misconception, self.isHidden) = (misconception, isHidden)
  }
}

/// Everything one moment holds.
package struct State: Sendable {
  package var network: Network?
  package var cost = Cost.quadratic
  package var reduction = Reduction.mean
  package var direction = Direction.descent
  package var rate = 1.0
  package var examples: [Example] = []
  package var passes: [ExamplePass] = []
  /// The example in view, from 1.
  package var example = 1
  package var initialisation: Initialisation?
  /// The published network on screen, for what `net` says of it.
  package var title: String?
  /// A rule of the engine that is deliberately wrong; never saved.
  package var bug: Bug?

  package init() {}

  package var progress: Progress {
    passes.isEmpty ? .start : passes[example - 1].progress
  }

  package var next: Stage { progress.next }

  /// Every pass back to its start, for the examples and the network as they are.
  package mutating func resetPasses() {
    guard let network else {
      passes = []
      return
    }
    passes = examples.map {
      ExamplePass(pass: Pass(shape: network.shape, input: $0.input), progress: .start)
    }
    if example > max(1, examples.count) { example = 1 }
  }

  /// Takes every pass back to before `stage` if it has come further; tells whether any had.
  @discardableResult
  package mutating func rewind(to stage: Stage) -> Bool {
    guard let last = network?.shape.last else { return false }
    let goal = Progress(next: stage)
    var moved = false
    for index in passes.indices where goal.isBefore(passes[index].progress, last: last) {
      passes[index].progress = goal
      moved = true
    }
    return moved
  }

  package var facts: NetworkFacts? {
    guard let network else { return nil }
    var unnormalised: (example: Int, sum: Double)?
    if examples.indices.contains(example - 1) {
      let sum = examples[example - 1].target.reduce(0, +)
      if abs(sum - 1) > 1e-12 { unnormalised = (example, sum) }
    }
    return NetworkFacts(
      network: network, cost: cost, reduction: reduction, direction: direction,
      hasOneExample: examples.count <= 1, unnormalisedTargets: unnormalised)
  }
}
