import Backprop
import IndexNotation
import LectureNotes
import TestSupport
import Testing

/// Every misprint that has a value: printed, it gives the published wrong number; corrected, the
/// true one. The numbers were computed apart from this program, with 50 digits.
@Suite struct DemonstrationTests {
  @Test func thereAreAsManyAsListed() {
    let all = Demonstration.all()
    #expect(all.count == 60)
    #expect(Set(all.map(\.document)).count == 5)
  }

  @Test(arguments: Demonstration.all()) func misprint(_ shown: Demonstration) throws {
    let document = try Library().document(shown.document)
    let given = try #require(try DemonstrationNetwork.all()[shown.network])
    let trial = try Trial(given, for: document)
    let verifier = Verifier(document, trial.definitions(example: shown.example ?? 1))
    let index = try #require(
      document.equations(labelled: shown.label).first {
        document.equations[$0].printed != nil
          && document.equations[$0].misprints.contains(shown.erratum)
      }, "no printed form of \(shown.label) for misprint \(shown.erratum)")
    let printed = try #require(try document.printedRelation(index))
    let (site, values) = try place(of: printed, index, shown, verifier)
    let side = try #require(printed.sides.last)
    let right = try? Evaluator(site.reading).value(side.expression, values)
    if let wanted = shown.printed {
      let found = try #require(right?.asMatrix.entries.first)
      #expect(isSame(found, wanted), "printed: \(found), not \(wanted)")
    } else {
      let shapes = right.map { $0.asMatrix.shape != site.left.asMatrix.shape } ?? true
      #expect(shapes, "the shapes fit as printed")
    }
    guard let wanted = shown.corrected else { return }
    let left = try #require(site.left.asMatrix.entries.first)
    #expect(isSame(left, wanted), "by definition: \(left), not \(wanted)")
    let corrected = try verifier.verify(index, .corrected)
    #expect(corrected.outcome == .holds, "\(corrected)")
    if shown.printed != shown.corrected {
      #expect(try verifier.verify(index, .printed).outcome == .fails)
    }
  }

  private func isSame(_ found: Double, _ wanted: Double) -> Bool {
    abs(found - wanted) <= 1e-13 * max(1, abs(wanted))
  }

  private func place(
    of relation: Relation, _ index: Int, _ shown: Demonstration, _ verifier: Verifier
  ) throws -> (Verifier.Site, IndexValues) {
    let wanted = Set(shown.indices.split(separator: " ").map(String.init))
    let site = try #require(
      verifier.places(of: relation, index).first { site in
        let words = site.place.words(Renderer(styles: [:])).replacing("−", with: "-")
        let found = Set(words.split(separator: " ").map(String.init))
        return wanted.isSubset(of: found)
          && (site.place.example == nil || site.place.example == shown.example ?? 1)
      }, "no place \(shown.indices) of \(shown.label)")
    if let example = site.place.example { verifier.definitions.example = example }
    var values = site.values
    for part in shown.with.split(separator: " ") {
      let words = part.split(separator: "=").map(String.init)
      var parser = try Parser(words[0], vocabulary: verifier.document.vocabulary)
      guard case .name(let name) = try parser.index() else { continue }
      values.bind(
        try site.reading.key(of: name, values), IndexValue(try #require(Int(words[1]))))
    }
    return (site, values)
  }
}
