import Backprop
import IndexNotation
import LectureNotes

/// Looks for the misconception under which a quantity has the value that was given for it, on this
/// very network.
struct MistakeSearch {
  let session: Session
  let expression: IndexNotation.Expression
  /// What the expression names; nil if it is no single quantity.
  let named: NamedQuantity?
  let given: GivenValue
  /// The pass run to its gradients under the sound rules, and the right value.
  let sound: State
  let right: Double

  init?(_ session: Session, _ expression: IndexNotation.Expression, _ given: GivenValue) {
    // Each misconception costs two passes or three.
    guard let weights = session.state.network?.weights.count, !session.state.examples.isEmpty,
      weights * session.state.examples.count <= MistakeSearch.workLimit,
      let sound = try? session.state.sound().completed(),
      let reading = try? session.reading(of: sound),
      let right = try? Evaluator(reading).number(expression), !given.isValue(right)
    else { return nil }
    (self.session, self.expression, self.given) = (session, expression, given)
    (self.sound, self.right) = (sound, right)
    named = reading.named(expression)
  }

  private static let workLimit = 1_000_000

  /// A bias that the update leaves as it is shows after an update alone, and is nearer then than one
  /// whose derivative is taken for 0.
  private static let order =
    [.biasNotTrained] + Misconception.allCases.filter { $0 != .biasNotTrained }

  func mistake() -> Mistake? {
    if let found = slipBeforeRules() { return found }
    for misconception in MistakeSearch.order {
      // A slope that is 0 for another reason is no sign of a wrong one.
      if misconception == .exponentialRule, given.value == 0 { continue }
      guard let value = value(under: misconception), given.isValue(value) else { continue }
      return Mistake(code(misconception), words(misconception))
    }
    if given.isValue(-right) {
      return Mistake("M12", "is the right number with its sign turned round")
    }
    return slip()
  }

  // MARK: under a misconception

  /// The asked value where every pass, or the last update, followed a misconception.
  private func value(under misconception: Misconception) -> Double? {
    guard let misled = try? sound.restarted(under: misconception).completed(),
      let value = value(in: misled)
    else { return nil }
    guard value == right, let before = session.stateBeforeUpdate,
      // A bug may have led to the present weights.
      let sound = updated(before, under: nil), self.value(in: sound) == right,
      let misled = updated(before, under: misconception)
    else { return value }
    return self.value(in: misled)
  }

  /// A state updated under a misconception or none, and run to its gradients by the sound rules.
  private func updated(_ before: State, under misconception: Misconception?) -> State? {
    guard var state = try? before.restarted(under: misconception).completed(),
      (try? state.advance(byNeuron: false)) != nil
    else { return nil }
    return try? state.sound().completed()
  }

  func value(in state: State) -> Double? {
    guard let reading = try? session.reading(of: state) else { return nil }
    return try? Evaluator(reading).number(expression)
  }

  /// M11 has the value of M3 where the slope is nearly 0.
  private func code(_ misconception: Misconception) -> String {
    misconception == .outputSlopeMissing && isSaturated ? "M11" : misconception.code
  }

  private var isSaturated: Bool {
    guard let network = sound.network,
      case .error(network.shape.last, let neuron)? = named?.quantity
    else { return false }
    let place = network.shape.neuron(network.shape.last, neuron)
    let pass = sound.passes[(named?.example ?? sound.example) - 1].pass
    let gradient = network.costGradient(
      sound.cost, target: sound.examples[(named?.example ?? sound.example) - 1].target, pass: pass,
      output: neuron)
    return gradient != 0 && abs(pass.delta[place] / gradient) < 0.01
  }

  // MARK: in words

  private func words(_ misconception: Misconception) -> String {
    switch misconception {
    case .biasAsFactor:
      return "comes of the bias as a factor; it is a term, and counts also where it is 0"
    case .staleWeights:
      return "is the value with the already updated weights; errors take those of the forward pass"
    case .outputSlopeMissing where isSaturated:
      return
        "is the miss itself; the neuron is saturated, and its slope leaves next to nothing of it"
    case .outputSlopeMissing:
      guard isOutputError else { return "comes of an output error without its slope" }
      return "is \(costGradient) alone; one factor is missing, the slope"
    case .maskForgotten: return "lets the error through a ReLU that is off; its slope there is 0"
    case .maskOverwrites: return "has the slope of the ReLU in place of what comes from above"
    case .biasNotTrained: return "leaves the biases as they were; the update moves them too"
    case .biasShared: return "is the sum over the layer; each neuron has a bias of its own"
    case .squareRule: return "takes 2(a − y)·a for the derivative of (y − a)²; it is 2(a − y)"
    case .weightsTransposed: return transposed
    case .exponentialRule: return "has a slope worked out with d eˣ/dx = x; it is eˣ"
    case .lastExampleOnly: return "is the last example's alone; the gradients of all are added"
    case .averagedTwice: return "is divided by the number of examples twice"
    case .wrongSign: return "is the right number with its sign turned round"
    case .indicesSwapped: return swapped
    }
  }

  private var isOutputError: Bool {
    guard case .error(let layer, _)? = named?.quantity else { return false }
    return layer == sound.network?.shape.last
  }

  private var costGradient: String {
    guard case .error(let layer, let neuron)? = named?.quantity else { return "∂C/∂a" }
    return session.derivativeText(.activation(layer: layer, neuron: neuron)) ?? "∂C/∂a"
  }

  /// `takes w₁₂² where w₂₁² belongs: the sum runs over layer 2`.
  private var transposed: String {
    guard let shape = sound.network?.shape, case .error(let layer, let neuron)? = named?.quantity,
      layer < shape.last, let other = (1...shape.sizes[layer]).first(where: { $0 != neuron })
    else { return "reads W the other way: its rows for its columns" }
    return takes(
      .weight(layer: layer + 1, to: neuron, from: other),
      for: .weight(layer: layer + 1, to: other, from: neuron),
      "the sum runs over layer \(layer + 1)")
  }

  func takes(_ wrong: Quantity, for right: Quantity, _ why: String) -> String {
    "takes \(session.symbolText(wrong)) where \(session.symbolText(right)) belongs: \(why)"
  }

  private var swapped: String {
    guard case .weight(let layer, let to, let from)? = named?.quantity,
      let other = session.derivativeText(.weight(layer: layer, to: from, from: to))
    else { return "has the two indices of ∂C/∂w swapped" }
    return "is \(other): the indices are swapped"
  }
}

extension Session {
  /// What a wrong value of an expression is on this network; nil if it is nothing known, or right.
  package func mistake(
    in given: GivenValue, for expression: IndexNotation.Expression
  ) -> Mistake? {
    MistakeSearch(self, expression, given)?.mistake()
  }

  /// The state before the update that led to the present weights; nil if an edit did.
  fileprivate var stateBeforeUpdate: State? {
    var index = timeline.current
    while index >= 0, let step = timeline.step(at: index) {
      if step.computation.stage == .update { return step.before }
      index -= 1
    }
    return nil
  }
}

extension State {
  /// This state without a bug.
  fileprivate func sound() -> State { bug == nil ? self : restarted(under: nil) }
}
