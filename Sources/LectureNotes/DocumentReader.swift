import Backprop
import IndexNotation

/// What is wrong in a document's file, and where (line from 1, column from 0).
package struct DocumentError: Error, Sendable {
  package var message: String
  package var line: Int
  package var columns: Columns
  package var advice: String?

  package init(_ message: String, line: Int, columns: Columns, advice: String? = nil) {
    self.message = message
    self.line = line
    self.columns = columns
    self.advice = advice
  }
}

extension DocumentError {
  /// A formula that cannot be read, at its place in the file.
  package init(_ error: SyntaxError, in text: PlacedText) {
    let (line, start) = text.place(of: error.columns.start)
    self.init(
      error.message, line: line,
      columns: Columns(start, start + max(1, error.columns.end - error.columns.start)),
      advice: error.advice)
  }
}

/// Reads a document's file: sections by plain words at column 0, declarations as the notes' own
/// glossaries (`symbol : meaning = what it is in the network`), relations as a heading
/// `label : role` over indented lines.
package struct DocumentReader {
  enum Section: String, CaseIterable {
    case model, indices, constants, functions, quantities, absences, algorithm, example
    case errata, relations
  }

  struct Line {
    var indent: Int
    var placed: PlacedText

    var number: Int { placed.line }
    var text: String { placed.text }
  }

  var document: Document
  var lines: [Line] = []
  /// Declared symbols, as written, and their lines.
  var declaredAt: [String: Int] = [:]

  /// A document larger than this is none.
  package static let sizeLimit = 1 << 20

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
      if raw.contains("\t") {
        throw DocumentError(
          "a tab; a document is indented with blanks", line: number, columns: Columns(0, 1))
      }
      let placed = PlacedText(String(body), line: number, column: indent)
      if indent >= 6, let last = lines.last, last.indent > 0 {
        lines[lines.count - 1].placed.append(placed)
        continue
      }
      lines.append(Line(indent: indent, placed: placed))
    }
    guard let first = lines.first, first.indent == 0, first.text.hasPrefix("document ") else {
      throw DocumentError(
        "a document begins with: document NAME", line: 1, columns: Columns(0, 1))
    }
    let id = String(first.text.dropFirst("document ".count))
    let place = Columns(9, max(10, first.text.count))
    guard !id.isEmpty, id.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
      throw DocumentError(
        "the name of a document has letters, digits and -", line: first.number, columns: place,
        advice: "as in: document my-notes")
    }
    if Document.words.contains(id) {
      throw DocumentError(
        "document \(id) is a command; notes need another name", line: first.number,
        columns: place, advice: "as in: document my-notes")
    }
    document = Document(id: id)
    try checkLength(id, first, "the name of a document")
    lines.removeFirst()
    for line in lines { try checkLength(line) }
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
    try checkElements()
    return document
  }

  /// - Parameter columns: of the line's text; the whole line if nil.
  func fail(
    _ message: String, _ line: Line, _ columns: Columns? = nil, advice: String? = nil
  ) -> DocumentError {
    let wanted = columns ?? Columns(0, line.text.count)
    let (number, start) = line.placed.place(of: wanted.start)
    return DocumentError(
      message, line: number, columns: Columns(start, start + max(1, wanted.end - wanted.start)),
      advice: advice)
  }

  /// The columns of a part of a line, for an error.
  func columns(of part: some StringProtocol, in line: Line) -> Columns? {
    line.text.range(of: String(part)).map {
      let start = line.text.distance(from: line.text.startIndex, to: $0.lowerBound)
      return Columns(start, start + part.count)
    }
  }

  mutating func heading(_ line: Line) throws(DocumentError) {
    guard let (key, value) = split(line.text, at: " ") else {
      throw unknownSection(line)
    }
    try checkLength(value, line, "a \(key)", limit: Self.headingLimit)
    switch key {
    case "title": document.title = value
    case "about": document.about = value
    case "speaking": document.speaking = value
    case "source": document.source = value
    default: throw unknownSection(line)
    }
  }

  private func unknownSection(_ line: Line) -> DocumentError {
    let names = Section.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: line.text, among: names)
    return fail(
      "no section is called '\(line.text)'", line,
      advice: near.isEmpty
        ? "the sections are \(names.joined(separator: ", "))"
        : "did you mean \(near.joined(separator: ", "))?")
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
      throw fail(
        "this line needs “ : ” between symbol and meaning", line,
        advice: "as in: a_j^l : activation = a[l][j]")
    }
    let left = trimmed(line.text[..<range.lowerBound])
    let rest = line.text[range.upperBound...]
    guard let equals = rest.range(of: " = ") else { return (left, trimmed(rest), nil) }
    return (left, trimmed(rest[..<equals.lowerBound]), trimmed(rest[equals.upperBound...]))
  }
}
