import Glibc
import IndexNotation
import LectureNotes
import Lessons
import REPL
import Terminal

/// One run of the program: a session at a terminal, or scripts from files and pipes.
final class Program {
  let options: Options
  let output = Output()
  var interpreter: Interpreter
  var painter = Painter(isOn: false)
  private var isInteractive = false
  private var hasPrinted = false
  /// The worst so far.
  var status: Int32 = 0

  init(_ options: Options) {
    self.options = options
    do throws(DocumentError) {
      let session = try Session(document: options.document, table: .withLessons)
      interpreter = Interpreter(session)
    } catch {
      output.writeError("\(options.document), line \(error.line): \(error.message)\n")
      output.exit(1)
    }
  }

  func run() -> Never {
    let interactive =
      options.files.isEmpty && options.lines.isEmpty
      && Screen.inputIsTerminal && Screen.outputIsTerminal
    isInteractive = interactive
    let isShown = options.isDemo && Screen.outputIsTerminal
    Signals.install(for: interactive ? .interactive : .batch)
    interpreter.session.seed = options.seed
    interpreter.session.display.ascii = options.ascii || (interactive && !Screen.showsUnicode())
    interpreter.session.display.width =
      options.width ?? (interactive || isShown ? max(40, Screen.width()) : 80)
    Interruption.ask { Signals.isStopped }
    applyColor()
    if interactive {
      Prompt(self).run()
    } else if options.isDemo {
      Demo(self).run()
    } else {
      runScripts()
    }
  }

  /// The setting `color` and the option are one thing.
  func applyColor() {
    var choice = options.color
    switch interpreter.session.display.color {
    case .always: choice = .always
    case .never: choice = .never
    case .auto: break
    }
    painter.isOn = choice.showsColor(.process, isTerminal: Screen.outputIsTerminal)
  }

  // MARK: scripts

  private func runScripts() -> Never {
    readAnswers()
    var names = options.files
    if names.isEmpty, options.lines.isEmpty { names = ["-"] }
    for name in names {
      if name == "-" {
        runFile(LineReader(descriptor: STDIN_FILENO), "<stdin>")
        continue
      }
      do throws(FileError) {
        let identity = FileIdentity(name)
        let reader = try LineReader(path: name)
        if let identity {
          interpreter.session.includes = [IncludedFile(path: name, identity: identity)]
        }
        runFile(reader, displayable(name))
        interpreter.session.includes = []
      } catch {
        output.writeError("backprop-repl: \(error)\n")
        worsen(66)
      }
    }
    runLines()
    finish()
  }

  /// A student's answers take the place of the lesson's own.
  private func readAnswers() {
    guard let path = options.answers else { return }
    do throws(FileError) {
      var script = ScriptReader(try LineReader(path: path), name: displayable(path))
      var lines: [String] = []
      do throws(CommandError) {
        while let (text, _) = try script.next(), lines.count < 10_000 { lines.append(text) }
      } catch {
        report(error, "", place: nil)
        output.exit(66)
      }
      interpreter.session.answerSheet = AnswerSheet(lines)
    } catch {
      output.writeError("backprop-repl: \(error)\n")
      output.exit(66)
    }
  }

  func worsen(_ other: Int32) { status = max(status, other) }

  private func runLines() {
    for (index, line) in options.lines.enumerated() {
      let goes = runLine(line, in: "-e", index + 1)
      if let signal = Signals.ending { endBy(signal) }
      guard goes else { break }
      if interpreter.session.quitStatus != nil { break }
    }
    takeQuitStatus()
  }

  private func takeQuitStatus() {
    if let quit = interpreter.session.quitStatus { worsen(Int32(quit)) }
    interpreter.session.quitStatus = nil
  }

  private func runFile(_ reader: LineReader, _ name: String) {
    var script = ScriptReader(reader, name: name)
    while true {
      do throws(CommandError) {
        guard let (text, number) = try script.next() else { break }
        let goes = runLine(text, in: name, number)
        if let signal = Signals.ending { endBy(signal) }
        guard goes, interpreter.session.quitStatus == nil else { break }
        guard output.status == .open else { output.exit(status) }
      } catch {
        report(error, "", place: nil)
        worsen(1)
        break
      }
    }
    if let signal = script.ending ?? Signals.ending { endBy(signal) }
    endFile(name)
    takeQuitStatus()
  }

