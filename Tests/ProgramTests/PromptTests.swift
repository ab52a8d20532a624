import Glibc
import TestSupport
import Testing

/// A person at a terminal.
@Suite struct PromptTests {
  private let scratch = ScratchFolder()

  private func start(
    _ arguments: [String] = [], rows: Int = 40, columns: Int = 80,
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try atPrompt(
      arguments, in: scratch, rows: rows, columns: columns, environment: environment)
  }

  /// What is typed before the editor reads keys is the kernel's, which drops it on Ctrl-Z.
  private func waitForKeys(_ terminal: PseudoTerminal) {
    let deadline = now() + 10
    while terminal.modes?.isRaw != true, now() < deadline { terminal.settle(0.01) }
  }

  private func typeMazur(into terminal: PseudoTerminal) {
    for line in mazur.lines { type(line, into: terminal) }
    #expect(terminal.wait(for: "α = 0.5"))
    #expect(terminal.wait(for: "bp forward 1> "))
  }

  @Test func aWholeSession() throws {
    let terminal = try start()
    typeMazur(into: terminal)
    type("step", "z₁¹", "0.377500", "bp forward 2> ", into: terminal)
    // Enter repeats the step; the numbers are those of Mazur's page.
    type("", "1.10591", "bp cost> ", into: terminal)
    type("", "0.298371", "bp backward 2> ", into: terminal)
    type("", "0.138499", "bp backward 1> ", into: terminal)
    type("δ[2][1]", "= 0.138499", into: terminal)
    type("delta[2][1]", "= 0.138499", into: terminal)
    type("δ₁²", "= 0.138499", into: terminal)
    type("back", "next: backward 2", "bp backward 2> ", into: terminal)
    type("delta[2][1]", "error: δ₁² is not known yet", into: terminal)
    type("", "next: cost", "bp cost> ", into: terminal)
    type("run", "bp update> ", into: terminal)
    type("update", "0.358916", "bp forward 1> ", into: terminal)
    type("undo", "bp update> ", into: terminal)
    quit(terminal)
  }

  @Test func enterRepeatsOnlyStepping() throws {
    let terminal = try start()
    type("", "bp> ", into: terminal)
    typeMazur(into: terminal)
    type("train 3", "train 3 steps", "forward 1> ", into: terminal)
    type("", "forward 1> ", into: terminal)
    type("show history", "train 3 steps", "forward 1> ", into: terminal)
    #expect(!terminal.transcript.contains("train 6"))
    #expect(terminal.transcript.ranges(of: "train 3 steps").count == 2)
    quit(terminal)
  }

  @Test func completion() throws {
    let terminal = try start()
    typeMazur(into: terminal)
    type("forward", "bp backward 2> ", into: terminal)
    terminal.send("backw\t")
    #expect(terminal.wait(for: "ard "), "\(terminal.transcript.suffix(300))")
    type("", "bp update> ", into: terminal)
    terminal.send("\u{15}document gon\t")
    #expect(terminal.wait(for: "zalez "), "\(terminal.transcript.suffix(300))")
    terminal.send("\u{15}print w[2][\t\t")
    for name in ["w[2][1,1]", "w[2][1,2]", "w[2][2,1]", "w[2][2,2]"] {
      #expect(terminal.wait(for: name), "\(name): \(terminal.transcript.suffix(400))")
    }
    // A label is completed as the notes print it, with its quotation marks.
    terminal.send("\u{15}equation goa\t\r")
    #expect(terminal.wait(for: "four-equations “Goal”"), "\(terminal.transcript.suffix(300))")
    terminal.send("\u{15}why dC/dw[1][1,1\t\r")
    #expect(terminal.wait(for: "0.000438568"), "\(terminal.transcript.suffix(300))")
    terminal.send("\u{15}print delta[2][1\t\r")
    #expect(terminal.wait(for: "= 0.138499"), "\(terminal.transcript.suffix(300))")
    quit(terminal)
  }

