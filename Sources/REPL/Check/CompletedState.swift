import Backprop

// Computations on a copy, which change nothing on screen.

extension State {
  /// This state run to its gradients.
  func completed() throws(ComputationFault) -> State {
    var copy = self
    // Without an example nothing comes of a step.
    while copy.next != .update, !copy.passes.isEmpty { _ = try copy.advance(byNeuron: false) }
    return copy
  }

  /// The same network and examples with every pass at its start, under another rule or none.
  func restarted(under misconception: Misconception?) -> State {
    var copy = self
    copy.bug = misconception.map { Bug($0) }
    copy.resetPasses()
    return copy
  }

  /// The reduced gradient and the network after one update, from a pass of its own.
  func outcome(
    under misconception: Misconception?
  ) throws(ComputationFault) -> (gradient: Gradient, network: Network?) {
    var copy = try restarted(under: misconception).completed()
    let gradient = copy.reducedGradient
    _ = try copy.advance(byNeuron: false)
    return (gradient, copy.network)
  }
}

extension Session {
  /// The present pass run to its gradients on a copy.
  func rehearsed() throws(CommandError) -> State {
    do throws(ComputationFault) {
      return try state.completed()
    } catch {
      throw faultError(error)
    }
  }
}
