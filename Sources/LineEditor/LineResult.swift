import Terminal

/// One line of input, or why there is none.
package enum LineResult: Equatable, Sendable {
  /// A paste may hold line feeds; nothing of it has run.
  case line(String)
  /// Ctrl-C: the line was abandoned.
  case interrupted
  /// Ctrl-D on an empty line.
  case endOfInput
  /// A signal to end, or the terminal went away.
  case terminated(Signal)
  case failed(errno: Int32)
}
