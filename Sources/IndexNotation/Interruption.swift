/// Ctrl-C, as far as a computation asks for it. It is the process's, as signals are.
package enum Interruption {
  /// Whether the person has pressed Ctrl-C since the last call; set once, before anything runs.
  nonisolated(unsafe) package static var take: () -> Bool = { false }
  nonisolated(unsafe) private static var isTaken = false
  nonisolated(unsafe) private static var untilAsked = interval
  /// So many pieces of work are done between two questions.
  private static let interval = 50_000

  /// Before a typed line runs.
  package static func begin() { isTaken = false }

  /// Whether the line is to stop: once so, it stays so until the next.
  package static func isAsked() -> Bool {
    if !isTaken { isTaken = take() }
    return isTaken
  }

  /// Whether the line is to stop, asked now and then.
  package static func isAsked(after work: Int) -> Bool {
    untilAsked -= work
    guard isTaken || untilAsked <= 0 else { return false }
    untilAsked = interval
    return isAsked()
  }
}
