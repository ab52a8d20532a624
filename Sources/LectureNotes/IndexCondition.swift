import IndexNotation

/// One comparison of `where`: `l ≥ 1`, `n_l ≠ 0`.
struct IndexCondition: Sendable {
  let left: Index
  let sign: Comparison.Sign
  let right: Index

  /// Reads comparisons divided by commas; a chain `2 ≤ l < L` is two.
  ///
  /// - Parameter offset: columns before `text`, for errors that point into the line.
  static func list(
    _ text: Substring, _ vocabulary: Vocabulary, _ offset: Int
  ) throws(SyntaxError) -> [IndexCondition] {
    var list: [IndexCondition] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed) {
      let start = offset + text.distance(from: text.startIndex, to: part.startIndex)
      list += try chain(part, vocabulary, start)
    }
    return list
  }

  private static func chain(
    _ text: Substring, _ vocabulary: Vocabulary, _ offset: Int
  ) throws(SyntaxError) -> [IndexCondition] {
    var parser = try Parser(String(text), vocabulary: vocabulary, offset: offset)
    var list: [IndexCondition] = []
    var left = try parser.index()
    while let sign = parser.comparisonSign() {
      let right = try parser.index()
      list.append(IndexCondition(left: left, sign: sign, right: right))
      left = right
    }
    guard !list.isEmpty else {
      throw SyntaxError(
        "where compares two indices", at: Columns(offset, offset + text.count),
        advice: "as in: where l ≥ 1")
    }
    try parser.finish()
    return list
  }
}

/// One value of `with`: `j = 1`.
struct IndexSetting: Sendable {
  let name: IndexName
  let value: Int

  /// Reads values divided by commas.
  ///
  /// - Parameter offset: columns before `text`, for errors that point into the line.
  static func list(
    _ text: Substring, _ vocabulary: Vocabulary, _ offset: Int
  ) throws(SyntaxError) -> [IndexSetting] {
    var list: [IndexSetting] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed) {
      let start = offset + text.distance(from: text.startIndex, to: part.startIndex)
      list.append(try one(part, vocabulary, start))
    }
    return list
  }

  private static func one(
    _ text: Substring, _ vocabulary: Vocabulary, _ offset: Int
  ) throws(SyntaxError) -> IndexSetting {
    var parser = try Parser(String(text), vocabulary: vocabulary, offset: offset)
    guard case .name(let name) = try parser.index(), vocabulary.indices.contains(name.letter),
      parser.comparisonSign() == .equal, let value = number(try parser.index())
    else {
      throw SyntaxError(
        "with gives an index its value", at: Columns(offset, offset + text.count),
        advice: "as in: with j = 1")
    }
    try parser.finish()
    return IndexSetting(name: name, value: value)
  }

  private static func number(_ index: Index) -> Int? {
    switch index {
    case .integer(let number): return Index.isShift(number) ? number : nil
    case .minus(.integer(0), .integer(let number)): return Index.isShift(number) ? -number : nil
    case .name, .plus, .minus, .label: return nil
    }
  }
}
