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
    case folder(StateFolder.Obstacle)
    case file(FileError)
  }

  private static func words(for obstacle: Obstacle) -> String {
    switch obstacle {
    case .folder(let obstacle): "history is not kept: \(obstacle)"
    case .file(let error): "history is not kept: \(error)"
    }
  }

  /// Nil if the user wants none. Makes the folder of the usual place.
  private static func file(_ environment: Environment) throws(Obstacle) -> HistoryFile? {
    if let chosen = environment["BACKPROP_REPL_HISTORY"] {
      return chosen.isEmpty ? nil : HistoryFile(path: chosen, isChosen: true)
    }
    do {
      return HistoryFile(path: try StateFolder.made(environment) + "/history", isChosen: false)
    } catch {
      throw .folder(error)
    }
  }
}
