import TestSupport
import Testing

/// Runs a script on standard input, with no terminal.
func reply(
  to script: String, _ arguments: [String] = [], environment: [String: String] = [:],
  folder: String? = nil, timeout: Double = 60
) throws -> Run {
  try runBinary(
    arguments: arguments, input: .text(script), environment: environment, folder: folder,
    timeout: timeout)
}

extension Run {
  var outputLines: [String] { output.lines }
  var errorLines: [String] { error.lines }

  /// Ended by itself: no trap, no signal, and within its time.
  var endedByItself: Bool {
    if case .exited(let status) = ending { return status < 128 }
    return false
  }
}

extension String {
  /// Without the empty text after the last line's end.
  var lines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

/// Mazur's network with its example, as a person would type it.
let mazur = """
  net 2 2 2
  W[1] = [0.15 0.20; 0.25 0.30]
  W[2] = [0.40 0.45; 0.50 0.55]
  b[1] = 0.35
  b[2] = 0.60
  data 0.05 0.10 -> 0.01 0.99
  rate 0.5

  """
