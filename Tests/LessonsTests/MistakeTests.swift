import Backprop
import IndexNotation
import REPL
import TestSupport
import Testing

@testable import Lessons

/// Wrong values are told what they are: each misconception by its number, and nothing else.
@Suite struct MistakeTests {
  /// A network on which a misconception shows, and a quantity that it gets wrong.
  struct Trap: CustomTestStringConvertible, Sendable {
    var code: String
    var bug: Misconception
    var lines: [String]
    var asked: String
    var testDescription: String { "\(code) \(bug.rawValue)" }
  }

  private static let drawn = "init uniform -1 1 seed 5"

  static let traps: [Trap] = [
    Trap(
      code: "M1", bug: .biasAsFactor,
      lines: ["net 2 3 1", "init uniform -1 1 seed 5", "b[1] = 0", "data 1 0.5 -> 1"],
      asked: "dC/db[1][2]"),
    Trap(code: "M2", bug: .staleWeights, lines: ["net mazur"], asked: "δ[1][1]"),
    Trap(code: "M3", bug: .outputSlopeMissing, lines: ["net mazur"], asked: "δ[2][1]"),
    Trap(code: "M3", bug: .outputSlopeMissing, lines: ["net mazur"], asked: "dC/dw[1][1,2]"),
    Trap(
      code: "M4", bug: .maskForgotten,
      lines: ["net 2 2:relu 1", "data 1 0.5 -> 1", drawn, "W[1] = [-1 0.5; 0.5 0.25]"],
      asked: "δ[1][1]"),
    Trap(
      code: "M4", bug: .maskOverwrites,
      lines: ["net 2 2:relu 1", "data 1 0.5 -> 1", drawn, "W[1] = [1 0.5; 0.5 0.25]"],
      asked: "dC/dw[1][1,2]"),
    Trap(
      code: "M5", bug: .biasShared, lines: ["net 2 3 2", drawn, "data 1 0.5 -> 1 0"],
      asked: "dC/db[1][1]"),
    Trap(code: "M6", bug: .squareRule, lines: ["net mazur"], asked: "δ[2][2]"),
    Trap(code: "M7", bug: .weightsTransposed, lines: ["net mazur"], asked: "δ[1][1]"),
    Trap(
      code: "M8", bug: .exponentialRule, lines: ["net 2 3:tanh 1", drawn, "data 1 0.5 -> 1"],
      asked: "δ[1][1]"),
    Trap(
      code: "M9", bug: .lastExampleOnly, lines: ["net 2 3 1", drawn, "data xor"],
      asked: "dC/dw[1][1,2]"),
    Trap(
      code: "M10", bug: .averagedTwice, lines: ["net 2 3 1", drawn, "data xor"],
      asked: "dC/db[2][1]"),
    Trap(
      code: "M11", bug: .outputSlopeMissing,
      lines: ["net 1 1", "W[1] = [10]", "data 1 -> 0"], asked: "δ[1][1]"),
    Trap(code: "M12", bug: .wrongSign, lines: ["net mazur"], asked: "δ[2][1]"),
    Trap(
      code: "M13", bug: .indicesSwapped, lines: ["net mazur"], asked: "dC/dw[1][1,2]"),
  ]

