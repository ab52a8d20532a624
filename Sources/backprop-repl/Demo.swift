import Glibc
import Lessons
import REPL
import Terminal

/// A script stepped through before an audience: each line is typed out first, Enter runs it, `b` goes
/// back.
final class Demo {
  private let program: Program
  private let output: Output
  private var lines: [(text: String, number: Int)] = []
  private let name: String
  /// How many hints the question on screen has had.
  private var rung = 0
  /// Before each line that has run: the session, and the line's place.
  private var past: [(interpreter: Interpreter, index: Int)] = []

  init(_ program: Program) {
    self.program = program
    output = program.output
    name = program.options.files[0]
  }

  func run() -> Never {
    readScript()
    let reader = LineReader(descriptor: STDIN_FILENO)
    say("Enter runs the line · b goes back · q leaves · or type a command")
    var index = showUpTo(0)
    while index < lines.count {
      typeOut(lines[index].text)
      guard let typed = next(reader) else { leave() }
      if typed.trimmed.isEmpty {
        execute(lines[index], at: index)
        index = showUpTo(index + 1)
      } else if let answer = answer(typed) {
        if weigh(answer, at: index) { index = showUpTo(index + 1) }
      } else {
        switch typed.trimmed {
        case "b", "back": index = goBack(from: index)
        case "q", "quit": leave()
        case "hint" where program.interpreter.session.hasOpenQuestion: showHint()
        case "skip" where program.interpreter.session.hasOpenQuestion:
          execute(lines[index], at: index)
          index = showUpTo(index + 1)
        case _ where program.interpreter.session.hasOpenQuestion && moves(typed):
          say("the question waits; back goes back")
        default: execute((typed, 0), at: index)
        }
      }
      if program.interpreter.session.quitStatus != nil { break }
    }
    if index >= lines.count { say("end of \(displayable(name))") }
    leave()
  }

  /// What is typed at a question: `b` may be an option of it, and `back` then goes back.
  private func answer(_ typed: String) -> String? {
    guard program.interpreter.session.hasOpenQuestion, typed.trimmed != "back" else { return nil }
    if Lesson.isAnswer(typed) { return Lesson.rest(of: typed) }
    return (try? program.interpreter.session.isAnswer(typed)) == false ? nil : typed
  }

  /// Whether a typed line would take the network from where the question finds it.
  private func moves(_ typed: String) -> Bool {
    let session = program.interpreter.session
    switch try? Interpreter.kind(of: typed, in: session, session.table) {
    case .assignment?: return true
    case .command(let command, _)?: return command.group == .step || command.name == "net"
    case .expression?, nil: return false
    }
  }

  private func showHint() {
    let lines = (try? program.interpreter.session.spokenHint(rung)) ?? []
    if lines.isEmpty { say("no more hints; Enter shows the answer") }
    for line in lines { output.write(program.painter.text(line) + "\n") }
    rung += 1
    output.flush()
  }

  private func readScript() {
    do throws(FileError) {
      if let identity = FileIdentity(name) {
        program.interpreter.session.includes = [IncludedFile(path: name, identity: identity)]
      }
      var script = ScriptReader(try LineReader(path: name), name: displayable(name))
      do throws(CommandError) {
        while let line = try script.next() { lines.append(line) }
      } catch {
        program.report(error, "", place: nil)
        output.exit(1)
      }
    } catch {
      output.writeError("backprop-repl: \(error)\n")
      output.exit(66)
    }
  }

  private func next(_ reader: LineReader) -> String? {
    switch reader.next() {
    case .line(let text, _): return text
    // It is no Enter; the command table says what is wrong with it.
    case .notUTF8, .nulByte, .tooLong, .utf16: return "\u{fffd}"
    case .signal(let signal):
      output.flush()
      if signal == .interrupt { return nil }
      signal.die()
    case .failed, .end: return nil
    }
  }

