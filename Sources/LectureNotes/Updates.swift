import IndexNotation

// What `w ← w − η ∂C/∂w` leads to.

extension Reading {
  /// What an update makes of a parameter, or of a vector or matrix of them.
  func updated(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    switch try resolve(reference, indices) {
    case .element(let quantity, let example): return .scalar(try updated(quantity, example))
    case .array(let array):
      var entries: [Double] = []
      for (quantity, example) in zip(array.elements, array.examples) {
        entries.append(try updated(quantity, example))
      }
      return .matrix(Matrix(rows: array.rows, columns: array.columns, entries: entries))
    }
  }

  private func updated(_ quantity: Quantity, _ example: Int?) throws(EvaluationError) -> Double {
    let before = try value(of: quantity, example)
    switch quantity {
    case .weight(let layer, let to, let from):
      return before + (try source.change(layer: layer, to: to, from: from))
    case .bias(let layer, let neuron):
      return before + (try source.change(layer: layer, to: neuron, from: 0))
    case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
      .learningRate, .gradient, .change, .constant:
      return before
    }
  }
}
