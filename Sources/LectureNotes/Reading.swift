import Backprop
import Glibc
import IndexNotation

/// What a reading is of, and what of its facts is asked for at every symbol, in one place: a reading
/// is copied often.
private final class Ground<Source: QuantitySource> {
  let document: Document
  let source: Source
  let shape: Shape
  let activations: [Activation]
  let biasMode: BiasMode

  init(_ document: Document, _ source: Source) {
    self.document = document
    self.source = source
    let facts = source.facts
    shape = facts.shape
    activations = facts.activations
    biasMode = facts.biasMode
  }
}

/// A document read on a network: every symbol has a value, every index a range.
///
/// `level` says what a cost without example means: the one example's while stepping through it, all
/// examples' in what a person types.
package struct Reading<Source: QuantitySource>: NumeralScope {
  package enum Level: Sendable { case example, batch }

  private let ground: Ground<Source>
  package var level: Level
  /// Of the row that is read, if it was read before.
  package var recollection: Recollection?

  package init(_ document: Document, _ source: Source, level: Level) {
    self.level = level
    ground = Ground(document, source)
  }

  package var document: Document { ground.document }
  package var source: Source { ground.source }
  package var facts: NetworkFacts { source.facts }
  package var shape: Shape { ground.shape }
  var lastLayer: Int { ground.activations.count }
  var biasMode: BiasMode { ground.biasMode }

  func size(of layer: Int) -> Int { ground.shape.sizes[layer] }

  /// The activation of a layer of the network; nil for the inputs and beyond.
  package func activation(of layer: Int) -> Activation? {
    layer >= 1 && layer <= lastLayer ? ground.activations[layer - 1] : nil
  }

  /// gonzalez writes no layer on the network of his example: one hidden layer, one output.
  package var layerGoesWithoutSaying: Bool {
    shape.last == 2 && shape.sizes[2] == 1
  }

  // MARK: Scope

  package func value(
    of reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    // What is prepared is a symbol, and no symbol is a constant.
    if document.prepared(reference) == nil, let constant = try constantValue(reference, indices) {
      return .scalar(Double(constant))
    }
    switch try resolve(reference, indices) {
    case .element(let quantity, let example):
      return .scalar(try value(of: quantity, example))
    case .array(let array):
      var entries: [Double] = []
      for (quantity, example) in zip(array.elements, array.examples) {
        entries.append(try value(of: quantity, example))
      }
      return .matrix(Matrix(rows: array.rows, columns: array.columns, entries: entries))
    }
  }

  /// A cost without example is the batch's where the level says so.
  func value(of quantity: Quantity, _ example: Int?) throws(EvaluationError) -> Double {
    if case .totalCost = quantity, level == .example || example != nil {
      return try source.value(of: .cost, example: example ?? source.example)
    }
    return try source.value(of: quantity, example: example ?? source.example)
  }

  func constantValue(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Int? {
    guard document.vocabulary.constants.contains(reference.name),
      document.vocabulary.symbols[reference.name] == nil
    else { return nil }
    return try constant(
      IndexName(reference.name, lower: reference.lower.first, upper: reference.upper.first),
      indices)
  }

  package func constant(
    _ name: IndexName, _ indices: IndexValues
  ) throws(EvaluationError) -> Int? {
    guard let declared = document.constants.first(where: { $0.name == name.letter }) else {
      return nil
    }
    switch declared.meaning {
    case .last: return shape.last + declared.offset
    case .examples: return source.exampleCount + declared.offset
    case .size(let slot):
      var layer = slot.offset
      switch slot.base {
      case .last: layer += shape.last
      case .zero: break
      case .layer, .variable:
        if let script = name.upper ?? name.lower {
          layer += try integer(script, indices)
        } else if case .variable(let letter) = slot.base,
          let bound = indices.value(of: IndexKey(letter))
        {
          layer += bound.value
        } else {
          return nil
        }
      }
      guard layer >= 0, layer <= shape.last else {
        throw noLayer(layer)
      }
      return shape.sizes[layer] + declared.offset
    }
  }

  /// The layer of the engine, in the notes' own count.
  private func noLayer(_ layer: Int) -> EvaluationError {
    let origin = document.layerOrigin
    return .fact(
      "there is no layer \(layer + origin); the layers are \(origin) to \(shape.last + origin)",
      advice: nil)
  }

  package func layer(of index: IndexName, _ indices: IndexValues) -> Int? {
    if case .neuronOfLayer(let slot) = document.indices[index.letter],
      case .variable(let letter) = slot.base,
      let current = indices.value(of: IndexKey(letter))
    {
      return current.value + slot.offset - document.layerOrigin
    }
    if index.lower != nil, let key = try? key(of: index, indices) {
      return key.lower.map { $0 - document.layerOrigin }
    }
    return nil
  }

  /// What an index without printed limits runs over.
  func counted(
    _ index: IndexName, _ body: Expression, _ indices: IndexValues
  ) throws(EvaluationError) -> [IndexValue] {
    if document.indices[index.letter] == .example {
      return (1...max(1, source.exampleCount)).map { IndexValue($0) }
    }
    if let layer = layer(of: index, indices) {
      guard layer >= 0, layer <= shape.last else {
        throw noLayer(layer)
      }
      return (1...shape.sizes[layer]).map { IndexValue($0, layer: layer) }
    }
    var found: [IndexValue]?
    for reference in body.references {
      guard let here = try neuronValues(of: index, at: reference, indices) else { continue }
      guard let known = found else {
        found = here
        continue
      }
      // Most symbols of a body count the same neurons.
      if let first = here.first?.value, let last = here.last?.value, here.count == last - first + 1,
        known.first?.value == first, known.last?.value == last, known.count == here.count
      {
        continue
      }
      let values = Set(here.map(\.value))
      found = known.filter { values.contains($0.value) }
    }
    guard let found else {
      for reference in body.references { try checkLayer(of: index, at: reference, indices) }
      throw .fact("nothing says what \(index.letter) runs over", advice: nil)
    }
    return found
  }

  package func apply(
    _ function: String, primes: Int, to argument: Expression, value: Value, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    guard primes <= 1 else {
      throw .fact("only the first derivative \(function)′ is known", advice: nil)
    }
    let (activation, layer) = try activation(function, argument, indices)
    guard activation.isElementwise else {
      guard primes == 0 else {
        throw .fact(
          "\(activation.rawValue)\(layer.map { " at \($0)" } ?? "") is not elementwise; it has a Jacobian, no \(function)′",
          advice: nil)
      }
      return try softmax(argument, value, layer, indices)
    }
    let apply = primes == 1 ? activation.derivative : activation.value
    switch value {
    case .scalar(let number): return .scalar(apply(number))
    case .matrix(let matrix): return .matrix(matrix.map(apply))
    }
  }

  func softmax(
    _ argument: Expression, _ value: Value, _ layer: Int?, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    if case .reference(let reference) = argument,
      case .element(.weightedInput(let layer, let neuron), let example) =
        try resolve(reference, indices)
    {
      return .scalar(
        try source.value(
          of: .activation(layer: layer, neuron: neuron), example: example ?? source.example))
    }
    guard case .matrix(let matrix) = value else {
      throw .fact("softmax needs all weighted inputs of its layer", advice: nil)
    }
    var entries = matrix.entries
    for example in try examples(of: argument, matrix, indices) {
      let top = example.map { matrix.entries[$0] }.max() ?? 0
      let sum = example.reduce(0) { $0 + Glibc.exp(matrix.entries[$1] - top) }
      for entry in example { entries[entry] = Glibc.exp(matrix.entries[entry] - top) / sum }
    }
    return .matrix(Matrix(rows: matrix.rows, columns: matrix.columns, entries: entries))
  }

  /// The entries of a vector, or of a matrix those of each example.
  private func examples(
    of argument: Expression, _ matrix: Matrix, _ indices: IndexValues
  ) throws(EvaluationError) -> [[Int]] {
    guard matrix.rows > 1, matrix.columns > 1 else { return [Array(matrix.entries.indices)] }
    guard case .reference(let reference) = argument,
      case .array(let array) = try resolve(reference, indices)
    else {
      throw .fact(
        "which entries of this matrix are one example's cannot be told",
        advice: "give softmax the weighted inputs themselves")
    }
    return Dictionary(grouping: matrix.entries.indices) { array.examples[$0] }.values.map { $0 }
  }

  /// The activation a function letter means: of the layer of its argument, else of the left side.
  func activation(
    _ function: String, _ argument: Expression, _ indices: IndexValues
  ) throws(EvaluationError) -> (Activation, Int?) {
    if document.functions[function] == .sigmoid { return (.sigmoid, nil) }
    var layer = indices.layer
    if case .reference(let reference) = argument {
      switch try resolve(reference, indices) {
      case .element(let quantity, _): layer = quantity.layer ?? layer
      case .array(let array): layer = array.elements.first?.layer ?? layer
      }
    }
    if let layer, let activation = activation(of: layer) { return (activation, layer) }
    let all = Set(facts.activations)
    if let only = all.first, all.count == 1 { return (only, nil) }
    throw .fact(
      "which layer's \(function) this is cannot be told from its argument", advice: nil)
  }
}
