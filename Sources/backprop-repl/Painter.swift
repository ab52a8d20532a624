import REPL

/// Colour, which only supports what the words already say.
struct Painter {
  var isOn: Bool

  func text(_ line: Line) -> String {
    guard isOn, !line.marks.isEmpty else { return line.text }
    var result = ""
    let characters = Array(line.text)
    var position = 0
    for mark in line.marks.sorted(by: { $0.start < $1.start }) where mark.start >= position {
      result += String(characters[position..<mark.start])
      result += code(mark.style) + String(characters[mark.start..<mark.end]) + "\u{1b}[0m"
      position = mark.end
    }
    return result + String(characters[position...])
  }

  private func code(_ style: Style) -> String {
    switch style {
    case .heading: return "\u{1b}[1m"
    case .label: return "\u{1b}[36m"
    case .result: return "\u{1b}[1m"
    case .next: return "\u{1b}[32m"
    case .warning: return "\u{1b}[33m"
    case .error: return "\u{1b}[1;31m"
    case .caret: return "\u{1b}[31m"
    }
  }

  /// The prompt, its colour bracketed for the line editor.
  func prompt(_ text: String) -> String {
    guard isOn else { return text }
    return "\u{1}\u{1b}[1m\u{1}\(text.dropLast())\u{1}\u{1b}[0m\u{1} "
  }
}
