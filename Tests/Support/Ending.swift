import Glibc

/// How a program ended.
package enum Ending: Equatable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
  /// It was still running when its time was up, and was killed.
  case timedOut

  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .killed(signal: signal)
  }

  /// What a shell shows: 128 + n for a signal.
  package var status: Int32 {
    switch self {
    case .exited(let status): status
    case .killed(let signal): 128 + signal
    case .timedOut: -1
    }
  }
}

/// A clock for time limits, in seconds.
package func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
