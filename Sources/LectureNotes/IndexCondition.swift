import IndexNotation

/// One comparison of `where`: `l ≥ 1`, `n_l ≠ 0`.
struct IndexCondition {
  let left: Index
  let sign: Comparison.Sign
  let right: Index

  /// A part that cannot be read is a label, which has no value: it never holds.
  init(_ text: String, _ vocabulary: Vocabulary) {
    if let parsed = try? IndexCondition.read(text, vocabulary) {
      self = parsed
    } else {
      (left, sign, right) = (.label(text), .equal, .label(text))
    }
  }

  /// Reads one comparison of indices.
  static func read(
    _ text: String, _ vocabulary: Vocabulary
  ) throws(SyntaxError) -> IndexCondition {
    var parser = try Parser(text, vocabulary: vocabulary)
    let left = try parser.index()
    guard let sign = parser.comparisonSign() else {
      throw SyntaxError(
        "where compares two indices", at: Columns(0, text.count), advice: "as in: where l ≥ 1")
    }
    let right = try parser.index()
    try parser.finish()
    return IndexCondition(left: left, sign: sign, right: right)
  }

  private init(left: Index, sign: Comparison.Sign, right: Index) {
    (self.left, self.sign, self.right) = (left, sign, right)
  }
}
