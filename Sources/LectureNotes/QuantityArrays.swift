import Backprop
import IndexNotation

// Vectors and matrices of quantities, in the document's own shape.

/// A vector or matrix of quantities in the document's own shape, row by row.
package struct QuantityArray: Equatable, Sendable {
  package var rows: Int
  package var columns: Int
  package var elements: [Quantity]
  package var examples: [Int?]

  package init(rows: Int, columns: Int, elements: [Quantity], examples: [Int?]) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
    self.examples = examples
  }
}

extension Reading {
  /// A symbol without neuron indices: the declared vector or matrix, else one by its row.
  func array(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> QuantityArray? {
    if let declared = document.arrays.first(where: {
      $0.name == reference.name && $0.upper.count == reference.upper.count
        && $0.lower.count == reference.lower.count
    }) {
      return try array(declared, reference, indices)
    }
    guard reference.lower.isEmpty else { return nil }
    let forms = document.declarations(of: reference.name).filter {
      !$0.lower.isEmpty && !$0.lower.contains { $0.isFixed }
        && $0.facts.allSatisfy { $0.holds(in: facts) { _ in nil } }
    }
    guard let form = forms.first else { return nil }
    var element = Reference(reference.name, upper: reference.upper, columns: reference.columns)
    element.layer = reference.layer
    element.example = reference.example
    let letters = form.lower.compactMap(\.letter)
    element.lower = letters.map { .variable($0) }
    if letters.count == 1 { return try fill(element, rows: letters[0], columns: nil, indices) }
    return try fill(element, rows: letters[0], columns: letters[1], indices)
  }

  func array(
    _ declared: ArrayDeclaration, _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> QuantityArray {
    guard var element = declared.element else { return ones(declared) }
    element.example = reference.example
    element.columns = reference.columns
    var inner = indices
    for (pattern, index) in zip(
      declared.lower + declared.upper, reference.lower + reference.upper)
    {
      if case .variable(let letter) = pattern {
        inner.bind(
          IndexKey(letter), try indexValue(index, indices))
      }
    }
    do throws(EvaluationError) {
      switch declared.layout {
      case .column(let letter): return try fill(element, rows: letter, columns: nil, inner)
      case .row(let letter): return try fill(element, rows: nil, columns: letter, inner)
      case .matrix(let rows, let columns):
        return try fill(element, rows: rows, columns: columns, inner)
      }
    } catch {
      throw error.renamed(from: element.name, to: reference.name)
    }
  }

  /// A row or column of ones, one for each example.
  private func ones(_ declared: ArrayDeclaration) -> QuantityArray {
    let count = max(1, source.exampleCount)
    var isColumn = false
    if case .column = declared.layout { isColumn = true }
    return QuantityArray(
      rows: isColumn ? count : 1, columns: isColumn ? 1 : count,
      elements: [Quantity](repeating: .constant(1), count: count),
      examples: [Int?](repeating: nil, count: count))
  }

  func fill(
    _ element: Reference, rows: String?, columns: String?, _ indices: IndexValues
  ) throws(EvaluationError) -> QuantityArray {
    let rowValues = try values(rows, element, indices)
    let columnValues = try values(columns, element, indices)
    var array = QuantityArray(
      rows: rowValues.count, columns: columnValues.count, elements: [], examples: [])
    for row in rowValues {
      var inner = indices
      if let rows, let row { inner.bind(IndexKey(rows), row) }
      for column in columnValues {
        var innermost = inner
        if let columns, let column {
          innermost.bind(IndexKey(columns), column)
        }
        guard case .element(let quantity, let example) = try resolve(element, innermost) else {
          continue
        }
        array.elements.append(quantity)
        array.examples.append(example)
      }
    }
    return array
  }

  func values(
    _ letter: String?, _ element: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> [IndexValue?] {
    guard let letter else { return [nil] }
    let name = IndexName(letter)
    let body = Expression.reference(element)
    return try range(of: name, in: body, indices).filter { $0.value >= 1 }
  }

  /// Where an index stands bare in a reference: the neurons it runs over there.
  func neuronValues(
    of index: IndexName, at reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> [IndexValue]? {
    guard let place = reference.lower.firstIndex(of: .name(index)) else { return nil }
    var values: [IndexValue] = []
    var rowCount = 0
    for declaration in document.declarations(of: reference.name)
    where isUsed(declaration) {
      guard let lower = aligned(declaration.lower, reference.lower, declaration),
        aligned(declaration.upper, reference.upper, declaration) != nil
      else { continue }
      switch lower[place].0 {
      case .literal(let number):
        // Without biases there is no weight from neuron 0.
        if biasMode == .none, declaration.isQuantity(.bias) { continue }
        values.append(IndexValue(number))
        rowCount += 1
      case .label: continue
      case .variable(let letter):
        guard let layer = try neuronLayer(letter, declaration, reference, indices),
          layer >= 0, layer <= lastLayer
        else { continue }
        values += (1...size(of: layer)).map { IndexValue($0, layer: layer) }
        rowCount += 1
      }
    }
    guard !values.isEmpty else { return nil }
    // Several rows of one symbol may count the same neurons.
    guard rowCount > 1 else { return values }
    var seen: Set<Int> = []
    return values.filter { seen.insert($0.value).inserted }
      .sorted { $0.value < $1.value }
  }

  /// Where an index stands bare in a reference whose layer does not exist, says so.
  func checkLayer(
    of index: IndexName, at reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) {
    guard reference.lower.contains(.name(index)) else { return }
    for declaration in document.declarations(of: reference.name) where isUsed(declaration) {
      guard declaration.lower.count == reference.lower.count,
        case .quantity(let kind, _) = declaration.binding,
        let layer = try layer(of: reference, declaration, indices)
      else { continue }
      try check(layer: layer, from: kind == .activation ? 0 : 1, declaration)
    }
  }

  /// The layer whose neurons a letter of a declared row counts.
  func neuronLayer(
    _ letter: String, _ declaration: Declaration, _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Int? {
    guard case .quantity(let kind, let slots) = declaration.binding else { return nil }
    let place = slots.firstIndex { $0.base == .variable(letter) }
    switch kind {
    case .target, .outputCost: return shape.last
    case .weight, .gradient, .change:
      guard let layer = try layer(of: reference, declaration, indices) else { return nil }
      return place == 2 ? layer - 1 : layer
    case .weightedInput, .activation, .error, .bias:
      return try layer(of: reference, declaration, indices)
    case .cost, .totalCost, .learningRate, .constant: return nil
    }
  }

  /// The network's layer that a symbol is of, read by a declared row; nil where none is written.
  private func layer(
    of reference: Reference, _ declaration: Declaration, _ indices: IndexValues
  ) throws(EvaluationError) -> Int? {
    guard case .quantity(let kind, let slots) = declaration.binding, let slot = slots.first,
      kind != .target, kind != .outputCost
    else { return nil }
    switch slot.base {
    case .zero: return slot.offset
    case .last: return shape.last + slot.offset
    case .layer:
      if let layer = reference.layer { return try integer(layer, indices) }
      return layerGoesWithoutSaying ? 1 : nil
    case .variable(let upper):
      guard let aligned = aligned(declaration.upper, reference.upper, declaration),
        let index = aligned.first(where: { $0.0.letter == upper })?.1
      else { return nil }
      return try integer(index, indices) + slot.offset
    }
  }
}
