import REPL
import Testing

@testable import Lessons

/// A session that has carried out lines, with the commands of lessons.
func classroom(_ document: String = "four-equations", after lines: [String]) throws -> Session {
  var session = try Session(document: document, table: .withLessons)
  for line in lines {
    var interpreter = Interpreter(session)
    _ = try interpreter.run(line)
    session = interpreter.session
  }
  return session
}

extension Session {
  /// What a line answers, and the session after it.
  mutating func take(_ line: String) throws(CommandError) -> [String] {
    var interpreter = Interpreter(self)
    let lines = try interpreter.run(line)
    self = interpreter.session
    return lines.map(\.text)
  }

  /// The message of a line that has to be refused.
  func refusal(_ line: String) -> CommandError? {
    var interpreter = Interpreter(self)
    do throws(CommandError) {
      let lines = try interpreter.run(line)
      Issue.record("\(line) is not refused: \(lines.map(\.text))")
      return nil
    } catch {
      return error
    }
  }
}

/// A failed expectation need not print all of it.
extension Session: CustomTestStringConvertible {
  package var testDescription: String { "a session" }
}
