/// A letter or a digit with the mark it carries: `L̃`, `x̲`, `1⃗`.
struct Letter: Hashable, Sendable {
  enum Mark: Hashable, Sendable { case hat, tilde, bar, underline, arrow }

  var base: Character
  var mark: Mark?

  init(_ character: Character) {
    base = character
    let scalars = Array(character.unicodeScalars)
    if let (plain, mark) = Letter.ofOneCode[character] {
      (base, self.mark) = (plain, mark)
    } else if scalars.count == 2, let mark = Letter.mark(scalars[1]) {
      (base, self.mark) = (Character(scalars[0]), mark)
    }
  }

  private static func mark(_ scalar: Unicode.Scalar) -> Mark? {
    switch scalar.value {
    case 0x302: return .hat
    case 0x303: return .tilde
    case 0x304, 0x305: return .bar
    case 0x331, 0x332: return .underline
    case 0x20D7: return .arrow
    default: return nil
    }
  }

  /// Letters that Unicode also has with their mark as one code, as a keyboard gives them.
  private static let ofOneCode: [Character: (Character, Mark)] = {
    var table: [Character: (Character, Mark)] = [:]
    for (marked, plain, mark) in [
      ("âĉêĝĥîĵôŝûŵŷẑÂĈÊĜĤÎĴÔŜÛŴŶẐ", "aceghijosuwyzACEGHIJOSUWYZ", Mark.hat),
      ("ãẽĩñõũṽỹÃẼĨÑÕŨṼỸ", "aeinouvyAEINOUVY", .tilde),
      ("āēīōūȳĀĒĪŌŪȲ", "aeiouyAEIOUY", .bar),
    ] {
      for (key, letter) in zip(marked, plain) { table[key] = (letter, mark) }
    }
    return table
  }()
}
