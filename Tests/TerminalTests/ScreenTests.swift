import Terminal
import Testing

@Suite struct ScreenTests {
  @Test(arguments: [
    (ColorChoice.auto, true, [:], true), (.auto, false, [:], false),
    (.auto, true, ["TERM": "dumb"], false), (.auto, true, ["TERM": ""], false),
    (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
    (.auto, true, ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
    (.auto, false, ["FORCE_COLOR": "1"], true), (.auto, false, ["FORCE_COLOR": ""], false),
    (.auto, false, ["CLICOLOR_FORCE": "1", "TERM": "dumb"], true),
    (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
    (.never, true, ["FORCE_COLOR": "1"], false),
  ])
  func color(
    _ choice: ColorChoice, isTerminal: Bool, variables: [String: String], isShown: Bool
  ) {
    let environment = Environment(["TERM": "xterm"].merging(variables) { $1 })
    #expect(choice.showsColor(environment, isTerminal: isTerminal) == isShown)
  }

  @Test(arguments: [
    ([:], false), (["LANG": "C.UTF-8"], true), (["LANG": "de_DE"], false),
    (["LANG": "de_DE.utf8"], true), (["LANG": "tr_TR.UTF-8@x"], true),
    (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], false),
    (["LANG": "de_DE.UTF-8", "LC_CTYPE": "POSIX", "LC_ALL": ""], false),
    (["LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "en_US.UTF-8"], true),
  ])
  func unicode(_ variables: [String: String], isShown: Bool) {
    #expect(Screen.showsUnicode(Environment(variables)) == isShown)
  }

  @Test(arguments: [(nil, false), ("", false), ("dumb", false), ("emacs", false), ("xterm", true)])
  func editing(_ term: String?, canEdit: Bool) {
    #expect(Screen.canEdit(Environment(term.map { ["TERM": $0] } ?? [:])) == canEdit)
  }

  @Test func columns() {
    #expect(Screen.columns(of: "abc") == 3)
    #expect(Screen.columns(of: "δ₁′ × ∂") == 7)
    #expect(Screen.columns(of: "日本") == 4)
    #expect(Screen.columns(of: "e\u{301}") == 1)
  }
}
