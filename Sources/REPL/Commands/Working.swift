import Backprop
import IndexNotation
import LectureNotes

/// How a value comes about in the notes in use: their relation, its symbols for these indices, its
/// numbers, the value.
package struct Working: Sendable {
  /// `(1)`; empty where the notes have no relation for it.
  package var label = ""
  /// `δⱼᴸ = ∂C/∂aⱼᴸ σ′(zⱼᴸ)`; nil where the notes have none.
  package var relation: String?
  /// `δ₁²`.
  package var symbol: String
  /// `(a₁² − y₁) σ′(z₁²)`; nil where there is nothing to write out.
  package var written: String?
  /// `(0.751365 − 0.01) · 0.186816`; nil where the value is no sum or product.
  package var numbers: String?
  package var value: Double
  /// The value as rows of text have it: what was typed, as it was typed.
  package var result: String

  /// What rounding leaves of a sum that cancels; a quantity of the pass is itself, however small.
  package var isNoise = false
}

extension Session {
  /// How an expression comes about in a state that knows it.
  package func working(
    of expression: IndexNotation.Expression, in state: State
  ) throws(CommandError) -> Working {
    let reading = try reading(of: state)
    let value = try evaluated(expression, reading, in: Columns(0, 1))
    guard let number = value.number else {
      throw CommandError("this is \(value.shape), not one number")
    }
    var working = Working(symbol: text(expression), value: number, result: text(number))
    working.isNoise = number != 0 && isNoise(number, of: expression)
    if case .reference(let reference) = expression,
      let numeral = try? reading.numeral(of: reference, IndexValues())
    {
      working.result = numeral.text(minus: display.ascii ? "-" : "−")
    }
    guard let giving = reading.relation(giving: expression),
      let side = giving.relation.sides.last
    else {
      working.numbers = substituted(expression, reading, IndexValues(), besides: working)
      return working
    }
    working.label = Labels.label(giving.citation, document, ascii: display.ascii)
    let shown = document.shown(giving.citation.main, printed: display.showsPrinted)
    working.relation = rendered(shown ?? giving.relation)
    if let written = try? Expansion(giving.reading).of(side.expression, giving.values) {
      working.written = texts([written], in: document).first
    }
    working.numbers = substituted(side.expression, giving.reading, giving.values, besides: working)
    return working
  }

  private func substituted(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>, _ values: IndexValues,
    besides working: Working
  ) -> String? {
    let numbers = try? Substitution(reading, ascii: display.ascii).text(expression, values)
    guard let numbers, numbers != working.symbol, numbers != working.result else {
      return nil
    }
    // The value alone, perhaps with other digits.
    return Double(numbers.replacing("−", with: "-")) == nil ? numbers : nil
  }

  /// The pass on screen run to its gradients on a copy, under the sound rules.
  package func completedState() throws(CommandError) -> State {
    var copy = self
    if copy.state.bug != nil { copy.state = copy.state.restarted(under: nil) }
    return try copy.rehearsed()
  }

  /// Reads an expression of the notes in use.
  package func expression(
    _ source: String, offset: Int
  ) throws(CommandError) -> IndexNotation.Expression {
    try parsed(offset: offset) { () throws(SyntaxError) in
      try Parser.expression(source, vocabulary: document.vocabulary, offset: offset)
    }
  }

  /// The one number an expression is in a state; its errors point into `columns`.
  package func number(
    _ expression: IndexNotation.Expression, in state: State, at columns: Columns
  ) throws(CommandError) -> Double {
    let value = try evaluated(expression, try reading(of: state), in: columns)
    guard let number = value.number else {
      throw CommandError("this is \(value.shape), not one number", at: columns)
    }
    return number
  }
}
