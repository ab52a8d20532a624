import IndexNotation
import Terminal

/// An error in rows: what is wrong, the line, a caret, what to type.
package struct ErrorText {
  package let error: CommandError
  package let text: String
  /// `FILE:LINE`, in a script.
  package let place: String?
  package let width: Int
  private let ascii: Bool

  package init(
    _ error: CommandError, line: String, place: String?, width: Int, ascii: Bool
  ) {
    self.error = error
    self.ascii = ascii
    if let inner = error.place {
      text = inner.text
      self.place = "\(inner.file):\(inner.line)"
    } else {
      text = line
      self.place = place
    }
    self.width = width
  }

  package var lines: [Line] {
    let word: String
    switch error.kind {
    case .error: word = "error"
    case .doesNotHold: word = "does not hold"
    }
    let column = (error.columns?.start ?? 0) + 1
    let prefix = place.map { "\($0):\(column): " } ?? ""
    var first = Line(prefix)
    first.append("\(word):", .error)
    first.append(" \(words(error.message))")
    var lines = [first]
    lines += marked
    for text in [error.remark, error.advice].compactMap({ $0 }) {
      lines += Wrapping.lines(words(text), indent: 2, width: width)
    }
    return lines
  }

  /// A glyph that ASCII has no word for is shown as it was typed.
  private func words(_ text: String) -> String {
    let shown = displayable(text, limit: 1000)
    guard ascii else { return shown }
    let plain = PlainText.ascii(shown)
    func marks(_ text: String) -> Int { text.count { $0 == "?" } }
    return marks(plain) == marks(shown) ? plain : shown
  }

  /// The line with a caret under what is wrong; nothing if no part of it is.
  package var marked: [Line] {
    guard !text.allSatisfy({ $0 == " " }), let columns = error.columns else { return [] }
    return caret(columns)
  }

  /// The line, cut to a window around the caret if it is long.
  private func caret(_ columns: Columns) -> [Line] {
    var characters: [Character] = []
    var map: [Int] = []
    for character in text {
      map.append(characters.count)
      characters += Array(displayable(String(character), limit: 20))
    }
    map.append(characters.count)
    map.append(characters.count + 1)
    func shown(_ column: Int) -> Int { map[max(0, min(column, map.count - 1))] }
    var start = shown(columns.start)
    var end = max(shown(columns.end), start + 1)
    var visible = characters
    let room = width - 4
    if characters.count > room {
      let from = max(0, min(start - room / 3, characters.count - room + 3))
      let to = min(characters.count, from + room - 6)
      visible = Array(characters[min(from, to)..<to])
      let gap: Character = ascii ? "~" : "…"
      if from > 0 { visible = [gap] + visible }
      if to < characters.count { visible.append(gap) }
      start = start - from + (from > 0 ? 1 : 0)
      end = min(end - from + (from > 0 ? 1 : 0), visible.count + 1)
    }
    var marks = Line(Columns80.spaces(2 + start))
    marks.append("^" + String(repeating: "~", count: max(0, end - start - 1)), .caret)
    return [Line("  " + String(visible)), marks]
  }
}
