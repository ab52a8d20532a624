import Backprop
import IndexNotation

// What distinguishes one set of notes from another, told from its declarations.

extension Document {
  private var weight: (declaration: Declaration, slots: [SlotIndex])? {
    for declaration in declarations where declaration.lower.count == 2 {
      guard case .quantity(.weight, let slots) = declaration.binding, slots.count == 3 else {
        continue
      }
      return (declaration, slots)
    }
    return nil
  }

  /// `to-from` or `from-to`: the order of a weight's indices.
  package var weightOrder: String {
    guard let (declaration, slots) = weight, case .variable(let from) = slots[2].base else {
      return "-"
    }
    return declaration.lower.first == .variable(from) ? "from-to" : "to-from"
  }

  var layerOfInputs: Int {
    for declaration in declarations where !declaration.isBeyondTheNotes {
      guard case .quantity(.activation, let slots) = declaration.binding,
        let slot = slots.first, case .variable = slot.base
      else { continue }
      return -slot.offset
    }
    return 0
  }

  /// The layer a weight is counted with.
  package var weightPlace: String {
    guard let (_, slots) = weight else { return "-" }
    switch slots[0].base {
    case .variable:
      return slots[0].offset == -layerOrigin ? "the layer it enters" : "the layer it leaves"
    case .layer, .zero, .last: return "none is written"
    }
  }

  /// `0…L`, as the notes count.
  package var layerRange: String {
    for constant in constants where constant.meaning == .last {
      if weightPlace == "none is written" { return "unnamed" }
      switch constant.offset - layerOrigin {
      case 0: return "\(layerOrigin)…\(constant.name)"
      case let beyond where beyond > 0: return "\(layerOrigin)…\(constant.name)−\(beyond)"
      case let short: return "\(layerOrigin)…\(constant.name)+\(-short)"
      }
    }
    return "\(layerOrigin)…"
  }

  /// The misprint of the sign in the definition of the error, if there is one.
  package var misprintedErrorSign: String? {
    for index in equations.indices {
      guard equations[index].role == .definition, equations[index].printed != nil,
        let relation = try? relation(index), case .reference(let reference) = relation.left,
        kinds(ofLetter: reference.name).contains(.error)
      else { continue }
      let sign = equations[index].misprints.first { number in
        errata.contains { $0.number == number && $0.kind == .sign }
      }
      if let sign { return sign }
    }
    return nil
  }

  /// What a letter stands for, first what it is declared as first; none for one the notes do not use.
  package func kinds(ofLetter letter: String) -> [QuantityKind] {
    declarations(of: letter).compactMap {
      if case .quantity(let kind, _) = $0.binding { kind } else { nil }
    }
  }
}

extension QuantityKind {
  package var words: String {
    switch self {
    case .weightedInput: return "the weighted input"
    case .activation: return "the activation"
    case .error: return "the error"
    case .weight: return "a weight"
    case .bias: return "a bias"
    case .target: return "the target"
    case .cost: return "the cost of an example"
    case .outputCost: return "the cost of an output"
    case .totalCost: return "the cost"
    case .learningRate: return "the learning rate"
    case .gradient: return "a gradient"
    case .change: return "a change"
    case .constant: return "a constant"
    }
  }
}

extension Reduction {
  package var words: String {
    switch self {
    case .perExample: return "one example"
    case .sum: return "all, summed"
    case .mean: return "all, averaged"
    }
  }
}

extension Declaration {
  /// A letter for the inputs alone, or for the outputs alone.
  package var isInputOnly: Bool {
    guard case .quantity(.activation, let slots) = binding, let slot = slots.first else {
      return false
    }
    switch slot.base {
    case .zero, .last: return true
    case .variable, .layer: return false
    }
  }

  /// The symbol as it is declared.
  package var pattern: Reference {
    Reference(name, lower: lower.map(\.index), upper: upper.map(\.index))
  }
}

extension PatternIndex {
  var index: Index {
    switch self {
    case .literal(let number): return .integer(number)
    case .label(let label): return .label(label)
    case .variable(let letter): return .variable(letter)
    }
  }
}
