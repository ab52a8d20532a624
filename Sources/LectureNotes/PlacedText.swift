/// Text of a document's file, and where its parts stood: a formula may go on over several lines.
package struct PlacedText: Equatable, Sendable {
  package struct Piece: Equatable, Sendable {
    /// Characters of the text before this piece.
    var start: Int
    /// Line from 1, column from 0.
    var line: Int
    var column: Int
  }

  package private(set) var text = ""
  private var pieces: [Piece] = []

  package init() {}

  init(_ text: String, line: Int, column: Int) {
    self.text = text
    pieces = [Piece(start: 0, line: line, column: column)]
  }

  package var isEmpty: Bool { text.isEmpty }

  /// The line where it begins, from 1.
  package var line: Int { pieces.first?.line ?? 0 }

  mutating func append(_ other: PlacedText) {
    if !text.isEmpty { text += " " }
    let shift = text.count
    text += other.text
    pieces += other.pieces.map {
      Piece(start: $0.start + shift, line: $0.line, column: $0.column)
    }
  }

  /// Without its first characters, as a keyword and its blank.
  func dropping(_ count: Int) -> PlacedText {
    var rest = PlacedText()
    rest.text = String(text.dropFirst(count))
    for piece in pieces {
      if piece.start >= count {
        rest.pieces.append(
          Piece(start: piece.start - count, line: piece.line, column: piece.column))
      } else {
        rest.pieces = [
          Piece(start: 0, line: piece.line, column: piece.column + count - piece.start)
        ]
      }
    }
    return rest
  }

  /// Line and column of the file for a column of the text.
  package func place(of column: Int) -> (line: Int, column: Int) {
    guard let piece = pieces.last(where: { $0.start <= max(0, column) }) else { return (0, 0) }
    return (piece.line, piece.column + column - piece.start)
  }
}
