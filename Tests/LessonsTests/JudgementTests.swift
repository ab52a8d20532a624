import REPL
import Testing

@testable import Lessons

/// Answers count by value: any form is taken, the edge of the tolerance included.
@Suite struct JudgementTests {
  private let mazur = ["net mazur"]

  private func question(_ lines: String..., after setup: [String] = ["net mazur"]) throws -> Session
  {
    try classroom(after: setup + lines)
  }

  /// A half, however it is written: σ(0).
  @Test(arguments: [
    ".5", "0.5", "1/2", "½", "0.500", "5e-1", "+0.5", " 0.5 ", "sigma(z[1][1])", "sigma(0)",
    "1/(1+exp(-z[1][1]))", "a[1][1] = 0.5", "2 b[1][1] + 0.5", "0.5005", "0.4995",
  ]) func everyFormIsTaken(answer: String) throws {
    var session = try question(
      "W[1] = [0.5 -0.25]", "data 1 2 -> 1", "ask a[1][1]: what is it?", after: ["net 2 1"])
    #expect(try session.reply(to: answer).isRight, "\(answer)")
    #expect(session.question == nil)
  }

  /// The edge belongs to the tolerance, and what lies beyond it does not.
  @Test func theEdgeIsIncluded() throws {
    // δ₁² = 0.138498562: half a unit of its third digit is 0.0005.
    for (answer, isRight) in [
      ("0.138", true), ("0.1385", true), ("0.137998563", true), ("0.138998561", true),
      ("0.1379985", false), ("0.139", false), ("0.1389986", false),
    ] {
      var session = try question("ask δ[2][1]: what?")
      #expect(try session.reply(to: answer).isRight == isRight, "\(answer)")
    }
    for (answer, isRight) in [("0.13", false), ("0.14", true), ("0.143", true), ("0.144", false)] {
      var session = try question("ask δ[2][1] within 2 digits: what?")
      #expect(try session.reply(to: answer).isRight == isRight, "\(answer)")
    }
  }

  /// Just below a power of ten the third digit is still that of the value: a₁¹ = 0.9999546.
  @Test func theEdgeBelowOne() throws {
    let setup = ["net 1 1", "W[1] = [10]", "data 1 -> 0"]
    for (answer, isRight) in [("0.99996", true), ("1", true), ("0.9995", true), ("0.9994", false)] {
      var session = try question("ask a[1][1]: what?", after: setup)
      #expect(try session.reply(to: answer).isRight == isRight, "\(answer)")
    }
  }

  /// What cannot be read does not count, and the question stays open.
  @Test(arguments: [
    "0,1385", "abc", "1/0", "a[1]", "δ[2][1]", "dC/dz[2][1]", "2 δ[2][1] - δ[2][1]", "0.1.2",
    "w[9][1,1]", "(0.5", "nan", "ｓ", "",
  ]) func theUnreadableDoesNotCount(answer: String) throws {
    var session = try question("ask δ[2][1]: what?")
    do throws(CommandError) {
      let reply = try session.reply(to: answer)
      Issue.record("\(answer): \(reply)")
    } catch {
      #expect(error.advice?.contains("does not count") == true)
      #expect(error.kind == .error)
    }
    #expect(session.question != nil)
  }

  /// The asked quantity under another name is no answer; what gives it is.
  @Test(arguments: [
    ("C", "C[1]", false), ("C", "C + 0", false),
    ("dC/dw[1][1,1]", "2 dC/dw[1][1,1] - dC/dw[1][1,1]", false),
    ("w[1][1,1]", "w[1][1,1] + 0", false),
    ("w[1][1,1]", "W[1][1,1]", false), ("δ[1][1]", "dC/db[1][1]", false),
    ("δ[2][1]", "sum(j, δ[2][j]) - δ[2][2]", false), ("dC/db[1][1]", "δ[1][1]", true),
    ("C", "1/2 sum(j, (y[j] - a[2][j])^2)", true),
    ("w[1][1,1] - α dC/dw[1][1,1]", "w[1][1,1] - α dC/dw[1][1,1]", true),
    ("z[1][1]", "z[1][1] + 0", false),
  ]) func theAskedInDisguise(asked: String, answer: String, isTaken: Bool) throws {
    var session = try question("ask \(asked): what?")
    let reply = try? session.reply(to: answer)
    #expect((reply?.isRight == true) == isTaken, "\(asked): \(answer)")
    if !isTaken { #expect(reply == nil) }
  }

  /// A vanishing error is a number like others.
  @Test func tinyValues() throws {
    let setup = ["net 1 1", "W[1] = [-50]", "data 1 -> 0"]
    for answer in ["0", "1e-30", "0 x[1]", "a[1][1]"] {
      for ask in ["ask δ[1][1]: what?", "ask formula δ[1][1]: what?"] {
        var session = try question(ask, after: setup)
        let reply = try? session.reply(to: answer)
        #expect(reply?.isRight != true, "\(ask) \(answer)")
      }
    }
  }

  @Test func zeroIsZero() throws {
    // The errors of softmax with cross-entropy cancel.
    let setup = [
      "document softmax-matrix", "net 2 2 3", "init uniform -1 1 seed 3", "data 2 1 -> 0 1 0",
    ]
    for (answer, isRight) in [("0", true), ("0.0", true), ("1e-9", false), ("0.001", false)] {
      var session = try question("ask sum(j, δ[2][j]): what?", after: setup)
      #expect(try session.reply(to: answer).isRight == isRight, "\(answer)")
    }
  }

  @Test(arguments: [
    ("+", true), ("positive", true), ("0.2", true), ("-", false), ("−", false), ("0", false),
    ("negative", false),
  ]) func signs(answer: String, isRight: Bool) throws {
    var session = try question("ask sign δ[2][1]: which way?")
    #expect(try session.reply(to: answer).isRight == isRight)
  }

  @Test func aFormulaHoldsForOtherNumbersToo() throws {
    for (answer, isRight) in [
      ("(a[2][1] - y[1]) a[2][1] (1 - a[2][1])", true), ("(a[2][1] - y[1]) σ'(z[2][1])", true),
      ("(a[2][1] - 0.01) σ'(z[2][1])", false), ("(a[2][1] - y[1]) 0.186815602", false),
      ("a[2][1] - y[1]", false), ("-(a[2][1] - y[1]) σ'(z[2][1])", false),
    ] {
      var session = try question("ask formula δ[2][1]: what?")
      #expect(try session.reply(to: answer).isRight == isRight, "\(answer)")
    }
    let session = try question("ask formula δ[2][1]: what?")
    #expect(session.refusal("answer 0.138498562")?.message.contains("a formula is asked") == true)
  }

  @Test func choices() throws {
    let lines = ["ask choice: which?", "wrong the sum: it is no sum", "right the product: of two"]
    for (answer, isRight) in [
      ("b", true), ("B", true), ("b)", true), ("the product", true), ("The  product", true),
      ("a", false), ("the sum", false),
    ] {
      var session = try classroom(after: mazur + lines)
      let reply = try session.reply(to: answer)
      #expect(reply.isRight == isRight, "\(answer)")
      #expect(
        reply.lines[0].text == (isRight ? "yes: b, the product; of two" : "no: a: it is no sum"))
    }
    let session = try classroom(after: mazur + lines)
    #expect(session.refusal("answer c")?.advice?.contains("answer a, b") == true)
  }

