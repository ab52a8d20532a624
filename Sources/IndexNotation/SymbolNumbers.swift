// Numbers for the symbols of a tree.

extension Relation {
  /// The same relation with its symbols numbered, from `next` on.
  package func numbered(from next: inout Int) -> Relation {
    var copy = self
    copy.left = left.numbered(from: &next)
    for index in copy.sides.indices {
      copy.sides[index].expression = sides[index].expression.numbered(from: &next)
    }
    return copy
  }
}

extension Reference {
  package func numbered(from next: inout Int) -> Reference {
    var copy = self
    copy.number.value = next
    next += 1
    return copy
  }
}

extension Expression {
  fileprivate func numbered(from next: inout Int) -> Expression {
    switch self {
    case .number, .index: return self
    case .reference(let reference): return .reference(reference.numbered(from: &next))
    case .partial(let top, let bottom):
      return .partial(top.numbered(from: &next), bottom.numbered(from: &next))
    case .gradient(let activation, let cost):
      return .gradient(activation, cost.numbered(from: &next))
    case .derivative(let body, let bottom):
      return .derivative(body.numbered(from: &next), by: bottom.numbered(from: &next))
    case .sum(let binder, let body): return .sum(binder, body.numbered(from: &next))
    case .addition(let terms):
      return .addition(
        terms.map { Term($0.expression.numbered(from: &next), isSubtracted: $0.isSubtracted) })
    case .product(let factors):
      return .product(factors.map { Factor($0.joint, $0.expression.numbered(from: &next)) })
    case .hadamard(let left, let right, let glyph):
      return .hadamard(left.numbered(from: &next), right.numbered(from: &next), glyph: glyph)
    case .power(let base, let exponent):
      return .power(base.numbered(from: &next), exponent.numbered(from: &next))
    case .transpose(let inner): return .transpose(inner.numbered(from: &next))
    case .norm(let inner): return .norm(inner.numbered(from: &next))
    case .group(let inner): return .group(inner.numbered(from: &next))
    case .call(let name, let primes, let arguments, let columns):
      return .call(
        name, primes: primes, arguments.map { $0.numbered(from: &next) }, columns)
    case .matrix(let rows, let columns):
      return .matrix(rows.map { $0.map { $0.numbered(from: &next) } }, columns)
    case .cases(let list):
      return .cases(
        list.map {
          Alternative(
            $0.value.numbered(from: &next),
            if: Comparison(
              $0.condition.left.numbered(from: &next), $0.condition.sign,
              $0.condition.right.numbered(from: &next)))
        })
    }
  }
}
