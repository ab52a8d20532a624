import IndexNotation

/// The documents that ship inside the program, and those that were loaded; a shipped file is read
/// when its notes are first spoken.
package final class Library {
  /// Those that ship, in the order in which they are listed.
  package static let shipped = [
    "general-case", "gonzalez", "four-equations", "softmax-matrix", "zero-indexed",
  ]
  /// The notes of a new session.
  package static let standard = "four-equations"
  private var documents: [String: Document] = [:]
  private var loaded: [String] = []
  private var latest: Document?

  package init() {}

  /// All that can be spoken, in the order in which they are listed.
  package var names: [String] { Library.shipped + loaded }

  package func document(_ id: String) throws(DocumentError) -> Document {
    if let latest, latest.id == id { return latest }
    if let known = documents[id] {
      latest = known
      return known
    }
    let document = try DocumentReader.read(String(decoding: Library.bytes(id), as: UTF8.self))
    documents[id] = document
    latest = document
    return document
  }

  /// Takes a document from a file in; one of the same name gives way to it.
  package func add(_ document: Document) {
    documents[document.id] = document
    if !names.contains(document.id) { loaded.append(document.id) }
    latest = nil
  }

  /// A small complete file, to begin one's own from.
  package static var exampleText: String {
    String(decoding: PackageResources.example_notes, as: UTF8.self)
  }

  private static func bytes(_ id: String) -> [UInt8] {
    switch id {
    case "general-case": return PackageResources.general_case_notes
    case "gonzalez": return PackageResources.gonzalez_notes
    case "softmax-matrix": return PackageResources.softmax_matrix_notes
    case "zero-indexed": return PackageResources.zero_indexed_notes
    default: return PackageResources.four_equations_notes
    }
  }
}
