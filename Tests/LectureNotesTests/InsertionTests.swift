import Backprop
import IndexNotation
import LectureNotes
import Testing

/// A relation with numbers for its symbols has the value it has with them.
@Suite struct InsertionTests {
  @Test(arguments: Library.shipped) func numbersKeepTheValue(id: String) throws {
    let document = try Library().document(id)
    let all = document.equations.indices.filter { !document.equations[$0].formula.isEmpty }
    var pending = Set(all)
    for (position, trial) in try Trial.choices(for: document).enumerated() {
      let definitions = trial.definitions()
      // All on the networks of the document, then what had no place on them.
      for index in all where position < 3 || pending.contains(index) {
        if try compare(index, document, definitions) > 0 { pending.remove(index) }
      }
    }
    #expect(pending.isEmpty, "\(id) \(pending.map { document.equations[$0].label })")
  }

  /// Compares the sides of a relation at some of its places; how many there were.
  private func compare(
    _ index: Int, _ document: Document, _ definitions: Definitions
  ) throws -> Int {
    let relation = try document.relation(index)
    definitions.example = 1
    let sites = Verifier(document, definitions).places(of: relation, index)
    var compared = 0
    for site in sites.prefix(12) {
      if let example = site.place.example { definitions.example = example }
      let words = site.place.words(document.renderer)
      let place = "\(document.id) \(document.equations[index].label) \(words)"
      for side in relation.sides {
        if try compare(side.expression, site, document, place) {
          compared += 1
        } else {
          // What goes beyond the notes is cited where it applies, and tried nowhere else.
          #expect(document.equations[index].isBeyondTheNotes, "\(place)")
        }
      }
    }
    return compared
  }

  /// Compares the value of a tree with that of its numbers, as they are and as printed and read
  /// again; false if it has none.
  private func compare(
    _ expression: IndexNotation.Expression, _ site: Verifier.Site, _ document: Document,
    _ place: String
  ) throws -> Bool {
    guard let value = try? Evaluator(site.reading).value(expression, site.values) else {
      return false
    }
    let size = try Magnitude(site.reading).of(expression, site.values)
    let numbers = try Insertion(site.reading, .all).substituted(expression, site.values)
    #expect(numbers.references.isEmpty, "\(place)")
    try check(numbers, value, size, place)
    let text = try #require(document.renderer.expression(numbers, .linear))
    let again = try Parser.expression(text, vocabulary: document.vocabulary)
    try check(again, value, size, "\(place): \(text)")
    return true
  }

  private func check(
    _ numbers: IndexNotation.Expression, _ wanted: Value, _ size: Value, _ place: String
  ) throws {
    let found = try Evaluator(NoSymbols()).value(numbers, IndexValues()).asMatrix
    let (wanted, size) = (wanted.asMatrix, size.asMatrix)
    #expect(found.rows == wanted.rows && found.columns == wanted.columns, "\(place)")
    for (entry, (a, b)) in zip(found.entries, wanted.entries).enumerated() where b.isFinite {
      // Where terms cancel, what is left has the error of the terms.
      let scale = max(abs(b), size.entries[entry] * 1e-2)
      #expect(abs(a - b) <= 1e-12 * scale, "\(place): \(a), not \(b)")
    }
  }

  private func latex(
    _ formula: String, _ digits: Insertion<Reading<Definitions>>.Digits = .all,
    keepsFunctions: Bool = false
  ) throws -> String {
    let document = try Library().document("four-equations")
    var network = Network(shape: try Shape([2, 2, 2]), activations: [.sigmoid, .sigmoid])
    network.weights = [0.5, -0.25, 1, 2, 1, 1, -1, 0]
    network.biases = [0.1, -0.1, 0, 0]
    let trial = Trial(
      network: network, examples: [Example(input: [1, -2], target: [1, 0])], cost: .quadratic,
      reduction: .mean, direction: .descent, rate: 0.5)
    let indices = IndexValues().binding(IndexKey("j"), IndexValue(1))
    let relation = try Parser.relation(formula, vocabulary: document.vocabulary)
    let reading = Reading(document, trial.definitions(), level: .example)
    let insertion = Insertion(reading, digits, keepsFunctions: keepsFunctions)
    return LaTeX(styles: document.styles).relation(try insertion.substituted(relation, indices))
  }

  @Test(arguments: [
    ("z_j^1 = Σ_k w_jk^1 a_k^0 + b_j^1", #"z_j^1 = 0.5 \cdot 1 - 0.25 \cdot (-2) + 0.1"#),
    ("C = ½ Σ_j (y_j - x_j)^2", #"C = \frac{1}{2} ((1 - 1)^2 + (0 + 2)^2)"#),
    ("C = -x_2 / 2", #"C = \frac{2}{2}"#),
    ("C = x_2 x_2 log(1 - x_2)", #"C = -2 \cdot (-2) \cdot \log(1 + 2)"#),
    ("C = y_1 x_2^2 / (1 - x_2)", #"C = 1 \cdot \frac{(-2)^2}{1 + 2}"#),
    ("C = ‖b^1‖^2", #"C = \left\| \begin{bmatrix} 0.1 \\ -0.1 \end{bmatrix} \right\|^2"#),
    ("C = { 0 if x_2 > 0; x_2 if x_2 ≤ 0 }", "C = -2"),
    ("a_j^1 = σ(z_j^1)", "a_j^1 = 0.7502601055951177"),
  ])
  func written(formula: String, expected: String) throws {
    #expect(try latex(formula) == expected)
  }

  @Test func writtenAsShown() throws {
    #expect(
      try latex("a_j^1 = σ(z_j^1) = σ(0)", .shown, keepsFunctions: true)
        == #"a_j^1 = \sigma(1.10000) = \sigma(0)"#)
    #expect(
      try latex("z_j^1 = Σ_k w_jk^1 a_k^0", .shown)
        == #"z_j^1 = 0.500000 \cdot 1.00000 - 0.250000 \cdot (-2.00000)"#)
  }
}