  /// Prose, headings, questions and expectations need no Enter; returns the place of the next command.
  private func showUpTo(_ start: Int) -> Int {
    rung = 0
    var index = start
    var paragraph: [String] = []
    while index < lines.count {
      let text = lines[index].text.trimmed
      guard text.isEmpty || text.hasPrefix("#") || Lesson.isStatement(text) else { break }
      if text.hasPrefix("#") {
        paragraph.append(String(text.drop { $0 == "#" || $0 == " " }))
      } else {
        show(&paragraph)
        if !text.isEmpty { state(lines[index]) }
      }
      index += 1
    }
    show(&paragraph)
    stateQuestion(at: index)
    output.flush()
    return index
  }

  private func show(_ paragraph: inout [String]) {
    let session = program.interpreter.session
    let words = session.plain(displayable(paragraph.joined(separator: " "), limit: 10_000))
    paragraph = []
    guard !words.allSatisfy({ $0 == " " }) else { return }
    for line in Wrapping.lines(words, width: session.display.effectiveWidth) {
      output.write(line.text + "\n")
    }
  }

  /// Before its answer is given the question stands on screen.
  private func stateQuestion(at index: Int) {
    guard index < lines.count, Lesson.isAnswer(lines[index].text) else { return }
    for line in program.interpreter.session.statedQuestion() {
      output.write(program.painter.text(line) + "\n")
    }
  }

  /// Carries out a line that shows nothing itself; a title is shown.
  private func state(_ line: (text: String, number: Int)) {
    do throws(CommandError) {
      _ = try program.interpreter.run(line.text)
    } catch {
      program.report(error, line.text, place: "\(displayable(name)):\(line.number)")
      program.worsen(1)
    }
    if let title = Lesson.title(line.text) {
      output.write(program.painter.text(Line(displayable(title), .heading)) + "\n")
    }
  }

  /// The answer of a question is not given away before Enter.
  private func typeOut(_ text: String) {
    guard !Lesson.isAnswer(text) else {
      output.write("answer> ")
      output.flush()
      return
    }
    // What the speaker types stands apart from it.
    output.write(program.interpreter.session.prompt + displayable(text, limit: 1000) + "   ")
    output.flush()
  }

  private func say(_ text: String) {
    output.write(text + "\n")
    output.flush()
  }

  private func execute(_ line: (text: String, number: Int), at index: Int) {
    past.append((program.interpreter, index))
    if !Screen.inputIsTerminal { output.write("\n") }
    Signals.beginCommand()
    do throws(CommandError) {
      let lines = try program.interpreter.run(line.text)
      program.applyColor()
      program.show(lines, of: line.text)
    } catch {
      program.report(
        error, line.text, place: line.number > 0 ? "\(displayable(name)):\(line.number)" : nil)
      // What the speaker types may be wrong; the script may not.
      if line.number > 0 { program.worsen(1) } else { past.removeLast() }
    }
    if !output.flush() { output.exit(74) }
    if let signal = Signals.ending { signal.die() }
  }

  /// An answer from the audience; true if it is right, and the script goes on.
  private func weigh(_ answer: String, at index: Int) -> Bool {
    let before = program.interpreter
    if !Screen.inputIsTerminal { output.write("\n") }
    do throws(CommandError) {
      let reply = try program.interpreter.session.reply(to: answer)
      program.show(reply.lines, of: answer)
      if reply.isRight { past.append((before, index)) }
      return reply.isRight
    } catch {
      program.report(error, answer, place: nil)
      return false
    }
  }

  private func goBack(from index: Int) -> Int {
    guard let before = past.popLast() else {
      say("this is the beginning")
      return index
    }
    program.interpreter = before.interpreter
    if !Screen.inputIsTerminal { output.write("\n") }
    say("back, to before:")
    stateQuestion(at: before.index)
    return before.index
  }

  private func leave() -> Never {
    output.write("\n")
    output.exit(max(program.status, Int32(program.interpreter.session.quitStatus ?? 0)))
  }
}
