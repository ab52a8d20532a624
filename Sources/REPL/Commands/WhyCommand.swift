import Backprop
import IndexNotation
import LectureNotes

// `why Q [paths]`: how a value came about, factor by factor; every path from it to the cost.

extension Session {
  mutating func why(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "why needs a quantity", at: arguments.end, advice: "as in: why \(exampleQuantity())")
    }
    var rest = arguments.rest.trimmed
    let wantsPaths = arguments.words.count > 1 && arguments.words.last?.text == "paths"
    if wantsPaths { rest = String(rest.dropLast("paths".count)).trimmed }
    let offset = arguments.restColumn
    let expression: IndexNotation.Expression
    do throws(CommandError) {
      expression = try parsed(offset: offset) { () throws(SyntaxError) in
        try Parser.expression(rest, vocabulary: document.vocabulary, offset: offset)
      }
    } catch {
      throw misspelledPaths(arguments) ?? error
    }
    let reading = try networkReading(at: arguments.whole)
    let place = Columns(offset, offset + rest.count)
    guard case .scalar = try evaluated(expression, reading, in: place) else {
      throw CommandError(
        "why takes one number", at: place, advice: "as in: why \(exampleQuantity())")
    }
    if wantsPaths { return try PathList(self, reading).lines(from: expression, at: place) }
    return try FactorTree(self, reading).lines(of: expression, at: place)
  }

  /// `why w[1][1,1] path`; what stands before it is an expression.
  private func misspelledPaths(_ arguments: Arguments) -> CommandError? {
    guard arguments.words.count > 1, let last = arguments.words.last, last.text != "paths",
      !Spelling.nearest(to: last.text, among: ["paths"]).isEmpty,
      (try? Parser.expression(
        String(arguments.rest.trimmed.dropLast(last.text.count)).trimmed,
        vocabulary: document.vocabulary)) != nil
    else { return nil }
    return CommandError(
      "unexpected '\(Shown.text(last.text))'", at: last.columns, advice: "did you mean paths?")
  }
}
