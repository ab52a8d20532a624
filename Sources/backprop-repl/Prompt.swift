import Glibc
import LineEditor
import REPL
import Terminal

/// The session at a terminal: history, completion, continuation, repetition.
final class Prompt {
  private let program: Program
  private let output: Output
  private var pending = ""

  init(_ program: Program) {
    self.program = program
    output = program.output
  }

  func run() -> Never {
    program.interpreter.session.isInteractive = true
    banner()
    program.interpreter.session.showProgress = { [output] text in
      output.write("\r\(text)   ")
      output.flush()
    }
    guard Screen.isInteractive, let editor = LineEditor(programName: "backprop-repl") else {
      plainLoop()
    }
    if let notice = editor.loadHistory() { say(notice) }
    editor.completer = { [program] text in
      let offer = Completer(program.interpreter.session).offer(text)
      return Completion(start: offer.start, candidates: offer.candidates, suffix: offer.suffix)
    }
    while true {
      editor.setPrompt(program.painter.prompt(prompt))
      switch editor.readLine() {
      case .line(let text):
        if !text.allSatisfy({ $0 == " " }), let notice = editor.remember(text) { say(notice) }
        take(text)
      case .interrupted: pending = ""
      case .endOfInput: leave(0)
      case .terminated(let signal):
        output.flush()
        signal.die()
      case .failed: leave(74)
      }
    }
  }

  /// The window may have changed while the line was typed. A width that was set stays.
  private func followWindow() {
    guard program.options.width == nil,
      program.interpreter.session.display.width == shownWidth
    else { return }
    shownWidth = max(40, Screen.width())
    program.interpreter.session.display.width = shownWidth
  }

  private lazy var shownWidth = program.interpreter.session.display.width

  private var prompt: String {
    pending.isEmpty ? program.interpreter.session.prompt : "...> "
  }

  private func banner() {
    let session = program.interpreter.session
    let greeting = "backprop-repl 1.0, speaking \(session.document.id)"
    for line in Wrapping.parts(
      [greeting, "(document lists the others)"], separator: " ",
      width: session.display.effectiveWidth)
    {
      output.write(line.text + "\n")
    }
    output.write("type help, or lesson start 1, or net mazur\n\n")
    output.flush()
  }

  private func say(_ text: String) {
    output.write(text + "\n")
    output.flush()
  }

  /// A pasted text is several lines; an open bracket waits for more.
  private func take(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard take(line: String(line)) else { break }
    }
  }

  private func take(line: String) -> Bool {
    followWindow()
    var whole = pending + line
    if whole.hasSuffix("\\") {
      pending = String(whole.dropLast())
      return true
    }
    if Prompt.isOpen(whole), whole.utf8.count < LineReader.lineLimit {
      pending = whole + " "
      return true
    }
    pending = ""
    if whole.trimmed.isEmpty {
      guard let repeated = program.interpreter.session.repeatable else { return true }
      whole = repeated
    }
    return execute(whole)
  }

  private static func isOpen(_ text: String) -> Bool {
    var depth = 0
    for character in Interpreter.withoutComment(text) {
      if character == "(" || character == "[" { depth += 1 }
      if character == ")" || character == "]" { depth -= 1 }
    }
    return depth > 0
  }

  private func execute(_ text: String) -> Bool {
    var goesOn = true
    Signals.beginCommand()
    do throws(CommandError) {
      let lines = try program.interpreter.run(text)
      if program.interpreter.session.usedProgress { output.write("\r\u{1b}[K") }
      program.applyColor()
      program.show(lines, of: text)
    } catch {
      program.reportFailures(of: text, nil)
      program.report(error, text, place: nil)
      goesOn = false
    }
    program.interpreter.session.usedProgress = false
    if !output.flush() { output.exit(74) }
    if let quit = program.interpreter.session.quitStatus { leave(Int32(quit)) }
    if let signal = Signals.ending { signal.die() }
    return goesOn
  }

  private func leave(_ status: Int32) -> Never {
    let expectations = program.interpreter.session.expectations
    if expectations.stated > 0 {
      say("\(expectations.held) of \(expectations.stated) expectations hold")
    }
    output.exit(status)
  }

  /// A terminal that cannot edit: a prompt and plain lines.
  private func plainLoop() -> Never {
    let reader = LineReader(descriptor: STDIN_FILENO)
    while true {
      output.write(prompt)
      output.flush()
      switch reader.next() {
      case .line(let text, _): take(text)
      case .notUTF8, .nulByte, .tooLong, .utf16:
        output.writeError("error: this line is not text\n")
      case .signal(let signal):
        if signal == .interrupt {
          pending = ""
          say("")
        } else {
          signal.die()
        }
      case .failed, .end:
        say("")
        leave(0)
      }
    }
  }
}
