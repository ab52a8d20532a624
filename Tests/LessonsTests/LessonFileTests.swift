import Glibc
import IndexNotation
import REPL
import TestSupport
import Testing

@testable import Lessons

/// Lessons that are faulty: a clear error, with its line and column.
@Suite struct LessonFileTests {
  private let scratch = ScratchFolder()

  static let sound = """
    title A neuron
    document four-equations
    minutes 5
    net 2 1
    W[1] = [0.5 -0.25]
    data 1 2 -> 1
    ask a[1][1]: the activation?
    answer 0.5
    step

    """

  private func lint(_ text: String, named name: String = "x.bp") throws -> [CommandError] {
    scratch.write(text, to: name)
    let session = try classroom(after: [])
    let lesson = try Shelf.lesson(
      Word(text: scratch[name], columns: Columns(0, 1)), path: scratch[name])
    return try Lint(lesson, session).problems
  }

  @Test func aSoundLessonPasses() throws {
    let problems = try lint(LessonFileTests.sound)
    #expect(problems.isEmpty, "\(problems.map(\.message))")
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    var old: String
    var new: String
    var line: Int
    var message: String
    var testDescription: String { message }
    init(_ old: String, _ new: String, _ line: Int, _ message: String) {
      (self.old, self.new, self.line, self.message) = (old, new, line, message)
    }
  }

  @Test(arguments: [
    Fault("title A neuron\n", "", 1, "no title"),
    Fault("minutes 5\n", "", 1, "no minutes"),
    Fault("minutes 5", "minutes soon", 3, "minutes needs a whole number"),
    Fault("document four-equations\n", "", 1, "no document"),
    Fault("minutes 5", "minutse 5", 3, "no command 'minutse'"),
    Fault("document four-equations", "document five-equations", 2, "five-equations"),
    Fault("answer 0.5", "answer 0.6", 8, "0.6 is not a₁¹"),
    Fault("answer 0.5", "answer 0.5004", 8, "a₁¹ is 0.500000, not 0.5004 to its last digit"),
    Fault("ask a[1][1]: the activation?\nanswer 0.5", "step", 1, "no question"),
    Fault("net 2 1", "ask a[1][1]: what?\nanswer 1\nnet 2 1", 4, "a question needs its network"),
    Fault("ask a[1][1]", "step\nask a[1][1]", 8, "a₁¹ is computed already when it is asked"),
    Fault("answer 0.5\n", "", 1, "the last question has no answer"),
    Fault(
      "step\n", "ask C: cost?\nask C: cost?\nanswer 0.125\n", 10, "the question before this one"),
    Fault("step\n", "answer 0.5\n", 9, "no question is open"),
    Fault("step\n", "hint think\n", 9, "no question is open"),
    Fault("ask a[1][1]:", "ask a[1][7]:", 7, "7"),
    Fault("ask a[1][1]: the activation?", "ask a[1][1] the activation", 7, "needs a colon"),
    Fault("ask a[1][1]: the activation?", "ask a[1][1]:", 7, "the question has no words"),
    Fault("ask a[1][1]:", "ask W[1]:", 7, "not one number"),
    Fault("answer 0.5", "wrong 0.5: it is right\nanswer 0.5", 8, "this is the right answer"),
    Fault("answer 0.5", "wrong 0.7\nanswer 0.5", 8, "wrong needs a colon"),
    Fault("answer 0.5", "right 0.5\nanswer 0.5", 8, "right gives an option"),
    Fault(
      "ask a[1][1]: the activation?\nanswer 0.5", "ask choice: which?\nwrong a\nanswer a", 9,
      "no right option"),
    Fault(
      "ask a[1][1]: the activation?\nanswer 0.5", "ask choice: which?\nright a\nright b\nanswer a",
      10, "more than one right"),
    Fault(
      "ask a[1][1]: the activation?\nanswer 0.5", "ask choice: which?\nright a\nwrong b\nanswer q",
      10, "none of the options"),
    Fault("step\n", "init xavier\n", 9, "these numbers are others on every day"),
    Fault("step\n", "source ../other.bp\n", 9, "outside"),
    Fault("step\n", "source /etc/passwd\n", 9, "outside"),
    Fault("step\n", "source missing.bp\n", 9, "missing.bp"),
    Fault("step\n", "quit\n", 9, "a lesson does not quit"),
    Fault("step\n", "expect a[1][1] = 0.51\n", 9, "a₁¹"),
    Fault(
      "step\n", "# " + String(repeating: "x", count: 79) + "\n", 9, "81 columns; a lesson has 80"),
    Fault("minutes 5\n", "minutes 5\nprerequisites 99\n", 4, "there is no lesson 99"),
    Fault("minutes 5\n", "minutes 5\nnumbers free\n", 4, "numbers takes the word fixed"),
  ]) func aFaultIsToldWithItsPlace(fault: Fault) throws {
    let text = LessonFileTests.sound.replacing(fault.old, with: fault.new)
    let problems: [CommandError]
    do throws(CommandError) {
      scratch.write(text, to: "x.bp")
      let lesson = try Shelf.lesson(
        Word(text: scratch["x.bp"], columns: Columns(0, 1)), path: scratch["x.bp"])
      problems = try Lint(lesson, try session()).problems
    } catch {
      problems = [error]
    }
    let found = problems.contains {
      $0.message.contains(fault.message) && $0.place?.line == fault.line
    }
    #expect(found, "\(problems.map { "\($0.place?.line ?? 0): \($0.message)" })")
  }

