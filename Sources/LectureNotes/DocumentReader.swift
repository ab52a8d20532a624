import Backprop
import IndexNotation

/// Reads a document's file: sections by plain words at column 0, declarations as the notes' own
/// glossaries (`symbol : meaning = what it is in the network`), relations as a heading
/// `label : role` over indented lines.
package struct DocumentReader {
  enum Section: String, CaseIterable {
    case model, indices, constants, functions, quantities, absences, algorithm, example
    case errata, relations
  }

  enum Heading: String {
    case title, about, speaking, source
  }

  typealias Line = DocumentLine

  var document: Document
  var lines: [Line]
  var declared = DeclaredForms()
  /// The vectors and matrices, each with the right side of its line.
  var arrays: [(array: ArrayDeclaration, body: Substring, line: Line)] = []

  /// A document larger than this is none.
  package static let sizeLimit = 1 << 20

  package static func read(_ text: String) throws(DocumentError) -> Document {
    var reader = try DocumentReader(text)
    return try reader.readAll()
  }

  init(_ text: String) throws(DocumentError) {
    lines = try Line.lines(of: text)
    guard let first = lines.first else {
      throw DocumentError(
        "a document begins with: document NAME", line: 1, columns: Columns(0, 1))
    }
    let (key, id) = first.keyAndValue() ?? ("", "")
    guard first.indent == 0, key == "document" else {
      throw first.error("a document begins with: document NAME")
    }
    guard !id.isEmpty, id.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
      throw first.error(
        "the name of a document has letters, digits and -", at: id,
        advice: "as in: document my-notes")
    }
    if Document.words.contains(String(id)) {
      throw first.error(
        "document \(id) is a command; notes need another name", at: id,
        advice: "as in: document my-notes")
    }
    document = Document(id: String(id))
    document.line = first.number
    try checkLength(id, first, "the name of a document")
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
        throw line.error("this line stands in no section")
      } else {
        sections[sections.count - 1].1.append(line)
      }
    }
    // Names first, and what the letters count: later sections are read with them.
    for (section, lines) in sections {
      for line in lines { try names(section, line) }
    }
    document.vocabulary.seal()
    for (section, lines) in sections where section == .indices {
      for line in lines { try index(line) }
    }
    for (section, lines) in sections {
      if section == .relations {
        try relations(lines)
      } else {
        for line in lines { try entry(section, line) }
      }
    }
    try readArrays()
    return document
  }

  private mutating func heading(_ line: Line) throws(DocumentError) {
    guard let (key, text) = line.keyAndValue(), let heading = Heading(rawValue: String(key)) else {
      throw unknownSection(line)
    }
    try checkLength(text, line, "a \(key)", limit: Self.headingLimit)
    let value = String(text)
    switch heading {
    case .title: document.title = value
    case .about: document.about = value
    case .speaking: document.speaking = value
    case .source: document.source = value
    }
  }

  private func unknownSection(_ line: Line) -> DocumentError {
    line.error(
      "no section is called '\(line.text)'",
      advice: advice(for: line.text[...], among: Section.self, "the sections are"))
  }
}
