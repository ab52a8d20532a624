import Glibc
import TestSupport
import Testing

@Suite struct SupportTests {
  @Test func largeOutputBothWays() throws {
    let bytes = [UInt8](repeating: 0x61, count: 3_000_000)
    let run = try runBinary("/bin/cat", input: .bytes(bytes))
    #expect(run.outputBytes == bytes)
    #expect(run.ending == .exited(0))
  }

  @Test func environmentAndErrors() throws {
    let run = try runBinary(
      "/bin/sh", arguments: ["-c", "pwd; echo $X; echo bad >&2; exit 3"], environment: ["X": "δ"],
      folder: "/usr")
    #expect(run.output == "/usr\nδ\n")
    #expect(run.error == "bad\n")
    #expect(run.status == 3)
  }

  @Test func streams() throws {
    #expect(try runBinary("/bin/cat", input: .closed).status == 1)
    #expect(try runBinary("/bin/cat", input: "x", output: .closed).status == 1)
    #expect(try runBinary("/bin/cat", input: "x", output: .file("/dev/full")).status == 1)
    #expect(try runBinary("/usr/bin/yes", output: .head).ending == .killed(signal: SIGPIPE))
    let sleep = try runBinary(
      "/bin/sleep", arguments: ["9"], signal: TimedSignal(SIGTERM, after: 0.05))
    #expect(sleep.status == 143)
    #expect(try runBinary("/bin/sleep", arguments: ["9"], timeout: 0.1).ending == .timedOut)
  }

  @Test func terminal() throws {
    let terminal = try PseudoTerminal(
      "/bin/sh", arguments: ["-c", "stty size; read x; echo got $x; stty raw; read x; exit 4"],
      environment: ["PATH": "/usr/bin:/bin"], rows: 10, columns: 33)
    #expect(terminal.wait(for: "10 33"))
    let before = terminal.modes
    terminal.send("δ\n")
    #expect(terminal.wait(for: "got δ"))
    let end = now() + 5
    while terminal.modes?.isRaw != true, now() < end { usleep(1000) }
    #expect(terminal.modes != before)
    terminal.send("\n")
    #expect(terminal.waitForExit() == .exited(4))
    #expect(!terminal.wait(for: "nothing", timeout: 0.01))
  }

  @Test func closedWindow() throws {
    let terminal = try PseudoTerminal("/bin/cat")
    terminal.hangUp()
    #expect(terminal.waitForExit() == .killed(signal: SIGHUP))
  }
}
