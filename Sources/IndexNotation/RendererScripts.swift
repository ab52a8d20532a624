// Names, symbols and their scripts.

extension Renderer {
  package func name(_ name: String, _ script: Script) -> String {
    guard script == .ascii else { return name }
    var text = ""
    for character in name {
      if let spelled = Glyphs.spelled[character] {
        text += spelled
      } else {
        // A hat, a tilde or an underline is a combining mark; ASCII spells it after the letter.
        for scalar in character.unicodeScalars {
          switch scalar.value {
          case 0x303: text += "~"
          case 0x302: text += "hat"
          case 0x20D7: break
          case 0x332: break
          default: text += Glyphs.spelled[Character(scalar)] ?? String(scalar)
          }
        }
      }
    }
    return text
  }

  package func reference(_ reference: Reference, _ script: Script) -> String? {
    let style = styles[reference.name] ?? SymbolStyle()
    var text = name(reference.name, script)
    var upper = reference.upper.map { self.text($0, script) }.joined(separator: ",")
    if !upper.isEmpty, style.upperInParentheses { upper = "(\(upper))" }
    if let layer = reference.layer { upper = "(\(self.text(layer, script)))" }
    let lower = lowerText(reference.lower, style, script)
    if script == .unicode {
      guard let sub = self.lower(lower), let sup = raise(upper) else { return nil }
      text += sub + sup
    } else {
      let sub = lower.isEmpty ? "" : "_" + braced(lower)
      let sup = upper.isEmpty ? "" : "^" + braced(upper)
      text += sub + sup
    }
    switch reference.example {
    case .name(let letter)?: text += "(\(self.text(.name(letter), script)))"
    case let example?: text += " @\(self.text(example, script))"
    case nil: break
    }
    return text
  }

  private func lowerText(
    _ list: [Index], _ style: SymbolStyle, _ script: Script
  ) -> String {
    let texts = list.map { text($0, script) }
    if style.commaInLower { return texts.joined(separator: ",") }
    let isRun = texts.allSatisfy { $0.count == 1 }
    if isRun { return texts.joined() }
    let allNumbers = list.allSatisfy { if case .integer = $0 { true } else { false } }
    return texts.joined(separator: allNumbers ? "," : " ")
  }

  /// An index in linear form: `n_{l+1}`, `l−1`, `d^(l)`.
  package func text(_ index: Index, _ script: Script = .linear) -> String {
    let minus = script == .ascii ? "-" : "−"
    switch index {
    case .integer(let value): return value < 0 ? "\(minus)\(-value)" : String(value)
    case .label(let label): return label
    case .plus(let a, let b): return "\(text(a, script))+\(text(b, script))"
    case .minus(let a, let b): return "\(text(a, script))\(minus)\(text(b, script))"
    case .name(let name):
      let letter = script == .ascii && name.letter == "ℓ" ? "l" : name.letter
      var result = letter + String(repeating: "'", count: name.primes)
      if let lower = name.lower { result += "_" + braced(text(lower, script)) }
      if let upper = name.upper {
        let parenthesised = styles[name.letter]?.upperInParentheses ?? false
        let inner = text(upper, script)
        result += "^" + braced(parenthesised ? "(\(inner))" : inner)
      }
      return result
    }
  }

  func braced(_ text: String) -> String {
    if text.count == 1 { return text }
    if text.first == "(", text.last == ")", !text.dropFirst().dropLast().contains("(") {
      return text
    }
    return "{\(text)}"
  }

  package func lower(_ text: String) -> String? { Renderer.mapped(text, Glyphs.lowered) }
  package func raise(_ text: String) -> String? { Renderer.mapped(text, Glyphs.raised) }

  private static func mapped(_ text: String, _ table: [Character: Character]) -> String? {
    var result = ""
    for character in text {
      guard let glyph = table[character == "−" ? "-" : character] else { return nil }
      result.append(glyph)
    }
    return result
  }
}
