import IndexNotation

// Whether a relation speaks of one example or of them all.

extension Document {
  /// Whether a relation is about all examples at once, so that its cost is that of them all.
  package func speaksOfAllExamples(_ relation: Relation) -> Bool {
    if relation.sides.first?.sign == .becomes { return true }
    let sides = [relation.left] + relation.sides.map(\.expression)
    return sides.contains { sumsOverExamples($0) }
      || sides.contains { $0.references.contains { isOfAllExamples($0) } }
  }

  /// A sum over examples anywhere in a tree.
  package func sumsOverExamples(_ expression: IndexNotation.Expression) -> Bool {
    switch expression {
    case .sum(let binder, let body):
      return indices[binder.index.letter] == .example || sumsOverExamples(body)
    case .product(let factors): return factors.contains { sumsOverExamples($0.expression) }
    case .addition(let terms): return terms.contains { sumsOverExamples($0.expression) }
    case .group(let inner), .transpose(let inner), .norm(let inner), .derivative(let inner, _):
      return sumsOverExamples(inner)
    case .hadamard(let left, let right, _), .power(let left, let right):
      return sumsOverExamples(left) || sumsOverExamples(right)
    case .call(_, _, let arguments, _): return arguments.contains { sumsOverExamples($0) }
    case .number, .reference, .partial, .gradient, .matrix, .cases, .index: return false
    }
  }

  /// `C₁`: with several examples the cost of one must not be read as that of all. nil where the notes
  /// write no example on it.
  package func cost(ofExample example: Int) -> Reference? {
    for declaration in declarations {
      guard case .quantity(.cost, _) = declaration.binding, let letter = declaration.exampleLetter
      else { continue }
      let number = Index.integer(example)
      if declaration.lower == [.variable(letter)] {
        return Reference(declaration.name, lower: [number])
      }
      if declaration.upper == [.variable(letter)], declaration.lower.isEmpty {
        return Reference(declaration.name, upper: [number])
      }
    }
    return nil
  }

  /// A matrix with a row for each example, or the total where one example's cost has another letter.
  private func isOfAllExamples(_ reference: Reference) -> Bool {
    for array in arrays
    where array.name == reference.name && array.upper.count == reference.upper.count
      && array.lower.count == reference.lower.count
    {
      switch array.layout {
      case .column(let letter), .row(let letter): if indices[letter] == .example { return true }
      case .matrix(let rows, let columns):
        if indices[rows] == .example || indices[columns] == .example { return true }
      }
    }
    guard declarations(of: reference.name).contains(where: { $0.isQuantity(.totalCost) }) else {
      return false
    }
    return declarations.contains {
      ($0.isQuantity(.cost) || $0.isQuantity(.outputCost)) && !$0.isBeyondTheNotes
        && $0.name != reference.name
    }
  }
}

extension Declaration {
  func isQuantity(_ kind: QuantityKind) -> Bool { isQuantity(of: [kind]) }

  package func isQuantity(of kinds: Set<QuantityKind>) -> Bool {
    guard case .quantity(let kind, _) = binding else { return false }
    return kinds.contains(kind)
  }
}
