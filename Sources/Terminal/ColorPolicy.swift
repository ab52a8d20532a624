/// What `--color` was given.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never

  /// Whether to colour: the flag, then NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, then the terminal.
  package func showsColor(_ environment: Environment, isTerminal: Bool) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if environment.text("NO_COLOR") != nil { return false }
    if environment.text("CLICOLOR_FORCE") != nil || environment.text("FORCE_COLOR") != nil {
      return true
    }
    return isTerminal && environment["TERM"] != "dumb" && environment.text("TERM") != nil
  }
}
