import Backprop
import LectureNotes
import REPL
import Testing

@Suite struct HelpTests {
  @Test func costsAndActivationsAreNamed() throws {
    let session = try session()
    for topic in ["set", "cost"] {
      let text = try session.answer("help \(topic)")
      for cost in Cost.allCases {
        #expect(text.contains { $0.contains("  \(cost.rawValue) ") }, "\(topic) \(cost)")
      }
    }
    for topic in ["set", "activation"] {
      let text = try session.answer("help \(topic)")
      for activation in Activation.allCases {
        #expect(text.contains { $0.contains("  \(activation.rawValue) ") }, "\(activation)")
      }
    }
  }

  /// Each kind of fact that `if` knows stands in the help, and every example there is one.
  @Test func factsAreListed() throws {
    let session = try session()
    let text = try session.answer("help notes").joined(separator: "\n")
    var vocabulary = session.document.vocabulary
    vocabulary.indices.insert("ℓ")
    for fact in [
      "quadratic cost", "mean reduction", "descent direction", "sigmoid at ℓ", "elementwise at ℓ",
      "bias", "no bias", "own bias", "shared bias", "frozen bias", "one output",
      "one hidden layer", "more hidden layers", "general network", "targets sum to 1",
    ] {
      #expect(text.contains(fact))
      #expect(Fact.parse(fact, vocabulary: vocabulary) != nil, "\(fact)")
    }
    #expect(text.contains("help set"))
  }

  /// Help and the file to begin from fit 80 columns as they stand.
  @Test func linesFitTheScreen() throws {
    let session = try session()
    let topics =
      ["", "names", "expressions", "notes", "lessons", "keys", "scripts"]
      + CommandTable.standard.commands.map(\.name)
    for line in try topics.flatMap({ try session.answer("help \($0)") }) {
      #expect(line.count <= 80, "\(line)")
    }
    for line in try session.answer("help notes") + session.answer("document example") {
      #expect(line.count <= 79, "\(line)")
    }
  }

  @Test func netHasAGapAfterEveryName() throws {
    let names = PublishedNetwork.all.map(\.name)
    let lines = try session().answer("net")
    for name in names {
      #expect(lines.contains { $0.hasPrefix("  \(name)  ") }, "\(name)")
    }
  }

  /// Notes are broken between words at the width of the screen.
  @Test(arguments: [60, 80]) func notesAreBrokenBetweenWords(width: Int) throws {
    let session = try session(
      "softmax-matrix", after: "net notes", "width \(width)")
    let lines = try session.answer("data 1 1 -> 1 1 1").dropFirst()
    #expect(lines.allSatisfy { $0.count < width })
    #expect(
      lines.joined(separator: " ")
        == "the targets sum to 3, not 1: the gradient stays exact, but (4) of softmax-matrix does not hold"
    )
  }
}
