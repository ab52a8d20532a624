import Glibc
import TestSupport
import Testing

/// A student at a terminal who takes a lesson.
@Suite struct LessonPromptTests {
  private let scratch = ScratchFolder()

  private func start() throws -> PseudoTerminal { try atPrompt(in: scratch) }

  private static let lesson = """
    title Three numbers
    document four-equations
    minutes 5
    # The network has run forward.
    net mazur
    until backward 2
    ask δ[2][1]: the error of the first output, by (1)?
    answer 0.138499
    step
    ask δ[1][1]: the error of the first hidden neuron, by (2)?
    hint k runs over the neurons of layer 2
    answer 0.00877135
    ask dC/dw[1][1,2]: the gradient of the weight to 1 from 2, by (4)?
    answer 0.000877135
    step
    # That was all of it.
    step

    """

  /// Wrong, hinted, skipped and right answers; away in the middle, back in a new process, to the end.
  @Test func aWholeLesson() throws {
    scratch.write(LessonPromptTests.lesson, to: "three.bp")
    let path = scratch["three.bp"]
    var terminal = try start()
    type("net 2 1", "network 2-1", "bp> ", into: terminal)
    type(
      "lesson start \(path)", "Three numbers", "3 significant digits", "1 of 3   δ₁²",
      "answer> ", into: terminal)
    type("0.741", "no: 0.741 is ∂C/∂a₁² alone", "(M3)", "(1)", "answer> ", into: terminal)
    type("hint", "δ₁² = ∂C/∂a₁² σ′(z₁²)", "answer> ", into: terminal)
    type("0,1385", "not a number here", "this does not count", "answer> ", into: terminal)
    type("print a[2][1]", "= 0.751365", "answer> ", into: terminal)
    type("step", "would change the lesson's network", "answer> ", into: terminal)
    type(
      "(a[2][1]-y[1]) a[2][1] (1-a[2][1])", "yes: δ₁² = (0.751365 − 0.01) · 0.186816 = 0.138499",
      "(1)", "2 of 3   δ₁¹", "answer> ", into: terminal)
    type("play", "a sandbox", "play backward 1> ", into: terminal)
    type("w[1][1,1] = 9", "w₁₁¹ = 9", "play forward 1> ", into: terminal)
    type("resume", "2 of 3   δ₁¹", "answer> ", into: terminal)
    type("0.00923", "no: 0.00923 takes w₁₂² where w₂₁² belongs", "(M7)", "answer> ", into: terminal)
    quit(terminal)

    terminal = try start()
    type("lesson list", "lesson resume goes on with", "bp> ", into: terminal)
    type(
      "lesson resume", "Backward, layer 2", "= −0.0380982", "2 of 3   δ₁¹", "answer> ",
      into: terminal)
    // What was said before is not said again: the hint after the first.
    type("hint", "δⱼˡ = Σₖ", "(2)", "answer> ", into: terminal)
    type("skip", "= 0.00877135", "kept for review", "3 of 3   ∂C/∂w₁₂¹", "answer> ", into: terminal)
    type(".000877", "yes: ∂C/∂w₁₂¹ = 0.10 · 0.00877135 = 0.000877135", into: terminal)
    #expect(terminal.wait(for: "Enter goes on"))
    #expect(terminal.wait(for: "lesson> "))
    type("", "Weight update", "lesson three is done", "bp> ", into: terminal)
    // The session before the lesson has its own network of no data; this one began without any.
    type("where", "bp> ", into: terminal)
    type(
      "review", "three, question 1, with other numbers", "review   δ₁²", "answer> ", into: terminal)
    type("skip", "kept for review", "review   δ₁¹", "answer> ", into: terminal)
    type("lesson quit", "left", "bp> ", into: terminal)
    quit(terminal)
  }

  /// The network of before is back when the lesson is left.
  @Test func aLessonLeavesTheSessionAlone() throws {
    let terminal = try start()
    type("net 2 1", "bp> ", into: terminal)
    type("data 1 2 -> 1", "bp forward 1> ", into: terminal)
    type("lesson start 1", "answer> ", into: terminal)
    type("lesson quit", "left", "bp forward 1> ", into: terminal)
    type("where", "network   2-1, sigmoid", into: terminal)
    type("undo", "bp> ", into: terminal)
    quit(terminal)
  }

  /// Ctrl-C abandons the line and no more; Ctrl-D leaves, and the place is kept.
  @Test func keys() throws {
    let terminal = try start()
    type("lesson start 1", "1 of 9", "answer> ", into: terminal)
    terminal.send("0.3\u{3}")
    #expect(terminal.wait(for: "answer> "))
    terminal.send("\u{4}")
    #expect(terminal.waitForExit() == .exited(0))
    let again = try start()
    type("lesson resume", "1 of 9", "answer> ", into: again)
    quit(again)
  }

  @Test func progressThatCannotBeReadIsKeptAside() throws {
    let terminal = try start()
    type("lesson start 1", "answer> ", into: terminal)
    quit(terminal)
    scratch.write("{\"format\": \"backprop-lessons/9\"}", to: "state/backprop-repl/lessons.json")
    let again = try start()
    type(
      "lesson list", "progress could not be read (it is of another version", "kept as", "0 of",
      "bp> ", into: again)
    type("lesson start 1", "answer> ", into: again)
    quit(again)
    #expect(scratch.read("state/backprop-repl/lessons.json.aside") != nil)
    let whole = try #require(scratch.read("state/backprop-repl/lessons.json"))
    #expect(String(decoding: whole, as: UTF8.self).contains("\"01-a-neuron-by-hand\""))
  }

  // MARK: demonstration

  @Test func aDemonstration() throws {
    scratch.write(LessonPromptTests.lesson, to: "three.bp")
    let terminal = try PseudoTerminal(
      arguments: ["--demo", scratch["three.bp"]],
      environment: ["HOME": scratch.path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"], rows: 40)
    func press(_ text: String, _ answers: String...) {
      terminal.send(text + "\r")
      for answer in answers {
        #expect(terminal.wait(for: answer), "\(answer), not \(terminal.transcript.suffix(600))")
      }
    }
    #expect(terminal.wait(for: "Three numbers"))
    #expect(terminal.wait(for: "bp> document four-equations"))
    press("", "The network has run forward.", "bp> net mazur")
    press("", "network 2-2-2", "bp forward 1> until backward 2")
    // Typed out before it runs; the answer is not.
    press("", "C = 0.298371", "?   δ₁²", "answer> ")
    press("0.741", "no: 0.741 is ∂C/∂a₁² alone", "answer> ")
    press("set size large", "answer> ")
    press("0.1385", "yes: δ₁²", "bp backward 2> step")
    press("b", "back, to before:", "answer> ")
    press("", "0.138499", "bp backward 2> step")
    press("set size large", "60 columns, 4 digits", "bp backward 2> step")
    press("", "= 0.5933 · 0.1385 ", "answer> ")
    press("q")
    #expect(terminal.waitForExit() == .exited(0))
    #expect(!terminal.transcript.contains("\u{1b}["))
  }
}
