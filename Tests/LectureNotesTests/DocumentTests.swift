import IndexNotation
import LectureNotes
import Testing

@Suite struct DocumentTests {
  /// Every formula, printed form and shape can be read, and every reference to a label or a misprint
  /// leads somewhere.
  @Test(arguments: Library.shipped) func nothingIsWrong(id: String) throws {
    let lint = DocumentLint(try Library().document(id))
    for error in lint.errors { Issue.record("\(id):\(error.line): \(error.message)") }
    let doubts = lint.warnings.filter { !$0.message.contains("hides the") }
    for doubt in doubts { Issue.record("\(id):\(doubt.line): \(doubt.message)") }
  }

  /// As many as the pages have, counted there: every misprint is listed.
  @Test(arguments: [
    ("general-case", 28), ("gonzalez", 18), ("four-equations", 29), ("softmax-matrix", 27),
    ("zero-indexed", 28),
  ]) func misprintsAreListed(id: String, count: Int) throws {
    let document = try Library().document(id)
    #expect(document.errata.map(\.number) == (1...count).map(String.init))
    for erratum in document.errata {
      #expect(!erratum.printed.isEmpty && !erratum.corrected.isEmpty && !erratum.why.isEmpty)
    }
  }

  @Test func labelsAreFoundAsTheEyeFindsThem() throws {
    let document = try Library().document("four-equations")
    let two = document.equations(labelled: "(2)")
    #expect(!two.isEmpty)
    for text in ["2", " 2", "( 2 )".replacing(" ", with: "")] {
      #expect(document.equations(labelled: text) == two)
    }
    #expect(!document.equations(labelled: "weight update").isEmpty)
    #expect(
      document.equations(labelled: "Weight Update")
        == document.equations(labelled: "“Weight update”"))
    #expect(!document.equations(labelled: "U1").isEmpty)
    #expect(document.equations(labelled: "(99)").isEmpty)
    #expect(document.equations(labelled: "").isEmpty)
    let zero = try Library().document("zero-indexed")
    #expect(!zero.equations(labelled: "Theorem 2").isEmpty)
    let general = try Library().document("general-case")
    #expect(general.equations(labelled: "(9)").count == 3)
  }
}
