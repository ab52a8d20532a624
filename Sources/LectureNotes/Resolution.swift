import Backprop
import IndexNotation

// From a symbol as written to what it stands for in the network, and back.

/// The quantity or the array of quantities that a symbol stands for here.
package enum Resolved: Equatable, Sendable {
  case element(Quantity, example: Int?)
  case array(QuantityArray)
}

/// The values of a pattern's letters: a few, found faster in a row than by hashing.
struct Bound {
  private var letters: [(letter: String, value: IndexValue)] = []
  var example: Int?

  subscript(letter: String) -> IndexValue? {
    letters.first { $0.letter == letter }?.value
  }

  mutating func bind(_ letter: String, _ value: IndexValue) {
    letters.append((letter, value))
  }
}

extension Reading {
  /// Finds the declared row that fits and works out its slots.
  func resolved(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Resolved {
    if let prepared = document.prepared(reference),
      let found = try resolved(prepared, reference, indices)
    {
      return found
    }
    var misfit: EvaluationError?
    let named = document.declarations(of: reference.name)
    // A form with every index written comes before one whose example is left out: C before C_x.
    for isWhole in [true, false] {
      for declaration in named
      where isWhole
        == (declaration.lower.count == reference.lower.count
          && declaration.upper.count == reference.upper.count)
      {
        guard let bound = try bound(declaration, reference, indices) else { continue }
        do throws(EvaluationError) {
          let quantity = try quantity(declaration, bound, reference, indices)
          return .element(quantity, example: bound.example)
        } catch {
          misfit = misfit ?? error
        }
      }
    }
    if let misfit { throw misfit }
    if let missing = missingLayer(reference) { throw missing }
    if let array = try array(reference, indices) { return .array(array) }
    throw misspelled(reference)
  }

  /// A vector or matrix whose layer is not said.
  func missingLayer(_ reference: Reference) -> EvaluationError? {
    guard reference.upper.isEmpty, reference.lower.isEmpty, reference.layer == nil,
      document.vocabulary.symbols[reference.name]?.allSatisfy(\.hasLayer) == true
    else { return nil }
    return .fact(
      "\(reference.name) needs its layer",
      advice: "write \(reference.name)[\(firstLayer(reference.name))], or type: show")
  }

  func firstLayer(_ name: String) -> Int {
    for declaration in document.declarations(of: name) {
      if case .quantity(_, let slots) = declaration.binding, let slot = slots.first {
        return 1 - slot.offset
      }
    }
    return 1
  }

  /// What a symbol needs that it was not given.
  package func misspelled(_ reference: Reference) -> EvaluationError {
    let forms = document.declarations(of: reference.name)
    guard let form = forms.first(where: { !$0.lower.isEmpty }) ?? forms.first else {
      return .fact(
        "\(reference.name) has no value of its own",
        advice: entryAdvice(reference) ?? document.absences[reference.name])
    }
    if case .quantity(_, let slots) = form.binding, case .layer? = slots.first?.base {
      let inner = form.lower.map { _ in "1" }.joined(separator: ",")
      return .fact(
        "\(document.id) writes no layer on \(reference.name)",
        advice: layerGoesWithoutSaying
          ? "write \(reference.name)[\(inner)]"
          : "on this network it needs one: \(reference.name)[1][\(inner)]")
    }
    let written = reference.upper.last.map { Renderer.plain($0) } ?? "layer"
    let layer = form.upper.count > form.exampleUppers.count ? "[\(written)]" : ""
    let inner = form.lower.map { _ in "1" }.joined(separator: ",")
    return .fact(
      "\(reference.name) takes \(form.lower.count) \(form.lower.count == 1 ? "index" : "indices")\(layer.isEmpty ? "" : " after its layer")",
      advice: "write \(reference.name)\(layer)[\(inner)]")
  }

  /// `W[1][1,2]`, where the entries of W are written w.
  private func entryAdvice(_ reference: Reference) -> String? {
    guard
      let element = document.arrays.first(where: { $0.name == reference.name })?.element,
      element.name != reference.name, !reference.lower.isEmpty
    else { return nil }
    let upper = (reference.upper + [reference.layer].compactMap { $0 }).map {
      "[\(Renderer.plain($0))]"
    }
    let lower = reference.lower.map { Renderer.plain($0) }.joined(separator: ",")
    return "its entries are written \(element.name): \(element.name)\(upper.joined())[\(lower)]"
  }

  /// The values of the pattern's letters; nil if the row is another form of the symbol.
  func bound(
    _ declaration: Declaration, _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Bound? {
    guard isUsed(declaration) else { return nil }
    var result = Bound()
    guard try bind(declaration.lower, reference.lower, declaration, indices, &result),
      try bind(declaration.upper, reference.upper, declaration, indices, &result)
    else { return nil }
    if let letter = declaration.exampleLetter, result.example == nil,
      let bound = indices.value(of: IndexKey(letter))
    {
      result.example = bound.value
    }
    if let asked = reference.example {
      result.example = try example(try integer(asked, indices))
    }
    return result
  }

  /// Whether the facts hold under which a row is used at all.
  func isUsed(_ declaration: Declaration) -> Bool {
    declaration.facts.isEmpty
      || declaration.facts.allSatisfy { $0.holds(in: facts) { _ in nil } }
  }

  /// Binds the letters of one list of a pattern; false if the row is another form of the symbol.
  private func bind(
    _ patterns: [PatternIndex], _ given: [Index], _ declaration: Declaration,
    _ indices: IndexValues, _ result: inout Bound
  ) throws(EvaluationError) -> Bool {
    guard patterns.count != given.count else {
      for place in patterns.indices {
        guard try bind(patterns[place], given[place], declaration, indices, &result) else {
          return false
        }
      }
      return true
    }
    guard let pairs = aligned(patterns, given, declaration) else { return false }
    for (pattern, index) in pairs {
      guard try bind(pattern, index, declaration, indices, &result) else { return false }
    }
    return true
  }

  private func bind(
    _ pattern: PatternIndex, _ index: Index?, _ declaration: Declaration, _ indices: IndexValues,
    _ result: inout Bound
  ) throws(EvaluationError) -> Bool {
    switch (pattern, index) {
    case (.label(let wanted), .label(let given)?): return wanted == given
    case (.label, _), (_, .label?): return false
    case (.literal(let wanted), let index?):
      return try indexValue(index, indices).value == wanted
    case (.literal, nil): return false
    case (.variable(let letter), let index?):
      let value = try indexValue(index, indices)
      result.bind(letter, value)
      if letter == declaration.exampleLetter { result.example = try example(value.value) }
      return true
    case (.variable(let letter), nil):
      if let bound = indices.value(of: IndexKey(letter)) { result.example = bound.value }
      return true
    }
  }

  func example(_ number: Int) throws(EvaluationError) -> Int {
    guard number >= 1, number <= source.exampleCount else {
      throw .fact(
        source.exampleCount == 0
          ? "there is no example yet"
          : "there is no example \(number); the examples are 1 to \(source.exampleCount)",
        advice: source.exampleCount == 0 ? "type: \(shape.dataExample)" : nil)
    }
    return number
  }

  /// Pattern and index side by side; an example's place may be left out.
  func aligned(
    _ patterns: [PatternIndex], _ given: [Index], _ declaration: Declaration
  ) -> [(PatternIndex, Index?)]? {
    if patterns.count == given.count { return zip(patterns, given).map { ($0, Optional($1)) } }
    let isExample: (PatternIndex) -> Bool = {
      if case .variable(let letter) = $0 { return letter == declaration.exampleLetter }
      return false
    }
    guard patterns.filter({ !isExample($0) }).count == given.count else { return nil }
    var rest = given[...]
    return patterns.map { isExample($0) ? ($0, nil) : ($0, rest.popFirst()) }
  }

  /// An index with its layer, where its letter says one.
  package func indexValue(
    _ index: Index, _ indices: IndexValues
  ) throws(EvaluationError) -> IndexValue {
    if case .name(let name) = index {
      if let bound = indices.value(of: try key(of: name, indices)) { return bound }
      if document.indices[name.letter] == .example { return IndexValue(source.example) }
    }
    return IndexValue(try integer(index, indices))
  }

  // MARK: slots

  func slotValue(
    _ slot: SlotIndex, _ values: Bound, _ reference: Reference,
    _ indices: IndexValues
  ) throws(EvaluationError) -> Int {
    switch slot.base {
    case .zero: return slot.offset
    case .last: return shape.last + slot.offset
    case .variable(let letter):
      guard let value = values[letter] else { throw .noValue(index: letter) }
      return value.value + slot.offset
    case .layer(let letter):
      if let layer = reference.layer { return try integer(layer, indices) + slot.offset }
      if let layer = values[letter]?.layer { return layer + slot.offset }
      if layerGoesWithoutSaying { return 1 + slot.offset }
      let lower = reference.lower.map { Renderer.plain($0) }.joined(separator: ",")
      throw .fact(
        "\(reference.name) needs its layer on this network",
        advice: "write \(reference.name)[layer][\(lower)]")
    }
  }

  func quantity(
    _ declaration: Declaration, _ values: Bound, _ reference: Reference,
    _ indices: IndexValues
  ) throws(EvaluationError) -> Quantity {
    switch declaration.binding {
    case .constant(let number): return .constant(number)
    case .kronecker(let one, let other):
      let first = try slotValue(one, values, reference, indices)
      let second = try slotValue(other, values, reference, indices)
      return .constant(first == second ? 1 : 0)
    case .quantity(let kind, let slots):
      var numbers: [Int] = []
      for slot in slots {
        numbers.append(try slotValue(slot, values, reference, indices))
      }
      return try quantity(
        kind, (numbers.first ?? 0, numbers.count > 1 ? numbers[1] : 0, numbers.last ?? 0),
        declaration)
    }
  }
}

extension PatternIndex {
  package var letter: String? {
    if case .variable(let letter) = self { return letter }
    return nil
  }

  var isFixed: Bool { letter == nil }
}