  /// A bug is loud in the prompt, stops complete, and Ctrl-C ends a search back in time.
  @Test func theDebugger() throws {
    let terminal = try start()
    typeMazur(into: terminal)
    type("bug on stale-weights", "M2", "bp BUG forward 1> ", into: terminal)
    terminal.send("bug on wro\t\r")
    #expect(terminal.wait(for: "wrong-sign is on"), "\(terminal.transcript.suffix(300))")
    type("bug off", "bp forward 1> ", into: terminal)
    terminal.send("break backw\t1\r")
    #expect(terminal.wait(for: "stop 1: before backward 1"), "\(terminal.transcript.suffix(300))")
    terminal.send("watch w[2][1,1\t\r")
    #expect(terminal.wait(for: "stop 2: when w₁₁² changes"), "\(terminal.transcript.suffix(300))")
    type("continue", "stop 1 at moment", "bp backward 1> ", into: terminal)
    // Enter goes on; the update changes the weight.
    type("", "0.4 → 0.358916, by update, “Weight update”", "bp forward 1> ", into: terminal)
    type("delete all", "2 stops deleted", into: terminal)
    type("train 300000", "train 300000 steps", "bp forward 1> ", into: terminal)
    type("break C < 0", "stop 3", into: terminal)
    terminal.send("continue back\r")
    terminal.settle(0.5)
    terminal.send("\u{3}")
    #expect(
      terminal.wait(for: "stopped; nothing has changed"), "\(terminal.transcript.suffix(300))")
    quit(terminal)
  }

  @Test func interruptAbandonsALine() throws {
    let terminal = try start()
    terminal.send("net 1 1")
    #expect(terminal.wait(for: "net 1 1"))
    terminal.send("\u{3}")
    #expect(terminal.wait(for: "bp> "), "\(terminal.transcript.debugDescription)")
    type("where", "no network yet", "bp> ", into: terminal)
    for _ in 1...3 {
      terminal.send("\u{3}")
      #expect(terminal.wait(for: "bp> "), "\(terminal.transcript.debugDescription)")
    }
    type("where", "no network yet", into: terminal)
    quit(terminal)
  }

  @Test func interruptStopsTraining() throws {
    let terminal = try start()
    type("net 20 200 20", "bp> ", into: terminal)
    type(
      "data 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 -> 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
      "bp forward 1> ", into: terminal)
    terminal.send("train 10000000\r")
    #expect(terminal.wait(for: " of 10000000"), "\(terminal.transcript.suffix(300))")
    terminal.send("\u{3}")
    #expect(terminal.wait(for: "stopped at step "), "\(terminal.transcript.suffix(300))")
    #expect(terminal.wait(for: "a whole step"))
    #expect(terminal.wait(for: "bp forward 1> "))
    type("undo", "moment 2 of 2", into: terminal)
    type("train 100000000", "too large a count (the limit is 10000000)", into: terminal)
    quit(terminal)
  }

  @Test func openBracketsContinue() throws {
    let terminal = try start()
    typeMazur(into: terminal)
    terminal.send("w[2] = [1 2;\r")
    #expect(terminal.wait(for: "...> "))
    terminal.send("3 4]\r")
    #expect(terminal.wait(for: "bp forward 1> "))
    type("value w[2]", "?2004l1", "2", "3", "4", into: terminal)
    terminal.send("w[2] = [7 7;\r")
    #expect(terminal.wait(for: "...> "))
    terminal.send("7\u{3}")
    #expect(terminal.wait(for: "bp forward 1> "))
    type("value w[2][1,1]", "?2004l1", into: terminal)
    #expect(!terminal.transcript.contains("error"))
    quit(terminal)
  }

  @Test func resizing() throws {
    let terminal = try start()
    typeMazur(into: terminal)
    type("run", "bp update> ", into: terminal)
    terminal.resize(rows: 30, columns: 60)
    type("set width", "width 60", into: terminal)
    let before = terminal.transcript.count
    type("update", "next: forward 1", "bp forward 1> ", into: terminal)
    let shown = terminal.transcript.dropFirst(before).replacing("\r\n", with: "\n")
      .replacing(/\u{1b}\[[0-9;?]*[a-zA-Z]/, with: "")
    #expect(String(shown).lines.allSatisfy { $0.count <= 60 }, "\(shown)")
    for size in [(1, 1), (2, 2), (24, 3), (5, 1000), (24, 80)] {
      terminal.resize(rows: size.0, columns: size.1)
      terminal.send("step\r")
      terminal.settle(0.05)
    }
    type("value 12345", "?2004l12345", into: terminal)
    quit(terminal)
  }

  @Test func endOfInputRestoresTheTerminal() throws {
    let terminal = try start()
    waitForKeys(terminal)
    #expect(terminal.modes?.isRaw == true)
    terminal.send("\u{4}")
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.modes?.isRaw == false)
    let failing = try start()
    type("quit 3", into: failing)
    #expect(failing.waitForExit() == .exited(3))
    #expect(failing.modes?.isRaw == false)
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func signals(_ signal: Int32) throws {
    let terminal = try start()
    terminal.send("half a li")
    #expect(terminal.wait(for: "half a li"))
    terminal.signal(signal)
    #expect(terminal.waitForExit() == .killed(signal: signal))
    #expect(terminal.modes?.isRaw == false)
  }

  @Test func stopAndContinue() throws {
    let shell = try PseudoTerminal(
      "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
      environment: [
        "HOME": scratch.path, "PATH": "/usr/bin:/bin", "PS1": "shell> ", "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "BACKPROP_REPL_HISTORY": "", "HISTFILE": "", "PROGRAM": builtBinary(),
      ], rows: 40)
    #expect(shell.wait(for: "shell> "))
    shell.send("\"$PROGRAM\"\r")
    #expect(shell.wait(for: "bp> "))
    type("net 1 1", "all 0 until set", "bp> ", into: shell)
    waitForKeys(shell)
    shell.send("w[1][1,1] = 0.2")
    #expect(shell.wait(for: "0.2"))
    shell.send("\u{1A}")
    #expect(shell.wait(for: "Stopped"), "\(shell.transcript)")
    #expect(shell.wait(for: "shell> "))
    type("echo $((6 * 7))", "42", "shell> ", into: shell)
    shell.send("fg\r")
    #expect(shell.wait(for: "bp> "), "\(shell.transcript.suffix(300))")
    waitForKeys(shell)
    shell.send("5\r")
    type("value w[1][1,1]", "?2004l0.25", "bp> ", into: shell)
    shell.send("\u{4}")
    #expect(shell.wait(for: "shell> "))
    type("echo left $?", "?2004l\rleft 0", into: shell)
  }

  @Test func history() throws {
    let terminal = try start()
    type("net 1 1", "bp> ", into: terminal)
    type(" value 1", "?2004l1", into: terminal)
    type("value 22", "?2004l22", into: terminal)
    type("forwrd", "error: no command 'forwrd'", "did you mean", into: terminal)
    quit(terminal)
    #expect(scratch.text("state/backprop-repl/history") == "net 1 1\nvalue 22\nforwrd\nquit\n")
    #expect(scratch.mode("state/backprop-repl/history") == 0o600)
    #expect(scratch.mode("state/backprop-repl") == 0o700)
    let again = try start()
    again.send("\u{1b}[A\u{1b}[A\u{1b}[A\r")
    #expect(again.wait(for: "  value 22\r\n"), "\(again.transcript.suffix(300))")
    quit(again)
    let none = try start(environment: ["BACKPROP_REPL_HISTORY": ""])
    type("value 33", "no network yet", into: none)
    quit(none)
    #expect(scratch.text("state/backprop-repl/history")?.contains("33") == false)
  }

  @Test func pasteStopsAtItsFirstError() throws {
    let terminal = try start()
    terminal.paste("net 1 1\nforwrd\nnet 2 2")
    terminal.settle(0.1)
    terminal.send("\r")
    #expect(terminal.wait(for: "error: no command 'forwrd'"), "\(terminal.transcript.suffix(400))")
    type("show network", "network 1-1", into: terminal)
    quit(terminal)
  }

  @Test func errorsHaveNoPlaceAndLoseNothing() throws {
    let terminal = try start(["--ascii"])
    typeMazurInASCII(into: terminal)
    type("print nonsense[", "...> ", into: terminal)
    terminal.send("\u{3}")
    #expect(terminal.wait(for: "bp forward 1> "))
    type("w[9][1,1] = 2", "error: w has layers 1 to 2, not 9", "    ^", into: terminal)
    #expect(!terminal.transcript.contains("<stdin>"))
    type("value w[1][1,1]", "?2004l0.15", into: terminal)
    quit(terminal)
  }

  private func typeMazurInASCII(into terminal: PseudoTerminal) {
    for line in mazur.lines { type(line, into: terminal) }
    #expect(terminal.wait(for: "alpha = 0.5"))
    #expect(terminal.wait(for: "bp forward 1> "))
  }
}
