import LectureNotes

/// Labels as the eye finds them in the notes.
package enum Labels {
  package static func label(_ citation: Citation, _ document: Document, ascii: Bool) -> String {
    text(short(citation, document), citation, document, ascii)
  }

  /// A label of the citation with its marks: † where the print changes a value, and what else says
  /// the same.
  package static func text(
    _ label: String, _ citation: Citation, _ document: Document, _ ascii: Bool
  ) -> String {
    var label = label
    if !citation.misprints.isEmpty { label += ascii ? " (+)" : " †" }
    let also = citation.also.map { document.equations[$0].label }
    if !also.isEmpty { label += " also " + also.joined(separator: " ") }
    return ascii ? PlainText.ascii(label) : label
  }

  /// The label alone, for “next: … by”.
  package static func short(_ citation: Citation, _ document: Document) -> String {
    document.equations[citation.matrices.first ?? citation.main].label
  }
}
