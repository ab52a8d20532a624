/// What could not be read, and where: the column counts characters from 0.
package struct SyntaxError: Error, Equatable, Sendable {
  package var message: String
  package var columns: Columns
  /// What to type instead, if one thing is likely meant.
  package var advice: String?
  /// Words that no symbol is declared for, where that is the fault.
  package var unknownWords: [String] = []

  package init(_ message: String, at columns: Columns, advice: String? = nil) {
    self.message = message
    self.columns = columns
    self.advice = advice
  }

  package static func == (left: SyntaxError, right: SyntaxError) -> Bool {
    left.message == right.message && left.advice == right.advice
      && left.columns.start == right.columns.start && left.columns.end == right.columns.end
  }
}
