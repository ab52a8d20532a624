import Backprop
import IndexNotation

/// What a symbol of a relation may stand for, as far as its form tells: the declared rows that fit
/// how it is written, each with the place of its slots in the list of indices.
///
/// A relation is read at many values of its indices; what does not depend on them is found once.
final class PreparedSymbol {
  /// Where the number of a slot comes from.
  enum Slot {
    case constant(Int)
    case last(Int)
    /// An index as written, lower before upper.
    case index(Int, offset: Int)
    /// `layer(j)`: the layer that index stands for.
    case layer(ofIndex: Int, offset: Int)
  }

  /// What a row is once its slots have numbers.
  enum Meaning {
    case quantity(QuantityKind)
    case constant(Double)
    /// 1 where the two slots are equal, else 0.
    case kronecker
  }

  final class Row {
    let declaration: Declaration
    let hasFacts: Bool
    let meaning: Meaning
    /// Indices that have to have a value: a literal of the pattern.
    let literals: [(place: Int, value: Int)]
    let slots: [Slot]
    /// The index that is an example, if one is written.
    let example: Int?
    /// The letter that is the example where none is written.
    let exampleLetter: LetterCode?

    init(
      _ declaration: Declaration, _ meaning: Meaning, _ literals: [(Int, Int)], _ slots: [Slot],
      _ example: Int?
    ) {
      self.declaration = declaration
      hasFacts = !declaration.facts.isEmpty
      self.meaning = meaning
      self.literals = literals
      self.slots = slots
      self.example = example
      exampleLetter = declaration.exampleLetter.map { LetterCode($0, primes: 0) }
    }
  }

  /// The indices as written, lower before upper.
  let indices: [PreparedIndex]
  let rows: [Row]

  /// nil for a symbol that is a vector or matrix, or that asks for what only the general way knows.
  init?(_ reference: Reference, _ document: Document) {
    let written = reference.lower + reference.upper
    indices = written.map { PreparedIndex($0, document) }
    var rows: [Row] = []
    for declaration in document.declarations(of: reference.name) {
      // A form with every index written; one whose example is left out comes second.
      guard declaration.lower.count == reference.lower.count,
        declaration.upper.count == reference.upper.count
      else { continue }
      let (meaning, slots) = Self.meaning(declaration.binding)
      var literals: [(Int, Int)] = []
      var places: [String: Int] = [:]
      var example: Int?
      var fits = true
      for (place, pattern) in (declaration.lower + declaration.upper).enumerated() {
        switch (pattern, written[place]) {
        case (.label(let wanted), .label(let given)): fits = fits && wanted == given
        case (.label, _), (_, .label): fits = false
        case (.literal(let wanted), _): literals.append((place, wanted))
        case (.variable(let letter), _):
          places[letter] = place
          if letter == declaration.exampleLetter { example = place }
        }
      }
      guard fits else { continue }
      var prepared: [Slot] = []
      for slot in slots {
        switch slot.base {
        case .zero: prepared.append(.constant(slot.offset))
        case .last: prepared.append(.last(slot.offset))
        case .variable(let letter):
          guard let place = places[letter] else { return nil }
          prepared.append(.index(place, offset: slot.offset))
        case .layer(let letter):
          guard let place = places[letter], reference.layer == nil else { return nil }
          prepared.append(.layer(ofIndex: place, offset: slot.offset))
        }
      }
      rows.append(Row(declaration, meaning, literals, prepared, example))
    }
    guard !rows.isEmpty else { return nil }
    self.rows = rows
  }

  private static func meaning(_ binding: Binding) -> (Meaning, slots: [SlotIndex]) {
    switch binding {
    case .quantity(let kind, let slots): return (.quantity(kind), slots)
    case .constant(let number): return (.constant(number), [])
    case .kronecker(let one, let other): return (.kronecker, [one, other])
    }
  }
}

/// An index as it is worked out again and again: most are a letter, a shift, and a subscript that is
/// another such letter.
///
/// A class only so that reading a symbol copies none of it.
final class PreparedIndex {
  private enum Base {
    case constant
    /// A variable without subscript, or with one that is a number.
    case variable(IndexKey)
    /// `n_{l+1}`: a variable whose subscript is a variable and a shift.
    case subscripted(LetterCode, by: IndexKey, shift: Int)
    case other
  }

  private let base: Base
  private let offset: Int
  let index: Index

