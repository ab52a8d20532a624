import Glibc
import TestSupport
import Terminal
import Testing

@Suite struct FileTests {
  private let folder = ScratchFolder()

  private func text(of body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing thrown"
    } catch {
      return "\(error)"
    }
  }

  private func save(_ text: String, _ name: String) throws {
    try writeAtomically(Array(text.utf8), to: folder[name])
  }

  @Test func newFileHasTheUsualMode() throws {
    let mask = umask(0o022)
    defer { umask(mask) }
    try save("δ", "new")
    #expect(folder.text("new") == "δ")
    #expect(folder.mode("new") == 0o644)
  }

  @Test func modeIsKept() throws {
    folder.write("old", to: "script")
    chmod(folder["script"], 0o750)
    try save("new", "script")
    #expect(folder.text("script") == "new")
    #expect(folder.mode("script") == 0o750)
  }

  @Test func symbolicLinksAreFollowed() throws {
    folder.write("old", to: "file")
    mkdir(folder["sub"], 0o755)
    symlink("../file", folder["sub/link"])
    symlink("sub/link", folder["chain"])
    symlink("sub/fresh", folder["dangling"])
    try save("new", "chain")
    try save("made", "dangling")
    #expect(folder.text("file") == "new")
    #expect(folder.text("sub/fresh") == "made")
    var room: [CChar] = [0, 0]
    #expect(readlink(folder["sub/link"], &room, 1) == 1)
    #expect(readlink(folder["dangling"], &room, 1) == 1)
  }

  @Test func refusals() throws {
    symlink("b", folder["a"])
    symlink("a", folder["b"])
    mkfifo(folder["pipe"], 0o600)
    #expect(text { try save("", "a") }.hasSuffix("its symbolic links go in a circle"))
    #expect(text { try save("", "pipe") }.hasSuffix("is not a regular file"))
    #expect(text { try save("", ".") }.hasSuffix("is a directory"))
    #expect(text { try save("", "no/such") }.hasSuffix("no such file or folder"))
    #expect(text { try save("", "a\0b") }.hasSuffix("the name holds a NUL character"))
    #expect(
      text { try writeAtomically([], to: "/dev/full") }
        == "cannot write '/dev/full': is not a regular file")
  }

  @Test func reading() throws {
    folder.write("δ\n", to: "file")
    #expect(try readFile(folder["file"]) == Array("δ\n".utf8))
    #expect(text { _ = try readFile("/tmp") } == "cannot read '/tmp': is a directory")
    #expect(
      text { _ = try readFile("/no\u{1B}[2J") }
        == "cannot read '/no\\u{1B}[2J': no such file or folder")
    #expect(
      text { _ = try readFile("/dev/zero") }
        == "cannot read '/dev/zero': is larger than 64 MiB")
  }

  @Test func leftoversOfKilledProcessesGo() throws {
    let old = utimbuf(actime: 1, modtime: 1)
    for name in [".file.999999999.abc.tmp", ".file.\(getpid()).abc.tmp", ".file.notes.tmp"] {
      folder.write("", to: name)
      withUnsafePointer(to: old) { _ = utime(folder[name], $0) }
    }
    try save("x", "file")
    #expect(folder.read(".file.999999999.abc.tmp") == nil)
    #expect(folder.read(".file.\(getpid()).abc.tmp") != nil)
    #expect(folder.read(".file.notes.tmp") != nil)
  }

  @Test(arguments: [
    ("δ₁ = ∂C/∂z · 2", "δ₁ = ∂C/∂z · 2"), ("a\tb", "a b"), ("\u{1B}[2J", "\\u{1B}[2J"),
    ("a\nb", "a\\u{A}b"), ("\u{202E}abc\u{2066}", "\\u{202E}abc\\u{2066}"),
    ("\u{7F}\u{9B}", "\\u{7F}\\u{9B}"), ("\u{2028}\u{E000}", "\\u{2028}\\u{E000}"), ("", ""),
  ])
  func safeText(_ text: String, _ shown: String) {
    #expect(displayable(text) == shown)
    #expect(isDisplayable(text) == (text == shown))
  }

  @Test func longTextIsCut() {
    #expect(displayable("abcdef", limit: 3) == "abc…")
    #expect(displayable("abc", limit: 3) == "abc")
  }
}
