import IndexNotation

/// A document taken in from a file: its name, and its number among all that were.
package struct LoadedDocument: Hashable, Sendable {
  package let id: String
  fileprivate let number: Int
}

/// Every document read so far. What was loaded is kept, also when another of its name takes its
/// place: an earlier moment speaks it again.
package final class DocumentStore {
  private var shipped: [String: Document] = [:]
  private var loaded: [Document] = []
  private var latest: Document?

  package init() {}

  fileprivate func add(_ document: Document) -> LoadedDocument {
    loaded.append(document)
    return LoadedDocument(id: document.id, number: loaded.count - 1)
  }

  fileprivate func document(_ entry: LoadedDocument) -> Document { loaded[entry.number] }

  fileprivate func shipped(_ id: String) throws(DocumentError) -> Document {
    if let latest, latest.id == id { return latest }
    if let known = shipped[id] {
      latest = known
      return known
    }
    guard let notes = ShippedNotes(rawValue: id) else {
      throw DocumentError("there is no document '\(id)'", line: 1, columns: Columns(0, 1))
    }
    let document = try DocumentReader.read(notes.text)
    shipped[id] = document
    latest = document
    return document
  }
}

/// The documents inside the program, in the order in which they are listed.
private enum ShippedNotes: String, CaseIterable {
  case generalCase = "general-case"
  case gonzalez
  case fourEquations = "four-equations"
  case softmaxMatrix = "softmax-matrix"
  case zeroIndexed = "zero-indexed"

  /// The notes of a new session.
  static let standard = ShippedNotes.fourEquations

  var text: String {
    let bytes: [UInt8]
    switch self {
    case .generalCase: bytes = PackageResources.general_case_notes
    case .gonzalez: bytes = PackageResources.gonzalez_notes
    case .fourEquations: bytes = PackageResources.four_equations_notes
    case .softmaxMatrix: bytes = PackageResources.softmax_matrix_notes
    case .zeroIndexed: bytes = PackageResources.zero_indexed_notes
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The documents that ship inside the program, and those that were loaded; a shipped file is read
/// when its notes are first spoken.
package struct Library {
  /// Those that ship, in the order in which they are listed.
  package static let shipped = ShippedNotes.allCases.map(\.rawValue)
  /// The notes of a new session.
  package static let standard = ShippedNotes.standard.rawValue
  private let store: DocumentStore
  /// Those that were loaded, in the order in which they are listed.
  package private(set) var loaded: [LoadedDocument]

  package init(_ store: DocumentStore = DocumentStore(), loaded: [LoadedDocument] = []) {
    self.store = store
    self.loaded = loaded
  }

  /// All that can be spoken, in the order in which they are listed.
  package var names: [String] { Library.shipped + loaded.map(\.id) }

  package func document(_ id: String) throws(DocumentError) -> Document {
    if !loaded.isEmpty, let entry = loaded.first(where: { $0.id == id }) {
      return store.document(entry)
    }
    return try store.shipped(id)
  }

  /// Takes a document from a file in; one of the same name gives way to it.
  package mutating func add(_ document: Document) {
    let entry = store.add(document)
    if let place = loaded.firstIndex(where: { $0.id == document.id }) {
      loaded[place] = entry
    } else {
      loaded.append(entry)
    }
  }

  /// A small complete file, to begin one's own from.
  package static var exampleText: String {
    String(decoding: PackageResources.example_notes, as: UTF8.self)
  }
}
