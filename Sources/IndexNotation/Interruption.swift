/// Ctrl-C, as far as a computation asks for it. It is the process's, as signals are.
package enum Interruption {
  /// Whether the person has pressed Ctrl-C while the present line runs: once so, it stays so until the
  /// next. Set once, before anything runs, and only read from then on.
  nonisolated(unsafe) package static var isAsked: () -> Bool = { false }
}
