import Glibc
import LineEditor
import Terminal
import TestSupport
import Testing

@Suite struct HistoryTests {
  private let folder = ScratchFolder()

  private func chosen(_ name: String = "history") -> Environment {
    Environment(["BACKPROP_REPL_HISTORY": folder[name]])
  }

  @Test func usualPlace() {
    let environment = Environment(["HOME": folder.path, "XDG_STATE_HOME": "relative"])
    var history = History(environment)
    #expect(history.entries == [] && history.notice == nil)
    #expect(history.add("net 2 3 1") == (true, nil))
    #expect(folder.text(".local/state/backprop-repl/history") == "net 2 3 1\n")
    #expect(folder.mode(".local/state/backprop-repl") == 0o700)
    #expect(folder.mode(".local/state/backprop-repl/history") == 0o600)
    #expect(History(environment).entries == ["net 2 3 1"])
  }

  @Test func stateFolder() {
    var history = History(Environment(["HOME": "/nonexistent", "XDG_STATE_HOME": folder["state"]]))
    _ = history.add("step")
    #expect(folder.text("state/backprop-repl/history") == "step\n")
  }

  @Test(arguments: [
    ([:], "history is not kept: HOME is not set"),
    (["HOME": "here"], "history is not kept: HOME is not set"),
    (["HOME": "/nonexistent"], "history is not kept: there is no folder '/nonexistent'"),
    (
      ["BACKPROP_REPL_HISTORY": "/no/such/file"],
      "history is not kept: cannot write '/no/such/file': no such file or folder"
    ),
    (["BACKPROP_REPL_HISTORY": "/tmp"], "history is not kept: cannot read '/tmp': is a directory"),
    (["BACKPROP_REPL_HISTORY": ""], nil), (["BACKPROP_REPL_HISTORY": "/dev/null"], nil),
    (["BACKPROP_REPL_HISTORY": "/dev/zero"], nil),
  ])
  func noFile(_ variables: [String: String], notice: String?) {
    var history = History(Environment(variables))
    #expect(history.notice == notice)
    #expect(history.entries == [])
    #expect(history.add("step") == (true, nil))
  }

  @Test func whatIsKept() {
    var history = History(chosen())
    for line in ["step", "step", " secret", "", "  ", "back", "step", "a\n b\n\nc", "\u{1B}[2J"] {
      _ = history.add(line)
    }
    #expect(folder.text("history") == "step\nback\nstep\na\n b\nc\n")
    var next = History(chosen())
    #expect(next.entries == ["step", "back", "step", "a", " b", "c"])
    #expect(next.add("c") == (false, nil))
  }

  @Test func whatIsLeftOut() {
    let long = String(repeating: "x", count: LineReader.lineLimit + 1)
    let bytes = Array("good δ\n\n\u{1B}[2Jbad\n\(long)\n".utf8) + [0xFF, 0x0A, 0, 0x0A]
    folder.write(bytes + Array("last".utf8), to: "history")
    #expect(History(chosen()).entries == ["good δ", "last"])
  }

  @Test func aCutLineIsEnded() {
    folder.write("cut", to: "history")
    var history = History(chosen())
    _ = history.add("step")
    #expect(folder.text("history") == "cut\nstep\n")
  }

  @Test func twoSessionsKeepBoth() {
    var first = History(chosen())
    var second = History(chosen())
    for number in 1...50 {
      _ = first.add("first \(number)")
      _ = second.add("second \(number)")
    }
    #expect(History(chosen()).entries.count == 100)
  }

  @Test func onlyTheUsualFileIsShortened() {
    let lines = (1...2500).map { "line \($0)\n" }.joined()
    folder.write(lines, to: "history")
    #expect(History(chosen()).entries == (1501...2500).map { "line \($0)" })
    #expect(folder.text("history") == lines)

    mkdir(folder["backprop-repl"], 0o700)
    folder.write(lines, to: "backprop-repl/history")
    let usual = Environment(["XDG_STATE_HOME": folder.path])
    #expect(History(usual).entries.count == 1000)
    #expect(folder.text("backprop-repl/history")?.hasPrefix("line 1501\n") == true)
    #expect(folder.text("backprop-repl/history")?.hasSuffix("line 2500\n") == true)
  }

  @Test func hugeFile() {
    folder.write("first\n", to: "history")
    truncate(folder["history"], 1 << 30)
    let start = now()
    #expect(History(chosen()).entries == [])
    #expect(now() - start < 0.5)
    folder.write((0..<1 << 20).map { _ in UInt8.random(in: 0...255) }, to: "history")
    let restart = now()
    _ = History(chosen())
    #expect(now() - restart < 1)
  }

  @Test func fileThatGoesAway() {
    mkdir(folder["sub"], 0o700)
    var history = History(chosen("sub/history"))
    _ = history.add("one")
    unlink(folder["sub/history"])
    rmdir(folder["sub"])
    let notice = history.add("two").notice
    #expect(notice?.hasSuffix("no such file or folder") == true)
    #expect(history.add("three") == (true, nil))
  }
}
