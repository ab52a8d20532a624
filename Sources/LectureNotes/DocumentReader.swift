import Backprop
import IndexNotation

/// What is wrong in a document's file, and where (line from 1, column from 0).
package struct DocumentError: Error, Sendable {
  package var message: String
  package var line: Int
  package var columns: Columns
}

/// Reads a document's file: sections by plain words at column 0, declarations as the notes' own
/// glossaries (`symbol : meaning = what it is in the network`), relations as a heading
/// `label : role` over indented lines.
package struct DocumentReader {
  enum Section: String {
    case model, indices, constants, functions, quantities, absences, algorithm, example
    case relations
  }

  struct Line {
    var number: Int
    var indent: Int
    var text: String
  }

  var document: Document
  var lines: [Line] = []

  package static func read(_ text: String) throws(DocumentError) -> Document {
    var reader = try DocumentReader(text)
    return try reader.readAll()
  }

  init(_ text: String) throws(DocumentError) {
    var number = 0
    for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let indent = raw.prefix { $0 == " " }.count
      let body = raw.dropFirst(indent)
      if body.isEmpty || body.hasPrefix("# ") || body == "#" { continue }
      if indent >= 6, let last = lines.last, last.indent > 0 {
        lines[lines.count - 1].text += " " + body
        continue
      }
      lines.append(Line(number: number, indent: indent, text: String(body)))
    }
    guard let first = lines.first, first.indent == 0, first.text.hasPrefix("document ") else {
      throw DocumentError(
        message: "a document begins with: document NAME", line: 1, columns: Columns(0, 1))
    }
    document = Document(id: String(first.text.dropFirst("document ".count)))
    lines.removeFirst()
  }

  mutating func readAll() throws(DocumentError) -> Document {
    var sections: [(Section, [Line])] = []
    for line in lines {
      if line.indent == 0, sections.last?.0 != .relations {
        if let section = Section(rawValue: line.text) {
          sections.append((section, []))
          continue
        }
        try heading(line)
      } else if sections.isEmpty {
        throw fail("this line stands in no section", line)
      } else {
        sections[sections.count - 1].1.append(line)
      }
    }
    // Names first: later sections are read with them.
    for (section, lines) in sections {
      for line in lines { try names(section, line) }
    }
    document.vocabulary.seal()
    for (section, lines) in sections {
      if section == .relations {
        try relations(lines)
      } else {
        for line in lines { try entry(section, line) }
      }
    }
    return document
  }

  func fail(_ message: String, _ line: Line, _ columns: Columns? = nil) -> DocumentError {
    let shift = line.indent
    let place = columns.map { Columns($0.start + shift, $0.end + shift) }
    return DocumentError(
      message: message, line: line.number,
      columns: place ?? Columns(shift, shift + line.text.count))
  }

  mutating func heading(_ line: Line) throws(DocumentError) {
    guard let (key, value) = split(line.text, at: " ") else {
      throw fail("no section is called '\(line.text)'", line)
    }
    switch key {
    case "title": document.title = value
    case "about": document.about = value
    case "speaking": document.speaking = value
    case "source": document.source = value
    default: throw fail("no section is called '\(line.text)'", line)
    }
  }

  func split(_ text: String, at mark: Character) -> (String, String)? {
    guard let place = text.firstIndex(of: mark) else { return nil }
    return (
      trimmed(text[..<place]), trimmed(text[text.index(after: place)...])
    )
  }

  func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// `left : meaning = right`, the last two optional.
  func parts(_ line: Line) throws(DocumentError) -> (String, String, String?) {
    guard let range = line.text.range(of: " : ") else {
      throw fail("this line needs “ : ” between symbol and meaning", line)
    }
    let left = trimmed(line.text[..<range.lowerBound])
    let rest = line.text[range.upperBound...]
    guard let equals = rest.range(of: " = ") else { return (left, trimmed(rest), nil) }
    return (left, trimmed(rest[..<equals.lowerBound]), trimmed(rest[equals.upperBound...]))
  }
}
