import IndexNotation

/// The symbols declared so far, each with its line: two that are written alike would be one.
struct DeclaredForms {
  /// What tells one declared symbol from another: which letters its indices have does not.
  private struct Form: Hashable {
    var name: String
    var lower: [Place]
    var upper: [Place]
    var facts: Set<Fact>
  }

  private enum Place: Hashable {
    case literal(Int)
    case label(String)
    case variable

    init(_ index: PatternIndex) {
      switch index {
      case .literal(let number): self = .literal(number)
      case .label(let word): self = .label(word)
      case .variable: self = .variable
      }
    }
  }

  private var first: [Form: (line: Int, text: Substring)] = [:]

  mutating func add(
    _ pattern: SymbolPattern, _ facts: [Fact], _ line: DocumentLine
  ) throws(DocumentError) {
    let form = Form(
      name: pattern.name, lower: pattern.lower.map(Place.init),
      upper: pattern.upper.map(Place.init), facts: Set(facts))
    if let other = first[form] {
      let letters = other.text == pattern.text ? "" : " as \(other.text)"
      throw line.error(
        "\(pattern.text) is declared twice, first in line \(other.line)\(letters)",
        at: pattern.text)
    }
    first[form] = (line.number, pattern.text)
  }
}

/// The left side of a declaration: `θ_jk^ℓ`.
struct SymbolPattern {
  var text: Substring
  var name: String
  var lower: [PatternIndex] = []
  var upper: [PatternIndex] = []
  var style = SymbolStyle()
}
