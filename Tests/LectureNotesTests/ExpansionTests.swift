import Backprop
import IndexNotation
import LectureNotes
import TestSupport
import Testing

/// Writing sums out changes no value, and what is written can be read back.
@Suite struct ExpansionTests {
  @Test(arguments: Library.shipped) func expandedSidesHaveTheSameValue(id: String) throws {
    let document = try Library().document(id)
    var random = SplitMix(seed: 7)
    var count = 0
    for number in 0..<12 {
      let trial = try Trial.random(for: document, &random, layers: number % 2 == 0 ? 2 : nil)
      let verifier = Verifier(document, trial.definitions())
      for index in document.tried {
        guard let relation = try? document.relation(index) else { continue }
        let sites = verifier.places(of: relation, index)
        guard let site = sites.randomElement(using: &random) else { continue }
        if let example = site.place.example { verifier.definitions.example = example }
        for side in relation.sides {
          count += try check(
            side.expression, site, document, "\(id) \(document.equations[index].label)")
        }
      }
    }
    #expect(count > 200)
  }

  private func check(
    _ expression: IndexNotation.Expression, _ site: Verifier.Site, _ document: Document,
    _ label: String
  ) throws -> Int {
    let evaluator = Evaluator(site.reading)
    let value = try evaluator.value(expression, site.values)
    let expanded = try Expansion(site.reading, termLimit: 12).of(expression, site.values)
    var values = IndexValues()
    values.layer = site.values.layer
    guard expanded.freeIndices.allSatisfy({ document.indices[$0.letter] == nil }) else { return 0 }
    expectSame(try? evaluator.value(expanded, values), value, label)
    for script in [Script.unicode, .linear, .ascii] {
      guard let text = document.renderer.expression(expanded, script) else { continue }
      do throws(SyntaxError) {
        let again = try Parser.expression(text, vocabulary: document.vocabulary)
        expectSame(try? evaluator.value(again, values), value, "\(label): \(text)")
      } catch {
        Issue.record("\(label): \(error.message) at \(error.columns.start) of \(text)")
      }
    }
    return 1
  }

  private func expectSame(_ found: Value?, _ wanted: Value, _ label: String) {
    guard let found else {
      Issue.record("\(label): no value")
      return
    }
    let (a, b) = (found.asMatrix, wanted.asMatrix)
    #expect(a.shape == b.shape, "\(label)")
    for (x, y) in zip(a.entries, b.entries) {
      #expect(abs(x - y) <= 1e-12 * max(1, abs(y)), "\(label): \(x), \(y)")
    }
  }
}
