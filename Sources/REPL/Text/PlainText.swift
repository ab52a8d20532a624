import IndexNotation

/// The words of the notes and of this program in ASCII alone.
package enum PlainText {
  package static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for character in text { result += ascii(character) }
    return result
  }

  private static func ascii(_ character: Character) -> String {
    if character.isASCII { return String(character) }
    if let lowered = Glyphs.plain(lowered: character) { return "_\(lowered)" }
    if let raised = Glyphs.plain(raised: character) { return "^\(raised)" }
    if let spelled = spelled[character] { return spelled }
    let name = Renderer(styles: [:]).name(String(character), .ascii)
    return name.utf8.allSatisfy { $0 < 0x80 } ? name : "?"
  }

  private static let spelled: [Character: String] = [
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "′": "'", "″": "''", "−": "-", "–": "-", "—": "-",
    "·": "*", "×": "x", "→": "->", "←": "<-", "…": "...", "½": "1/2", "²": "^2", "ᵀ": "^T",
    "⊤": "^T", "⊙": "(.)", "⊗": "(x)", "‖": "|", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "∈": "in", "§": "section ", "†": "(+)", "▸": ">", "⋮": ":", "⋱": "...", "á": "a", "ó": "o",
    "é": "e", "í": "i", "ú": "u",
  ]
}
