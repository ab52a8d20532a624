import Backprop
import IndexNotation

// Derivatives of the cost, and of anything else by anything else.

extension Reading {
  package func partial(
    of top: Reference, by bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    guard case .element(let wanted, let topExample) = try resolve(top, indices) else {
      throw .fact("a derivative is taken of one number", advice: nil)
    }
    guard var (cost, costExample) = costOf(wanted, topExample) else {
      return try inner(wanted, topExample, bottom, indices)
    }
    if case .all = cost, bottom.example != nil {
      // ∂C/∂w @2 is that of example 2 alone.
      cost = .one
      costExample = try integer(bottom.example ?? .integer(source.example), indices)
    }
    switch try resolve(gradientTarget(bottom), indices) {
    case .element(let quantity, let example):
      return .scalar(
        try derivative(cost, by: quantity, example: costExample ?? example ?? source.example))
    case .array(let array):
      var entries: [Double] = []
      for (quantity, example) in zip(array.elements, array.examples) {
        entries.append(
          try derivative(cost, by: quantity, example: costExample ?? example ?? source.example))
      }
      return .matrix(Matrix(rows: array.rows, columns: array.columns, entries: entries))
    }
  }

  /// A derivative inside the network, as ∂z_k/∂z_j; a matrix by a vector of quantities.
  private func inner(
    _ top: Quantity, _ example: Int?, _ bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    switch try resolve(bottom, indices) {
    case .element(let quantity, let other):
      return .scalar(
        try source.value(
          of: .value(top, by: quantity), example: example ?? other ?? source.example))
    case .array(let array):
      var entries: [Double] = []
      for (quantity, other) in zip(array.elements, array.examples) {
        entries.append(
          try source.value(
            of: .value(top, by: quantity), example: example ?? other ?? source.example))
      }
      return .matrix(Matrix(rows: array.rows, columns: array.columns, entries: entries))
    }
  }

  package func derivative(
    of top: Reference, _ indices: IndexValues, by bottom: Reference, _ outside: IndexValues
  ) throws(EvaluationError) -> Double {
    if try constantValue(top, indices) != nil { return 0 }
    guard case .element(let wanted, let example) = try resolve(top, indices),
      case .element(let quantity, let other) = try resolve(bottom, outside)
    else { throw .fact("this is a matrix, not one number", advice: nil) }
    if let (cost, costExample) = costOf(wanted, example) {
      return try derivative(
        cost, by: quantity, example: costExample ?? other ?? source.example)
    }
    return try source.value(
      of: .value(wanted, by: quantity), example: example ?? other ?? source.example)
  }

  /// `∇_a` leaves the layer out: it is the last.
  func gradientTarget(_ bottom: Reference) -> Reference {
    guard bottom.lower.isEmpty, bottom.upper.isEmpty, bottom.layer == nil,
      document.vocabulary.symbols[bottom.name]?.contains(where: { $0.hasLayer }) == true
    else { return bottom }
    var bottom = bottom
    bottom.number = SymbolNumber()
    bottom.upper = [.integer(shape.last)]
    return bottom
  }

  enum CostLevel { case one, all, output(Int) }

  /// Whose cost a quantity is, if it is one.
  func costOf(_ quantity: Quantity, _ example: Int?) -> (CostLevel, Int?)? {
    switch quantity {
    case .cost: return (.one, example)
    case .totalCost: return (level == .batch && example == nil ? .all : .one, example)
    case .outputCost(let output): return (.output(output), example)
    case .weightedInput, .activation, .error, .weight, .bias, .target, .learningRate, .gradient,
      .change, .constant:
      return nil
    }
  }

  func derivative(
    _ cost: CostLevel, by quantity: Quantity, example: Int
  ) throws(EvaluationError) -> Double {
    switch cost {
    case .one: return try source.value(of: .cost(by: quantity), example: example)
    case .output(let output):
      return try source.value(of: .output(output, by: quantity), example: example)
    case .all:
      switch quantity.kind {
      case .weight, .bias: return try source.value(of: .total(by: quantity), example: example)
      case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
        .learningRate, .gradient, .change, .constant:
        return try source.value(of: .cost(by: quantity), example: example)
      }
    }
  }
}