  private func session() throws(CommandError) -> Session {
    do { return try classroom(after: []) } catch { throw CommandError("\(error)") }
  }

  @Test func whatIsNoText() throws {
    for (text, message) in [
      ("title A\u{1b}[31mB\n", "a character that is no text"),
      ("title A\n# \u{202e}evil\n", "a character that is no text"),
      ("title A\u{0}B\n", "NUL"),
    ] {
      scratch.write(text, to: "x.bp")
      do throws(CommandError) {
        _ = try Shelf.lesson(
          Word(text: scratch["x.bp"], columns: Columns(0, 1)), path: scratch["x.bp"])
        Issue.record("\(message): not refused")
      } catch {
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.place != nil && error.columns != nil)
      }
    }
    scratch.write([UInt8](repeating: 0x61, count: 100_000_000), to: "x.bp")
    do throws(CommandError) {
      _ = try Shelf.lesson(
        Word(text: scratch["x.bp"], columns: Columns(0, 1)), path: scratch["x.bp"])
      Issue.record("a line of 100 MB is not refused")
    } catch {
      #expect(error.message.contains("bytes long"), "\(error.message)")
    }
  }

  /// Lessons are found by number, by name, by its beginning; a near miss is told.
  @Test func names() throws {
    func lesson(_ name: String) throws(CommandError) -> String {
      try Shelf.lesson(Word(text: name, columns: Columns(0, 1)), path: name).name
    }
    for name in ["1", "01", "01-a-neuron-by-hand", "a-neuron-by-hand", "a-neuron", "A-Neuron"] {
      #expect(try lesson(name) == "01-a-neuron-by-hand", "\(name)")
    }
    for (name, words) in [
      ("99", "no lesson 99"), ("a-nueron-by-hand", "no lesson 'a-nueron-by-hand'"),
      ("nowhere.bp", "nowhere.bp"), ("the", "could be lesson"),
    ] {
      do throws(CommandError) {
        let found = try lesson(name)
        Issue.record("\(name) is \(found)")
      } catch {
        #expect(error.message.contains(words), "\(error.message)")
      }
    }
  }

  /// Headings are found in any case, as commands are; a file that is run takes no orders.
  @Test func whatTheProgramSays() throws {
    scratch.write("Title T\nMINUTES 5\nnet mazur\nvalue y[2]\n", to: "title.bp")
    let run = try runBinary(arguments: ["title.bp"], folder: scratch.path)
    #expect(run.status == 0 && run.output.hasSuffix("\n0.99\n"), "\(run.error)")
    for line in ["lesson start x.bp", "lesson lint x.bp", "review", "lesson reset all"] {
      scratch.write("title T\n\(line)\n", to: "x.bp")
      let run = try runBinary(arguments: ["x.bp"], folder: scratch.path)
      #expect(run.status == 1 && run.error.hasPrefix("x.bp:2:1: error:"), "\(line): \(run.error)")
    }
    scratch.write("lesson start x.bp\n", to: "x.bp")
    let nested = try runBinary(arguments: ["x.bp"], folder: scratch.path)
    #expect(nested.status == 1 && nested.error.contains("gives no orders"), "\(nested.error)")
    // A link out of the folder is outside, too.
    scratch.write("title T\nsource passwd.bp\n", to: "x.bp")
    symlink("/etc/passwd", scratch["passwd.bp"])
    let linked = try runBinary(arguments: ["x.bp"], folder: scratch.path)
    #expect(linked.status == 1 && linked.error.contains("outside the lesson's folder"))
    scratch.write("title T\nnet mazur\nsave here.json\n", to: "x.bp")
    let saved = try runBinary(arguments: ["x.bp"], folder: scratch.path)
    #expect(saved.status == 1 && saved.error.contains("a lesson writes no files"))
    #expect(scratch.read("here.json") == nil)
    // What does not hold is told also where the file then fails; prose is made safe.
    scratch.write(
      "net mazur\nask C: \u{1b}]0;x\u{7}?\nanswer 9\nask C: \u{1b}[31m?\nanswer 0.298371\nstpe\n",
      to: "x.bp")
    let both = try runBinary(
      arguments: ["-e", "lesson start \(scratch["x.bp"])"], folder: scratch.path)
    #expect(both.status == 1)
    #expect(both.error.contains("a character that is no text"))
    let piped = try runBinary(arguments: ["--keep-going", "x.bp"], folder: scratch.path)
    #expect(!piped.output.contains("\u{1b}") && piped.output.contains("\\u{1B}"))
    scratch.write("net mazur\nask C: what?\nanswer 9\nstpe\n", to: "x.bp")
    let started = try runBinary(
      arguments: ["-e", "lesson start x.bp"], folder: scratch.path)
    #expect(started.error.contains("x.bp:3:8: does not hold"), "\(started.error)")
    #expect(started.error.contains("x.bp:4:1: error: no command 'stpe'"))
  }
}
