/// The letter of an index with the primes and scripts that are part of its name: `j`, `n_{l+1}`,
/// `N_l`, `d^{(l)}`.
package struct IndexName: Hashable, Sendable {
  package var letter: String
  package var primes = 0
  package var lower: Index?
  package var upper: Index?

  package init(_ letter: String, primes: Int = 0, lower: Index? = nil, upper: Index? = nil) {
    self.letter = letter
    self.primes = primes
    self.lower = lower
    self.upper = upper
  }
}

/// What stands in a script: a number, a variable or constant, a sum of two, or a label (`a_y`).
package indirect enum Index: Hashable, Sendable {
  case integer(Int)
  case name(IndexName)
  case plus(Index, Index)
  case minus(Index, Index)
  case label(String)

  /// An index is shifted by no more than this, up or down.
  package static let shiftLimit = 1_000_000

  package static func isShift(_ number: Int) -> Bool {
    (-shiftLimit...shiftLimit).contains(number)
  }

  /// `l−1` shifted by 1 is `l`.
  package func shifted(by offset: Int) -> Index {
    switch self {
    case .integer(let number): return .integer(number + offset)
    case .plus(let base, .integer(let number)): return base.shifted(by: offset + number)
    case .minus(let base, .integer(let number)): return base.shifted(by: offset - number)
    case .name, .label, .plus, .minus:
      if offset == 0 { return self }
      return offset > 0 ? .plus(self, .integer(offset)) : .minus(self, .integer(-offset))
    }
  }

  package static func variable(_ letter: String) -> Index { .name(IndexName(letter)) }
}

/// The value of an index, with its layer where the letter itself says one (gonzalez: “neuron of
/// layer n+1”).
package struct IndexValue: Hashable, Sendable {
  package var value: Int
  package var layer: Int?

  package init(_ value: Int, layer: Int? = nil) {
    self.value = value
    self.layer = layer
  }
}

/// The identity of an index variable: its letter *and the value of its subscript*.
///
/// In general-case `n_{l+2}` and the fixed `n_L` are one variable when l+2 = L. That is how misprint
/// 7 of those notes shows itself.
package struct IndexKey: Hashable, Sendable {
  /// The letter and its primes, packed: a key is compared at every symbol.
  package var letter: LetterCode
  package var lower: Int?

  package init(_ letter: String, primes: Int = 0, lower: Int? = nil) {
    self.init(LetterCode(letter, primes: primes), lower: lower)
  }

  package init(_ letter: LetterCode, lower: Int?) {
    self.letter = letter
    self.lower = lower
  }
}

/// A letter with its primes in one word: seven bytes of UTF-8 and a count.
package struct LetterCode: Hashable, Sendable {
  private let bits: UInt64
  /// Bytes of a letter; two that differ behind them are not told apart.
  package static let limit = 7

  package init(_ letter: String, primes: Int) {
    var bits = UInt64(truncatingIfNeeded: min(primes, 255))
    for byte in letter.utf8.prefix(Self.limit) { bits = bits << 8 | UInt64(byte) }
    self.bits = bits
  }
}

/// Values of the indices in force, innermost last.
package struct IndexValues: Sendable {
  private var bindings: [(key: IndexKey, value: IndexValue)] = []
  /// The layer of the left side, for a function whose argument names none.
  package var layer: Int?
  /// Within the terms of a sum.
  var isInSum = false
  /// Within parentheses.
  var isInGroup = false

  package init() {}

  package func value(of key: IndexKey) -> IndexValue? {
    bindings.last { $0.key == key }?.value
  }

  package func isSame(as other: IndexValues) -> Bool {
    layer == other.layer && bindings.count == other.bindings.count
      && zip(bindings, other.bindings).allSatisfy { $0.key == $1.key && $0.value == $1.value }
  }

  /// Gives the variable bound last another value.
  package mutating func rebindLast(_ value: IndexValue) {
    bindings[bindings.count - 1].value = value
  }

  package mutating func bind(_ key: IndexKey, _ value: IndexValue) {
    bindings.append((key, value))
  }

  /// Without any value of a variable.
  package func removing(_ key: IndexKey) -> IndexValues {
    var copy = self
    copy.bindings.removeAll { $0.key == key }
    return copy
  }

  package func binding(_ key: IndexKey, _ value: IndexValue) -> IndexValues {
    var copy = self
    copy.bind(key, value)
    return copy
  }
}
