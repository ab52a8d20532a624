/// A line made ready for reading: raised and lowered runs become `^{…}` and `_{…}`, look-alike
/// minus signs, dots and primes become one character each, and every character remembers its column.
struct SourceText {
  private(set) var characters: [Character] = []
  private(set) var columns: [Int] = []
  private(set) var length = 0

  init(_ line: String, offset: Int = 0) throws(SyntaxError) {
    var column = offset
    var run: (kind: Character, end: Character)?
    for character in line {
      if let kind = SourceText.script(of: character) {
        if run?.kind != kind.kind {
          if run != nil { append("}", column) }
          append(kind.kind, column)
          append("{", column)
          run = (kind.kind, "}")
        }
        append(kind.plain, column)
      } else {
        if run != nil {
          append("}", column)
          run = nil
        }
        try appendPlain(character, column)
      }
      column += 1
    }
    if run != nil { append("}", column) }
    length = column
  }

  private mutating func append(_ character: Character, _ column: Int) {
    characters.append(character)
    columns.append(column)
  }

  private mutating func appendPlain(_ character: Character, _ column: Int) throws(SyntaxError) {
    switch character {
    case "−": append("-", column)
    case "∗", "×", "*": append("*", column)
    case "⋅", "•", "·": append("·", column)
    case "′", "'": append("'", column)
    case "″":
      append("'", column)
      append("'", column)
    case "ᵀ", "⊤": append("⊤", column)
    case "|", "‖": append("‖", column)
    case "\t", "\u{A0}": append(" ", column)
    default:
      if let look = Glyphs.lookAlike(character) {
        throw SyntaxError(
          look.name, at: Columns(column, column + 1), advice: "write \(look.meant)")
      }
      append(character, column)
    }
  }

  private static func script(of character: Character) -> (kind: Character, plain: Character)? {
    if character.isASCII { return nil }
    if let plain = Glyphs.plainOfLowered[character] { return ("_", plain) }
    if let plain = Glyphs.plainOfRaised[character] { return ("^", plain) }
    return nil
  }
}
