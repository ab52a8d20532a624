import Backprop
import IndexNotation
import REPL
import TestSupport
import Testing

@testable import Lessons

/// Wrong values are told what they are: each misconception by its number, and nothing else.
@Suite struct MistakeTests {
  /// A quantity of a network, and its value under a misconception: worked out apart from this program,
  /// from the definitions alone.
  struct Trap: CustomTestStringConvertible, Sendable {
    var code: String
    var lines: [String]
    var asked: String
    var misled: String
    var testDescription: String { "\(code) \(asked)" }
  }

  private static let hidden = "W[1] = [0.3 -0.2; 0.1 0.4; -0.5 0.6]"
  private static let one = ["net 2 3 1", hidden, "W[2] = [0.7 -0.4 0.2]"]
  private static let two = ["net 2 3 2", hidden, "W[2] = [0.7 -0.4 0.2; 0.25 0.5 -0.3]"]
  private static let relu = ["net 2 2:relu 1", "W[2] = [0.7 -0.6]", "data 1 0.5 -> 1"]
  private static let tanh = ["net 2 3:tanh 1", hidden, "W[2] = [0.7 -0.4 0.2]"]

  static let traps: [Trap] = [
    // b = 0 as a factor.
    Trap(code: "M1", lines: one + ["data 1 0.5 -> 1"], asked: "dC/db[1][2]", misled: "0"),
    Trap(code: "M2", lines: ["net mazur"], asked: "δ[1][1]", misled: "0.00729446"),
    Trap(code: "M3", lines: ["net mazur"], asked: "δ[2][1]", misled: "0.741365"),
    Trap(code: "M3", lines: ["net mazur"], asked: "dC/dw[1][1,2]", misled: "0.0045367"),
    Trap(
      code: "M4", lines: relu + ["W[1] = [-1 0.5; 0.5 0.25]"], asked: "δ[1][1]",
      misled: "-0.100154"),
    Trap(
      code: "M4", lines: relu + ["W[1] = [1 0.5; 0.5 0.25]"], asked: "dC/dw[1][1,2]",
      misled: "0.5"),
    Trap(
      code: "M5", lines: two + ["data 1 0.5 -> 1 0"], asked: "dC/db[1][1]", misled: "0.00186828"),
    Trap(
      code: "M5", lines: ["net mazur", "bias per-neuron", "run", "update"], asked: "C",
      misled: "0.291027774"),
    Trap(code: "M6", lines: ["net mazur"], asked: "δ[2][2]", misled: "-0.0294472"),
    Trap(code: "M7", lines: ["net mazur"], asked: "δ[1][1]", misled: "0.00923101"),
    Trap(
      code: "M8", lines: tanh + ["data 1 0.5 -> 1"], asked: "δ[1][1]", misled: "5.98561e-5"),
    Trap(code: "M9", lines: one + ["data xor"], asked: "dC/dw[1][1,2]", misled: "0.0059871"),
    Trap(code: "M10", lines: one + ["data xor"], asked: "dC/db[2][1]", misled: "0.00362678"),
    Trap(
      code: "M11", lines: ["net 1 1", "W[1] = [10]", "data 1 -> 0"], asked: "δ[1][1]",
      misled: "0.999955"),
    Trap(code: "M12", lines: ["net mazur"], asked: "δ[2][1]", misled: "-0.138499"),
    Trap(code: "M13", lines: ["net mazur"], asked: "dC/dw[1][1,2]", misled: "0.000497713"),
  ]

  /// Every misconception of M1 to M13 has its trap.
  @Test func allAreThere() {
    #expect(Set(MistakeTests.traps.map(\.code)) == Set((1...13).map { "M\($0)" }))
  }

  @Test(arguments: traps) func theMisconceivedValueIsDiagnosed(trap: Trap) throws {
    // To the three digits that are asked, or all six; before the pass has come so far, and after.
    let value = try #require(Double(trap.misled))
    let short = NumberText.significant(value, digits: 3, minus: "-").replacing("−", with: "-")
    for typed in trap.asked == "C" ? [trap.misled] : [short, trap.misled] {
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
