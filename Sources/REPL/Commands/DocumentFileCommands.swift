import IndexNotation
import LectureNotes

// Notes of one's own: document load FILE, document lint FILE.

extension Session {
  mutating func loadDocument(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let file = try notesFile(arguments)
    let checked = DocumentCheck(file.text)
    if let error = checked.errors.first { throw file.located(error) }
    guard let document = checked.document else { return [] }
    library.add(document)
    try speak(document.id)
    if state.network == nil { adoptModel() }
    var lines = self.lines([
      "\(document.id): \(count(document.ownEquationCount, "relation")), "
        + "lists \(count(document.errata.count, "misprint"))"
    ])
    if !document.speaking.isEmpty { lines += self.lines(["  \(document.speaking)"]) }
    if let trial = checked.trial { lines += self.lines([trial.words]) }
    let step = presentStep()
    if !step.isEmpty { lines += (display.detail == .full ? [.blank] : []) + step }
    return lines
  }

  mutating func lintDocument(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let file = try notesFile(arguments)
    let checked = DocumentCheck(file.text)
    guard let document = checked.document else {
      throw file.located(checked.errors[0])
    }
    failures += checked.errors.map { file.located($0) }
    let warnings = checked.warnings.sorted { $0.line < $1.line }
    var lines: [Line] = []
    for warning in warnings {
      let place = "\(Shown.text(file.name)):\(warning.line):\(warning.columns.start + 1)"
      lines += self.lines(["\(place): \(warning.message)"])
      let text = ErrorText(
        file.located(warning), line: "", place: nil, width: display.effectiveWidth,
        ascii: display.ascii)
      lines += text.marked
      if let advice = warning.advice { lines += self.lines(["  \(advice)"]) }
    }
    if let trial = checked.trial { lines += self.lines([trial.words]) }
    lines += self.lines([
      "\(document.id): \(count(document.ownEquationCount, "relation")), "
        + "\(count(checked.errors.count, "error")), \(count(warnings.count, "warning"))"
    ])
    return lines
  }

  package func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number == 0 ? "no" : String(number)) \(word)s"
  }

  private func notesFile(_ arguments: Arguments) throws(CommandError) -> NotesFile {
    try arguments.expectAtMost(2, usage: "document load|lint FILE")
    guard arguments.words.count == 2 else {
      throw CommandError(
        "a file name is missing", at: arguments.end, advice: "as in: document load my.notes")
    }
    return try NotesFile(try path(arguments.words[1]), arguments.words[1])
  }
}

extension Document {
  /// Relations of the notes themselves.
  package var ownEquationCount: Int { equations.count { !$0.isBeyondTheNotes } }
}
