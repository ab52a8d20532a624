import Backprop
import IndexNotation
import LectureNotes

// A stop as typed: a place of a pass, or a condition.

extension Session {
  /// `backward 1`, or `abs(δ[1][j]) < 1e-3 for any j`.
  func stop(_ arguments: Arguments) throws(CommandError) -> Stop {
    guard let first = arguments.words.first else {
      throw CommandError(
        "\(commandWord(arguments)) needs a place or a condition", at: arguments.end,
        advice: "as in: \(commandWord(arguments)) backward 1, or: \(commandWord(arguments)) C < 0.1"
      )
    }
    let places = ["forward", "cost", "backward", "update"]
    if places.contains(first.text) { return .place(try place(first, arguments)) }
    guard hasComparison(arguments.rest) else {
      let isValue = (try? stopExpression(arguments, "")) != nil
      guard isValue else { return .place(try place(first, arguments)) }
      let value = Shown.text(arguments.rest.trimmed)
      // `C 0.2` is a product to the reader, and a forgotten sign to the person.
      let example = value.contains(" ") ? exampleQuantity() : value
      throw CommandError(
        "'\(value)' compares nothing; a stop is a place or a condition", at: arguments.whole,
        advice:
          "as in: \(commandWord(arguments)) \(example) < 0.1; where it changes: watch \(example)")
    }
    return .condition(try condition(arguments))
  }

  func commandWord(_ arguments: Arguments) -> String {
    let characters = Array(arguments.line)
    return String(characters[arguments.commandColumns.start..<arguments.commandColumns.end])
  }

  private func hasComparison(_ text: String) -> Bool {
    text.contains { "<>=≤≥≠".contains($0) }
  }

  private func condition(_ arguments: Arguments) throws(CommandError) -> StopCondition {
    guard state.network != nil else { throw Session.noNetwork(at: arguments.commandColumns) }
    let (body, quantifier, named) = try quantified(arguments)
    var comparisons: [Comparison] = []
    for part in body.parts {
      comparisons.append(
        try parsed(offset: part.start) { () throws(SyntaxError) in
          let text = String(Array(arguments.line)[part.start..<part.end])
          var parser = try Parser(text, vocabulary: document.vocabulary, offset: part.start)
          let comparison = try parser.comparison()
          try parser.finish()
          return comparison
        })
    }
    let free = freeIndices(comparisons)
    for (name, word) in named where !free.contains(name) {
      throw CommandError(
        "\(Shown.text(word.text)) is no free index of the condition", at: word.columns,
        advice: free.isEmpty
          ? "it has none: leave the for out"
          : "its free indices: \(free.map { Renderer.plain(.name($0)) }.joined(separator: ", "))")
    }
    let condition = StopCondition(
      text: arguments.rest.trimmed, comparisons: comparisons, free: free, quantifier: quantifier,
      documentID: view.documentID)
    try checkReadable(condition, Columns(arguments.restColumn, body.end))
    return condition
  }

  private struct Body {
    var parts: [Columns]
    var end: Int
  }

  /// The comparisons between `and`, and what stands behind `for`.
  private func quantified(
    _ arguments: Arguments
  ) throws(CommandError) -> (Body, StopCondition.Quantifier, [(IndexName, Word)]) {
    var words = arguments.words
    var quantifier = StopCondition.Quantifier.any
    var named: [(IndexName, Word)] = []
    if let place = words.lastIndex(where: { $0.text == "for" }) {
      var rest = words[(place + 1)...]
      guard let kind = rest.popFirst() else {
        throw CommandError(
          "for needs its indices", at: arguments.end, advice: "as in: for any j, or: for every j")
      }
      switch kind.text {
      case "any", "some": quantifier = .any
      case "every", "all", "each": quantifier = .every
      default:
        throw CommandError(
          "a condition holds for any or for every index", at: kind.columns,
          advice: "as in: for any j, or: for every j")
      }
      for word in rest {
        let letter = word.text.filter { $0 != "," }
        if !letter.isEmpty { named.append((IndexName(letter), word)) }
      }
      words = Array(words[..<place])
    }
    var parts: [Columns] = []
    var start = arguments.restColumn
    var end = start
    for word in words {
      if word.text == "and" {
        parts.append(Columns(start, end))
        start = word.columns.end
      }
      end = word.columns.end
    }
    parts.append(Columns(start, end))
    return (Body(parts: parts, end: end), quantifier, named)
  }

  private func freeIndices(_ comparisons: [Comparison]) -> [IndexName] {
    var found: [IndexName] = []
    for comparison in comparisons {
      for name in comparison.left.freeIndices + comparison.right.freeIndices
      where document.indices[name.letter] != nil && !found.contains(name) {
        found.append(name)
      }
    }
    // A layer first: the range of a neuron depends on it.
    return found.filter { document.indices[$0.letter] == .layer }
      + found.filter { document.indices[$0.letter] != .layer }
  }

  /// A condition that has no value on this network is refused; one not known yet is not.
  private func checkReadable(
    _ condition: StopCondition, _ columns: Columns
  ) throws(CommandError) {
    switch StopEvaluator(self, state).truth(of: condition) {
    case .holds, .fails, .unknown: return
    case .unreadable(let message, let advice, let place):
      throw CommandError(message, at: place ?? columns, advice: advice)
    }
  }

  /// An expression whose value is one number on this network.
  func stopExpression(_ arguments: Arguments, _ example: String) throws(CommandError)
    -> StopExpression
  {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "\(commandWord(arguments)) needs an expression", at: arguments.end,
        advice: "as in: \(example)")
    }
    if hasComparison(arguments.rest) {
      throw CommandError(
        "\(commandWord(arguments)) takes a value, not a condition", at: arguments.whole,
        advice: "type: break \(Shown.text(arguments.rest.trimmed))")
    }
    let expression = try parsed(offset: arguments.restColumn) { () throws(SyntaxError) in
      try Parser.expression(
        arguments.rest, vocabulary: document.vocabulary, offset: arguments.restColumn)
    }
    let shown = StopExpression(
      text: arguments.rest.trimmed, expression: expression, documentID: view.documentID)
    let reading = try networkReading(at: arguments.commandColumns)
    // Known or not, several numbers are not one.
    if case .reference(let reference) = expression,
      case .array(let array)? = try? reading.resolve(reference, IndexValues()),
      array.elements.count > 1
    {
      throw CommandError(
        "this is \(array.elements.count) numbers; \(commandWord(arguments)) takes one",
        at: arguments.whole, advice: "as in: \(example)")
    }
    if case .unreadable(let message, let advice, let place) = StopEvaluator(self, state).value(
      of: shown)
    {
      throw CommandError(message, at: place ?? arguments.whole, advice: advice)
    }
    return shown
  }
}
