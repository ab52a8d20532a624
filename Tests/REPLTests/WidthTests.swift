import LectureNotes
import Testing

@testable import REPL

/// No line is wider than the width that is set.
@Suite struct WidthTests {
  static let topics =
    ["", "names", "expressions", "notes", "lessons", "keys", "scripts"]
    + CommandTable.standard.commands.map(\.name)

  /// Lines of commands that look, after `net notes` and `run`.
  private static func looks(_ document: Document) -> [String] {
    let derivatives: [String: [String]] = [
      "four-equations": ["C", "δ[1][1]", "dC/dw[1][1,1]", "dC/da[3][1]"],
      "gonzalez": ["E", "δ[1][1]", "dE/dw[1][1,1]", "y"],
      "zero-indexed": ["L~", "δ[1][1]", "dL~/dw[0][1,1]", "o[2][1]"],
      "softmax-matrix": ["E", "δ[1][1]", "dE/dw[1][1,1]", "x[2][1]"],
      "general-case": ["C", "dC/dw[0][1,1]", "dC/dw[1][0,1]", "h[1]"],
    ]
    let quantities = derivatives[document.id] ?? []
    return ["equations", "equations all", "verify", "verify all", "errata", "errata all"]
      + document.printedLabels.flatMap { ["equation \($0)", "verify \($0)"] }
      + document.errata.map { "errata \($0.number)" }
      + quantities.flatMap { ["why \($0)", "print \($0)"] }
      + quantities.dropFirst(document.id == "general-case" ? 1 : 2).map { "why \($0) paths" }
      + ["show", "where", "document", "set", "net"]
      + Session.showTopics.map { "show \($0)" }
      + topics.map { "help \($0)" }
  }

  /// Code of the notes has no blank to break at: 62 characters.
  private static let unbreakable: Set<String> = [
    "sigmoid-derivative(layer-output[layer-1].dot(self.W[layer-1]))"
  ]

  @Test(arguments: Library.shipped, [60, 72, 80]) func linesFit(id: String, width: Int) throws {
    let session = try session(id, after: "width \(width)", "net notes", "run")
    for command in WidthTests.looks(session.document) {
      do {
        check(try session.answer(command), command, width)
      } catch {
        Issue.record("\(command): \(error)")
      }
    }
  }

  @Test(arguments: Library.shipped, [60, 72, 80]) func stepsFit(id: String, width: Int) throws {
    var interpreter = Interpreter(try session(id, after: "width \(width)"))
    check(try interpreter.run("net notes").map(\.text), "net notes", width)
    let stages = 2 * (interpreter.session.state.network?.shape.last ?? 0) + 2
    for _ in 0..<stages { check(try interpreter.run("step").map(\.text), "step", width) }
  }

  /// Commands that change something answer within the width too.
  @Test(arguments: Library.shipped, [60, 80]) func changesFit(id: String, width: Int) throws {
    var interpreter = Interpreter(try session(after: "width \(width)"))
    let weights = id == "gonzalez" || id == "zero-indexed" || id == "general-case" ? "w" : "W"
    for line in [
      "document \(id)", "net notes", "run", "back", "restart", "run", "\(weights)[1] = 0", "run",
      "printed on", "restart", "step", "run", "train 2", "show history", "undo", "cost mse",
    ] {
      check(try interpreter.run(line).map(\.text), line, width)
    }
  }

  /// Prose of help is broken as a paragraph, and text beside a word stays beside it.
  @Test func helpIsBrokenAnew() throws {
    let narrow = try session(after: "width 60")
    let verify = try narrow.answer("help verify")
    #expect(verify.contains("  Left sides are taken by definition: derivatives by dual"))
    #expect(verify.contains("                   sides differ most"))
    #expect(
      try narrow.answer("help equations").contains(
        "                           role, title, text or conditions:"))
    #expect(
      try narrow.answer("help").contains("                              list; help notes"))
    let wide = try session().answer("help verify")
    #expect(wide.suffix(3).allSatisfy { $0.count > 70 || $0 == wide.last })
  }

  /// The text beside the symbols stands in one column, below a symbol too wide for it.
  @Test(arguments: [(80, 29), (60, 24)]) func symbolsShareAColumn(width: Int, column: Int) throws {
    let session = try session("general-case", after: "width \(width)")
    let rows = try session.answer("equation (12c)")
    for meaning in ["total cost", "weight from", "value after", "cost of", "value before"] {
      let row = try #require(rows.last { $0.contains(meaning) })
      let place = try #require(row.firstRange(of: meaning))
      #expect(row.distance(from: row.startIndex, to: place.lowerBound) == column, "\(row)")
    }
  }

  private func check(_ lines: [String], _ command: String, _ width: Int) {
    for line in lines
    where line.count > width && !WidthTests.unbreakable.contains(line.trimmed) {
      Issue.record("\(line.count) columns, not \(width): \(command)\n\(line)")
    }
  }
}