  init(_ index: Index, _ document: Document) {
    self.index = index
    let (core, offset) = index.split
    self.offset = offset
    switch core {
    case .integer(let number): base = number == 0 ? .constant : .other
    case .name(let name) where name.upper == nil && document.countsNeurons(name.letter):
      let code = LetterCode(name.letter, primes: name.primes)
      switch name.lower?.split {
      case nil: base = .variable(IndexKey(code, lower: nil))
      case (.integer(0), let number)?: base = .variable(IndexKey(code, lower: number))
      case (.name(let inner), let shift)? where inner.lower == nil && inner.upper == nil:
        base = .subscripted(
          code, by: IndexKey(LetterCode(inner.letter, primes: inner.primes), lower: nil),
          shift: shift)
      default: base = .other
      }
    default: base = .other
    }
  }

  /// Its value, if the letters it names are bound; nil leaves it to the general way.
  @inline(__always)
  func value(_ values: IndexValues) -> IndexValue? {
    switch base {
    case .constant: return IndexValue(offset)
    case .variable(let key):
      guard let bound = values.value(of: key) else { return nil }
      return offset == 0 ? bound : IndexValue(bound.value + offset)
    case .subscripted(let code, let inner, let shift):
      guard let lower = values.value(of: inner),
        let bound = values.value(of: IndexKey(code, lower: lower.value + shift))
      else { return nil }
      return offset == 0 ? bound : IndexValue(bound.value + offset)
    case .other: return nil
    }
  }
}

extension Index {
  /// What a shift is added to, and the shift: `l`, 1 of `l+1`; a number is a shift of 0.
  fileprivate var split: (core: Index, shift: Int) {
    switch self {
    case .integer(let number): return (.integer(0), number)
    case .plus(let base, .integer(let number)):
      let (core, shift) = base.split
      return (core, shift + number)
    case .minus(let base, .integer(let number)):
      let (core, shift) = base.split
      return (core, shift - number)
    case .name, .label, .plus, .minus: return (self, 0)
    }
  }
}

extension Document {
  /// A letter that counts, and is no constant.
  func countsNeurons(_ letter: String) -> Bool { indices[letter] != nil }
}

extension Reading {
  /// The value of a prepared index.
  private func value(
    _ index: PreparedIndex, _ values: IndexValues
  ) throws(EvaluationError) -> IndexValue {
    if let value = index.value(values) { return value }
    return try indexValue(index.index, values)
  }

  /// What a prepared symbol stands for here; nil leaves it to the general way.
  func resolved(
    _ symbol: PreparedSymbol, _ reference: Reference, _ values: IndexValues
  ) throws(EvaluationError) -> Resolved? {
    var misfit: EvaluationError?
    rows: for row in symbol.rows {
      if row.hasFacts, !isUsed(row.declaration) { continue }
      for literal in row.literals {
        guard try value(symbol.indices[literal.place], values).value == literal.value else {
          continue rows
        }
      }
      var numbers = (0, 0, 0)
      for (position, slot) in row.slots.enumerated() {
        let number: Int
        switch slot {
        case .constant(let own): number = own
        case .last(let offset): number = lastLayer + offset
        case .index(let place, let offset):
          number = try value(symbol.indices[place], values).value + offset
        case .layer(let place, let offset):
          guard let layer = try value(symbol.indices[place], values).layer else { return nil }
          number = layer + offset
        }
        switch position {
        case 0: numbers.0 = number
        case 1: numbers.1 = number
        default: numbers.2 = number
        }
      }
      var example = try row.example.map { place throws(EvaluationError) in
        try self.example(value(symbol.indices[place], values).value)
      }
      if example == nil, let letter = row.exampleLetter,
        let bound = values.value(of: IndexKey(letter, lower: nil))
      {
        example = bound.value
      }
      if let asked = reference.example { example = try self.example(integer(asked, values)) }
      switch row.meaning {
      case .constant(let number):
        for index in symbol.indices { _ = try value(index, values) }
        return .element(.constant(number), example: example)
      case .kronecker:
        return .element(.constant(numbers.0 == numbers.1 ? 1 : 0), example: example)
      case .quantity(let kind):
        do throws(EvaluationError) {
          return .element(try quantity(kind, numbers, row.declaration), example: example)
        } catch {
          misfit = misfit ?? error
        }
      }
    }
    if let misfit { throw misfit }
    return nil
  }
}
