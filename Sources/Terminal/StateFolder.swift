import Glibc

/// Where the program keeps what outlasts a session: `$XDG_STATE_HOME/backprop-repl`, else
/// `~/.local/state/backprop-repl`.
package enum StateFolder {
  /// Why there is none.
  package enum Obstacle: Error, CustomStringConvertible {
    case noHome
    case homeMissing(String)
    case file(FileError)

    package var description: String {
      switch self {
      case .noHome: "HOME is not set"
      case .homeMissing(let home): "there is no folder '\(displayable(home))'"
      case .file(let error): "\(error)"
      }
    }
  }

  package static func path(_ environment: Environment = .process) throws(Obstacle) -> String {
    if let state = environment.text("XDG_STATE_HOME"), state.hasPrefix("/") {
      return "\(state)/backprop-repl"
    }
    guard let home = environment.text("HOME"), home.hasPrefix("/") else { throw .noHome }
    // root could make the folder that stands for "no home".
    guard access(home, X_OK) == 0 else { throw .homeMissing(home) }
    return "\(home)/.local/state/backprop-repl"
  }

  /// The folder, made if it is not there yet.
  package static func made(_ environment: Environment = .process) throws(Obstacle) -> String {
    let path = try path(environment)
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o700) != 0, errno != EEXIST, access(made, X_OK) != 0 {
        throw .file(FileError(.makeFolder, made, .system(errno: errno)))
      }
    }
    return path
  }
}
