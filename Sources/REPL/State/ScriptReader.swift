import IndexNotation
import Terminal

/// Where in a file a line stands.
package struct SourcePlace: Equatable, Sendable {
  package var file: String
  package var line: Int
  package var text: String

  package init(file: String, line: Int, text: String) {
    self.file = file
    self.line = line
    self.text = text
  }
}

/// The logical lines of a script: `\` at the end of a line goes on with the next.
package struct ScriptReader {
  private let reader: LineReader
  private let name: String

  package init(_ reader: LineReader, name: String) {
    self.reader = reader
    self.name = name
  }

  /// The next line and its number; nil at the end. A line that is no text is an error.
  package mutating func next() throws(CommandError) -> (text: String, number: Int)? {
    var whole = ""
    var first = 0
    while true {
      switch reader.next() {
      case .line(let text, let number):
        if first == 0 {
          first = number
          widest = 0
        }
        widest = max(widest, text.columns)
        if text.utf8.last == UInt8(ascii: "\\") {
          whole += text.dropLast()
          guard whole.utf8.count <= LineReader.lineLimit else {
            throw problem("line \(first) is too long once continued", first)
          }
          continue
        }
        return (whole.isEmpty ? text : whole + text, first)
      case .end: return first == 0 ? nil : (whole, first)
      case .notUTF8(let line, let column, let byte):
        let hex = String(byte, radix: 16, uppercase: true)
        throw problem("not UTF-8 (byte \(hex))", line, column)
      case .nulByte(let line, let column):
        throw problem("a NUL byte at column \(column): is this a text file?", line, column)
      case .utf16(let line): throw problem("looks like UTF-16; save it as UTF-8", line)
      case .tooLong(let line, let bytes):
        throw problem(
          "line \(line) is \(bytes) bytes long (the limit is \(LineReader.lineLimit))", line)
      case .failed: throw problem("reading stopped", reader.line)
      case .signal(let signal):
        ending = signal
        return nil
      }
    }
  }

  /// The columns of the widest line of the file that the last one was made of.
  package private(set) var widest = 0

  /// The signal that ended the reading, if one did.
  package private(set) var ending: Signal?

  private func problem(_ message: String, _ line: Int, _ column: Int = 1) -> CommandError {
    var error = CommandError(message, at: Columns(column - 1, column))
    error.place = SourcePlace(file: name, line: line, text: "")
    return error
  }
}
