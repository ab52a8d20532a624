import Backprop
import IndexNotation
import LectureNotes

// Expressions as typed: read, evaluated, their errors located in the line.

extension Session {
  static func literal(_ expression: IndexNotation.Expression) -> Double? {
    switch expression {
    case .number(_, let value): return value
    case .addition(let terms):
      guard terms.count == 1, let value = literal(terms[0].expression) else { return nil }
      return terms[0].isSubtracted ? -value : value
    case .product(let factors):
      guard factors.count == 2, factors[1].joint == .over,
        let top = literal(factors[0].expression), let bottom = literal(factors[1].expression),
        bottom != 0
      else { return nil }
      return top / bottom
    default: return nil
    }
  }

  func parsed<Result>(
    offset: Int, _ body: () throws(SyntaxError) -> Result
  ) throws(CommandError) -> Result {
    do throws(SyntaxError) {
      return try body()
    } catch {
      var error = error
      if let advice = advice(on: error.unknownWords) { error.advice = advice }
      throw CommandError(error)
    }
  }

  /// The document's own word for a letter it lacks; what a command's name is.
  private func advice(on words: [String]) -> String? {
    let absences = words.compactMap { absence(of: $0) }
    guard absences.isEmpty else { return absences.joined(separator: "; ") }
    guard let word = words.first, word.count > 1, table.exact(word) != nil else {
      return nil
    }
    let words = "\(word) is a command, not a symbol"
    return word == "example"
      ? "\(words); for one example's value write @, as in: \(exampleQuantity()) @1" : words
  }

  /// The document's own word for a letter it lacks, spelled or not, with an index or not.
  func absence(of word: String) -> String? {
    var name = word
    while name.count > 1, name.last?.isNumber == true { name.removeLast() }
    let letter = Glyphs.letter(spelled: name).map(String.init)
    return [word, name, letter].compactMap { $0 }.compactMap { document.absences[$0] }.first
      .map { plain($0) }
  }

  func networkReading(at columns: Columns) throws(CommandError) -> Reading<StoredPass> {
    guard state.network != nil else { throw Session.noNetwork(at: columns) }
    return try reading()
  }

  func evaluated(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>, in place: Columns
  ) throws(CommandError) -> Value {
    do throws(LocatedError) {
      return try Evaluator(reading).value(expression)
    } catch {
      var found = located(error, expression, reading)
      // Literals carry no place: the whole expression is to blame.
      if error.columns.end == 0 { found.columns = place }
      throw found
    }
  }

  /// An evaluation error in words: a value not known yet is named by its symbol.
  func located(
    _ error: LocatedError, _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> CommandError {
    switch error.error {
    case .notKnown(let words, let advice):
      let symbol = Session.part(of: expression, at: error.columns).map { text($0) } ?? "this"
      return CommandError("\(symbol) \(words)", at: error.columns, advice: advice)
    case .shapes(let left, let operation, let right):
      let hint =
        left == right ? "entry by entry is ⊙ (typed or pasted); a transpose is ᵀ or '" : nil
      return CommandError(
        "(\(left)) \(operation) (\(right)) do not fit", at: error.columns, advice: hint)
    case .fact, .noValue, .outOfRange, .interrupted: return CommandError(error)
    }
  }

  /// The quantity or derivative that stands there.
  private static func part(
    of expression: IndexNotation.Expression, at columns: Columns
  ) -> IndexNotation.Expression? {
    let references = expression.references
    guard let first = references.firstIndex(where: { $0.columns.start == columns.start }) else {
      return nil
    }
    guard references[first].columns.end < columns.end, first + 1 < references.count else {
      return .reference(references[first])
    }
    return .partial(references[first], references[first + 1])
  }
}
