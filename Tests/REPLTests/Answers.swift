import REPL
import Testing

/// A session that has carried out lines of commands.
func session(_ document: String = "four-equations", after lines: String...) throws -> Session {
  var interpreter = Interpreter(try Session(document: document))
  for line in lines { _ = try interpreter.run(line) }
  return interpreter.session
}

extension Session {
  /// What a line answers.
  func answer(_ line: String) throws -> [String] {
    var interpreter = Interpreter(self)
    return try interpreter.run(line).map(\.text)
  }

  /// What Tab offers after a text: the candidates, which take the place of all from `start` on.
  func tab(_ text: String) -> Completer.Offer { Completer(self).offer(text) }
}
