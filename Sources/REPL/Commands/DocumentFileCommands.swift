import IndexNotation
import LectureNotes
import Terminal

// Notes of one's own: document load FILE, document lint FILE.

extension Session {
  mutating func loadDocument(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let word = try documentFile(arguments)
    let text = try documentText(word)
    let document = try read(text, word)
    guard !Library.shipped.contains(document.id) else {
      throw CommandError(
        "\(document.id) is the name of notes that ship with this program", at: word.columns,
        advice: "begin the file with another: document my-notes")
    }
    let lint = DocumentLint(document)
    if let error = lint.errors.first { throw located(error, text, word) }
    library.add(document)
    try speak(document.id)
    if state.network == nil { adoptModel() }
    recordView("document load \(Shown.text(word.text))")
    var lines = [
      Line(
        "\(document.id): \(count(document.ownEquationCount, "relation")), "
          + "\(count(document.errata.count, "misprint"))")
    ]
    if !document.speaking.isEmpty { lines += self.lines(["  \(document.speaking)"]) }
    let step = presentStep()
    if !step.isEmpty { lines += (display.detail == .full ? [.blank] : []) + step }
    return lines
  }

  mutating func lintDocument(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let word = try documentFile(arguments)
    let text = try documentText(word)
    let document = try read(text, word)
    let lint = DocumentLint(document)
    failures += lint.errors.map { located($0, text, word) }
    var lines: [Line] = []
    for warning in lint.warnings {
      let place = "\(Shown.text(word.text)):\(warning.line):\(warning.columns.start + 1)"
      lines += self.lines(["\(place): \(warning.message)"])
      if let advice = warning.advice { lines += self.lines(["  \(advice)"]) }
    }
    lines += self.lines([
      "\(document.id): \(count(document.ownEquationCount, "relation")), "
        + "\(count(lint.errors.count, "error")), \(count(lint.warnings.count, "warning"))"
    ])
    return lines
  }

  func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number == 0 ? "no" : String(number)) \(word)s"
  }

  private func documentFile(_ arguments: Arguments) throws(CommandError) -> Word {
    try arguments.expectAtMost(2, usage: "document load|lint FILE")
    guard arguments.words.count == 2 else {
      throw CommandError(
        "a file name is missing", at: arguments.end, advice: "as in: document load my.notes")
    }
    return arguments.words[1]
  }

  private func documentText(_ word: Word) throws(CommandError) -> String {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path(word), limit: DocumentReader.sizeLimit)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw CommandError(
        "\(Shown.text(word.text)) is not UTF-8 text", at: word.columns,
        advice: "save it as UTF-8")
    }
    return text.replacing("\r\n", with: "\n")
  }

  private func read(_ text: String, _ word: Word) throws(CommandError) -> Document {
    do throws(DocumentError) {
      return try DocumentReader.read(text)
    } catch {
      throw located(error, text, word)
    }
  }

  private func located(_ error: DocumentError, _ text: String, _ word: Word) -> CommandError {
    var found = CommandError(error.message, at: error.columns, advice: error.advice)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines.indices.contains(error.line - 1) ? String(lines[error.line - 1]) : ""
    found.place = SourcePlace(file: Shown.text(word.text), line: error.line, text: line)
    return found
  }
}

extension Document {
  /// Relations of the notes themselves.
  package var ownEquationCount: Int { equations.count { !$0.isBeyondTheNotes } }
}
