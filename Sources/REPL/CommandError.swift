import IndexNotation

/// Why a typed line was not carried out: what was wrong, where in the line, what to type instead.
package struct CommandError: Error, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case error
    /// An expectation that failed: the script goes on.
    case doesNotHold
  }
  package var message: String
  /// Characters of the line from 0; nil if no place is to blame.
  package var columns: Columns?
  package var advice: String?
  /// What is known about why it is wrong; it stands before the advice.
  package var remark: String?
  package var kind = Kind.error
  /// The included file it happened in, if not the one that is running.
  package var place: SourcePlace?

  package init(_ message: String, at columns: Columns? = nil, advice: String? = nil) {
    self.message = message
    self.columns = columns
    self.advice = advice
  }

  package init(_ error: SyntaxError) {
    self.init(error.message, at: error.columns, advice: error.advice)
  }

  package init(_ error: LocatedError) {
    self.init(error.error.message, at: error.columns, advice: error.error.advice)
  }

  package static func == (left: CommandError, right: CommandError) -> Bool {
    left.message == right.message && left.advice == right.advice && left.kind == right.kind
      && left.columns?.start == right.columns?.start && left.columns?.end == right.columns?.end
  }
}
