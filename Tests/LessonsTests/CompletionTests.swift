import REPL
import Testing

@testable import Lessons

/// What Tab offers after `lesson`, and what help says of every command here.
@Suite struct CompletionTests {
  @Test func tab() throws {
    let completer = Completer(try classroom(after: []))
    #expect(completer.offer("lesson ").candidates == LessonOrder.allCases.map(\.rawValue).sorted())
    #expect(completer.offer("lesson re").candidates == ["reset", "resume"])
    #expect(completer.offer("lesson start 0").candidates.count == 9)
    #expect(
      completer.offer("lesson resume 18").candidates == ["18-stale-weights-and-other-bugs"])
    #expect(completer.offer("lesson reset a").candidates == ["all"])
    #expect(completer.offer("les").candidates == ["lesson"])
  }

  @Test func helpIsThereAndFits() throws {
    var session = try classroom(after: [])
    for command in CommandTable.withLessons.commands where command.group == .learn {
      let lines = try session.take("help \(command.name)")
      #expect(lines.count >= 2, "\(command.name)")
      for line in lines { #expect(line.count <= 80, "\(line)") }
    }
    let overview = try session.take("help")
    #expect(overview.count <= 23 && overview.contains { $0.hasPrefix("learn  lesson list") })
  }
}
