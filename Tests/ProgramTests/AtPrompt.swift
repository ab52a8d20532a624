import TestSupport
import Testing

/// A session at a terminal of its own, with a home and a folder of state of its own, at its prompt.
func atPrompt(
  _ arguments: [String] = [], in scratch: ScratchFolder, rows: Int = 40, columns: Int = 80,
  environment: [String: String] = [:]
) throws -> PseudoTerminal {
  // What ends the editing of a line, ESC [?2004l, stands before the first line of its answer.
  let home = [
    "HOME": scratch.path, "XDG_STATE_HOME": scratch["state"], "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
  ]
  let terminal = try PseudoTerminal(
    arguments: arguments, environment: home.merging(environment) { $1 }, rows: rows,
    columns: columns)
  #expect(terminal.wait(for: "bp> "), "\(terminal.transcript.debugDescription)")
  return terminal
}

/// Types a line and waits for what it must answer.
func type(
  _ line: String, _ answers: String..., into terminal: PseudoTerminal,
  at location: SourceLocation = #_sourceLocation
) {
  terminal.send(line + "\r")
  for answer in answers {
    #expect(
      terminal.wait(for: answer), "\(answer), not \(terminal.transcript.suffix(900))",
      sourceLocation: location)
  }
}

func quit(_ terminal: PseudoTerminal) {
  terminal.send("\u{15}quit\r")
  #expect(terminal.waitForExit() == .exited(0))
}
