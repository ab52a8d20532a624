import Backprop
import IndexNotation
import LectureNotes

// Quantities as typed that a number can be given to.

extension Session {
  /// What a typed symbol or ∂C/∂symbol names: the weight, or all of a matrix.
  func typedQuantities(
    _ source: String, offset: Int
  ) throws(CommandError) -> [(quantity: Quantity, example: Int?)] {
    let expression = try parsed(offset: offset) { () throws(SyntaxError) in
      try Parser.expression(source, vocabulary: document.vocabulary, offset: offset)
    }
    let columns = Columns(offset, offset + source.trimmed.count)
    let reading = try networkReading(at: columns)
    let reference: Reference
    switch expression {
    case .reference(let symbol): reference = symbol
    case .partial(_, let bottom): reference = bottom
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient,
      .norm, .matrix, .group, .derivative, .cases, .index:
      throw CommandError(
        "'\(Shown.text(source.trimmed))' is no quantity", at: columns,
        advice: "as in: \(exampleParameter)")
    }
    do throws(EvaluationError) {
      switch try reading.resolve(reference, IndexValues()) {
      case .element(let quantity, let example): return [(quantity, example)]
      case .array(let array):
        return zip(array.elements, array.examples).map { ($0, $1) }
      }
    } catch {
      throw CommandError(error.message, at: reference.columns(of: error), advice: error.advice)
    }
  }

  /// A weight of this network as it is typed.
  var exampleParameter: String {
    guard let reading = try? reading(), let last = state.network?.shape.last,
      let reference = reading.reference(for: .weight(layer: last, to: 1, from: 1))
    else { return "w[1][1,1]" }
    return Typing.text(reference, in: document)
  }

  /// The symbol of a quantity in the notes in use.
  func symbolText(_ quantity: Quantity) -> String {
    if let reference = (try? reading())?.reference(for: quantity) { return text(reference) }
    // Notes without δ write the derivative.
    if case .error(let layer, let neuron) = quantity,
      let derivative = derivativeText(.weightedInput(layer: layer, neuron: neuron))
    {
      return derivative
    }
    return document.symbolName(of: quantity.kind)
  }
}

extension Quantity {
  /// The seed of a derivative by a weight or a bias; nil for everything else.
  var parameter: Seed? {
    switch self {
    case .weight(let layer, let to, let from): return .weight(layer: layer, to: to, from: from)
    case .bias(let layer, let neuron): return .bias(layer: layer, neuron: neuron)
    case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
      .learningRate, .gradient, .change, .constant:
      return nil
    }
  }
}

extension Seed {
  var quantity: Quantity {
    switch self {
    case .weight(let layer, let to, let from): return .weight(layer: layer, to: to, from: from)
    case .bias(let layer, let neuron): return .bias(layer: layer, neuron: neuron)
    case .weightedInput(let layer, let neuron): return .weightedInput(layer: layer, neuron: neuron)
    case .activation(let layer, let neuron): return .activation(layer: layer, neuron: neuron)
    }
  }
}
