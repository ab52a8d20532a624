/// A line made ready for reading: raised and lowered runs become `^{…}` and `_{…}`, look-alike
/// minus signs, dots and primes become one character each, and every character remembers its column.
struct SourceText {
  private(set) var characters: [Character] = []
  private(set) var columns: [Int] = []
  private(set) var length = 0
  /// Places of braces that stand for the ends of a raised or lowered run; nobody typed them.
  private(set) var madeBraces: Set<Int> = []

  init(_ line: String, offset: Int = 0) throws(SyntaxError) {
    var column = offset
    var run: Character?
    var command: (name: String, column: Int)?
    for character in line {
      if let (name, start) = command {
        if character.isASCIILetter {
          command = (name + String(character), start)
          column += 1
          continue
        }
        try append(latex: name, start)
        command = nil
      }
      if character == "\\" {
        if run != nil { append(brace: "}", column) }
        run = nil
        command = ("", column)
        column += 1
        continue
      }
      if let kind = SourceText.script(of: character) {
        if run != kind.kind {
          if run != nil { append(brace: "}", column) }
          append(kind.kind, column)
          append(brace: "{", column)
          run = kind.kind
        }
        append(kind.plain, column)
      } else {
        if run != nil {
          append(brace: "}", column)
          run = nil
        }
        try appendPlain(character, column)
      }
      column += 1
    }
    if let (name, start) = command { try append(latex: name, start) }
    if run != nil { append(brace: "}", column) }
    length = column
  }

  /// `\delta` is read as δ; it stands where its backslash does.
  private mutating func append(latex name: String, _ column: Int) throws(SyntaxError) {
    guard let text = Glyphs.latex(name) else {
      throw SyntaxError(
        "\\\(name) is not read here", at: Columns(column, column + 1 + name.count),
        advice: SourceText.advice(latex: name))
    }
    for character in text { append(character, column) }
  }

  private static func advice(latex name: String) -> String {
    switch name {
    case "frac", "dfrac", "tfrac": return "write a quotient with a stroke: (a)/(b)"
    case "left", "right", "big", "Big": return "write the bracket alone"
    case "top", "mathsf", "mathrm", "mathbf", "vec", "hat", "tilde", "bar", "underline":
      return "write the symbol alone"
    default: return "write the letter itself, as δ or delta, Σ or sum"
    }
  }

  private mutating func append(_ character: Character, _ column: Int) {
    characters.append(character)
    columns.append(column)
  }

  private mutating func append(brace: Character, _ column: Int) {
    madeBraces.insert(characters.count)
    append(brace, column)
  }

  private mutating func appendPlain(_ character: Character, _ column: Int) throws(SyntaxError) {
    if character.isASCIILetter || character.isASCIIDigit {
      append(character, column)
      return
    }
    switch character.loneScalar {
    case "−": append("-", column)
    case "∗", "×", "*": append("*", column)
    case "⋅", "•", "·", "\u{387}": append("·", column)
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
    if character.utf8.count == 1 { return nil }
    if let plain = Glyphs.plain(lowered: character) { return ("_", plain) }
    if let plain = Glyphs.plain(raised: character) { return ("^", plain) }
    return nil
  }
}
