import Backprop
import LectureNotes

// Diagnoses in words, told where they start.

extension Session {
  /// What has come to be the matter by the stages computed.
  mutating func diagnoses(after stages: [Stage]) -> [Line] {
    stages.flatMap { diagnoses(after: $0) }
  }

  mutating func diagnoses(after stage: Stage) -> [Line] {
    let found = state.diagnoses(after: stage)
    // By far the most steps.
    if found.isEmpty, diagnosed.isEmpty { return [] }
    let before = diagnosed.filter { $0.kind.stage == stage }
    diagnosed.subtract(before)
    diagnosed.formUnion(found)
    return told(found.filter { !before.contains($0) }, state)
  }

  /// More than these of a kind are counted.
  private static let toldLimit = 4

  func told(
    _ found: [Diagnosis], _ state: State, since: String = ""
  ) -> [Line] {
    let several = state.examples.count > 1
    let texts = found.prefix(Session.toldLimit).map { diagnosis in
      let at = several ? diagnosis.example.map { ", example \($0)" } ?? "" : ""
      return "\(diagnosis.kind.name)\(since)\(at): \(words(diagnosis, state))"
    }
    return texts.flatMap { lines([$0]) }.map { Line($0.text, .warning) }
      + more(found.count - Session.toldLimit)
  }

  private func words(_ diagnosis: Diagnosis, _ state: State) -> String {
    switch diagnosis.kind {
    case .saturated(let layer, let neuron):
      let symbol = symbolText(.weightedInput(layer: layer, neuron: neuron))
      guard let network = state.network, let example = diagnosis.example else { return symbol }
      let z = state.passes[example - 1].pass.z[network.shape.neuron(layer, neuron)]
      let slope = network.activation(of: layer).derivative(z)
      return
        "\(slopeLetter(layer))(\(symbol)) = \(size(slope)), below 0.001; hardly any error passes"
    case .dead(let layer, let neuron):
      let symbol = symbolText(.weightedInput(layer: layer, neuron: neuron))
      return "\(symbol) is positive for no example, so ReLU passes nothing on and no error back"
    case .vanishing(let layer):
      if state.errorRatio(layer) == 0 { return "the errors of layer \(layer) are all 0" }
      return
        "the errors of layer \(layer) are at most \(ratio(layer, state)) of those of the output"
    case .exploding(let layer):
      return
        "the errors of layer \(layer) are up to \(ratio(layer, state)) times those of the output"
    case .notFinite(let quantity):
      return origin(of: quantity, diagnosis.example ?? 1, state)
    }
  }

  private func ratio(_ layer: Int, _ state: State) -> String {
    state.errorRatio(layer).map { size($0) } ?? "?"
  }

  private func slopeLetter(_ layer: Int) -> String {
    guard let network = state.network else { return "f′" }
    switch network.activation(of: layer) {
    case .sigmoid: return plain("σ′")
    case .tanh: return plain("tanh′")
    case .identity, .relu, .leakyReLU, .softplus, .softmax: return plain("f′")
    }
  }

  // MARK: the operation that made it

  private func origin(of quantity: Quantity, _ example: Int, _ state: State) -> String {
    guard let network = state.network else { return "" }
    let pass = state.passes[example - 1].pass
    let shape = network.shape
    func first(_ symbol: String, _ value: Double, _ operation: String) -> String {
      "\(symbol) is \(text(value)): \(operation)"
    }
    let symbol = symbolText(quantity)
    switch quantity {
    case .weightedInput(let layer, let neuron):
      return first(
        symbol, pass.z[shape.neuron(layer, neuron)], sumOrigin(layer, neuron, network, pass))
    case .activation(let layer, let neuron):
      let place = shape.neuron(layer, neuron)
      return first(
        symbol, pass.a[place],
        "\(network.activation(of: layer).rawValue) of \(short(pass.z[place])) is beyond a double")
    case .outputCost(let output):
      let a = pass.a[shape.neuron(shape.last, output)]
      return first(
        "\(costSymbol) of output \(output)", pass.costTerms[output - 1],
        "the cost \(state.cost.rawValue) at output \(short(a)), target \(short(state.examples[example - 1].target[output - 1]))"
      )
    case .error(let layer, let neuron):
      return first(
        symbol, pass.delta[shape.neuron(layer, neuron)], errorOrigin(layer, neuron, network, pass))
    case .weight, .bias, .target, .cost, .totalCost, .learningRate, .gradient, .change, .constant:
      return symbol
    }
  }

