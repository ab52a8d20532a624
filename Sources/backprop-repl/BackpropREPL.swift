import ArgumentParser
import LectureNotes
import REPL
import Terminal

/// The command line, its help and its completion.
struct BackpropREPL: ParsableCommand {
  static let version = "1.0.0"

  static let configuration = CommandConfiguration(
    commandName: "backprop-repl",
    abstract: "A debugger for backpropagation, in your own lecture notes' notation.",
    usage: "backprop-repl [options] [<file> ...]",
    discussion: """
      Without FILE at a terminal it starts a session; type help there. From a pipe it reads \
      commands, one a line, and prints what they print at the prompt.

      Several files run one after another on one network, then the -e lines. The first error ends \
      its file with status 1; a failed expect is counted and does not.
      """,
    version: "backprop-repl \(version) (Swift 6.3, libedit)")

  @Argument(
    help: ArgumentHelp("Scripts to run; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["bp"]))
  var files: [String] = []

  @Option(
    name: .customShort("e"),
    help: ArgumentHelp("A line to run, after the files; repeatable.", valueName: "cmd"))
  var lines: [String] = []

  @Option(
    help: ArgumentHelp(
      "A student's answers, one a line, in place of a lesson's own: marks.", valueName: "file"),
    completion: .file())
  var answers: String?

  @Flag(help: "Step through a script with Enter; b goes back.")
  var demo = false

  @Flag(
    name: [.customShort("q"), .long],
    help: "Print only value, trace, errors and the count of expectations.")
  var quiet = false

  @Flag(help: "Go on after an error; the status is 1 all the same.")
  var keepGoing = false

  @Flag(help: "Print each command with its prompt before its output.")
  var echo = false

  @Option(
    help: ArgumentHelp("The notes to speak.", valueName: "id"), completion: .list(Library.shipped))
  var document = Library.standard

  @Option(help: "The seed of every init without one of its own; gives a lesson other numbers.")
  var seed: UInt64?

  @Flag(help: "ASCII alone: delta_1^2 for δ₁².")
  var ascii = false

  @Option(help: "Colour: auto, always or never.")
  var color: ColorChoice = .auto

  @Option(help: "Columns to fill; 80 in a pipe.")
  var width: Int?

  func validate() throws {
    guard Library.shipped.contains(document) else {
      throw ValidationError(
        "there is no document '\(displayable(document))'; the documents are \(Library.shipped.joined(separator: ", "))"
      )
    }
    if demo, files.count != 1 || !lines.isEmpty || quiet || answers != nil {
      throw ValidationError("--demo takes one file, without -e, -q and --answers")
    }
    if demo, files == ["-"] {
      throw ValidationError("--demo reads the keyboard; its script is a file")
    }
    if answers != nil, files.isEmpty {
      throw ValidationError("--answers needs the lesson they answer")
    }
    if let width, !(40...1000).contains(width) {
      throw ValidationError("--width needs a number from 40 to 1000")
    }
  }

  func run() throws {
    Program(
      Options(
        files: files, lines: lines, answers: answers, isDemo: demo, quiet: quiet,
        keepGoing: keepGoing, echo: echo,
        document: document, seed: seed, ascii: ascii, color: color, width: width)
    ).run()
  }
}

extension ColorChoice: ExpressibleByArgument {}

extension BackpropREPL {
  /// As the parser would end, but nothing from the command line reaches the terminal raw.
  static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
      .map { displayable($0, limit: 4000) }.joined(separator: "\n")
    let output = Output()
    if code.isSuccess {
      output.write(text + "\n")
    } else {
      output.writeError(text + "\n")
    }
    output.exit(code.rawValue)
  }
}
