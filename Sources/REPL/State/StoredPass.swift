import Backprop
import IndexNotation
import LectureNotes

/// The numbers of the pass being stepped; a value that has not been computed is an error that says
/// when it comes.
package final class StoredPass: QuantitySource {
  package let state: State
  package let network: Network
  package let facts: NetworkFacts
  package let digits: Int
  package let minus: Character
  private lazy var padding = Padding(state)
  /// Under a bug, by example.
  private var misledGradients: [Int: Gradient] = [:]
  private lazy var misledReduced = state.reducedGradient
  private lazy var definitions = Definitions(state, network, facts)

  package init?(_ state: State, digits: Int, ascii: Bool, facts: NetworkFacts? = nil) {
    guard let network = state.network, let facts = facts ?? state.facts else { return nil }
    self.state = state
    self.network = network
    self.facts = facts
    self.digits = digits
    minus = ascii ? "-" : "−"
  }

  package var exampleCount: Int { state.examples.count }
  package var example: Int { state.example }

  private func progress(_ example: Int) throws(EvaluationError) -> Progress {
    guard example >= 1, example <= state.passes.count else {
      throw .fact("there is no example yet", advice: "type: \(network.shape.dataExample)")
    }
    return state.passes.withUnsafeBufferPointer { $0[example - 1].progress }
  }

  /// A number of a pass, without a copy of the pass.
  private func number(_ example: Int, _ number: (borrowing Pass) -> Double) -> Double {
    state.passes.withUnsafeBufferPointer { number($0[example - 1].pass) }
  }

  private func unknown(_ words: String, _ advice: String) -> EvaluationError {
    .notKnown("is not known yet: it comes in \(words)", advice: advice)
  }

  package func value(of quantity: Quantity, example: Int) throws(EvaluationError) -> Double {
    let shape = network.shape
    switch quantity {
    case .constant(let number): return number
    case .learningRate: return state.rate
    case .weight(let layer, let to, let from):
      return network.weights[shape.weight(layer, to, from)]
    case .bias(let layer, let neuron): return network.biases[shape.bias(layer, neuron)]
    case .target(let neuron):
      _ = try progress(example)
      return state.examples[example - 1].target[neuron - 1]
    case .activation(0, let neuron):
      _ = try progress(example)
      return number(example) { $0.a[shape.neuron(0, neuron)] }
    case .weightedInput(let layer, let neuron):
      let progress = try progress(example)
      guard progress.knowsWeightedInput(layer: layer, neuron: neuron) else {
        throw unknown("forward \(layer)", "type: until \(after(.forward(layer))), or: run")
      }
      return number(example) { $0.z[shape.neuron(layer, neuron)] }
    case .activation(let layer, let neuron):
      let progress = try progress(example)
      let needed = network.activation(of: layer).isElementwise ? neuron : shape.sizes[layer]
      guard progress.knowsWeightedInput(layer: layer, neuron: needed) else {
        throw unknown("forward \(layer)", "type: until \(after(.forward(layer))), or: run")
      }
      return number(example) { $0.a[shape.neuron(layer, neuron)] }
    case .error(let layer, let neuron):
      let progress = try progress(example)
      guard progress.knowsError(layer: layer, neuron: neuron) else {
        throw unknown(
          "backward \(layer), after the cost", "type: until \(after(.backward(layer))), or: run")
      }
      return number(example) { $0.delta[shape.neuron(layer, neuron)] }
    case .cost:
      let progress = try progress(example)
      guard progress.knowsCost else {
        throw unknown("cost, after forward \(shape.last)", "type: until backward \(shape.last)")
      }
      return number(example) { $0.cost }
    case .outputCost(let output):
      let progress = try progress(example)
      guard progress.knowsCost else {
        throw unknown("cost, after forward \(shape.last)", "type: until backward \(shape.last)")
      }
      return number(example) { $0.costTerms[output - 1] }
    case .totalCost: return try totalCost()
    case .gradient(let layer, let to, let from):
      return try gradient(
        by: from == 0
          ? .bias(layer: layer, neuron: to) : .weight(layer: layer, to: to, from: from),
        example: example)
    case .change(let layer, let to, let from):
      return try change(layer: layer, to: to, from: from)
    }
  }

  private func after(_ stage: Stage) -> String {
    stage.following(last: network.shape.last)?.words ?? "update"
  }

  private func totalCost() throws(EvaluationError) -> Double {
    switch state.reduction {
    case .perExample: return try value(of: .cost, example: state.example)
    case .sum, .mean:
      var sum = 0.0
      for example in 1...max(1, exampleCount) { sum += try value(of: .cost, example: example) }
      return state.reduction == .mean ? sum / Double(max(1, exampleCount)) : sum
    }
  }

  package func value(of derivative: Derivative, example: Int) throws(EvaluationError) -> Double {
    switch derivative {
    case .cost(let quantity): return try gradient(by: quantity, example: example)
    case .total(let quantity):
      if let misled = try misledTotal(by: quantity) { return misled }
      switch state.reduction {
      case .perExample: return try gradient(by: quantity, example: state.example)
      case .sum, .mean:
        var sum = 0.0
        for example in 1...max(1, exampleCount) {
          sum += try gradient(by: quantity, example: example)
        }
        return state.reduction == .mean ? sum / Double(max(1, exampleCount)) : sum
      }
    case .output(let output, let quantity):
      return try outputGradient(output, by: quantity, example: example)
    case .value(let top, let bottom):
      // Not kept by any pass: by dual numbers, once the pass has come to both.
      _ = try value(of: top, example: example)
      _ = try value(of: bottom, example: example)
      return try definitions.value(of: derivative, example: example)
    }
  }

  private func gradient(by quantity: Quantity, example: Int) throws(EvaluationError) -> Double {
    switch quantity {
    case .weight(let layer, let to, let from):
      let δ = try value(of: .error(layer: layer, neuron: to), example: example)
      let a = try value(of: .activation(layer: layer - 1, neuron: from), example: example)
      return misled(example)?.weights[network.shape.weight(layer, to, from)] ?? a * δ
    case .bias(let layer, let neuron):
      let δ = try value(of: .error(layer: layer, neuron: neuron), example: example)
      return misled(example)?.biases[network.shape.bias(layer, neuron)] ?? δ
    case .weightedInput(let layer, let neuron), .error(let layer, let neuron):
      return try value(of: .error(layer: layer, neuron: neuron), example: example)
    case .activation(let layer, let neuron):
      if layer == network.shape.last {
        _ = try value(of: .cost, example: example)
        return network.costGradient(
          state.cost, target: state.examples[example - 1].target,
          pass: state.passes[example - 1].pass, output: neuron)
      }
      var sum = 0.0
      let carrier = state.errorNetwork(above: layer) ?? network
      for k in 1...network.shape.sizes[layer + 1] {
        let w = carrier.weights[network.shape.weight(layer + 1, k, neuron)]
        sum += try w * value(of: .error(layer: layer + 1, neuron: k), example: example)
      }
      return sum
    case .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change, .constant:
      throw .fact("the cost is not differentiated by this", advice: nil)
    }
  }

  // MARK: an engine with a wrong rule

  /// The gradient of an example where the engine follows a misconception; nil where it is sound.
  private func misled(_ example: Int) -> Gradient? {
    guard state.bug != nil else { return nil }
    if let known = misledGradients[example] { return known }
    let gradient = state.exampleGradient(example)
    misledGradients[example] = gradient
    return gradient
  }

  /// The reduced derivative by a parameter where the engine follows a misconception.
  private func misledTotal(by quantity: Quantity) throws(EvaluationError) -> Double? {
    guard state.bug != nil else { return nil }
    let layer: Int
    let neuron: Int
    switch quantity {
    case .weight(let to, let number, _): (layer, neuron) = (to, number)
    case .bias(let to, let number): (layer, neuron) = (to, number)
    case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
      .learningRate, .gradient, .change, .constant:
      return nil
    }
    let stepped = state.steppedExamples
    // Without examples this says so.
    for example in stepped.isEmpty ? 1..<2 : stepped {
      _ = try value(of: .error(layer: layer, neuron: neuron), example: example)
    }
    if case .weight(_, _, let from) = quantity {
      return misledReduced.weights[network.shape.weight(layer, neuron, from)]
    }
    return misledReduced.biases[network.shape.bias(layer, neuron)]
  }

  private func outputGradient(
    _ output: Int, by quantity: Quantity, example: Int
  ) throws(EvaluationError) -> Double {
    let shape = network.shape
    switch quantity {
    case .weightedInput(let layer, let neuron), .error(let layer, let neuron):
      _ = try value(of: .error(layer: layer, neuron: neuron), example: example)
      return outputDeltas(example, layer)[output - 1][shape.neuron(layer, neuron)]
    case .bias(let layer, let neuron), .weight(let layer, let neuron, _):
      _ = try value(of: .error(layer: layer, neuron: neuron), example: example)
      guard let seed = quantity.parameter else { return 0 }
      let delta = outputDeltas(example, layer)[output - 1]
      return state.exampleGradient(example, delta: delta).value(seed, shape)
    case .activation(let layer, let neuron):
      guard layer == shape.last else {
        throw .fact("only ∂c/∂a of the output layer is known", advice: nil)
      }
      guard neuron == output else { return 0 }
      return try gradient(by: quantity, example: example)
    case .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change, .constant:
      throw .fact("the cost is not differentiated by this", advice: nil)
    }
  }

  private func outputDeltas(_ example: Int, _ layer: Int) -> [[Double]] {
    state.outputDeltas(example, downTo: layer)
  }

  // MARK: numerals

  package func numeral(_ value: Double) -> Numeral {
    Numeral(
      magnitude: NumberText.significant(abs(value), digits: digits, minus: minus),
      isNegative: value < 0)
  }

  package func numeral(
    of quantity: Quantity, example: Int
  ) throws(EvaluationError) -> Numeral {
    let value = try value(of: quantity, example: example)
    switch quantity {
    case .weight(let layer, _, _): return typed(value, padding.weights[layer - 1])
    case .bias(let layer, _): return typed(value, padding.biases[layer - 1])
    case .activation(0, _): return typed(value, padding.inputs)
    case .target: return typed(value, padding.targets)
    case .learningRate, .constant: return typed(value, 0)
    case .weightedInput, .activation, .error, .cost, .outputCost, .totalCost, .gradient, .change:
      return numeral(value)
    }
  }

  private func typed(_ value: Double, _ decimals: Int) -> Numeral {
    Numeral(
      magnitude: Padding.text(abs(value), decimals: decimals, digits: digits, minus: minus),
      isNegative: value < 0)
  }
}