  private func sumOrigin(_ layer: Int, _ neuron: Int, _ network: Network, _ pass: Pass) -> String {
    let shape = network.shape
    let bias = network.biasMode == .none ? 0 : network.biases[shape.bias(layer, neuron)]
    let terms = (1...shape.sizes[layer - 1]).map { k in
      (network.weights[shape.weight(layer, neuron, k)], pass.a[shape.neuron(layer - 1, k)])
    }
    return overflow(of: terms, from: bias) ?? "its sum is beyond a double"
  }

  private func errorOrigin(_ layer: Int, _ neuron: Int, _ network: Network, _ pass: Pass) -> String
  {
    let shape = network.shape
    guard layer < shape.last else { return "∂C/∂a times the slope is beyond a double" }
    let terms = (1...shape.sizes[layer + 1]).map { k in
      (network.weights[shape.weight(layer + 1, k, neuron)], pass.delta[shape.neuron(layer + 1, k)])
    }
    return overflow(of: terms, from: 0) ?? "its sum times the slope is beyond a double"
  }

  /// The first product or partial sum beyond a double.
  private func overflow(of terms: [(Double, Double)], from start: Double) -> String? {
    var sum = start
    for (left, right) in terms {
      let product = left * right
      guard product.isFinite else {
        return "the product \(short(left)) · \(short(right)) is beyond a double"
      }
      guard (sum + product).isFinite else {
        return "the sum \(short(sum)) + \(short(product)) is beyond a double"
      }
      sum += product
    }
    return nil
  }
}

extension Diagnosis.Kind {
  var name: String {
    switch self {
    case .saturated: return "saturated"
    case .dead: return "dead"
    case .vanishing: return "vanishing"
    case .exploding: return "exploding"
    case .notFinite: return "first value that is not finite"
    }
  }

  /// The computation it is found after.
  var stage: Stage {
    switch self {
    case .saturated(let layer, _), .dead(let layer, _): return .forward(layer)
    case .vanishing(let layer), .exploding(let layer): return .backward(layer)
    case .notFinite(let quantity):
      switch quantity {
      case .weightedInput(let layer, _), .activation(let layer, _): return .forward(layer)
      case .error(let layer, _): return .backward(layer)
      case .weight, .bias, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient,
        .change, .constant:
        return .cost
      }
    }
  }
}

// MARK: training

extension Session {
  /// What training has brought about, each with the step it is found at first.
  mutating func diagnoses(
    ofTraining before: Set<Diagnosis>, _ moments: ClosedRange<Int>
  ) -> [Line] {
    guard let completed = try? state.completed() else { return [] }
    var found = completed.diagnoses()
    // Only the first value that is not finite has an origin to tell.
    if let first = found.firstIndex(where: { $0.isNotFinite }) {
      found = found.enumerated().filter { !$1.isNotFinite || $0 == first }.map(\.element)
    }
    let new = found.filter { !before.contains($0) }
    diagnosed = Set(found)
    let dated = new.map { (diagnosis: $0, step: firstStep($0, moments)) }
      .sorted { ($0.step ?? .max) < ($1.step ?? .max) }
    return dated.prefix(Session.toldLimit).flatMap { diagnosis, step in
      told([diagnosis], completed, since: step.map { " since step \($0)" } ?? "")
    } + more(dated.count - Session.toldLimit)
  }

  /// Those that are counted only.
  private func more(_ count: Int) -> [Line] {
    count > 0 ? lines(["and \(count) more like this"]).map { Line($0.text, .warning) } : []
  }

  func diagnosesNow() -> Set<Diagnosis> {
    Set((try? state.completed())?.diagnoses() ?? [])
  }

  /// The step from which on every checkpoint has it.
  private func firstStep(_ diagnosis: Diagnosis, _ moments: ClosedRange<Int>) -> Int? {
    let work = (state.network?.weights.count ?? 0) * state.examples.count
    guard work < 100_000 else { return nil }
    var end = moments.upperBound
    while end > moments.lowerBound {
      let anchor = timeline.anchor(before: end - 1)
      guard anchor.index >= moments.lowerBound, has(diagnosis, anchor.state) else {
        return firstStep(diagnosis, max(anchor.index, moments.lowerBound - 1)..<end, moments)
      }
      if isInterrupted() { return nil }
      end = anchor.index
    }
    return 1
  }

  private func firstStep(
    _ diagnosis: Diagnosis, _ stretch: Range<Int>, _ moments: ClosedRange<Int>
  ) -> Int? {
    var replay = Replay(timeline, at: stretch.lowerBound)
    for moment in stretch.dropFirst() {
      replay.go(to: moment)
      if has(diagnosis, replay.state) { return moment - moments.lowerBound + 1 }
    }
    return stretch.upperBound - moments.lowerBound + 1
  }

  private func has(_ diagnosis: Diagnosis, _ state: State) -> Bool {
    (try? state.completed())?.diagnoses().contains(diagnosis) ?? false
  }
}