  /// Every misconception of M1 to M13 has its trap.
  @Test func allAreThere() {
    #expect(
      Set(MistakeTests.traps.map(\.code)).union(["M5"])
        == Set((1...13).map { "M\($0)" }))
  }

  /// The value of the engine with the rule wrong, to the digits a student would type.
  private func misled(_ trap: Trap, digits: Int) throws -> String {
    var wrong = try classroom(after: trap.lines + ["bug on \(trap.bug.rawValue)", "run"])
    let value = try #require(Double(try wrong.take("value \(trap.asked)")[0]))
    return NumberText.significant(value, digits: digits, minus: "-").replacing("−", with: "-")
  }

  @Test(arguments: traps) func theMisconceivedValueIsDiagnosed(trap: Trap) throws {
    for digits in [3, 6] {
      let typed = try misled(trap, digits: digits)
      // Also before the pass has come so far.
      for before in [[], ["run"]] {
        let session = try classroom(after: trap.lines + before)
        let refusal = session.refusal("predict \(trap.asked) \(typed)")
        let error = try #require(refusal)
        #expect(error.kind == .doesNotHold)
        #expect(error.message.hasSuffix("(\(trap.code))"), "\(typed): \(error.message)")
      }
      var question = try classroom(after: trap.lines + ["ask \(trap.asked): what is it?"])
      let refusal = question.refusal("answer \(typed)")
      let error = try #require(refusal)
      #expect(error.message.hasSuffix("(\(trap.code))"), "\(error.message)")
      #expect(try question.reply(to: typed).isRight == false)
    }
  }

  /// M5 as it is met in an update: the biases stay where they were.
  @Test func aBiasThatIsNotTrained() throws {
    let lines = ["net 2 3 1", MistakeTests.drawn, "data 1 0.5 -> 1"]
    var wrong = try classroom(after: lines + ["bug on bias-not-trained", "run", "update", "run"])
    let value = try #require(Double(try wrong.take("value C")[0]))
    let session = try classroom(after: lines + ["run", "update"])
    let typed = NumberText.significant(value, digits: 6)
    let refusal = session.refusal("predict C \(typed)")
    let error = try #require(refusal)
    #expect(error.message.hasSuffix("(M5)"), "\(error.message)")
  }

  /// Mazur's printed error after one step is that of stale weights; to 3 digits it is the right one.
  @Test func mazursErrorAfterOneStep() throws {
    let lines = ["net mazur", "run", "update", "ask C within 8 digits: the cost after one step?"]
    let error = try classroom(after: lines).refusal("answer 0.291027924")
    #expect(error?.message.hasSuffix("(M2)") == true, "\(error?.message ?? "")")
    #expect(throws: Never.self) {
      _ = try classroom(after: lines + ["answer 0.291027774"])
    }
  }

  /// A thousand random wrong values are wrong and nothing more.
  @Test func randomValuesAreNoMisconception() throws {
    var random = SplitMix64(seed: 2026)
    var count = 0
    while count < 1000 {
      for trap in MistakeTests.traps {
        let session = try classroom(after: trap.lines + ["run"])
        var copy = session
        let right = try #require(Double(try copy.take("value \(trap.asked)")[0]))
        for _ in 0..<10 {
          let unit = Double(random.next() >> 11) * 0x1p-53
          let value = (4 * unit - 2) * max(abs(right), 0.01)
          let typed = NumberText.significant(value, digits: 6).replacing("−", with: "-")
          guard abs(value - right) > 0.01 * abs(right) else { continue }
          let refusal = session.refusal("predict \(trap.asked) \(typed)")
          let error = try #require(refusal)
          #expect(error.message.contains(" is not "), "\(trap.code): \(error.message)")
          #expect(!error.message.contains("(M"))
          count += 1
        }
      }
    }
  }

  /// Slips that no rule of backpropagation gives.
  @Test(arguments: [
    ("z[2][1]", "1.13575", "takes w₂₁² where w₁₂² belongs"),
    ("z[2][1]", "0.505906", "leaves the bias out"),
    ("a[2][1]", "1.10591", "before the activation function"),
    ("C", "0.596742", "lacks the factor ½"),
    ("C", "0.149186", "has the factor ½ twice"), ("δ[2][1]", "-0.138499", "its sign turned round"),
    ("δ[1][1]", "0.0363503", "one factor is missing"),
    ("δ[2][1]", "-0.0380982", "is δ₂², of another"),
    ("dC/dw[1][1,2]", "0.00877135", "is δ₁¹, one factor of it"),
    ("δ[2][1]", "1.38499", "the decimal point is a place off"),
    ("δ[2][1]", "0.14", "agrees to 2 digits"),
  ]) func slips(asked: String, typed: String, words: String) throws {
    let session = try classroom(after: ["net mazur"])
    let refusal = session.refusal("predict \(asked) \(typed)")
    let error = try #require(refusal)
    #expect(error.message.contains(words), "\(error.message)")
  }
}
