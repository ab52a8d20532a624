import IndexNotation

/// A word of a typed line and where it stands.
package struct Word: Equatable, Sendable {
  package var text: String
  package var columns: Columns

  package init(text: String, columns: Columns) {
    (self.text, self.columns) = (text, columns)
  }
}

/// A typed line taken apart: the words after the command, and the rest as it stands.
package struct Arguments: Sendable {
  package var line: String
  package var words: [Word]
  /// The text after the command word and the column it begins at.
  package var rest: String
  package var restColumn: Int
  package var commandColumns: Columns

  /// One character beyond the end of the line, where something is missing.
  package var end: Columns {
    let count = line.count
    return Columns(count, count + 1)
  }

  /// All the words after the command.
  package var whole: Columns {
    Columns(restColumn, max(restColumn + 1, words.last?.columns.end ?? restColumn))
  }

  /// Refuses words beyond those a command takes.
  package func expectAtMost(_ count: Int, usage: String) throws(CommandError) {
    guard words.count > count else { return }
    throw CommandError(
      "unexpected '\(Shown.text(words[count].text))'", at: words[count].columns,
      advice: "usage: \(usage)")
  }
}

/// How a command's arguments are completed.
package enum CompletionKind: Sendable {
  case none
  case words([String])
  case documents
  case files
  case quantities
  case networks
  case stages
  case topics
  /// Labels of the document's equations, and the words that may stand in place of one.
  case labels(or: [String])
  /// Numbers of its misprints, and the labels of equations that have some.
  case misprints
  case quantitiesAndLabels
  /// Words, and names of lessons after start, resume and reset.
  case lessons(orders: @Sendable () -> [String], names: @Sendable () -> [String])
}

package enum CommandGroup: String, CaseIterable, Sendable {
  case build, step, look, learn, keep, more
}

/// One command: help, dispatch, abbreviations and completion all read this row.
package struct Command: Sendable {
  package typealias Run = @Sendable (inout Session, Arguments) throws(CommandError) -> [Line]

  package let name: String
  /// A fixed letter, as `s` for step.
  package let letter: String?
  package let group: CommandGroup
  package let usage: String
  package let summary: String
  /// Lines of `help NAME` after the usage.
  package let details: [String]
  package let completion: CompletionKind
  /// Its arguments may hold an `=` (`expect δ = 0.1`).
  package let takesEquals: Bool
  /// Enter on an empty line repeats it.
  package let repeats: Bool
  /// It is written in files, in full: no beginning stands for it.
  package let isDirective: Bool
  package let run: Run

  package init(
    _ name: String, letter: String? = nil, group: CommandGroup, usage: String, summary: String,
    details: [String] = [], completion: CompletionKind = .none, takesEquals: Bool = false,
    repeats: Bool = false, isDirective: Bool = false, run: @escaping Run
  ) {
    self.name = name
    self.letter = letter
    self.group = group
    self.usage = usage
    self.summary = summary
    self.details = details
    self.completion = completion
    self.takesEquals = takesEquals
    self.repeats = repeats
    self.isDirective = isDirective
    self.run = run
  }
}

/// All commands, looked up by name, letter or unambiguous beginning.
package struct CommandTable: Sendable {
  /// In the order of the help; kept apart, as joining them would copy every row at each start.
  private let groups: [[Command]]
  private let byName: [String: Place]

  private struct Place {
    var group: Int16
    var index: Int16
  }

  package init(_ groups: [[Command]]) {
    self.groups = groups
    var names = [String: Place](minimumCapacity: 96)
    for group in groups.indices {
      for index in groups[group].indices {
        let place = Place(group: Int16(group), index: Int16(index))
        names[groups[group][index].name] = place
        if let letter = groups[group][index].letter { names[letter] = place }
      }
    }
    byName = names
  }

  package var commands: [Command] { groups.flatMap { $0 } }

  package enum Found {
    case command(Command)
    case ambiguous([String])
    case none
  }

  package func exact(_ word: String) -> Command? {
    byName[word].map { groups[Int($0.group)][Int($0.index)] }
  }

  /// Commands ignore ASCII case from two letters on (`C` is a symbol, `FORWARD` is forward).
  package func find(_ word: String) -> Found {
    if let exact = exact(word) { return .command(exact) }
    guard word.count > 1 || word.first?.isLowercase == true else { return .none }
    let lower = word.lowercased()
    if let exact = exact(lower) { return .command(exact) }
    let matches = commands.filter { !$0.isDirective && $0.name.hasPrefix(lower) }
    if matches.count == 1 { return .command(matches[0]) }
    return matches.isEmpty ? .none : .ambiguous(matches.map(\.name))
  }

  /// Of commands that begin alike the shortest, where an argument follows: `eq 13` is equation 13;
  /// but a longer one whose own word the argument is, as in `eq all`.
  func chosen(among names: [String], before argument: String?) -> Command? {
    guard let argument, let shortest = names.min(by: { $0.count < $1.count }),
      names.allSatisfy({ $0.hasPrefix(shortest) })
    else { return nil }
    let named = names.filter { name in
      if case .words(let list)? = exact(name)?.completion { return list.contains(argument) }
      return false
    }
    return exact(named.count == 1 ? named[0] : shortest)
  }

  package func nearest(to word: String) -> [String] {
    Spelling.nearest(to: word, among: commands.map(\.name))
  }
}
