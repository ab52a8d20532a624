import Backprop
import IndexNotation
import Terminal

// Saving, loading, traces, included scripts.

extension Session {
  /// Names in an included script are relative to it; `~` is the home folder. A lesson reaches what
  /// lies beside it or below.
  package func path(_ word: Word) throws(CommandError) -> String {
    var path = word.text
    if isLesson { try confine(word) }
    if path == "~" || path.hasPrefix("~/") {
      if let home = Environment.process.text("HOME") { path = home + path.dropFirst() }
    }
    guard !path.hasPrefix("/"), let script = includes.last?.path,
      let slash = script.lastIndex(of: "/")
    else { return path }
    return String(script[...slash]) + path
  }

  /// A lesson may be a stranger's. What does not exist is named when it is opened.
  private func confine(_ word: Word) throws(CommandError) {
    let path = word.text
    let outside = CommandError(
      "'\(Shown.text(path))' is outside the lesson's folder", at: word.columns,
      advice: "a lesson reaches files beside it or below")
    guard !path.hasPrefix("/"), !path.hasPrefix("~") else { throw outside }
    guard let first = includes.first, let last = includes.last else {
      guard !path.split(separator: "/").contains("..") else { throw outside }
      return
    }
    guard let root = realPath(ofFolderOf: first.path), let folder = realPath(ofFolderOf: last.path)
    else { throw outside }
    let whole = realPath("\(folder)/\(path)")
    let isInside =
      whole.map { $0.hasPrefix(root + "/") } ?? !path.split(separator: "/").contains("..")
    guard isInside else { throw outside }
  }

  private func fileName(_ arguments: Arguments, _ index: Int = 0) throws(CommandError) -> Word {
    guard arguments.words.count > index else {
      throw CommandError("a file name is missing", at: arguments.end)
    }
    return arguments.words[index]
  }

  private func contents(_ word: Word) throws(CommandError) -> [UInt8] {
    let path = try path(word)
    do throws(FileError) {
      return try readFile(path, limit: 16 << 20)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
  }

  mutating func save(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "save FILE")
    try checkNetwork(arguments)
    guard let network = state.network else { throw Session.noNetwork() }
    let word = try fileName(arguments)
    let file = NetworkFile(
      network: network, cost: state.cost, reduction: state.reduction, direction: state.direction,
      learningRate: state.rate, examples: state.examples)
    try write(file.text, to: word)
    return [Line("saved \(Shown.text(word.text))\(state.bug == nil ? "" : "; the bug is not")")]
  }

  private func write(_ text: String, to word: Word) throws(CommandError) {
    guard !isLesson else {
      throw CommandError("a lesson writes no files", at: word.columns)
    }
    var bytes = Array(text.utf8)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    let path = try path(word)
    do throws(FileError) {
      try writeAtomically(bytes, to: path)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
  }

  mutating func load(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "load FILE")
    let word = try fileName(arguments)
    let bytes = try contents(word)
    let file: NetworkFile
    do throws(NetworkFileError) {
      file = try NetworkFile(reading: bytes)
    } catch {
      throw CommandError(
        "\(Shown.text(word.text)): \(error.message)", at: word.columns,
        advice: "nothing was changed")
    }
    guard file.learningRate >= 0 else {
      throw CommandError(
        "\(Shown.text(word.text)): learning_rate is \(NumberText.shortest(file.learningRate)); it must not be negative",
        at: word.columns, advice: "nothing was changed")
    }
    state.network = file.network
    state.cost = file.cost
    state.reduction = file.reduction
    state.direction = file.direction
    state.rate = file.learningRate
    state.examples = file.examples
    state.example = 1
    state.title = nil
    state.initialisation = nil
    state.resetPasses()
    record("load \(Shown.text(word.text))")
    return described(isFresh: false)
      + [Line("\(state.examples.count) example\(state.examples.count == 1 ? "" : "s")")]
      + pairWarning()
  }

