/// A symbol with its scripts as written: `w^l_jk`, `z[1][2] @3`.
package struct Reference: Hashable, Sendable {
  package var name: String
  package var lower: [Index] = []
  package var upper: [Index] = []
  /// A layer given in brackets to a symbol that the notes write without one (`w[1][j,i]`).
  package var layer: Index?
  /// The example asked for by `@`.
  package var example: Index?
  /// Columns of the source, for errors; not part of the identity of the tree.
  package var columns: Columns
  /// Columns of the indices typed in brackets, the layer first; empty for other forms.
  package var indexColumns = IndexColumns()
  /// The number of the symbol among those of its document, from 1; 0 for a typed one. No part of
  /// the identity of the tree.
  package var number = SymbolNumber()

  package init(_ name: String, lower: [Index] = [], upper: [Index] = [], columns: Columns = .none) {
    self.name = name
    self.lower = lower
    self.upper = upper
    self.columns = columns
  }
}

/// Tells a symbol of a relation from every other, so that what it stands for is worked out once.
package struct SymbolNumber: Hashable, Sendable {
  package var value = 0

  package init() {}

  package static func == (left: SymbolNumber, right: SymbolNumber) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}

/// Where the indices of a reference were typed; no part of its identity.
package struct IndexColumns: Hashable, Sendable {
  package var list: [(index: Index, columns: Columns)] = []

  package static func == (left: IndexColumns, right: IndexColumns) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}

extension Reference {
  /// The index that is out of range, if it was typed in brackets; else the whole symbol.
  package func columns(of error: EvaluationError) -> Columns {
    guard case .outOfRange(_, let wanted) = error else { return columns }
    return indexColumns.list.last { $0.index == .integer(wanted) }?.columns ?? columns
  }
}

/// A stretch of a source line, in characters from 0. All are equal: positions are no part of a tree.
package struct Columns: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  package static let none = Columns(0, 0)
  package static func == (left: Columns, right: Columns) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}

  package func union(_ other: Columns) -> Columns {
    Columns(min(start, other.start), max(end, other.end))
  }
}

/// How a factor is joined to the one before it.
package enum Joint: Hashable, Sendable {
  case beside
  case dot
  case over
}

package struct Factor: Hashable, Sendable {
  package var joint: Joint
  package var expression: Expression

  package init(_ joint: Joint, _ expression: Expression) {
    self.joint = joint
    self.expression = expression
  }
}

package struct Term: Hashable, Sendable {
  package var isSubtracted: Bool
  package var expression: Expression

  package init(_ expression: Expression, isSubtracted: Bool = false) {
    self.expression = expression
    self.isSubtracted = isSubtracted
  }
}

/// The index of a sum and its printed limits, if any.
package struct Binder: Hashable, Sendable {
  package var index: IndexName
  package var from: Index?
  package var to: Index?

  package init(_ index: IndexName, from: Index? = nil, to: Index? = nil) {
    self.index = index
    self.from = from
    self.to = to
  }
}

/// An equation's side: one tree for evaluation, rendering, expansion and substitution.
package indirect enum Expression: Hashable, Sendable {
  /// A literal, kept as typed beside its value.
  case number(String, Double)
  case reference(Reference)
  case sum(Binder, Expression)
  case addition([Term])
  case product([Factor])
  case hadamard(Expression, Expression, glyph: Character)
  case power(Expression, Expression)
  case transpose(Expression)
  case call(String, primes: Int, [Expression], Columns)
  case partial(Reference, Reference)
  /// `∂/∂a_i Σ_k …`: the derivative of a whole expression.
  case derivative(Expression, by: Reference)
  /// `∇_a C`: the vector of ∂C/∂a over the last layer.
  case gradient(Reference, Reference)
  case norm(Expression)
  case matrix([[Expression]], Columns)
  /// Parentheses or brackets as printed.
  case group(Expression)
  /// `{ 0 if s ≤ 0; 1 if s > 0 }`: the first alternative whose condition holds.
  case cases([Alternative])
  /// An index as a number, in a condition: `m_L = n_L`.
  case index(Index)
}

