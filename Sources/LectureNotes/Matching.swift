import Backprop
import IndexNotation

// From a quantity back to a symbol, and from a relation's left side to the values of its indices.

extension Reading {
  /// The values of the indices for which a symbol stands for `quantity`; nil if it never does.
  package func match(
    _ reference: Reference, _ quantity: Quantity, _ start: IndexValues
  ) -> IndexValues? {
    for declaration in document.declarations(of: reference.name) {
      if let found = match(reference, declaration, quantity, start) { return found }
    }
    return nil
  }

  private func match(
    _ reference: Reference, _ declaration: Declaration, _ quantity: Quantity,
    _ start: IndexValues
  ) -> IndexValues? {
    guard isUsed(declaration),
      case .quantity(let kind, let slots) = declaration.binding,
      kind == quantity.kind
        || (kind == .totalCost && quantity == .cost) || (kind == .cost && quantity == .totalCost),
      reference.lower.count == declaration.lower.count
        || declaration.exampleLetter != nil,
      let target = quantity.slots, target.count == slots.count || slots.isEmpty
    else { return nil }
    var letters: [String: Index] = [:]
    guard align(declaration.lower, reference.lower, declaration, &letters, start),
      align(declaration.upper, reference.upper, declaration, &letters, start)
    else { return nil }
    var indices = start
    indices.layer = quantity.layer
    for (position, slot) in slots.enumerated() {
      let wanted = target[position] - slot.offset
      switch slot.base {
      case .zero: if wanted != 0 { return nil }
      case .last: if wanted != shape.last { return nil }
      case .layer(let letter): bindLayer(of: letter, to: wanted, &indices)
      case .variable(let letter):
        guard let index = letters[letter] else { return nil }
        let layer = position == 0 && quantity.layer != nil ? nil : neuronLayer(quantity, position)
        guard solve(index, wanted, layer: layer, &indices) else { return nil }
      }
    }
    // A literal of the pattern against a variable of the relation: the bias as neuron 0.
    for (pattern, index) in zip(declaration.lower, reference.lower) {
      guard case .literal(let number) = pattern else { continue }
      guard solve(index, number, layer: nil, &indices) else { return nil }
    }
    return indices
  }

  /// `layer(j) = l`: the letter that stands for the current layer gets its value.
  private func bindLayer(of letter: String, to layer: Int, _ indices: inout IndexValues) {
    guard case .neuronOfLayer(let slot) = document.indices[letter],
      case .variable(let current) = slot.base
    else { return }
    indices.bind(
      IndexKey(current), IndexValue(layer - slot.offset))
  }

  private func neuronLayer(_ quantity: Quantity, _ position: Int) -> Int? {
    switch quantity {
    case .weight(let layer, _, _): return position == 2 ? layer - 1 : layer
    case .weightedInput(let layer, _), .activation(let layer, _), .error(let layer, _),
      .bias(let layer, _):
      return layer
    case .gradient(let layer, _, _), .change(let layer, _, _):
      return position == 2 ? layer - 1 : layer
    case .target, .outputCost: return shape.last
    case .cost, .totalCost, .learningRate, .constant: return nil
    }
  }

  private func align(
    _ patterns: [PatternIndex], _ given: [Index], _ declaration: Declaration,
    _ letters: inout [String: Index], _ start: IndexValues
  ) -> Bool {
    var rest = given[...]
    for pattern in patterns {
      if pattern.letter == declaration.exampleLetter, pattern.letter != nil,
        rest.count < patterns.count
      {
        if given.count == patterns.count { rest.removeFirst() }
        continue
      }
      guard let index = rest.popFirst() else { return false }
      switch (pattern, index) {
      case (.label(let wanted), .label(let found)): if wanted != found { return false }
      case (.label, _), (_, .label): return false
      case (.literal(let wanted), .integer(let found)): if wanted != found { return false }
      case (.literal, _): break
      case (.variable(let letter), _): letters[letter] = index
      }
    }
    return rest.isEmpty
  }

