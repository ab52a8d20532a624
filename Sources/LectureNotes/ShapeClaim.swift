import IndexNotation

/// What a table of shapes says of a vector or matrix: `x̲^{(l)} : d^{(l)} × 1`.
package struct ShapeClaim: Equatable, Sendable {
  package var array: Expression
  package var rows: Index
  package var columns: Index

  /// Reads `SYMBOL : ROWS × COLUMNS`.
  static func parse(
    _ text: String, vocabulary: Vocabulary
  ) throws(SyntaxError) -> ShapeClaim {
    guard let colon = text.range(of: " : ") else {
      throw SyntaxError(
        "a shape needs “ : ” after its symbol", at: Columns(0, text.count),
        advice: "as in: shape x^{(l)} : d^{(l)} × 1")
    }
    let size = text[colon.upperBound...]
    let offset = text.distance(from: text.startIndex, to: colon.upperBound)
    guard let cross = size.range(of: " × ") else {
      throw SyntaxError(
        "a shape is ROWS × COLUMNS", at: Columns(offset, text.count), advice: "as in: N × K")
    }
    let array = try Parser.expression(String(text[..<colon.lowerBound]), vocabulary: vocabulary)
    let columnsOffset = offset + size.distance(from: size.startIndex, to: cross.upperBound)
    return ShapeClaim(
      array: array,
      rows: try index(String(size[..<cross.lowerBound]), vocabulary, offset),
      columns: try index(String(size[cross.upperBound...]), vocabulary, columnsOffset))
  }

  private static func index(
    _ text: String, _ vocabulary: Vocabulary, _ offset: Int
  ) throws(SyntaxError) -> Index {
    var parser = try Parser(text, vocabulary: vocabulary, offset: offset)
    let index = try parser.index()
    try parser.finish()
    return index
  }
}
