import Synchronization

/// Ctrl-C, as far as a computation asks for it. It is the process's, as signals are.
package enum Interruption {
  /// A closure by itself would be wrapped once more at each look into the mutex.
  private struct Source: Sendable {
    var isStopped: @Sendable () -> Bool
  }

  private static let source = Mutex(Source { false })

  /// Whether the person has pressed Ctrl-C while the present line runs: once so, it stays so until the
  /// next.
  package static func isAsked() -> Bool { source.withLock { $0.isStopped }() }

  /// Says how to find out; the program does, before anything runs.
  package static func ask(_ isStopped: @escaping @Sendable () -> Bool) {
    source.withLock { $0 = Source(isStopped: isStopped) }
  }
}
