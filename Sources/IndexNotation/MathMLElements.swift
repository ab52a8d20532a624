// Elements, letters and signs.

extension MathML {
  /// An operator that is not seen: the function before it is applied to what follows.
  static let applied = "\u{2061}"

  static func element(_ name: String, _ content: String) -> String {
    "<\(name)>\(content)</\(name)>"
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  static func text(_ letter: Letter) -> String {
    let base = element(letter.base.isNumber ? "mn" : "mi", escaped(String(letter.base)))
    switch letter.mark {
    case nil: return base
    case .hat?: return element("mover", base + element("mo", "^"))
    case .tilde?: return element("mover", base + element("mo", "~"))
    case .bar?: return element("mover", base + element("mo", "¯"))
    case .underline?: return element("munder", base + element("mo", "_"))
    case .arrow?: return element("mover", base + element("mo", "→"))
    }
  }

  static func text(_ sign: Sign) -> String {
    element(sign == .infinity ? "mi" : "mo", escaped(character(sign)))
  }

  private static func character(_ sign: Sign) -> String {
    switch sign {
    case .beside: return "\u{2062}"
    case .run, .apart: return "\u{2063}"
    case .comma: return ","
    case .plus: return "+"
    case .minus, .negative: return "−"
    case .dot: return "⋅"
    case .cross: return "×"
    case .hadamard: return "⊙"
    case .tensor: return "⊗"
    case .equals: return "="
    case .becomes: return "←"
    case .defined: return ":="
    case .unequal: return "≠"
    case .less: return "<"
    case .atMost: return "≤"
    case .greater: return ">"
    case .atLeast: return "≥"
    case .partial: return "∂"
    case .nabla: return "∇"
    case .transposed: return "⊤"
    case .infinity: return "∞"
    }
  }

  /// Several letters in one `mi` are upright of themselves.
  static func word(_ word: String) -> String { element("mi", escaped(word)) }

  static func delimiters(_ fence: Fence) -> (String, String) {
    switch fence {
    case .parentheses: return (element("mo", "("), element("mo", ")"))
    case .brackets: return (element("mo", "["), element("mo", "]"))
    case .bars: return (element("mo", "|"), element("mo", "|"))
    case .doubleBars: return (element("mo", "‖"), element("mo", "‖"))
    }
  }
}
