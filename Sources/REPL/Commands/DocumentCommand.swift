import Backprop
import IndexNotation
import LectureNotes

// Networks, data, weights.

extension Session {
  mutating func documentCommand(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let word = arguments.words.first else { return try documentList() }
    switch word.text {
    case "list":
      try arguments.expectAtMost(1, usage: "document list")
      return try documentList()
    case "load": return try loadDocument(arguments)
    case "lint": return try lintDocument(arguments)
    case "example":
      try arguments.expectAtMost(1, usage: "document example")
      return Library.exampleText.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map { Line(String($0)) }
    default: break
    }
    try arguments.expectAtMost(1, usage: "document [ID] | load FILE | lint FILE")
    let names = library.names
    let matches = names.filter { $0.hasPrefix(word.text) }
    guard let id = names.contains(word.text) ? word.text : (matches.count == 1 ? matches[0] : nil)
    else {
      let near = Spelling.nearest(to: word.text, among: names)
      throw CommandError(
        "there is no document '\(Shown.text(word.text))'", at: word.columns,
        advice: near.isEmpty
          ? "the documents are \(names.joined(separator: ", "))"
          : "did you mean \(near.joined(separator: ", "))?")
    }
    try speak(id)
    if state.network == nil { adoptModel() }
    var lines = self.lines(["\(id): \(document.speaking)"])
    let step = presentStep()
    if !step.isEmpty { lines += (display.detail == .full ? [.blank] : []) + step }
    return lines
  }

  package func plain(_ text: String) -> String { display.ascii ? PlainText.ascii(text) : text }

  func documentList() throws(CommandError) -> [Line] {
    var rows: [String] = []
    for name in library.names {
      do throws(DocumentError) {
        let other = try library.document(name)
        let mark = name == document.id ? (display.ascii ? ">" : "▸") : " "
        rows.append(" \(mark) \(Columns80.left(name, 16))\(other.title)")
        rows.append(Columns80.spaces(19) + other.about)
      } catch {
        throw CommandError("\(name), line \(error.line): \(error.message)")
      }
    }
    return lines(rows)
  }
}
