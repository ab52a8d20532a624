import Backprop
import IndexNotation
import LectureNotes

// Settings of what is computed: rate, cost, activations, biases, reduction.

extension Session {
  mutating func setRate(_ rate: Double, _ columns: Columns) throws(CommandError) -> [Line] {
    guard rate >= 0 else {
      throw CommandError(
        "the learning rate must be above 0 (got \(NumberText.shortest(rate)))", at: columns,
        advice: "to climb instead of descend: direction ascent")
    }
    state.rate = rate
    let moved = rewindStaleErrors()
    recordIfStarted("rate \(NumberText.shortest(rate))")
    let symbol = document.renderer.name(document.symbolName(of: .learningRate), script)
    let line = Line("\(symbol) = \(NumberText.shortest(rate))")
    return [line] + (rate == 0 ? [Line("with rate 0 an update changes nothing", .warning)] : [])
      + moved
  }

  /// Errors from weights that are updated already depend on what the update depends on.
  mutating func rewindStaleErrors() -> [Line] {
    guard state.bug?.misconception == .staleWeights, let last = state.network?.shape.last,
      state.rewind(to: .backward(last))
    else { return [] }
    return wentBack("the errors were of weights updated otherwise")
  }

  mutating func setCost(_ cost: Cost) throws(CommandError) -> [Line] {
    let directionBefore = state.direction
    state.cost = cost
    if cost.natural == .ascent { state.direction = .ascent }
    let moved = state.rewind(to: .cost)
    recordIfStarted("cost \(cost.rawValue)")
    var lines = self.lines([costFormula()])
    if state.direction != directionBefore {
      lines.append(Line("direction ascent too: this cost is to be maximised"))
    } else if directionBefore == .ascent, cost != .logLikelihood {
      lines.append(Line("the direction is still ascent; to go down: direction descent", .warning))
    }
    if moved { lines += wentBack("the cost and the errors belonged to the old cost") }
    return lines + pairWarning()
  }

  func wentBack(_ reason: String) -> [Line] {
    lines(["\(reason); back to \(state.next.words) (undo returns)"])
  }

  mutating func setActivation(
    _ words: [Word], _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    guard state.network != nil, let last = state.network?.shape.last else {
      throw Session.noNetwork(at: arguments.commandColumns)
    }
    guard words.count == 2 else {
      throw CommandError(
        "activation needs a layer and a name", at: arguments.end, advice: "as in: activation 2 relu"
      )
    }
    let layer = try Typed.count(words[0])
    guard layer <= last else {
      throw CommandError(
        "there is no layer \(layer); the layers are 1 to \(last)", at: words[0].columns)
    }
    let activation: Activation = try Typed.choice(words[1], "activation")
    state.network?.activations[layer - 1] = activation
    let moved = state.rewind(to: .forward(layer))
    record("activation \(layer) \(activation.rawValue)")
    var lines = [Line("layer \(layer): \(activation.rawValue)")]
    if moved { lines += wentBack("what follows layer \(layer) belonged to the old one") }
    return lines + pairWarning()
  }

  mutating func setBias(
    _ mode: BiasMode, _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    guard var network = state.network else {
      throw Session.noNetwork(at: arguments.commandColumns)
    }
    let wasNone = network.biasMode == .none
    if mode == .shared {
      for layer in 1...network.shape.last {
        let biases = network.biases[network.shape.biases(layer)]
        guard biases.allSatisfy({ $0 == biases.first }) else {
          throw CommandError(
            "one bias a layer needs equal biases; those of layer \(layer) differ",
            at: arguments.words.last?.columns,
            advice: "set them alike first")
        }
      }
    }
    let loses = mode == .none && network.biases.contains { $0 != 0 }
    if mode == .none { network.biases = network.biases.map { _ in 0 } }
    network.biasMode = mode
    state.network = network
    let moved = (mode == .none) != wasNone && state.rewind(to: .forward(1))
    record("bias \(mode.rawValue)")
    let words: String
    switch mode {
    case .perNeuron: words = "one bias a neuron, trained"
    case .shared: words = "one bias a layer, trained"
    case .frozen: words = "biases are used and never trained"
    case .none: words = loses ? "no biases; their values are gone (undo returns)" : "no biases"
    }
    var lines = [Line(words)]
    if mode != .none, document.absences["bias"] != nil {
      lines.append(Line("\(document.id) has no bias: it is shown as \(Equation.beyond)"))
    }
    if moved { lines += wentBack("the values belonged to the network before") }
    return lines
  }

  mutating func setReduction(_ reduction: Reduction) -> [Line] {
    state.reduction = reduction
    if reduction != .perExample, let last = state.network?.shape.last,
      let first = state.passes.map(\.progress).min(by: { $0.isBefore($1, last: last) })
    {
      for index in state.passes.indices { state.passes[index].progress = first }
    }
    let moved = rewindStaleErrors()
    recordIfStarted("reduction \(reduction.rawValue)")
    switch reduction {
    case .perExample: return ["one example at a time; train takes each in turn"] + moved
    case .sum: return ["the cost is the sum over the examples; a step acts on all"] + moved
    case .mean: return ["the cost is the mean over the examples; a step acts on all"] + moved
    }
  }
}
