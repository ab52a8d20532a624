import LineEditor
import Testing

@Suite struct CompletionTests {
  private func outcome(_ text: String, _ candidates: String..., suffix: String = " ")
    -> Completion.Outcome
  {
    let start = text.lastIndex(of: " ").map { text.distance(from: text.startIndex, to: $0) + 1 }
    return Completion(start: start ?? 0, candidates: candidates, suffix: suffix)
      .outcome(after: text)
  }

  @Test func outcomes() {
    #expect(outcome("forw") == .nothing)
    #expect(outcome("forw", "forward") == .insert("ard ", removing: 0))
    #expect(outcome("forward", "forward") == .insert(" ", removing: 0))
    #expect(outcome("load a", "a.csv", suffix: "") == .insert(".csv", removing: 0))
    #expect(outcome("load a", "a", suffix: "") == .nothing)
    #expect(outcome("", "back", "backward") == .insert("back", removing: 0))
    #expect(outcome("back", "back", "backward") == .list)
    #expect(outcome("FOR", "forward") == .insert("forward ", removing: 3))
    #expect(outcome("print delta", "δ") == .insert("δ ", removing: 5))
    #expect(outcome("x", "forward", "format") == .insert("for", removing: 1))
    #expect(outcome("xyz", "back", "format") == .list)
  }

  @Test func columns() {
    let list = CandidateList(candidates: ["a", "日本", "δ₁", "dd", "e"])
    #expect(list.lines(width: 12, height: 24) == ["a     dd", "日本  e", "δ₁"])
    #expect(list.lines(width: 1, height: 24) == ["a", "日本", "δ₁", "dd", "e"])
    #expect(list.lines(width: 1, height: 5) == ["a", "日本", "… and 3 more"])
    #expect(CandidateList(candidates: ["\u{1B}[2J"]).lines(width: 80, height: 24) == ["\\u{1B}[2J"])
  }

  @Test func pastes() {
    #expect(pastedText(Array("a\r\nb\rc\n\td\u{1B}[2J\n\n".utf8)) == "a\nb\nc\n d[2J")
    #expect(pastedText([0x61, 0xFF]) == "a\u{FFFD}")
  }
}
