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
    var arguments = arguments
    let markup =
      arguments.words.count > 1 ? arguments.words.last.flatMap { Markup(rawValue: $0.text) } : nil
    if markup != nil { arguments.words.removeLast() }
    let asked = try asked(arguments)
    let found = try equations(labelled: asked.label, at: asked.columns)
    var lines: [Line] = []
    for index in found.prefix(8) {
      if !lines.isEmpty { lines.append(.blank) }
      let page = EquationPage(self, index)
      if let markup {
        lines += try page.lines(markup, at: asked.values)
      } else {
        lines += try page.lines(at: asked.values)
      }
    }
    if found.count > 8 { lines += self.lines(["and \(found.count - 8) more of this label"]) }
    return lines
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
