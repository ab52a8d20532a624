import REPL
import Testing

/// Values of typed expressions, worked out by hand: with weights of 0 every a[1][j] is ½.
@Suite struct ExpressionTests {
  @Test(arguments: [
    ("log'(4)", 0.25), ("exp'(0)", 1), ("abs'(0-3)", -1), ("sqrt'(4)", 0.25),
    // 2^½ log 2
    ("∂/∂a[1][1] (2^(a[1][1]))", 0.980_258_143_468_547_2),
    ("∂/∂a[1][1] (a[1][1]^3)", 0.75), ("∂/∂a[1][1] (a[1][1]^0)", 0),
    ("‖(‖a[1]‖ a[1])‖", 0.5), ("2x[1]", 2), ("0.5x_1", 0.5), ("Σ_{k=2}^2 a[1][k]", 0.5),
  ])
  func value(_ text: String, _ expected: Double) throws {
    let session = try session(after: "net 2 2 1", "data 1 1 -> 1", "run")
    let answer = try session.answer("value (\(text))")
    let value = try #require(answer.first.flatMap(Double.init))
    #expect(abs(value - expected) <= 1e-15 * max(1, abs(expected)))
  }

  @Test(arguments: ["Σ_{k=2} a[1][k]", "Σ_{k}^2 a[1][k]", "0^(-1)", "log''(2)", "0x1f", "1_000"])
  func refused(_ text: String) throws {
    let session = try session(after: "net 2 2 1", "data 1 1 -> 1", "run")
    #expect(throws: CommandError.self) { _ = try session.answer("value (\(text))") }
  }

  /// A row an example: each is normalised alone, and is the activation of the pass.
  @Test func softmaxOfAllExamples() throws {
    let session = try session("softmax-matrix", after: "net notes", "run")
    let values = try session.answer("value (θ(S̲[2]) - X̲[2])").compactMap(Double.init)
    #expect(values.count == 6 && values.allSatisfy { abs($0) <= 1e-15 })
  }
}
