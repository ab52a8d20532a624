/// Raised and lowered characters of Unicode, and the ASCII spellings of the others.
package enum Glyphs {
  package static let lowered: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "+": "₊", "-": "₋", "(": "₍", ")": "₎", "a": "ₐ", "e": "ₑ", "h": "ₕ", "i": "ᵢ",
    "j": "ⱼ", "k": "ₖ", "l": "ₗ", "m": "ₘ", "n": "ₙ", "o": "ₒ", "p": "ₚ", "r": "ᵣ", "s": "ₛ",
    "t": "ₜ", "u": "ᵤ", "v": "ᵥ", "x": "ₓ", "ℓ": "ₗ",
  ]
  package static let raised: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "+": "⁺", "-": "⁻", "(": "⁽", ")": "⁾", "a": "ᵃ", "b": "ᵇ", "c": "ᶜ", "d": "ᵈ",
    "e": "ᵉ", "f": "ᶠ", "g": "ᵍ", "h": "ʰ", "i": "ⁱ", "j": "ʲ", "k": "ᵏ", "l": "ˡ", "m": "ᵐ",
    "n": "ⁿ", "o": "ᵒ", "p": "ᵖ", "r": "ʳ", "s": "ˢ", "t": "ᵗ", "u": "ᵘ", "v": "ᵛ", "w": "ʷ",
    "x": "ˣ", "y": "ʸ", "z": "ᶻ", "L": "ᴸ", "N": "ᴺ", "K": "ᴷ", "P": "ᴾ", "ℓ": "ˡ",
  ]
  /// `2` for ₂.
  package static func plain(lowered character: Character) -> Character? {
    character.loneScalar.flatMap { plainOfLowered[$0] }
  }

  /// `2` for ².
  package static func plain(raised character: Character) -> Character? {
    character.loneScalar.flatMap { plainOfRaised[$0] }
  }

  private static let plainOfLowered = inverse(lowered)
  private static let plainOfRaised = inverse(raised)

  private static func inverse(_ table: [Character: Character]) -> [Unicode.Scalar: Character] {
    var plain: [Unicode.Scalar: Character] = [:]
    for (key, glyph) in table where key != "ℓ" {
      if let scalar = glyph.loneScalar { plain[scalar] = key }
    }
    return plain
  }

  /// How a name is spelled where only ASCII is to be printed, and typed by a student without Greek.
  package static let spelled: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "Σ": "sum",
    "∂": "d", "∇": "grad", "ℓ": "l", "ŷ": "yhat", "â": "ahat", "ĉ": "chat", "ê": "ehat",
    "ŝ": "shat", "ŵ": "what", "ẑ": "zhat", "ỹ": "y~", "ã": "a~", "ñ": "n~", "õ": "o~",
    "1\u{20D7}": "ones",
  ]

  /// δ for `delta`.
  package static func letter(spelled word: String) -> Character? { letters[word] }

  private static let letters: [String: Character] = {
    var table: [String: Character] = [:]
    for (letter, word) in spelled where letter.isLetter && letter != "Σ" && word.count > 1 {
      table[word] = letter
    }
    return table
  }()

  /// What a LaTeX command stands for: `\delta`, `\sum`, `\partial`.
  static func latex(_ command: String) -> String? {
    if let letter = letters[command] { return String(letter) }
    return commands[command]
  }

  private static let commands: [String: String] = [
    "varepsilon": "ε", "varphi": "φ", "vartheta": "θ", "ell": "ℓ", "sum": "Σ", "Sigma": "Σ",
    "partial": "∂", "nabla": "∇", "cdot": "·", "times": "*", "odot": "⊙", "otimes": "⊗",
    "top": "⊤", "prime": "'", "log": "log", "ln": "log", "exp": "exp", "leftarrow": "←",
    "gets": "←", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠",
  ]

  /// Characters that only look like ours, with the name to give them in an error.
  package static func lookAlike(_ character: Character) -> (name: String, meant: String)? {
    guard let scalar = character.unicodeScalars.first else { return nil }
    switch scalar {
    case "–": return ("– (U+2013, en dash) is not a minus sign", "-")
    case "—": return ("— (U+2014, em dash) is not a minus sign", "-")
    case "‐", "‑": return ("\(character) (a hyphen of another kind) is not a minus sign", "-")
    case "“", "”", "„": return ("\(character) is a quotation mark for prose", "\"")
    case "‘", "’": return ("\(character) is an apostrophe for prose", "'")
    default: break
    }
    switch scalar.value {
    case 0x400...0x4FF:
      return (
        "\(hex(scalar)) is a Cyrillic letter that only looks like one of ours", "the Latin one"
      )
    case 0xFF01...0xFF5E:
      let narrow = Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init) ?? "?"
      return ("\(character) is a full-width character", String(narrow))
    default: return nil
    }
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    "'\\u{\(String(scalar.value, radix: 16, uppercase: true))}'"
  }
}

extension Character {
  /// Its code, if it has but one: codes compare faster than characters, which may be composed.
  var loneScalar: Unicode.Scalar? {
    let scalars = unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }

  /// A letter that a name may be made of; those of ASCII are told without the tables of Unicode.
  var isNameLetter: Bool { isASCIILetter || !isASCII && isLetter }

  var isASCIILetter: Bool {
    guard utf8.count == 1, let byte = utf8.first else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  var isASCIIDigit: Bool {
    guard utf8.count == 1, let byte = utf8.first else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