  mutating func trace(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(2, usage: "trace json [FILE]")
    guard let kind = arguments.words.first else {
      throw CommandError("trace needs its format", at: arguments.end, advice: "type: trace json")
    }
    guard kind.text == "json" else {
      throw CommandError(
        "there is no trace format '\(Shown.text(kind.text))'", at: kind.columns,
        advice: "type: trace json")
    }
    try checkNetwork(arguments)
    guard let network = state.network else { throw Session.noNetwork() }
    guard state.bug == nil else {
      throw CommandError(
        "a bug is on, and its numbers are not written", at: arguments.commandColumns,
        advice: "type: bug off")
    }
    let examples = zip(state.examples, state.passes).map { example, pass in
      TraceFile.Traced(
        target: example.target, pass: pass.pass,
        forwardLayers: pass.progress.forwardLayers(network.shape),
        knowsCost: pass.progress.knowsCost,
        deltaDownTo: pass.progress.lowestErrorLayer(network.shape))
    }
    let text = TraceFile(
      network: network, cost: state.cost, reduction: state.reduction, examples: examples
    ).text
    guard arguments.words.count == 2 else { return [Line(text)] }
    try write(text, to: arguments.words[1])
    return [Line("saved \(Shown.text(arguments.words[1].text))")]
  }

  // MARK: source

  /// Includes deeper than this are refused.
  static let includeLimit = 16

  mutating func source(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "source FILE")
    let word = try fileName(arguments)
    let path = try path(word)
    guard let identity = FileIdentity(path) else {
      _ = try contents(word)
      throw CommandError("cannot read '\(Shown.text(word.text))'", at: word.columns)
    }
    if let loop = includes.firstIndex(where: { $0.identity == identity }) {
      let names = (includes[loop...].map(\.path) + [path]).map { Session.lastPart($0) }
      throw CommandError(
        "\(Session.lastPart(path)) includes itself (\(names.joined(separator: " → ")))",
        at: word.columns)
    }
    guard includes.count < Session.includeLimit else {
      throw CommandError(
        "files include one another too deep (the limit is \(Session.includeLimit))",
        at: word.columns)
    }
    let isOutermost = timeline.beginScript()
    do throws(CommandError) {
      let lines = try included(path, identity, word)
      if isOutermost { timeline.endScript() }
      return lines
    } catch {
      if isOutermost { timeline.abandonScript() }
      // Its last line may have left the state alone, those before it not.
      isTouched = true
      throw error
    }
  }

  private static func lastPart(_ path: String) -> String {
    Shown.text(path.split(separator: "/").last.map(String.init) ?? path)
  }

  private mutating func included(
    _ path: String, _ identity: FileIdentity, _ word: Word
  ) throws(CommandError) -> [Line] {
    let reader: LineReader
    do throws(FileError) {
      reader = try LineReader(path: path, waiting: .never)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
    includes.append(IncludedFile(path: path, identity: identity))
    includeDepth += 1
    defer {
      includes.removeLast()
      includeDepth -= 1
    }
    var script = ScriptReader(reader, name: Shown.text(word.text))
    return try runLines(named: Shown.text(word.text)) { () throws(CommandError) in
      try script.next()
    }
  }

  /// Runs the lines of a script. An expectation that does not hold is kept for the runner to report;
  /// `quit` ends the script alone.
  package mutating func runLines(
    named name: String,
    _ next: () throws(CommandError) -> (text: String, number: Int)?
  ) throws(CommandError) -> [Line] {
    var lines: [Line] = []
    while let (text, number) = try next() {
      var inner = Interpreter(self)
      do throws(CommandError) {
        lines += try inner.run(text)
      } catch {
        var error = error
        if error.place == nil {
          error.place = SourcePlace(file: name, line: number, text: text)
        }
        guard error.kind == .doesNotHold else {
          failures = inner.session.failures
          throw error
        }
        inner.session.failures.append(error)
      }
      self = inner.session
      if quitStatus != nil {
        quitStatus = nil
        break
      }
    }
    return lines
  }
}

extension Progress {
  func forwardLayers(_ shape: Shape) -> Int {
    switch next {
    case .forward(let layer): return layer - 1
    case .cost, .backward, .update: return shape.last
    }
  }

  func lowestErrorLayer(_ shape: Shape) -> Int? {
    switch next {
    case .forward, .cost: return nil
    case .backward(let layer): return layer < shape.last ? layer + 1 : nil
    case .update: return 1
    }
  }
}
