/// A formula as it is set on a page: letters with their scripts, fractions, fences, tables.
///
/// `Typesetter` makes it of a tree, `LaTeX` and `MathML` write it; what they print cannot differ.
indirect enum Formula: Hashable, Sendable {
  case letter(Letter)
  /// Digits, without sign and exponent.
  case number(String)
  /// Upright: the name of a function, a label of several letters.
  case word(String)
  case sign(Sign)
  case row([Formula])
  case scripts(Formula, lower: Formula?, upper: Formula?)
  case primed(Formula, Int)
  case fraction(Formula, Formula)
  case sum(from: Formula, to: Formula?, Formula)
  case root(Formula)
  case fence(Fence, Formula)
  /// `f(z)`, `log y`, `∂/∂a Σ …`: what is applied and what it is applied to.
  case application(Formula, Formula)
  case table([[Formula]])
  case cases([Formula.Case])

  struct Case: Hashable, Sendable {
    var value: Formula
    var condition: Formula
  }
}

enum Fence: Hashable, Sendable {
  case parentheses, brackets, bars, doubleBars
}

/// A sign that stands alone in a row.
enum Sign: Hashable, Sendable {
  /// Between factors side by side: nothing is printed.
  case beside
  /// Between indices: of one letter each, `jk`, and longer ones, `n_l n_{l+1}`.
  case run, apart
  case comma
  case plus, minus, dot, cross, hadamard, tensor
  case equals, becomes, defined
  case unequal, less, atMost, greater, atLeast
  /// The sign of a number or of a first term.
  case negative
  case partial, nabla, transposed, infinity
}

extension Formula {
  /// Parentheses around it have to grow.
  var isTall: Bool {
    switch self {
    case .letter, .number, .word, .sign: return false
    case .fraction, .sum, .table, .cases: return true
    case .row(let items): return items.contains(where: \.isTall)
    case .scripts(let base, _, _), .primed(let base, _): return base.isTall
    case .root(let inner), .fence(_, let inner): return inner.isTall
    case .application(let head, let argument): return head.isTall || argument.isTall
    }
  }

  /// It begins with a digit, so that a number before it needs a dot between.
  var beginsWithDigit: Bool {
    switch self {
    case .number: return true
    case .scripts(let base, _, _), .primed(let base, _): return base.beginsWithDigit
    case .row(let items): return items.first?.beginsWithDigit ?? false
    case .letter, .word, .sign, .fraction, .sum, .root, .fence, .application, .table, .cases:
      return false
    }
  }
}
