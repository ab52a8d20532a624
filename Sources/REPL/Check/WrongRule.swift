import Backprop
import IndexNotation
import LectureNotes

// Which rule looks wrong, where the engine and the definition disagree.

extension Session {
  /// The first quantity on the way back that is wrong.
  private struct Finding {
    var place: Misconception.Place
    var layer: Int
    var words: String
  }

  func diagnosis(_ setting: CheckSetting) -> [Line] {
    let finding =
      wrongError(setting) ?? wrongExampleGradient(setting)
      ?? Finding(
        place: .reduction, layer: setting.network.shape.last,
        words:
          "each example's own gradient agrees; their \(setting.state.reduction.rawValue) does not")
    let label = label(of: target(finding), setting.state)
    var words = "look at \(role(finding.place))"
    if let label { words += ", \(label)" }
    return warningLines(["\(words): \(finding.words)"] + likeness(finding.place, setting.state))
  }

  private func warningLines(_ texts: [String]) -> [Line] {
    lines(texts).map { Line($0.text, .warning) }
  }

  private func role(_ place: Misconception.Place) -> String {
    switch place {
    case .outputError: return "the error of the output layer"
    case .hiddenError: return "the error of a hidden layer"
    case .weightGradient: return "the derivative by a weight"
    case .biasGradient: return "the derivative by a bias"
    case .reduction: return "how the examples are put together"
    case .update: return "the update"
    }
  }

  private func target(_ finding: Finding) -> Target {
    switch finding.place {
    case .outputError, .hiddenError: return Target(kind: .error, layer: finding.layer)
    case .weightGradient: return Target(kind: .weightGradient, layer: finding.layer)
    case .biasGradient: return Target(kind: .biasGradient, layer: finding.layer)
    case .reduction: return Target(kind: .batchGradient, layer: finding.layer)
    case .update: return Target(kind: .biasUpdate, layer: finding.layer)
    }
  }

  /// δ from the output back: the layer nearest the output that is wrong.
  private func wrongError(_ setting: CheckSetting) -> Finding? {
    let shape = setting.network.shape
    for layer in (1...shape.last).reversed() {
      for (place, example) in setting.examples.enumerated() {
        for neuron in 1...shape.sizes[layer] {
          let delta = setting.state.passes[example - 1].pass.delta[shape.neuron(layer, neuron)]
          let compared = setting.check.compared(
            .weightedInput(layer: layer, neuron: neuron), example: place + 1, analytic: delta)
          guard !compared.agrees else { continue }
          let above =
            layer == shape.last
            ? "z, a and the cost agree" : "z, a and the errors of layer \(layer + 1) agree"
          return Finding(
            place: layer == shape.last ? .outputError : .hiddenError, layer: layer,
            words: difference(
              .error(layer: layer, neuron: neuron), delta, compared.dual, example, above))
        }
      }
    }
    return nil
  }

  private func difference(
    _ quantity: Quantity, _ engine: Double, _ dual: Double, _ example: Int, _ rest: String
  ) -> String {
    let at = state.examples.count > 1 ? " of example \(example)" : ""
    return "\(symbolText(quantity))\(at) is \(text(engine)), by duals \(text(dual)); \(rest)"
  }

  private func wrongExampleGradient(_ setting: CheckSetting) -> Finding? {
    let shape = setting.network.shape
    for (place, example) in setting.examples.enumerated() {
      let gradient = setting.state.exampleGradient(example)
      for seed in setting.state.trainedParameters {
        let analytic = gradient.value(seed, shape)
        let compared = setting.check.compared(seed, example: place + 1, analytic: analytic)
        guard !compared.agrees else { continue }
        let symbol = derivativeText(seed.quantity) ?? symbolText(seed.quantity)
        let at = state.examples.count > 1 ? " of example \(example)" : ""
        let words =
          "\(symbol)\(at) is \(text(analytic)), by duals \(text(compared.dual)); every error agrees"
        if case .weight(let layer, _, _) = seed {
          return Finding(place: .weightGradient, layer: layer, words: words)
        }
        return Finding(place: .biasGradient, layer: seed.quantity.layer ?? 1, words: words)
      }
    }
    return nil
  }

  /// The misconceptions that give the engine's numbers on this network.
  private func likeness(_ place: Misconception.Place, _ completed: State) -> [String] {
    guard let engine = try? completed.outcome(under: completed.bug?.misconception) else {
      return []
    }
    let alike = Misconception.allCases.filter { misconception in
      guard misconception.places.contains(place),
        let outcome = try? completed.outcome(under: misconception)
      else { return false }
      return Session.areAlike(engine.gradient, outcome.gradient)
        && engine.network.map { [$0.weights, $0.biases] }
          == outcome.network.map { [$0.weights, $0.biases] }
    }
    return alike.map { "these are the numbers of \($0.code): \($0.rule)" }
  }

  private static func areAlike(_ left: Gradient, _ right: Gradient) -> Bool {
    zip(left.weights + left.biases, right.weights + right.biases).allSatisfy {
      GradientCheck.relativeError($0, $1) <= 1e-9
    }
  }

  // MARK: the update

  /// The gradient is right: does the step follow it?
  func updateDiagnosis(_ setting: CheckSetting, _ entries: [GradientCheck.Entry]) -> [Line] {
    let before = setting.network
    var updated = setting.state
    guard (try? updated.advance(byNeuron: false)) != nil, let after = updated.network else {
      return []
    }
    let step = -setting.state.direction.signed(setting.state.rate)
    for entry in entries {
      guard let derivative = trainedDerivative(entry, setting) else { continue }
      let (old, new) = (before[entry.seed], after[entry.seed])
      let wanted = old + step * derivative
      let allowed = 1e-7 * abs(step * derivative) + 4 * max(abs(old), abs(wanted)).ulp
      guard abs(new - wanted) > allowed, !entry.isAtKink else { continue }
      let target = Target(
        kind: isBias(entry.seed) ? .biasUpdate : .weightUpdate, layer: 1)
      let label = label(of: target, setting.state).map { ", \($0)" } ?? ""
      return warningLines(
        [
          "look at the update\(label): the gradient is right, but \(symbolText(entry.seed.quantity)) goes from \(text(old)) to \(text(new)), by the rule to \(text(wanted))"
        ] + likeness(.update, setting.state))
    }
    return []
  }

  private func isBias(_ seed: Seed) -> Bool {
    if case .bias = seed { return true }
    return false
  }

  /// What the update of a parameter follows: the engine's derivative, which agrees with the
  /// definition, or the sum of those of a layer that has one bias; nil where it is not trained.
  private func trainedDerivative(
    _ entry: GradientCheck.Entry, _ setting: CheckSetting
  ) -> Double? {
    guard case .bias(let layer, _) = entry.seed else { return entry.analytic }
    switch setting.network.biasMode {
    case .perNeuron: return entry.analytic
    case .shared:
      return setting.gradient.biases[setting.network.shape.biases(layer)].reduce(0, +)
    case .frozen, .none: return nil
    }
  }

  /// The label of the relation of the notes for a target; nil where they have none.
  func label(of target: Target, _ state: State) -> String? {
    guard let facts = state.facts, let citation = document.citation(of: target, facts: facts),
      !document.equations[citation.main].isBeyondTheNotes
    else { return nil }
    return Labels.short(citation, document)
  }
}
