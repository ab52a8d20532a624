import Backprop
import IndexNotation
import LectureNotes

// `equation LABEL [at l=1 j=2]`: one equation with its symbols, its terms, its numbers.

extension Session {
  mutating func equation(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "equation needs a label", at: arguments.end,
        advice: "as in: equation \(exampleLabel); equations all lists them")
    }
    let (markup, rest) = markup(arguments)
    let asked = try asked(rest)
    var found = document.equations(labelled: asked.label)
    if found.isEmpty {
      found = try equations(about: asked.label, at: asked.columns)
      guard found.count == 1 else { return matches(found, asked.label) }
    }
    try checkPlace(asked.values, found)
    // Of several relations those that have the place asked for.
    let meant = found.filter { EquationPage(self, $0).hasIndices(of: asked.values) }
    if !meant.isEmpty { found = meant }
    var lines: [Line] = []
    var refused: CommandError?
    for index in found.prefix(8) {
      let page = EquationPage(self, index)
      do throws(CommandError) {
        let shown =
          if let markup {
            try page.lines(markup, at: asked.values)
          } else {
            try page.lines(at: asked.values)
          }
        lines += (lines.isEmpty ? [] : [.blank]) + shown
      } catch {
        refused = refused ?? error
      }
    }
    if lines.isEmpty, let refused { throw refused }
    if found.count > 8 { lines += self.lines(["and \(found.count - 8) more of this label"]) }
    return lines
  }

  /// `latex` or `mathml`, before `at` or at the end.
  private func markup(_ arguments: Arguments) -> (Markup?, Arguments) {
    var rest = arguments
    let at = rest.words.firstIndex { $0.text == "at" } ?? rest.words.count
    for place in [rest.words.count - 1, at - 1] where place > 0 {
      guard let markup = Markup(rawValue: rest.words[place].text) else { continue }
      rest.words.remove(at: place)
      return (markup, rest)
    }
    return (nil, rest)
  }

  /// Values of indices ask for numbers, which need a network and an example.
  private func checkPlace(_ values: [AskedIndex], _ found: [Int]) throws(CommandError) {
    guard let first = values.first, let last = values.last else { return }
    let columns = first.columns.union(last.columns)
    guard found.contains(where: { document.equations[$0].isEvaluable }) else {
      throw CommandError(
        "\(document.equations[found[0]].label) states nothing to evaluate", at: columns)
    }
    guard let shape = state.network?.shape else { throw Session.noNetwork(at: columns) }
    guard !state.examples.isEmpty else {
      throw CommandError("no example yet", at: columns, advice: "type: \(shape.dataExample)")
    }
  }

  /// A numbered label, if the notes number their equations.
  var exampleLabel: String {
    let labels = document.labels
    return labels.first { $0.hasPrefix("(") } ?? labels.first ?? "(1)"
  }

  /// An index and the value asked for, with its place in the line.
  struct AskedIndex {
    var name: IndexName
    var value: Int
    var columns: Columns
  }

  private func asked(
    _ arguments: Arguments
  ) throws(CommandError) -> (label: String, columns: Columns, values: [AskedIndex]) {
    let words = arguments.words
    let at = words.firstIndex { $0.text == "at" } ?? words.count
    guard at > 0 else {
      throw CommandError("a label is missing before at", at: words[0].columns)
    }
    let label = words[..<at].map(\.text).joined(separator: " ")
    let columns = words[0].columns.union(words[at - 1].columns)
    var values: [AskedIndex] = []
    // `l = 1` and `l=1` alike.
    var pending: [Word] = []
    for word in words.dropFirst(at + 1) {
      pending.append(word)
      let text = pending.map(\.text).joined()
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else { continue }
      values.append(
        try askedIndex(
          String(parts[0]), String(parts[1]), pending[0].columns.union(word.columns)))
      pending = []
    }
    if let rest = pending.first {
      throw CommandError(
        "'\(Shown.text(rest.text))' says no value of an index", at: rest.columns,
        advice: "as in: equation \(label) at l=1 j=2")
    }
    if at < words.count, values.isEmpty {
      throw CommandError(
        "at needs values of indices", at: arguments.end,
        advice: "as in: equation \(label) at l=1 j=2")
    }
    return (label, columns, values)
  }

  private func askedIndex(
    _ name: String, _ value: String, _ columns: Columns
  ) throws(CommandError) -> AskedIndex {
    let index: Index
    do throws(SyntaxError) {
      var parser = try Parser(name, vocabulary: document.vocabulary)
      index = try parser.index()
      try parser.finish()
    } catch {
      throw CommandError(error.message, at: columns, advice: error.advice)
    }
    guard case .name(let letter) = index else {
      throw CommandError("'\(Shown.text(name))' is no index", at: columns)
    }
    guard let number = Int(value) else {
      throw CommandError(
        "'\(Shown.text(value))' is not a whole number", at: columns,
        advice: "as in: \(Renderer.plain(index))=1")
    }
    return AskedIndex(name: letter, value: number, columns: columns)
  }
}
