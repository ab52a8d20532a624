import IndexNotation

/// One place of a declared symbol: a literal (`o_0`), a label (`a_y`) or a variable (`a_i`).
package enum PatternIndex: Hashable, Sendable {
  case literal(Int)
  case label(String)
  case variable(String)
}

/// An index right of `=` in a declaration: `l+1`, `last`, `layer(j)`.
package struct SlotIndex: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    case zero
    case variable(String)
    case last
    case layer(of: String)
  }
  package var base: Base
  package var offset: Int
}

/// What a declared symbol is in the network.
package enum Binding: Hashable, Sendable {
  case quantity(QuantityKind, slots: [SlotIndex])
  case constant(Double)
  /// 1 where the two indices are equal, else 0: Kronecker's δ.
  case kronecker(SlotIndex, SlotIndex)
}

/// `symbol : meaning = what it is in the network`.
package struct Declaration: Sendable {
  package var name: String
  package var lower: [PatternIndex]
  package var upper: [PatternIndex]
  package var meaning: String
  package var binding: Binding
  /// Facts under which the symbol is used at all (gonzalez: v_j with one output).
  package var facts: [Fact]
  /// The letter bound to an example, of the upper indices or of `@`.
  package var exampleLetter: String?
  /// The symbol is not the notes' own; it is used only beyond them.
  package var isBeyondTheNotes: Bool
  /// The line of the file, for errors.
  package var line: Int

  /// Places in `upper` that are an example, which may be left out.
  package var exampleUppers: [Int] {
    upper.indices.filter {
      if case .variable(let letter) = upper[$0] { return letter == exampleLetter }
      return false
    }
  }
}

/// A vector or matrix symbol: `column j of z_j^l`, `matrix i, j of w_{i,j}^l`.
package struct ArrayDeclaration: Sendable {
  package enum Layout: Hashable, Sendable {
    case column(String)
    case row(String)
    case matrix(String, String)
  }
  package var name: String
  /// Indices that stay fixed, as j in the weights `w_j^l` into one neuron.
  package var lower: [PatternIndex] = []
  package var upper: [PatternIndex]
  package var meaning: String
  package var layout: Layout
  /// Every entry is this symbol, or the number 1 if nil.
  package var element: Reference?
  /// The line of the file, for errors.
  package var line = 0
}

extension ArrayDeclaration {
  /// The symbol as it is declared: `x^{(l)}`.
  package var pattern: Reference {
    Reference(name, lower: lower.map(\.index), upper: upper.map(\.index))
  }
}

/// A constant of the notes: `L`, `N_l`, `d^{(l)}`.
package struct ConstantDeclaration: Sendable {
  package enum Meaning: Hashable, Sendable {
    case last
    case examples
    case size(SlotIndex)
  }
  package var name: String
  package var parameter: String?
  package var meaning: Meaning
  package var offset: Int
  package var text: String
}

/// What a function letter applies.
package enum FunctionMeaning: Hashable, Sendable {
  /// The activation of the layer of its argument.
  case activation
  case sigmoid
}

/// What an index letter counts.
package enum IndexMeaning: Hashable, Sendable {
  case neuron
  case layer
  case example
  /// A neuron of a layer given by another letter: `i : neuron of layer n-1`.
  case neuronOfLayer(SlotIndex)
}
