import IndexNotation
import LectureNotes
import Terminal

/// A file of notes as it was read: UTF-8 text with lines that end at LF, CRLF or CR, and nothing in
/// it that a terminal would obey.
struct NotesFile {
  let name: String
  let text: String

  init(_ path: String, _ word: Word) throws(CommandError) {
    name = word.text
    var bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: DocumentReader.sizeLimit)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw CommandError(
        "\(Shown.text(name)) looks like UTF-16", at: word.columns, advice: "save it as UTF-8")
    }
    do throws(UTF8.ValidationError) {
      text = Self.withPlainEnds(String(copying: try UTF8Span(validating: bytes.span)))
    } catch {
      let offset = error.byteOffsets.lowerBound
      let hex = String(bytes[offset], radix: 16, uppercase: true)
      throw Self.problem(
        "not UTF-8 (byte \(hex))", after: String(decoding: bytes[..<offset], as: UTF8.self), name,
        advice: "save it as UTF-8")
    }
    if let place = text.unicodeScalars.firstIndex(where: { !Self.isAllowed($0) }) {
      let scalar = text.unicodeScalars[place]
      throw Self.problem(
        scalar == "\0"
          ? "a NUL byte: is this a text file?"
          : "an invisible character, \(displayable(String(scalar)))",
        after: String(text.unicodeScalars[..<place]), name,
        advice: scalar == "\0" ? nil : "take it out; a file of notes is plain text")
    }
  }

  private static func withPlainEnds(_ text: String) -> String {
    text.utf8.contains(13)
      ? text.replacing("\r\n", with: "\n").replacing("\r", with: "\n") : text
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || scalar.isASCII && (0x20..<0x7F).contains(scalar.value)
      || isDisplayable(String(scalar))
  }

  private static func problem(
    _ message: String, after text: String, _ name: String, advice: String?
  ) -> CommandError {
    let lines = withPlainEnds(text).split(separator: "\n", omittingEmptySubsequences: false)
    let column = lines.last?.count ?? 0
    var error = CommandError(message, at: Columns(column, column + 1), advice: advice)
    error.place = SourcePlace(file: Shown.text(name), line: lines.count, text: "")
    return error
  }

  /// What is wrong in the document, with the file's own line.
  func located(_ error: DocumentError) -> CommandError {
    var found = CommandError(error.message, at: error.columns, advice: error.advice)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines.indices.contains(error.line - 1) ? String(lines[error.line - 1]) : ""
    found.place = SourcePlace(file: Shown.text(name), line: error.line, text: line)
    return found
  }
}
