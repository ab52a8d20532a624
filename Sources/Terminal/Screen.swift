import CTerminal
import Glibc

/// What the terminal can do.
package enum Screen {
  /// The width to fold text at: the window's, else COLUMNS, else 80. Text in a pipe is best kept at
  /// 80, so that it does not depend on a window.
  package static func width(_ environment: Environment = .process) -> Int {
    if let size = size(), size.columns > 1 { return size.columns }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), (2...10_000).contains(columns) {
      return columns
    }
    return 80
  }

  /// The window's size, nil if standard output is not a terminal.
  package static func size() -> (rows: Int, columns: Int)? {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 else { return nil }
    return (Int(window.ws_row), Int(window.ws_col))
  }

  package static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether a person sits at both ends, of a terminal that can edit a line.
  package static var isInteractive: Bool {
    inputIsTerminal && outputIsTerminal && canEdit(.process)
  }

  /// Whether TERM names a terminal that can move its cursor.
  package static func canEdit(_ environment: Environment) -> Bool {
    guard let name = environment.text("TERM") else { return false }
    return name != "dumb" && name != "emacs"
  }

  /// Whether the locale shows Unicode.
  package static func showsUnicode(_ environment: Environment = .process) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let locale = names.lazy.compactMap({ environment.text($0) }).first,
      let dot = locale.firstIndex(of: ".")
    else { return false }
    let codeset = locale[locale.index(after: dot)...].prefix { $0 != "@" }.lowercased()
    return codeset == "utf-8" || codeset == "utf8"
  }

  /// Makes the C library, and with it the editor, read and measure UTF-8 in any locale.
  package static func useUTF8() -> Bool { terminal_use_utf8() }

  /// The columns `text` takes; a control character counts as none.
  package static func columns(of text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    guard measuresUTF8 else { return text.count }
    return text.unicodeScalars.reduce(0) { $0 + max(0, Int(terminal_scalar_width($1.value))) }
  }

  private static let measuresUTF8 = terminal_use_utf8()
}
