import IndexNotation

// The indices that are free in a tree: what a relation is meant for all values of.

extension Expression {
  /// The index variables that no sum of the tree binds, in the order they are met.
  package var freeIndices: [IndexName] {
    var found: [IndexName] = []
    collect(bound: [], &found)
    return found
  }

  private func collect(bound: [IndexName], _ found: inout [IndexName]) {
    switch self {
    case .number: return
    case .index(let index): index.collect(bound: bound, &found)
    case .reference(let reference): reference.collect(bound: bound, &found)
    case .partial(let top, let bottom), .gradient(let bottom, let top):
      top.collect(bound: bound, &found)
      bottom.collect(bound: bound, &found)
    case .sum(let binder, let body):
      binder.from?.collect(bound: bound, &found)
      binder.to?.collect(bound: bound, &found)
      binder.index.lower?.collect(bound: bound, &found)
      body.collect(bound: bound + [binder.index], &found)
    case .derivative(let body, let bottom):
      body.collect(bound: bound, &found)
      bottom.collect(bound: bound, &found)
    case .cases(let list):
      for alternative in list {
        alternative.value.collect(bound: bound, &found)
        alternative.condition.left.collect(bound: bound, &found)
        alternative.condition.right.collect(bound: bound, &found)
      }
    case .addition(let terms): for term in terms { term.expression.collect(bound: bound, &found) }
    case .product(let factors):
      for factor in factors { factor.expression.collect(bound: bound, &found) }
    case .hadamard(let left, let right, _), .power(let left, let right):
      left.collect(bound: bound, &found)
      right.collect(bound: bound, &found)
    case .transpose(let inner), .norm(let inner), .group(let inner):
      inner.collect(bound: bound, &found)
    case .call(_, _, let arguments, _):
      for argument in arguments { argument.collect(bound: bound, &found) }
    case .matrix(let rows, _):
      for row in rows { for entry in row { entry.collect(bound: bound, &found) } }
    }
  }
}

extension Reference {
  fileprivate func collect(bound: [IndexName], _ found: inout [IndexName]) {
    for index in lower + upper + [layer, example].compactMap({ $0 }) {
      index.collect(bound: bound, &found)
    }
  }
}

extension Index {
  fileprivate func collect(bound: [IndexName], _ found: inout [IndexName]) {
    switch self {
    case .integer, .label: return
    case .plus(let left, let right), .minus(let left, let right):
      left.collect(bound: bound, &found)
      right.collect(bound: bound, &found)
    case .name(let name):
      name.lower?.collect(bound: bound, &found)
      name.upper?.collect(bound: bound, &found)
      if !bound.contains(name), !found.contains(name) { found.append(name) }
    }
  }
}

extension Expression {
  /// A declared function of a sum, a product or another function.
  var appliesToMoreThanASymbol: Bool {
    switch self {
    case .call(let name, _, let arguments, _):
      guard !Vocabulary.elementary.contains(name) else {
        return arguments.contains { $0.appliesToMoreThanASymbol }
      }
      return arguments.contains { if case .reference = $0 { false } else { true } }
    case .sum(_, let body), .transpose(let body), .norm(let body), .group(let body),
      .derivative(let body, _):
      return body.appliesToMoreThanASymbol
    case .addition(let terms): return terms.contains { $0.expression.appliesToMoreThanASymbol }
    case .product(let factors): return factors.contains { $0.expression.appliesToMoreThanASymbol }
    case .hadamard(let left, let right, _), .power(let left, let right):
      return left.appliesToMoreThanASymbol || right.appliesToMoreThanASymbol
    case .matrix(let rows, _):
      return rows.contains { $0.contains { $0.appliesToMoreThanASymbol } }
    case .cases(let list): return list.contains { $0.value.appliesToMoreThanASymbol }
    case .number, .reference, .partial, .gradient, .index: return false
    }
  }
}
