import IndexNotation
import LectureNotes

/// A file of notes looked through as a whole: read, its formulas parsed, its example set up, and its
/// relations tried on that.
struct DocumentCheck {
  /// nil where the file cannot be read as a document.
  private(set) var document: Document?
  private(set) var errors: [DocumentError] = []
  private(set) var warnings: [DocumentError] = []
  /// nil where there is no example to try the relations on.
  private(set) var trial: DocumentTrial?

  init(_ text: String) {
    do throws(DocumentError) {
      let document = try DocumentReader.read(text)
      self.document = document
      try check(document)
    } catch {
      errors.append(error)
    }
  }

  private mutating func check(_ document: Document) throws(DocumentError) {
    if Library.shipped.contains(document.id) {
      errors.append(
        DocumentError(
          "\(document.id) is the name of notes that ship with this program",
          line: document.line, columns: Columns(9, 9 + document.id.count),
          advice: "begin the file with another: document my-notes"))
    }
    let lint = DocumentLint(document)
    errors += lint.errors
    warnings += lint.warnings + lint.repetitions(in: document)
    guard errors.isEmpty else { return }
    guard let state = try ExampleSection(document).state() else {
      warnings.append(
        DocumentError(
          "there is no example: net notes has nothing to run, and no relation was tried",
          line: document.line, columns: Columns(0, 8),
          advice: "add a section example, as in: document example"))
      return
    }
    guard !state.examples.isEmpty else {
      let last = document.exampleCommands[document.exampleCommands.count - 1]
      warnings.append(
        DocumentError(
          "the example has no data, so that no relation was tried", line: last.line,
          columns: Columns(2, 2 + last.text.count), advice: "as in: data 1 0.5 -> 1"))
      return
    }
    if let facts = state.facts { warnings += document.uncitedRelations(facts: facts) }
    trial = DocumentTrial(document, state)
    warnings += trial?.warnings ?? []
  }

}