  /// Where options are letters themselves they are chosen by number.
  @Test func optionsThatAreLetters() throws {
    let lines = ["ask choice: which letter?", "wrong z: no", "wrong δ: no", "right a: yes"]
    for (answer, isRight) in [("3", true), ("a", true), ("1", false), ("z", false), ("δ", false)] {
      var session = try classroom(after: mazur + lines)
      #expect(try session.reply(to: answer).isRight == isRight, "\(answer)")
    }
  }

  @Test func theNextEquation() throws {
    for (answer, words) in [
      ("(1)", nil), ("1", nil), ("backward 2", nil), ("(3)", "(3) comes after (1)"),
      ("(2)", "(2) comes in backward 1"),
      ("forward 1", "forward 1 is not next"),
    ] as [(String, String?)] {
      var session = try classroom(after: mazur + ["until backward 2", "ask next: which?"])
      let reply = try session.reply(to: answer)
      #expect(reply.isRight == (words == nil), "\(answer)")
      if let words { #expect(reply.lines[0].text.contains(words)) }
    }
    let session = try classroom(after: mazur + ["ask next: which?"])
    #expect(session.refusal("answer (99)")?.message.contains("no label") == true)
  }

  /// Foreseen wrong values come before those of the program.
  @Test func whatTheAuthorForesees() throws {
    var session = try question("ask δ[2][1]: what?", "wrong a[2][1] - y[1]: only the first factor")
    #expect(
      try session.reply(to: "0.741").lines.map(\.text) == ["no: 0.741: only the first factor"])
  }

  /// The ladder: the author's words, the equation, its factors, their numbers, and no further.
  @Test func hints() throws {
    let session = try question("ask δ[1][1]: what?", "hint look back", "hint and ahead")
    let open = try #require(session.question)
    let ladder = try (0..<6).map { try session.hint($0, for: open)?.map(\.text) }
    #expect(ladder[0] == ["  look back"] && ladder[1] == ["  and ahead"])
    #expect(ladder[2]?[0].hasPrefix("  δⱼˡ = Σₖ wₖⱼˡ⁺¹ δₖˡ⁺¹ σ′(zⱼˡ)") == true)
    #expect(ladder[2]?[0].hasSuffix("(2)") == true)
    #expect(ladder[3] == ["  δ₁¹ = (w₁₁² δ₁² + w₂₁² δ₂²) σ′(z₁¹)"])
    #expect(ladder[4] == ["  δ₁¹ = (0.40·0.138499 − 0.50·0.0380982) · 0.241301"])
    #expect(ladder[5] == nil)
  }

  /// A prediction shows no value and takes no step.
  @Test func predictionsChangeNothing() throws {
    var session = try classroom(after: mazur + ["step"])
    session.isInteractive = true
    let before = session.timeline.count
    #expect(
      try session.take("predict δ[1][1] 0.00877") == ["yes: 0.00877 agrees to 3 significant digits"]
    )
    #expect(try session.take("predict δ[1][1] 0.2") == ["no: 0.2 is not δ₁¹"])
    #expect(try session.take("predict δ[1][1] = 0.00877").first?.hasPrefix("yes") == true)
    #expect(try session.take("predict sign δ[2][2] -") == ["yes"])
    #expect(try session.take("predict next “activation”") == ["yes"])
    #expect(session.timeline.count == before && session.state.next == .forward(2))
    #expect(session.refusal("predict δ[1][1]")?.message == "predict needs what, and its value")
    #expect(try classroom(after: []).refusal("predict C 1")?.message == "nothing to predict yet")
  }
}
