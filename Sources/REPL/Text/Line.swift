/// What a stretch of a line is, for colour; the words say the same without it.
package enum Style: Sendable {
  case heading
  case label
  case result
  case next
  case warning
  case error
  case caret
}

/// One line to show: text, and stretches of it by character.
package struct Line: Equatable, Sendable, ExpressibleByStringLiteral {
  package struct Mark: Equatable, Sendable {
    package var start: Int
    package var end: Int
    package var style: Style
  }
  package var text: String
  package var marks: [Mark] = []

  package init(_ text: String) {
    self.text = text
  }

  package init(_ text: String, _ style: Style) {
    self.text = text
    marks = [Mark(start: 0, end: text.columns, style: style)]
  }

  package init(stringLiteral text: String) {
    self.text = text
  }

  package static let blank = Line("")

  /// Appends text in a style.
  package mutating func append(_ more: String, _ style: Style? = nil) {
    if let style {
      let start = text.columns
      marks.append(Mark(start: start, end: start + more.columns, style: style))
    }
    text += more
  }
}

/// Columns and padding, by characters: every glyph of the program is one column wide.
package enum Columns80 {
  package static func spaces(_ count: Int) -> String {
    guard count > 0 else { return "" }
    return String(unsafeUninitializedCapacity: count) {
      $0.initialize(repeating: UInt8(ascii: " "))
      return count
    }
  }

  package static func left(_ text: String, _ width: Int) -> String {
    text + spaces(width - text.columns)
  }

  package static func right(_ text: String, _ width: Int) -> String {
    spaces(width - text.columns) + text
  }

  /// Text at the left, a label ending one column before the edge.
  package static func edges(_ left: String, _ right: String, width: Int) -> String {
    right.isEmpty ? left : left + spaces(max(1, width - 1 - left.columns - right.columns)) + right
  }
}
