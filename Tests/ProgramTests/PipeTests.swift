import Glibc
import LectureNotes
import TestSupport
import Testing

/// The program without a terminal: files, pipes, options, exit statuses.
@Suite struct PipeTests {
  private let scratch = ScratchFolder()

  private func run(_ arguments: [String], _ input: Input = "", output: Destination = .pipe) throws
    -> Run
  {
    try runBinary(arguments: arguments, input: input, folder: scratch.path, output: output)
  }

  @Test func noPromptAndNoBanner() throws {
    let run = try reply(to: mazur + "run\n", environment: ["TERM": "xterm-256color"])
    #expect(run.status == 0 && run.error.isEmpty)
    #expect(
      run.outputLines[0] == "network 2-2-2, sigmoid, sigmoid, one bias a neuron, all 0 until set")
    #expect(!run.output.contains("bp") && !run.output.contains("\u{1b}"))
    #expect(run.outputLines.last?.contains("C = 0.298371") == true)
  }

  @Test func theFirstErrorStops() throws {
    let script = "net 1 1\nforwrd\nvalue 5\nforwrd\n"
    let stopped = try reply(to: script)
    #expect(stopped.status == 1 && stopped.errorLines.count == 4)
    #expect(stopped.errorLines[0] == "<stdin>:2:1: error: no command 'forwrd'")
    #expect(!stopped.outputLines.contains("5"))
    let goesOn = try reply(to: script, ["--keep-going"])
    #expect(goesOn.status == 1 && goesOn.errorLines.count == 8)
    #expect(goesOn.errorLines[4] == "<stdin>:4:1: error: no command 'forwrd'")
    #expect(goesOn.outputLines.last == "5")
  }

  @Test func echo() throws {
    let run = try reply(to: "net 1 1\n# a comment\ndata 1 -> 0\n\nvalue 1\n", ["--echo"])
    #expect(run.status == 0)
    #expect(
      run.outputLines.filter { $0.hasPrefix("bp") } == [
        "bp> net 1 1", "bp> data 1 -> 0", "bp forward 1> value 1",
      ])
    #expect(run.outputLines.last == "1")
  }

  @Test func quiet() throws {
    let script = mazur + "step\nvalue a[1][1]\nrun\ntrace json\nexpect C = 0.298371\n"
    let run = try reply(to: script, ["-q"])
    #expect(run.status == 0 && run.error.isEmpty && run.outputLines.count == 3)
    // σ(0.15·0.05 + 0.20·0.10 + 0.35) = σ(0.3775)
    let value = try #require(Double(run.outputLines[0]))
    #expect(abs(value - 1 / (1 + exp(-0.3775))) < 1e-15)
    #expect(run.outputLines[1].hasPrefix(#"{"format": "backprop-trace/1""#))
    #expect(run.outputLines[2] == "1 of 1 expectations hold")
    let bad = try reply(to: mazur + "forwrd\n", ["-q"])
    #expect(bad.output.isEmpty && bad.status == 1 && bad.errorLines[0].hasPrefix("<stdin>:8:1"))
  }

  @Test func linesOfTheCommandLine() throws {
    scratch.write("net 1 1\n", to: "net.bp")
    let run = try run(["net.bp", "-e", "w[1][1,1] = 3", "-e", "value w[1][1,1]"])
    #expect(run.status == 0 && run.outputLines.last == "3")
    let bad = try self.run(["-e", "net 1 1", "-e", "forwrd", "-e", "value 5"], "value 6\n")
    #expect(bad.status == 1 && bad.errorLines[0] == "-e:2:1: error: no command 'forwrd'")
    #expect(!bad.outputLines.contains("5") && !bad.outputLines.contains("6"))
    let input = try self.run(["net.bp", "-"], "value w[1][1,1]\n")
    #expect(input.status == 0 && input.outputLines.last == "0")
  }

  @Test func severalFilesOnOneNetwork() throws {
    scratch.write("net 1 1\nw[1][1,1] = 4\nquit\nforwrd\n", to: "one.bp")
    scratch.write("value w[1][1,1]\nexpect 1 = 2\nvalue 5\n", to: "two.bp")
    scratch.write("quit 7\nvalue 6\n", to: "three.bp")
    scratch.write("value 8\n", to: "four.bp")
    let run = try run(["-q", "one.bp", "two.bp", "three.bp", "four.bp"])
    #expect(run.outputLines == ["4", "5", "8", "0 of 1 expectations hold"])
    #expect(run.errorLines[0] == "two.bp:2:12: does not hold: 1 is 1.00000, not 2")
    #expect(run.status == 7)
    #expect(try self.run(["one.bp", "two.bp"]).status == 1)
    #expect(try self.run(["one.bp"]).status == 0)
    scratch.write("forwrd\n", to: "bad.bp")
    let goesOn = try self.run(["-q", "bad.bp", "one.bp", "two.bp"])
    #expect(goesOn.outputLines.first == "4" && goesOn.status == 1)
    #expect(try self.run(["missing.bp", "bad.bp"]).status == 66)
    #expect(try self.run(["missing.bp", "one.bp", "four.bp"]).outputLines.last == "8")
  }

  @Test func expectationsAreAllReported() throws {
    let run = try reply(
      to: mazur
        + "run\nexpect C = 0.298371\nexpect C = 0.299\nexpect C = 0.3 within 1%\nexpect C = 5\n",
      ["-q"])
    #expect(run.status == 1 && run.output == "2 of 4 expectations hold\n")
    let places = run.errorLines.filter { $0.hasPrefix("<stdin>") }.map { $0.prefix(32) }
    #expect(places == ["<stdin>:10:12: does not hold: C ", "<stdin>:12:12: does not hold: C "])
  }

  @Test func seeds() throws {
    let script = "net 2 2 1\ninit xavier\nvalue w[1] w[2]\n"
    let one = try reply(to: script, ["-q", "--seed", "1"])
    let two = try reply(to: script, ["-q", "--seed", "2"])
    #expect(one.outputLines.count == 6 && one.output != two.output)
    #expect(try reply(to: script, ["-q", "--seed", "1"]).output == one.output)
    let own = script.replacing("xavier", with: "xavier seed 2")
    #expect(try reply(to: own, ["-q", "--seed", "1"]).output == two.output)
    #expect(try reply(to: script, ["--seed", "x"]).status == 64)
  }

  /// A whole session in the words of any of the five documents.
  private static let session = """
    net notes
    show network
    equations all
    where
    step 3
    step neuron
    step
    run
    where
    show gradient
    show w
    show b
    show z
    show delta
    update
    set
    detail brief
    step 99
    step pass
    back 3
    show history
    train 5
    document
    help
    help names
    help expressions
    help keys
    help scripts
    net mazur
    step all
    run
    show a
    show data
    net

    """

  @Test(arguments: Library.shipped) func asciiAlone(_ document: String) throws {
    for detail in ["full", "brief"] {
      let run = try reply(
        to: "detail \(detail)\n" + Self.session, ["--ascii", "--document", document])
      #expect(run.status == 0, "\(run.error)")
      #expect(run.outputLines.count > 200)
      for line in run.outputLines where !line.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
        Issue.record("\(document): \(line)")
      }
    }
  }

  @Test(arguments: Library.shipped) func narrow(_ document: String) throws {
    for (options, width) in [
      (["--width", "60"], 60), ([], 80), (["--ascii", "--width", "60"], 60),
    ] {
      let run = try reply(to: Self.session, options + ["--document", document])
      #expect(run.status == 0, "\(run.error)")
      for line in run.outputLines where line.count > width {
        Issue.record("\(document), \(line.count) columns: \(line)")
      }
    }
  }

  @Test(arguments: Library.shipped) func sameBytesTwice(_ document: String) throws {
    let script = Self.session + "init normal 1\ntrain 20\nvalue C\n"
    let one = try reply(to: script, ["--document", document, "--keep-going"])
    let two = try reply(
      to: script, ["--document", document, "--keep-going"],
      environment: ["LC_ALL": "tr_TR.UTF-8", "COLUMNS": "200", "HOME": "/nonexistent", "TERM": "x"])
    #expect(one.outputBytes == two.outputBytes && one.errorBytes == two.errorBytes)
    #expect(one.status == two.status)
  }

  @Test func theDocumentIsSpoken() throws {
    for document in Library.shipped {
      let run = try reply(to: "where\ndocument\n", ["--document", document, "--keep-going"])
      #expect(run.output.contains(document))
    }
    let wrong = try reply(to: "", ["--document", "mazur\u{1b}"])
    #expect(wrong.status == 64 && !wrong.error.contains("\u{1b}"))
    #expect(wrong.error.contains("the documents are \(Library.shipped.joined(separator: ", "))"))
  }

  @Test func color() throws {
    let script = mazur + "step\nforwrd\n"
    let plain = try reply(to: script, ["--color", "never"], environment: ["FORCE_COLOR": "1"])
    #expect(!plain.output.contains("\u{1b}") && !plain.error.contains("\u{1b}"))
    let colored = try reply(to: script, ["--color", "always"], environment: ["NO_COLOR": "1"])
    #expect(colored.output.contains("\u{1b}[") && colored.error.contains("\u{1b}["))
    let bare = colored.output.replacing(/\u{1b}\[[0-9;]*m/, with: "")
    #expect(bare == plain.output, "colour adds nothing and hides nothing")
    #expect(colored.error.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain.error)
    #expect(try reply(to: script, environment: ["FORCE_COLOR": "1"]).output == colored.output)
    #expect(try reply(to: script).output == plain.output)
    let both = ["FORCE_COLOR": "1", "NO_COLOR": "1"]
    #expect(try reply(to: script, environment: both).output == plain.output)
  }

  @Test func versionAndHelp() throws {
    let version = try run(["--version"])
    #expect(version.status == 0 && version.outputLines.count == 1 && version.error.isEmpty)
    #expect(version.output.hasPrefix("backprop-repl 1.") && version.output.contains("Swift"))
    let help = try run(["--help"])
    #expect(help.status == 0 && help.output.contains("USAGE: backprop-repl"))
    for option in [
      "-e", "-q", "--keep-going", "--echo", "--document", "--seed", "--ascii", "--color", "--width",
    ] {
      #expect(help.output.contains(option))
    }
    #expect(help.outputLines.allSatisfy { $0.count <= 80 })
    for shell in ["bash", "zsh", "fish"] {
      let script = try run(["--generate-completion-script", shell])
      #expect(script.status == 0 && script.output.contains("backprop-repl"))
    }
    scratch.write(try run(["--generate-completion-script", "bash"]).outputBytes, to: "c.bash")
    let syntax = try runBinary("/bin/bash", arguments: ["-n", scratch["c.bash"]])
    #expect(syntax.status == 0 && syntax.error.isEmpty)
    for wrong in [["--nonsense"], ["--width", "10"], ["--color", "red"], ["--width", "x"]] {
      let run = try run(wrong)
      #expect(run.status == 64 && run.output.isEmpty && run.error.contains("Usage"))
    }
  }

  // MARK: streams and signals

  @Test func outputThatCannotBeWritten() throws {
    for script in ["net 1 1\n", String(repeating: "help\n", count: 300)] {
      let full = try run([], .text(script), output: .file("/dev/full"))
      #expect(full.status == 74)
      #expect(
        full.error == "backprop-repl: cannot write to standard output: No space left on device\n")
      let closed = try run([], .text(script), output: .closed)
      #expect(closed.status == 74 && closed.errorLines.count == 1)
    }
    let silent = try runBinary(input: "net 1 1\n", output: .closed, error: .closed)
    #expect(silent.status == 74)
    #expect(try run([], "# nothing\n", output: .file("/dev/full")).status == 0)
    let errorsOnly = try runBinary(input: "forwrd\n", error: .closed)
    #expect(errorsOnly.status == 1)
  }

  @Test func aReaderThatGoesAway() throws {
    let script = String(repeating: "help\n", count: 20_000)
    let run = try run([], .text(script), output: .head)
    #expect(run.status == 141 && run.error.isEmpty)
  }

  @Test func inputThatIsNotThere() throws {
    for input in [Input.closed, .file("/dev/null"), ""] {
      let run = try run([], input)
      #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
    }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func signals(_ signal: Int32, _ status: Int32) throws {
    // The signal comes when the program has told that it waits for a line, whenever that is.
    mkfifo(scratch["in"], 0o600)
    let shell = """
      set -m
      exec 3<>in
      "$1" -q < in > out & p=$!
      printf 'net 1 1\\nvalue 7\\n' > in
      i=0; while [ ! -s out ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
      kill -$2 $p; wait $p; echo $?
      """
    let run = try runBinary(
      "/bin/bash", arguments: ["-c", shell, "sh", builtBinary(), String(signal)],
      environment: ["PATH": "/usr/bin:/bin"], folder: scratch.path)
    #expect(run.output == "\(status)\n", "\(run.error)")
  }

  @Test func interruptOfALongTraining() throws {
    let run = try runBinary(
      input: .text(mazur + "train 10000000\nvalue 5\n"), signal: TimedSignal(SIGINT, after: 0.5))
    #expect(run.status == 130 && !run.outputLines.contains("5"))
  }
}
