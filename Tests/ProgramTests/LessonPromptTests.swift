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
    type("", "Weight update", "lesson “Three numbers” is done", "bp> ", into: terminal)
    // The session before the lesson had no network.
    type("where", "no network yet", "bp> ", into: terminal)
    type(
      "review", "question 1, with other numbers", "review   δ₁²", "answer> ", into: terminal)
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

  /// Two lessons under way, one finished; what is missed stays when a lesson is taken again.
  @Test func severalLessons() throws {
    scratch.write(LessonPromptTests.lesson, to: "three.bp")
    let path = scratch["three.bp"]
    let terminal = try atPrompt(in: scratch)
    type("lesson start 1", "1 of 9", "answer> ", into: terminal)
    type("7", "no: 7 is not z₁¹", "answer> ", into: terminal)
    type("0", "yes: z₁¹", "2 of 9", "answer> ", into: terminal)
    type("lesson start \(path)", "1 of 3", "answer> ", into: terminal)
    type("lesson quit", "left", "bp> ", into: terminal)
    type("lesson resume 1", "2 of 9", "answer> ", into: terminal)
    type("lesson quit", "left", "bp> ", into: terminal)
    // Begun again, the lesson remembers what was missed until it is right at once.
    type("lesson start 1", "1 of 9", "answer> ", into: terminal)
    type("lesson quit", "left", "bp> ", into: terminal)
    type("lesson list", "1 to review", "1 due", "bp> ", into: terminal)
    type("lesson start 1", "1 of 9", "answer> ", into: terminal)
    type("0", "yes: z₁¹", "2 of 9", "answer> ", into: terminal)
    type("lesson quit", "left", "bp> ", into: terminal)
    type("lesson list", "0 of 18 done\r\n", "bp> ", into: terminal)
    type("lesson resume 2", "this lesson is not under way", "bp> ", into: terminal)
    type("lesson reset 1", "nothing is remembered of lesson 1", "bp> ", into: terminal)
    type("lesson resume 1", "not under way", "bp> ", into: terminal)
    quit(terminal)
  }

  /// What cannot be asked now is said and stays; the rest is asked.
  @Test func reviewOfAFileThatIsGone() throws {
    scratch.write(LessonPromptTests.lesson, to: "three.bp")
    let terminal = try atPrompt(in: scratch)
    type("lesson start \(scratch["three.bp"])", "1 of 3", "answer> ", into: terminal)
    type("skip", "kept for review", "2 of 3", "answer> ", into: terminal)
    type("lesson quit", "bp> ", into: terminal)
    let kept = scratch.read("state/backprop-repl/lessons.json")
    unlink(scratch["three.bp"])
    type("review", "three.bp cannot be asked now", "bp> ", into: terminal)
    #expect(scratch.read("state/backprop-repl/lessons.json") == kept)
    scratch.write(LessonPromptTests.lesson, to: "three.bp")
    type("review", "question 1, with other numbers", "review   δ₁²", "answer> ", into: terminal)
    type("lesson quit", "left the review", "bp> ", into: terminal)
    quit(terminal)
  }

  /// A notice of a damaged file is said also where the order fails.
  @Test func theNoticeComesWithAnError() throws {
    let terminal = try atPrompt(in: scratch)
    type("lesson start 1", "answer> ", into: terminal)
    quit(terminal)
    scratch.write("{", to: "state/backprop-repl/lessons.json")
    let again = try atPrompt(in: scratch)
    type("lesson resume", "no lesson is under way", "kept as", "bp> ", into: again)
    quit(again)
  }

  /// A lesson's own lines give no orders; a sourced one is not begun; Ctrl-C in its training leaves it
  /// where it was; a line that fails does not trap the student.
  @Test func faultyLessons() throws {
    let head = "title T\ndocument four-equations\nminutes 5\nnet mazur\n"
    let ask = "ask C: what?\nanswer 0.298371\n"
    scratch.write(head + ask + "lesson reset all\n", to: "order.bp")
    scratch.write("lesson start 1\n", to: "source.bp")
    scratch.write(head + ask + "train 9000000\n" + ask, to: "train.bp")
    scratch.write(head + ask + "step 3 4 5\n", to: "wrong.bp")
    let terminal = try atPrompt(in: scratch)
    type(
      "source \(scratch["source.bp"])", "lessons are typed, and not sourced", "bp> ", into: terminal
    )
    type("lesson start \(scratch["order.bp"])", "answer> ", into: terminal)
    type("0.298", "yes", "cannot go on: a lesson gives no orders", "bp> ", into: terminal)
    type("lesson start \(scratch["wrong.bp"])", "answer> ", into: terminal)
    type("skip", "kept for review", "cannot go on", "wrong.bp, line 7", "bp> ", into: terminal)
    type("lesson start \(scratch["train.bp"])", "answer> ", into: terminal)
    terminal.send("0.298\r")
    usleep(700_000)
    terminal.send("\u{3}")
    for words in ["stopped by Ctrl-C; Enter tries again", "lesson> "] {
      #expect(terminal.wait(for: words), "\(terminal.transcript.suffix(600))")
    }
    quit(terminal)
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
    press("set size large", "60 columns, 4 digits", "answer> ")
    press("set size normal", "answer> ")
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
