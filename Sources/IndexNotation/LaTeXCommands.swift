// The commands for letters and signs.

extension LaTeX {
  static func text(_ letter: Letter) -> String {
    let base = commands[letter.base].map { "\\" + $0 } ?? escaped(String(letter.base))
    switch letter.mark {
    case nil: return base
    case .hat?: return "\\hat{\(base)}"
    case .tilde?: return "\\tilde{\(base)}"
    case .bar?: return "\\bar{\(base)}"
    case .underline?: return "\\underline{\(base)}"
    case .arrow?: return "\\vec{\(base)}"
    }
  }

  static func command(_ sign: Sign) -> String {
    switch sign {
    case .beside, .run, .apart: return ""
    case .comma: return ","
    case .plus: return "+"
    case .minus, .negative: return "-"
    case .dot: return "\\cdot"
    case .cross: return "\\times"
    case .hadamard: return "\\odot"
    case .tensor: return "\\otimes"
    case .equals: return "="
    case .becomes: return "\\leftarrow"
    case .defined: return ":="
    case .unequal: return "\\neq"
    case .less: return "<"
    case .atMost: return "\\le"
    case .greater: return ">"
    case .atLeast: return "\\ge"
    case .partial: return "\\partial"
    case .nabla: return "\\nabla"
    case .transposed: return "\\top"
    case .infinity: return "\\infty"
    }
  }

  /// Whether a sign stands between two things, with room around it.
  static func isBinary(_ sign: Sign) -> Bool {
    switch sign {
    case .plus, .minus, .dot, .cross, .hadamard, .tensor, .equals, .becomes, .defined, .unequal,
      .less, .atMost, .greater, .atLeast:
      return true
    case .beside, .run, .apart, .comma, .negative, .partial, .nabla, .transposed, .infinity:
      return false
    }
  }

  static func delimiters(_ fence: Fence) -> (String, String) {
    switch fence {
    case .parentheses: return ("(", ")")
    case .brackets: return ("[", "]")
    case .bars: return ("|", "|")
    case .doubleBars: return ("\\|", "\\|")
    }
  }

  /// A character of a name that LaTeX would take for its own.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\backslash "
      case "_", "#", "%", "&", "$", "{", "}": result += "\\\(character)"
      case "^", "~": result += "\\\(character){}"
      default: result.append(character)
      }
    }
    return result
  }

  /// Greek by name; TeX has no command for a capital that looks Latin.
  private static let commands: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "varsigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell",
    "∂": "partial", "∇": "nabla",
  ]
}
