import Backprop
import IndexNotation
import LectureNotes

// Bare numbers for scripts.

extension Session {
  mutating func value(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "value needs an expression", at: arguments.end,
        advice: "as in: value \(exampleQuantity())")
    }
    let expressions = try parsed(offset: arguments.restColumn) { () throws(SyntaxError) in
      try Parser.list(
        arguments.rest, vocabulary: document.vocabulary, offset: arguments.restColumn)
    }
    let reading = try networkReading(at: arguments.words[0].columns)
    var lines: [Line] = []
    for expression in expressions {
      switch try evaluated(expression, reading, in: arguments.whole) {
      case .scalar(let number): lines.append(Line(Session.bare(number)))
      case .matrix(let matrix): lines += matrix.entries.map { Line(Session.bare($0)) }
      }
    }
    return lines
  }

  /// The shortest ASCII decimal that reads back as the same double.
  package static func bare(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return NumberText.shortest(number, minus: "-")
  }
}
