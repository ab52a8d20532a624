import Glibc
import Terminal

/// The lines of earlier sessions and of this one: what is recalled, and what is kept in a file.
/// Nothing that happens to the file is more than a notice.
package struct History {
  package static let limit = 1000

  /// What the file gave, oldest first.
  package let entries: [String]
  /// Why nothing is kept, if it should be.
  package let notice: String?

  private var file: HistoryFile?
  private var last: String?

  /// Recalls the lines of this session only.
  package static var unsaved: History { History(Environment(["BACKPROP_REPL_HISTORY": ""])) }

  package init(_ environment: Environment = .process) {
    do {
      let file = try History.file(environment)
      let entries = try file?.load() ?? []
      self.file = try file?.forAppending()
      self.entries = entries
      notice = nil
    } catch {
      entries = []
      notice = History.words(for: error)
    }
    last = entries.last
  }

  /// Whether `text` is to be recalled, and a notice when the file can no longer be written. Left out
  /// are blank lines, lines that begin with a blank, and repetitions.
  package mutating func add(_ text: String) -> (isNew: Bool, notice: String?) {
    let isBlank = text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A }
    if isBlank || text.utf8.first == 0x20 || text == last { return (false, nil) }
    last = text
    let lines = text.split(separator: "\n").filter { isDisplayable($0) }
    guard let file, !lines.isEmpty else { return (true, nil) }
    do {
      try file.append(lines.map { $0 + "\n" }.joined())
      return (true, nil)
    } catch {
      self.file = nil
      return (true, History.words(for: .file(error)))
    }
  }

  enum Obstacle: Error {
    case noHome
    case homeMissing(String)
    case file(FileError)
  }

  private static func words(for obstacle: Obstacle) -> String {
    switch obstacle {
    case .noHome: "history is not kept: HOME is not set"
    case .homeMissing(let home): "history is not kept: there is no folder '\(displayable(home))'"
    case .file(let error): "history is not kept: \(error)"
    }
  }

  /// Nil if the user wants none. Makes the folder of the usual place.
  private static func file(_ environment: Environment) throws(Obstacle) -> HistoryFile? {
    if let chosen = environment["BACKPROP_REPL_HISTORY"] {
      return chosen.isEmpty ? nil : HistoryFile(path: chosen, isChosen: true)
    }
    let state = try stateFolder(environment)
    do {
      try makeFolders("\(state)/backprop-repl")
    } catch {
      throw .file(error)
    }
    return HistoryFile(path: "\(state)/backprop-repl/history", isChosen: false)
  }

  private static func stateFolder(_ environment: Environment) throws(Obstacle) -> String {
    if let state = environment.text("XDG_STATE_HOME"), state.hasPrefix("/") { return state }
    guard let home = environment.text("HOME"), home.hasPrefix("/") else { throw .noHome }
    // root could make the folder that stands for "no home".
    guard access(home, X_OK) == 0 else { throw .homeMissing(home) }
    return "\(home)/.local/state"
  }

  private static func makeFolders(_ path: String) throws(FileError) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o700) != 0, errno != EEXIST, access(made, X_OK) != 0 {
        throw FileError(.makeFolder, made, .system(errno: errno))
      }
    }
  }
}
