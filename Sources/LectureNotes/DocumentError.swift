import IndexNotation

/// What is wrong in a document's file, and where (line from 1, column from 0).
package struct DocumentError: Error, Sendable {
  package var message: String
  package var line: Int
  package var columns: Columns
  package var advice: String?

  package init(_ message: String, line: Int, columns: Columns, advice: String? = nil) {
    self.message = message
    self.line = line
    self.columns = columns
    self.advice = advice
  }
}

extension DocumentError {
  /// A formula that cannot be read, at its place in the file.
  package init(_ error: SyntaxError, in text: PlacedText) {
    let (line, start) = text.place(of: error.columns.start)
    self.init(
      error.message, line: line,
      columns: Columns(start, start + max(1, error.columns.end - error.columns.start)),
      advice: error.advice)
  }
}
