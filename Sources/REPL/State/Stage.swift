/// The computation that comes next, in the order of a pass.
package enum Stage: Hashable, Sendable {
  case forward(Int)
  case cost
  case backward(Int)
  case update

  /// The computation after this one; nil after the update.
  package func following(last: Int) -> Stage? {
    switch self {
    case .forward(let layer): return layer < last ? .forward(layer + 1) : .cost
    case .cost: return .backward(last)
    case .backward(let layer): return layer > 1 ? .backward(layer - 1) : .update
    case .update: return nil
    }
  }

  /// The number of computations of a pass that lie before this one.
  package func order(last: Int) -> Int {
    switch self {
    case .forward(let layer): return layer - 1
    case .cost: return last
    case .backward(let layer): return last + 1 + (last - layer)
    case .update: return 2 * last + 1
    }
  }

  package var words: String {
    switch self {
    case .forward(let layer): return "forward \(layer)"
    case .cost: return "cost"
    case .backward(let layer): return "backward \(layer)"
    case .update: return "update"
    }
  }
}

/// Where an example's pass stands: the next computation, and the neurons of it already done.
package struct Progress: Hashable, Sendable {
  package var next: Stage
  package var neuronsDone = 0

  package static let start = Progress(next: .forward(1))

  package func isBefore(_ other: Progress, last: Int) -> Bool {
    let mine = next.order(last: last)
    let others = other.next.order(last: last)
    return mine == others ? neuronsDone < other.neuronsDone : mine < others
  }

  package func knowsWeightedInput(layer: Int, neuron: Int) -> Bool {
    switch next {
    case .forward(let current):
      return layer < current || (layer == current && neuron <= neuronsDone)
    case .cost, .backward, .update: return true
    }
  }

  package var knowsCost: Bool {
    switch next {
    case .forward, .cost: return false
    case .backward, .update: return true
    }
  }

  package func knowsError(layer: Int, neuron: Int) -> Bool {
    switch next {
    case .forward, .cost: return false
    case .backward(let current):
      return layer > current || (layer == current && neuron <= neuronsDone)
    case .update: return true
    }
  }
}
