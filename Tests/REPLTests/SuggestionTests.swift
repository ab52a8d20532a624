import REPL
import Testing

/// A word nearly typed is told which one is meant.
@Suite struct SuggestionTests {
  private func refusal(_ line: String, _ session: Session) throws -> CommandError {
    try #require(throws: CommandError.self) { try session.answer(line) }
  }

  @Test(arguments: [
    ("equation hiden", "did you mean hidden?"), ("verify forwad", "did you mean forward?"),
    ("equation hiden eror", "did you mean hidden error?"),
    ("help nots", "did you mean notes?"), ("help steps", "did you mean step?"),
    ("until bakward 1", "did you mean backward 1?"),
    ("why w[2][2,1] path", "did you mean paths?"),
    ("show actvations", "did you mean activations?"),
  ])
  func theNearestWordIsOffered(line: String, advice: String) throws {
    let session = try session(after: "net 2 3 2", "data 1 0 -> 1 0", "run")
    #expect(try refusal(line, session).advice == advice)
  }

  @Test func verifyAllTakesNothingMore() throws {
    let refusal = try refusal("verify all all", try session(after: "net notes"))
    #expect(refusal.message == "verify all takes nothing after it")
  }

  @Test func documentListIsTheList() throws {
    let session = try session()
    #expect(try session.answer("document list") == session.answer("document"))
  }

  /// “two” stands in a remark of this program alone.
  @Test func remarksAreNotSearched() throws {
    #expect(try refusal("equation two", try session()).advice == "type: equations all")
  }
}
