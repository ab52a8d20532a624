import REPL
import TestSupport
import Testing

/// Undo and redo inside a script that is included, and of the line that includes it.
@Suite struct IncludedScriptTests {
  private let folder = ScratchFolder()

  private func interpreter(_ script: String) throws -> Interpreter {
    folder.write(script, to: "script.bp")
    return Interpreter(try session(after: "net mazur", "step", "step"))
  }

  @Test func undoneByItsOwnLinesAndAsAWhole() throws {
    var interpreter = try interpreter("step\nstep\nundo\nredo\nundo\n")
    var places: [Int] = []
    let source = "source \(folder["script.bp"])"
    for line in [source, "undo", "redo", "undo", "undo", "redo", "redo"] {
      _ = try interpreter.run(line)
      places.append(interpreter.session.timeline.current + 1)
    }
    #expect(places == [4, 3, 4, 3, 2, 3, 4])
  }

  /// A script does not undo what was typed before it, and leaves nothing behind when it fails.
  @Test(arguments: [
    "step\nundo\nnope\n", "step\nundo\nundo\n", "back 2\nstep\nundo\nnope\n", "undo\n",
  ])
  func failsWhole(script: String) throws {
    var interpreter = try interpreter(script)
    let before = interpreter.session.timeline.current
    #expect(throws: CommandError.self) {
      _ = try interpreter.run("source \(folder["script.bp"])")
    }
    #expect(interpreter.session.timeline.current == before)
    #expect(interpreter.session.timeline.count == before + 1)
    _ = try interpreter.run("undo")
    #expect(interpreter.session.timeline.current == before - 1)
  }
}