/// One line of a definition by cases.
package struct Alternative: Hashable, Sendable {
  package var value: Expression
  package var condition: Comparison

  package init(_ value: Expression, if condition: Comparison) {
    self.value = value
    self.condition = condition
  }
}

/// `left ≤ right`.
package struct Comparison: Hashable, Sendable {
  package enum Sign: String, CaseIterable, Sendable {
    case equal = "="
    case unequal = "≠"
    case less = "<"
    case atMost = "≤"
    case greater = ">"
    case atLeast = "≥"

    package func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .equal: return left == right
      case .unequal: return left != right
      case .less: return left < right
      case .atMost: return left <= right
      case .greater: return left > right
      case .atLeast: return left >= right
      }
    }
  }

  package var left: Expression
  package var sign: Sign
  package var right: Expression

  package init(_ left: Expression, _ sign: Sign, _ right: Expression) {
    self.left = left
    self.sign = sign
    self.right = right
  }
}

extension Expression {
  /// The stretch of the source line the expression was read from.
  package var columns: Columns {
    switch self {
    case .number, .index: return .none
    case .reference(let reference): return reference.columns
    case .sum(_, let body): return body.columns
    case .addition(let terms): return Expression.span(terms.map(\.expression))
    case .product(let factors): return Expression.span(factors.map(\.expression))
    case .hadamard(let left, let right, _): return Expression.span([left, right])
    case .power(let base, _): return base.columns
    case .transpose(let body), .norm(let body), .group(let body): return body.columns
    case .call(_, _, _, let columns): return columns
    case .partial(let top, let bottom), .gradient(let bottom, let top):
      return top.columns.union(bottom.columns)
    case .matrix(_, let columns): return columns
    case .derivative(let body, let bottom): return body.columns.union(bottom.columns)
    case .cases(let list): return Expression.span(list.map(\.value))
    }
  }

  private static func span(_ parts: [Expression]) -> Columns {
    let known = parts.map(\.columns).filter { $0.end > $0.start }
    guard let first = known.first else { return .none }
    return known.dropFirst().reduce(first) { $0.union($1) }
  }

  /// Every reference of the tree, in order.
  package var references: [Reference] {
    switch self {
    case .number, .index: return []
    case .reference(let reference): return [reference]
    case .sum(_, let body), .transpose(let body), .norm(let body), .group(let body):
      return body.references
    case .addition(let terms): return terms.flatMap(\.expression.references)
    case .product(let factors): return factors.flatMap(\.expression.references)
    case .hadamard(let left, let right, _), .power(let left, let right):
      return left.references + right.references
    case .call(_, _, let arguments, _): return arguments.flatMap(\.references)
    case .partial(let top, let bottom), .gradient(let bottom, let top): return [top, bottom]
    case .matrix(let rows, _): return rows.flatMap { $0.flatMap(\.references) }
    case .derivative(let body, let bottom): return body.references + [bottom]
    case .cases(let list):
      return list.flatMap {
        $0.value.references + $0.condition.left.references + $0.condition.right.references
      }
    }
  }
}

/// How a relation's side follows the one before.
package enum RelationSign: String, Hashable, Sendable {
  case equals = "="
  case becomes = "←"
  case defined = ":="
}

/// `left = right = right …`; stepping shows the last side.
package struct Relation: Hashable, Sendable {
  package var left: Expression
  package var sides: [Side]

  package struct Side: Hashable, Sendable {
    package var sign: RelationSign
    package var expression: Expression

    package init(_ sign: RelationSign, _ expression: Expression) {
      self.sign = sign
      self.expression = expression
    }
  }

  package init(left: Expression, sides: [Side]) {
    self.left = left
    self.sides = sides
  }
}