  /// Nothing a lesson or a handed-in file began reaches into the next.
  private func endFile(_ name: String) {
    if interpreter.session.hasOpenQuestion {
      report(CommandError("the last question of \(name) has no answer"), "", place: nil)
      worsen(1)
    }
    interpreter.session.endFile()
    // Notes that a file has brought are its own: the next one says which it means.
    let id = interpreter.session.view.documentID
    if id != options.document, !Library.shipped.contains(id) {
      try? interpreter.session.speak(options.document)
    }
  }

  private func endBy(_ signal: Signal) -> Never {
    output.flush()
    signal.die()
  }

  /// Runs one line of a script; false if the file ends here.
  private func runLine(_ text: String, in name: String, _ number: Int) -> Bool {
    // A student's answer takes the place of the lesson's own.
    let isHidden = options.answers != nil && Lesson.isAnswer(text)
    if options.echo, !isHidden, !Interpreter.withoutComment(text).trimmed.isEmpty {
      output.write(interpreter.session.prompt + displayable(text, limit: 1000) + "\n")
    }
    Signals.beginCommand()
    do throws(CommandError) {
      let lines = try interpreter.run(text)
      show(lines, of: text, place: "\(name):\(number)")
      return true
    } catch {
      showMarks()
      reportFailures(of: text, "\(name):\(number)")
      report(error, text, place: "\(name):\(number)")
      worsen(1)
      return error.kind == .doesNotHold || options.keepGoing
    }
  }

  /// - Parameter place: `FILE:LINE`, in a script.
  func show(_ lines: [Line], of text: String, place: @autoclosure () -> String? = nil) {
    if !interpreter.session.failures.isEmpty { reportFailures(of: text, place()) }
    showMarks()
    guard !isQuiet(about: text) else { return }
    // Between two steps of a script a prompt would stand; without one, a blank line.
    if !isInteractive, !options.echo, lines.count > 4, hasPrinted, lines[0] != .blank {
      output.write("\n")
    }
    hasPrinted = hasPrinted || !lines.isEmpty
    for index in lines.indices {
      output.write(painter.isOn ? painter.text(lines[index]) : lines[index].text)
      output.write("\n")
    }
    // A reader of a pipe sees each answer; only a plain file may lag behind.
    if lines.count > 2000 { output.flush() }
  }

  /// What a student's answers have got since the last line.
  private func showMarks() {
    guard options.answers != nil else { return }
    for line in interpreter.session.takeMarks() { output.write(painter.text(line) + "\n") }
  }

  func reportFailures(of text: String, _ place: String?) {
    for failure in interpreter.session.failures {
      report(failure, text, place: place)
      worsen(1)
    }
    interpreter.session.failures = []
  }

  private func isQuiet(about text: String) -> Bool {
    // A student's marks are shown, and nothing else.
    guard options.answers == nil else { return true }
    guard options.quiet else { return false }
    let word = text.trimmed.prefix { $0.isLetter }
    return word != "value" && word != "trace"
  }

  func report(_ error: CommandError, _ text: String, place: String?) {
    let rows = ErrorText(
      error, line: Interpreter.withoutComment(text), place: place,
      width: interpreter.session.display.width, ascii: interpreter.session.display.ascii)
    var whole = ""
    for line in rows.lines { whole += painter.text(line) + "\n" }
    output.writeError(whole)
  }

  private func finish() -> Never {
    if let sheet = interpreter.session.answerSheet {
      output.write(sheet.summary + "\n")
      if !sheet.isAllRight { worsen(1) }
    }
    let expectations = interpreter.session.expectations
    // Those of a lesson that marks a student are the author's, and no news while they hold.
    let areNews = options.answers == nil || expectations.held < expectations.stated
    if expectations.stated > 0, areNews {
      output.write(
        "\(expectations.held) of \(expectations.stated) expectations hold\n")
    }
    output.exit(status)
  }
}
