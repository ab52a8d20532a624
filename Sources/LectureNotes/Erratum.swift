/// A misprint of the notes, or a thing they leave unsaid.
package struct Erratum: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// False as printed.
    case math
    /// A wrong index, limit or superscript.
    case index
    case sign
    /// Shapes of matrices.
    case shape
    case code
    /// The intent is clear; there is nothing to evaluate.
    case notation
    /// Two readings, or a convention that is not said.
    case ambiguity
    /// A condition or definition that is missing.
    case omission
    case text

    /// Whether it would mislead a reader.
    package var misleads: Bool {
      switch self {
      case .math, .index, .sign, .shape, .code: return true
      case .notation, .ambiguity, .omission, .text: return false
      }
    }
  }

  package var number: String
  package var kind: Kind
  /// Where in the notes: `§1, last line`.
  package var place: String
  package var printed = ""
  package var corrected = ""
  package var why = ""

  /// Whether it would mislead a reader: a printed formula that holds in its own reading does not.
  package var misleads: Bool { kind.misleads && !corrected.hasPrefix("as printed") }

  /// The line of the file.
  package var line = 0
}