  /// Binds the one variable of `index` so that the index equals `value`.
  private func solve(
    _ index: Index, _ value: Int, layer: Int?, _ indices: inout IndexValues
  ) -> Bool {
    switch index {
    case .integer(let number): return number == value
    case .label: return false
    case .plus(let inner, .integer(let number)):
      return solve(inner, value - number, layer: layer, &indices)
    case .minus(let inner, .integer(let number)):
      return solve(inner, value + number, layer: layer, &indices)
    case .plus, .minus: return (try? integer(index, indices)) == value
    case .name(let name):
      if let constant = try? constant(name, indices), document.indices[name.letter] == nil {
        return constant == value
      }
      guard let key = try? key(of: name, indices) else { return false }
      if let bound = indices.value(of: key) { return bound.value == value }
      indices.bind(key, IndexValue(value, layer: layer))
      if let layer, document.indices[name.letter]?.isNeuronOfLayer == true,
        case .neuronOfLayer(let slot) = document.indices[name.letter],
        case .variable(let current) = slot.base
      {
        let currentKey = IndexKey(current)
        if indices.value(of: currentKey) == nil {
          indices.bind(currentKey, IndexValue(layer - slot.offset))
        }
      }
      return true
    }
  }

  /// The document's symbol for a quantity, with its indices as numbers.
  package func reference(for quantity: Quantity) -> Reference? {
    var declarations = document.declarations(of: quantity.kind)
    if case .activation(0, _) = quantity {
      // The inputs have a letter of their own, if the notes use one.
      declarations = declarations.filter(\.isInput) + declarations.filter { !$0.isInput }
    }
    for declaration in declarations {
      guard isUsed(declaration),
        case .quantity(_, let slots) = declaration.binding, let target = quantity.slots,
        target.count == slots.count
      else { continue }
      if let reference = reference(declaration, slots, target, quantity) { return reference }
    }
    if quantity == .cost { return self.reference(for: .totalCost) }
    return nil
  }

  private func reference(
    _ declaration: Declaration, _ slots: [SlotIndex], _ target: [Int], _ quantity: Quantity
  ) -> Reference? {
    var letters: [String: Int] = [:]
    var reference = Reference(declaration.name)
    for (slot, value) in zip(slots, target) {
      let wanted = value - slot.offset
      switch slot.base {
      case .zero: if wanted != 0 { return nil }
      case .last: if wanted != shape.last { return nil }
      case .layer:
        if !layerGoesWithoutSaying || wanted != 1 { reference.layer = .integer(wanted) }
      case .variable(let letter): letters[letter] = wanted
      }
    }
    for (list, path) in [
      (declaration.lower, \Reference.lower), (declaration.upper, \Reference.upper),
    ] {
      for pattern in list {
        switch pattern {
        case .literal(let number): reference[keyPath: path].append(.integer(number))
        case .label(let label): reference[keyPath: path].append(.label(label))
        case .variable(let letter):
          if letter == declaration.exampleLetter { continue }
          guard let value = letters[letter] else { return nil }
          reference[keyPath: path].append(.integer(value))
        }
      }
    }
    return reference
  }
}

extension Declaration {
  var isInput: Bool {
    guard case .quantity(.activation, let slots) = binding else { return false }
    return slots.first == SlotIndex(base: .zero, offset: 0)
  }
}

extension IndexMeaning {
  var isNeuronOfLayer: Bool {
    if case .neuronOfLayer = self { return true }
    return false
  }
}

extension Quantity {
  /// The numbers in the brackets of the engine's word for it.
  var slots: [Int]? {
    switch self {
    case .weightedInput(let layer, let neuron), .activation(let layer, let neuron),
      .error(let layer, let neuron), .bias(let layer, let neuron):
      return [layer, neuron]
    case .weight(let layer, let to, let from), .gradient(let layer, let to, let from),
      .change(let layer, let to, let from):
      return [layer, to, from]
    case .target(let neuron): return [neuron]
    case .outputCost(let output): return [output]
    case .cost, .totalCost, .learningRate: return []
    case .constant: return nil
    }
  }
}
