/// An element of a piece of XML, read strictly: tags nest, attributes are quoted, text is escaped.
struct XMLElement {
  var name: String
  var children: [XMLElement] = []
  var text = ""

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  /// The one element that makes up `text`.
  init(_ text: String) throws {
    var reader = Reader(rest: Substring(text))
    self = try reader.element()
    guard reader.rest.isEmpty else { throw Fault(description: "after the end: \(reader.rest)") }
  }

  private init(name: String) {
    self.name = name
  }

  /// It and all elements in it.
  var all: [XMLElement] { [self] + children.flatMap(\.all) }

  private struct Reader {
    var rest: Substring

    mutating func element() throws -> XMLElement {
      let tag = try self.tag()
      guard let name = tag.split(separator: " ").first, name.allSatisfy(\.isLetter) else {
        throw Fault(description: "no opening tag: <\(tag)>")
      }
      try attributes(tag.dropFirst(name.count))
      var element = XMLElement(name: String(name))
      while !rest.hasPrefix("</") {
        if rest.first == "<" {
          element.children.append(try self.element())
        } else {
          element.text += try text()
        }
      }
      let end = try self.tag()
      guard end == "/" + element.name else {
        throw Fault(description: "<\(element.name)> is closed by <\(end)>")
      }
      return element
    }

    private mutating func tag() throws -> Substring {
      guard rest.first == "<", let end = rest.firstIndex(of: ">") else {
        throw Fault(description: "no tag: \(rest)")
      }
      defer { rest = rest[rest.index(after: end)...] }
      return rest[rest.index(after: rest.startIndex)..<end]
    }

    private func attributes(_ text: Substring) throws {
      for part in text.split(separator: " ") {
        let pieces = part.split(separator: "=", maxSplits: 1)
        guard pieces.count == 2, pieces[1].count >= 2, pieces[1].first == "\"",
          pieces[1].last == "\"", !pieces[1].dropFirst().dropLast().contains("\"")
        else { throw Fault(description: "no attribute: \(part)") }
      }
    }

    private mutating func text() throws -> String {
      let piece = rest.prefix { $0 != "<" }
      guard !piece.isEmpty else { throw Fault(description: "the text ends too early") }
      guard !piece.contains(">") else { throw Fault(description: "> is not escaped: \(piece)") }
      for part in piece.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      where !["amp;", "lt;", "gt;", "quot;"].contains(where: { part.hasPrefix($0) }) {
        throw Fault(description: "& is not escaped: \(piece)")
      }
      rest = rest.dropFirst(piece.count)
      return String(piece)
    }
  }
}
