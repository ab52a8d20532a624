import IndexNotation
import LectureNotes
import REPL
import Testing

@Suite struct EquationSearchTests {
  private func labels(_ id: String, _ text: String) throws -> [String] {
    let document = try Library().document(id)
    return document.equations(about: text).map { document.equations[$0].label }
  }

  /// Read off the pages: by role, by left side, by section and condition.
  @Test func wordsFindEquations() throws {
    #expect(try labels("softmax-matrix", "hidden error") == ["(30)", "(36)", "(38)"])
    #expect(try labels("four-equations", "hidden error") == ["“(2) proof”"])
    #expect(try labels("softmax-matrix", "weight gradient") == ["(5)", "(29)"] + ["(9)", "(33)"])
    #expect(try labels("softmax-matrix", "relu") == ["(23)"])
    #expect(try labels("softmax-matrix", "ReLU") == ["(23)"])
    #expect(try labels("softmax-matrix", "softmax").contains("(4)"))
    #expect(try labels("softmax-matrix", "bias").prefix(2) == ["(13)", "(37)"])
    #expect(try labels("four-equations", "zebra") == [])
    #expect(try labels("four-equations", "hidden zebra") == [])
  }

  @Test func leftSidesFindEquations() throws {
    #expect(try labels("softmax-matrix", "dE/dw") == ["(9)", "(33)"])
    #expect(try labels("softmax-matrix", "∂E/∂w[1][1,1]") == ["(9)", "(33)"])
    #expect(try labels("gonzalez", "dE/dw").contains("(1)"))
    let errors = ["before (4)", "(4)", "(6)", "(14)", "(30)", "(36)", "(38)"]
    #expect(try labels("softmax-matrix", "δ") == errors)
    #expect(try labels("softmax-matrix", "delta[1][1]") == errors)
  }

  @Test func verifyTakesWords() throws {
    let session = try session("softmax-matrix", after: "net notes")
    let answer = try session.answer("verify hidden error")
    let rows = answer.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(rows.filter { ["(30)", "(36)", "(38)"].contains($0) } == ["(30)", "(36)", "(38)"])
    #expect(answer.last?.hasPrefix("3 relations tried, all hold") == true)
  }

  @Test func oneMatchIsShownWhole() throws {
    let session = try session("softmax-matrix", after: "net notes")
    #expect(try session.answer("equation relu") == session.answer("equation (23)"))
    let list = try session.answer("equation hidden error")
    #expect(list.count == 4 && list[1].hasSuffix("(30)") && list[3].hasSuffix("(38)"))
    #expect(try session.answer("equation hidden").count <= 22)
    let titles = try session.answer("equations hidden error")
    #expect(titles[1] == "§1.0.3 dL/dW_h, hidden layer weights")
    #expect(titles.contains("§1.0.4 dL/dB_h, hidden layer bias"))
    #expect(titles.count == list.count + 2)
  }

  /// A label comes before a word.
  @Test func labelsComeFirst() throws {
    let session = try session(after: "net notes")
    #expect(try session.answer("equation Goal")[0].hasPrefix("four-equations “Goal”"))
    #expect(try session.answer("equations (4)").contains { $0.hasSuffix("  (4)") })
  }

  @Test func abbreviations() throws {
    let session = try session("softmax-matrix")
    #expect(try session.answer("eq 13") == session.answer("equation (13)"))
    #expect(try session.answer("eq all") == session.answer("equations all"))
    #expect(throws: CommandError.self) { try session.answer("eq") }
    #expect(throws: CommandError.self) { try session.answer("re 1") }
  }

  @Test func markupStandsBeforeOrAfterAt() throws {
    let session = try session(after: "net notes", "run")
    let after = try session.answer("equation (4) at l=1 latex")
    #expect(try session.answer("equation (4) latex at l=1") == after)
    #expect(after[0].hasPrefix(#"\frac{\partial C}"#))
    #expect(try session.answer("equation (4) latex at l=2") != after)
  }
}
