import IndexNotation
import LectureNotes
import TestSupport
import Testing

/// Our LaTeX of every relation against the LaTeX of the page.
@Suite struct CatalogueTests {
  /// Labels of the catalogue that no relation carries.
  private static let missing = 0

  @Test func everyLabelIsCarried() throws {
    let catalogue = try Catalogue.load()
    var missing: [String] = []
    for id in Library.shipped {
      let document = try Library().document(id)
      for formula in catalogue.formulas(id) where carriers(formula.label, document).isEmpty {
        missing.append("\(id) \(formula.label)")
      }
    }
    #expect(missing.count == CatalogueTests.missing, "\(missing)")
  }

  /// What differs is listed with its reason, and what is listed differs.
  @Test(arguments: Library.shipped) func relationsReadAsThePage(id: String) throws {
    let document = try Library().document(id)
    let accepted = AcceptedDifference.all[id] ?? [:]
    var differing: Set<String> = []
    for formula in try Catalogue.load().formulas(id) {
      for form in try forms(formula, document) where !form.agrees {
        differing.insert(form.key)
        let reason = accepted[form.key]
        #expect(
          reason != nil && form.ours.isEmpty == (reason == .words),
          "\(id) \(form.key)\n  page \(form.page)\n  ours \(form.ours.joined(separator: "\n       "))"
        )
      }
    }
    for key in accepted.keys.sorted() where !differing.contains(key) {
      Issue.record("\(id) \(key) is listed, but agrees or does not exist")
    }
  }

  private func carriers(_ label: String, _ document: Document) -> [Int] {
    document.equations.indices.filter {
      document.equations[$0].label == label || document.equations[$0].aliases.contains(label)
    }
  }

  /// A formula of the page beside all of ours that may be it.
  private struct Form {
    /// The label; with `, printed` for a form that the document keeps beside a corrected one.
    var key: String
    var page: String
    var ours: [String]

    var agrees: Bool {
      let page = NormalLaTeX(page)
      return ours.contains { page.isPart(of: NormalLaTeX($0)) }
    }
  }

  /// The page's corrected form beside our formula, and its printed form beside what our document has
  /// as printed; where nothing was corrected the two are one.
  private func forms(_ formula: Catalogue.Formula, _ document: Document) throws -> [Form] {
    let latex = LaTeX(styles: document.styles)
    var corrected: [String] = []
    var printed: [String] = []
    var hasPrinted = false
    for index in carriers(formula.label, document) {
      var text: String?
      if let claim = try document.shapeClaim(index) {
        let size = [claim.rows, claim.columns].map { latex.expression(.index($0)) }
        text = latex.expression(claim.array) + " : " + size.joined(separator: #" \times "#)
      } else if !document.equations[index].formula.isEmpty {
        text = latex.relation(try document.relation(index))
      }
      if let text { corrected.append(text) }
      if let relation = try document.printedRelation(index) {
        hasPrinted = true
        printed.append(latex.relation(relation))
      } else if let text {
        printed.append(text)
      }
    }
    var forms: [Form] = []
    if let page = formula.corrected {
      forms.append(Form(key: formula.label, page: page, ours: corrected))
    } else if !hasPrinted {
      forms.append(Form(key: formula.label, page: formula.printed, ours: corrected))
    }
    if hasPrinted {
      forms.append(Form(key: formula.label + ", printed", page: formula.printed, ours: printed))
    }
    return forms
  }
}
