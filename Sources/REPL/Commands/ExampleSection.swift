import IndexNotation
import LectureNotes

/// The example section of a document: a few commands that set up a network, and nothing else.
struct ExampleSection {
  let document: Document

  init(_ document: Document) {
    self.document = document
  }

  /// What a line may begin with, besides an assignment.
  private static let commands = [
    "net", "data", "init", "cost", "activation", "bias", "reduction", "direction", "rate",
  ]

  /// The state its commands lead to from a new session; nil if there are none. The error stands
  /// where the file has it.
  func state() throws(DocumentError) -> State? {
    guard let first = document.exampleCommands.first else { return nil }
    var interpreter = Interpreter(try Session())
    interpreter.session.library.add(document)
    interpreter.session.view.documentID = document.id
    interpreter.session.adoptModel()
    for line in document.exampleCommands {
      do throws(CommandError) {
        try check(line.text, interpreter.session)
        _ = try interpreter.carryOut(line.text)
      } catch {
        var located = DocumentError(error, in: line)
        let hasNetwork = interpreter.session.state.network != nil
        let advice = [error.advice, hasNetwork ? declaration(setBy: line.text) : nil]
          .compactMap { $0 }
        located.advice = advice.isEmpty ? nil : advice.joined(separator: "; ")
        throw located
      }
    }
    guard interpreter.session.state.network != nil else {
      throw DocumentError(
        CommandError("the example sets up no network", advice: "begin it with: net 2 2 1"),
        in: first)
    }
    return interpreter.session.state
  }

  /// The lines that say what an assignment sets, for the fault may be theirs; nil for a line that is
  /// none, or cannot be read.
  private func declaration(setBy line: String) -> String? {
    let code = Interpreter.withoutComment(line)
    guard let relation = try? Parser.relation(code, vocabulary: document.vocabulary),
      relation.sides.count == 1, case .reference(let symbol) = relation.left
    else { return nil }
    let array = document.arrays.first {
      $0.name == symbol.name && $0.lower.count == symbol.lower.count
    }
    let number = array?.element ?? symbol
    let rows = document.declarations.filter { $0.name == number.name }
    // `θ[1]` may stand for all θ_jk of a layer.
    guard let row = rows.first(where: { $0.lower.count == number.lower.count }) ?? rows.first else {
      return nil
    }
    let words = "line \(row.line) says how \(row.name) is bound"
    guard let array else { return words }
    return words + ", line \(array.line) how \(array.name) is made of it"
  }

  private func check(_ line: String, _ session: Session) throws(CommandError) {
    let code = Interpreter.withoutComment(line)
    guard !code.trimmed.isEmpty else { return }
    switch try Interpreter.kind(of: code, in: session, .standard) {
    case .assignment: return
    case .expression(let column):
      throw refusal("an expression", Columns(column, code.count))
    case .command(let command, let arguments): try check(command, arguments)
    }
  }

  private func check(_ command: Command, _ arguments: Arguments) throws(CommandError) {
    var name = command.name
    var words = arguments.words
    if name == "set", let setting = words.first {
      name = setting.text
      words.removeFirst()
    }
    guard Self.commands.contains(name), let first = words.first else {
      throw refusal("'\(Shown.text(name))'", arguments.commandColumns)
    }
    switch (name, first.text) {
    case ("net", "notes"):
      throw CommandError(
        "net notes runs this very section", at: first.columns,
        advice: "give the sizes, as in: net 2 2 1")
    case ("data", "load"):
      throw CommandError(
        "the example reads no other file", at: first.columns,
        advice: "give the numbers, as in: data 1 0.5 -> 1")
    case ("init", "xavier"), ("init", "he"), ("init", "uniform"), ("init", "normal"):
      guard words.contains(where: { $0.text == "seed" }) else {
        throw CommandError(
          "init \(first.text) needs its seed here, so that the example is always the same",
          at: first.columns, advice: "as in: \(arguments.line.trimmed) seed 1")
      }
    default: break
    }
  }

  private func refusal(_ what: String, _ columns: Columns) -> CommandError {
    CommandError(
      "an example sets up a network; \(what) does not belong here", at: columns,
      advice: "it takes assignments, and \(Self.commands.joined(separator: ", "))")
  }
}

extension DocumentError {
  /// What is wrong with a command of the file.
  init(_ error: CommandError, in text: PlacedText) {
    let columns = error.columns ?? Columns(0, text.text.count)
    let (line, start) = text.place(of: columns.start)
    self.init(
      error.message, line: line,
      columns: Columns(start, start + max(1, columns.end - columns.start)), advice: error.advice)
  }
}
