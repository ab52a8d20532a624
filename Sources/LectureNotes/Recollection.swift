import IndexNotation

/// What the symbols and sums of a row stood for the last time, in the order they were asked for.
///
/// The same row asks in the same order; each answer is given only to the very question it was
/// recorded for, and what follows a question out of order is forgotten. It holds as long as the
/// facts and the example in view do.
package final class Recollection {
  private struct Answer<Question: Equatable, Meaning> {
    var question: Question
    var indices: IndexValues
    var meaning: Meaning
  }

  /// The question of what an index runs over in a tree.
  struct Range: Equatable {
    var index: IndexName
    var body: Expression
  }

  private var symbols: [Answer<Reference, Resolved>] = []
  private var ranges: [Answer<Range, [IndexValue]>] = []
  private var nextSymbol = 0
  private var nextRange = 0

  package init() {}

  /// Begins the row again.
  package func rewind() {
    nextSymbol = 0
    nextRange = 0
  }

  func resolved(_ reference: Reference, _ indices: IndexValues) -> Resolved? {
    guard nextSymbol < symbols.count, symbols[nextSymbol].question == reference,
      symbols[nextSymbol].indices.isSame(as: indices)
    else { return nil }
    nextSymbol += 1
    return symbols[nextSymbol - 1].meaning
  }

  func record(_ reference: Reference, _ indices: IndexValues, _ meaning: Resolved) {
    symbols.removeLast(symbols.count - nextSymbol)
    symbols.append(Answer(question: reference, indices: indices, meaning: meaning))
    nextSymbol += 1
  }

  func range(_ range: Range, _ indices: IndexValues) -> [IndexValue]? {
    guard nextRange < ranges.count, ranges[nextRange].question == range,
      ranges[nextRange].indices.isSame(as: indices)
    else { return nil }
    nextRange += 1
    return ranges[nextRange - 1].meaning
  }

  func record(_ range: Range, _ indices: IndexValues, _ values: [IndexValue]) {
    ranges.removeLast(ranges.count - nextRange)
    ranges.append(Answer(question: range, indices: indices, meaning: values))
    nextRange += 1
  }
}

extension Reading {
  /// What a symbol stands for here.
  package func resolve(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Resolved {
    guard let recollection else { return try resolved(reference, indices) }
    if let known = recollection.resolved(reference, indices) { return known }
    var plain = self
    plain.recollection = nil
    let found = try plain.resolved(reference, indices)
    recollection.record(reference, indices, found)
    return found
  }

  package func range(
    of index: IndexName, in body: Expression, _ indices: IndexValues
  ) throws(EvaluationError) -> [IndexValue] {
    guard let recollection else { return try counted(index, body, indices) }
    let question = Recollection.Range(index: index, body: body)
    if let known = recollection.range(question, indices) { return known }
    var plain = self
    plain.recollection = nil
    let found = try plain.counted(index, body, indices)
    recollection.record(question, indices, found)
    return found
  }
}
