import Backprop
import IndexNotation
import LectureNotes
import TestSupport
import Testing

/// Every equation of every document against the definition of its left side.
@Suite struct VerifyTests {
  /// Networks that fit each document, and how many numbers are compared on them: counted by hand for
  /// some relations below, here so that no place is lost in silence.
  static let fitting: [(String, [String])] = [
    ("general-case", ["G-A", "G-1", "G-2"]), ("gonzalez", ["Z-X", "Z-H", "Z-B"]),
    ("four-equations", ["F-A", "F-C", "F-Q"]), ("softmax-matrix", ["S-A", "S-U", "S-H"]),
    ("zero-indexed", ["0-A", "0-1", "0-P"]),
  ]

  @Test(arguments: fitting) func everyEquationHolds(id: String, names: [String]) throws {
    let document = try Library().document(id)
    let networks = try DemonstrationNetwork.all()
    var evaluated: Set<Int> = []
    for name in names {
      let trial = try Trial(try #require(networks[name]), for: document)
      let verifier = Verifier(document, trial.definitions())
      for index in document.tried {
        let found = try verifier.verify(index)
        let label = document.equations[index].label
        switch found.outcome {
        case .holds:
          evaluated.insert(index)
          #expect(found.comparisons > 0, "\(id) \(label) on \(name)")
          // Where nothing cancels the two sides agree to 1e-11.
          #expect(
            found.isNearCancellation || found.worst?.relative ?? 0 <= 1e-11,
            "\(id) \(label) on \(name)")
        case .fails:
          Issue.record(
            "\(id) \(label) on \(name): \(String(describing: found.worst)) \(String(describing: found.error))"
          )
        case .doesNotApply: continue
        }
      }
    }
    // What needs another network than these three is tried in the next test.
    #expect(
      evaluated.count * 10 > document.tried.count * 8,
      "\(evaluated.count) of \(document.tried.count)")
  }

  /// Each relation holds wherever it is meant, and is meant somewhere.
  @Test(arguments: Library.shipped) func randomNetworks(id: String) throws {
    let document = try Library().document(id)
    var random = SplitMix(seed: 20)
    var met: Set<Int> = []
    var trials: [Trial] = []
    for number in 0..<120 {
      trials.append(try .random(for: document, &random, layers: number % 4 == 0 ? 2 : nil))
    }
    for (name, given) in try DemonstrationNetwork.all() where name != "G-SM" {
      trials.append(try Trial(given, for: document))
    }
    for trial in trials {
      let verifier = Verifier(document, trial.definitions())
      for index in document.tried {
        let found = try verifier.verify(index)
        if found.comparisons > 0 { met.insert(index) }
        if case .fails = found.outcome {
          Issue.record(
            "\(id) \(document.equations[index].label) on \(trial.network.shape.sizes) \(trial.network.activations) \(trial.cost): \(String(describing: found.worst)) \(String(describing: found.error))"
          )
        }
      }
    }
    let missed = document.tried.filter { !met.contains($0) }.map { document.equations[$0].label }
    #expect(missed.isEmpty, "\(id): never tried: \(missed)")
  }

  /// Counted by hand on 3-3-2-1 without biases (F-C), one example, and on 2-3-3-2 with three (G-A).
  @Test(arguments: [
    // δ of the two hidden layers: 3 + 2 numbers.
    ("four-equations", "F-C", "(2)", 5),
    // 9 + 6 + 2 weights.
    ("four-equations", "F-C", "(4)", 17),
    // One output, written in columns and by neuron.
    ("four-equations", "F-C", "(1)", 1),
    // 3 neurons of layer 1, 3 of layer 2, 2 of layer 3, three examples.
    ("general-case", "G-A", "(1)", (3 + 3 + 2) * 3),
    // Two outputs, both hidden layers of 3, three examples.
    ("general-case", "G-A", "(9a)", 2 * (3 + 3) * 3),
    // All biases; all weights: they are sums over the examples.
    ("general-case", "G-A", "(9b)", 8), ("general-case", "G-A", "(9c)", 6 + 9 + 6),
    // 2-4-3-3, three examples: every weight, each example.
    ("softmax-matrix", "S-A", "(29)", (8 + 12 + 9) * 3),
    // The mean over the examples: every weight once.
    ("softmax-matrix", "S-A", "(33)", 8 + 12 + 9),
    // 3-4-2-2, two examples; the biases are weights from neuron 0.
    ("zero-indexed", "0-A", "§3 Thm 2", (4 + 2) * 2),
  ]) func comparisonsAreCounted(id: String, network: String, label: String, count: Int) throws {
    let document = try Library().document(id)
    let trial = try Trial(try #require(try DemonstrationNetwork.all()[network]), for: document)
    let verifier = Verifier(document, trial.definitions())
    let index = try #require(
      document.equations(labelled: label).first { !document.equations[$0].formula.isEmpty })
    #expect(try verifier.verify(index).comparisons == count)
  }

  /// A place that does not exist on the right is a failure with its words, never skipped.
  @Test func missingPlacesAreFailures() throws {
    let document = try DocumentReader.read(
      Library.exampleText.replacing(
        "ε_j^{ℓ+1} h_k^ℓ\n", with: "ε_j^{ℓ+2} h_k^ℓ\n"))
    var random = SplitMix(seed: 3)
    let trial = try Trial.random(
      for: try Library().document("four-equations"), &random, layers: 2)
    let verifier = Verifier(document, trial.definitions())
    let index = try #require(document.equations(labelled: "(7)").first)
    let found = try verifier.verify(index)
    #expect(found.outcome == .fails)
    #expect(found.error?.message.contains("layer") == true)
  }

  /// (4) of softmax-matrix needs Σy = 1, and says so of the example where it is not.
  @Test func failingFactsAreNamed() throws {
    let document = try Library().document("softmax-matrix")
    let trial = try Trial(try #require(try DemonstrationNetwork.all()["S-U"]), for: document)
    let verifier = Verifier(document, trial.definitions())
    let index = try #require(document.equations(labelled: "(4)").first)
    guard case .doesNotApply(let reason) = try verifier.verify(index).outcome else {
      Issue.record("(4) was tried with Σy = 1.5")
      return
    }
    #expect(reason == "Σy = 1.5 in example 1, not 1")
  }
}
