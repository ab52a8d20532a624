import Foundation
import TestSupport
import Testing

/// Golden transcripts: what the program prints, read by a person before it is committed.
/// `RECORD=1` rewrites them and fails the run.
@Suite struct TranscriptTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Transcripts")

  static var scripts: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".bp") }.sorted()
  }

  @Test func thereAreTranscripts() {
    #expect(TranscriptTests.scripts.count >= 6)
  }

  @Test(arguments: scripts) func transcript(script: String) throws {
    let run = try runBinary(
      "/bin/bash",
      arguments: ["-c", "exec \"$0\" --echo --keep-going \"$1\" 2>&1", builtBinary(), script],
      folder: TranscriptTests.folder.path)
    let text = run.output
    let golden = TranscriptTests.folder.appendingPathComponent(
      script.replacing(".bp", with: ".txt"))
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try text.write(to: golden, atomically: true, encoding: .utf8)
      Issue.record("recorded \(golden.lastPathComponent); read it, then run without RECORD")
      return
    }
    let expected = try String(contentsOf: golden, encoding: .utf8)
    expectSame(text, expected, script)
  }
}

func expectSame(_ found: String, _ expected: String, _ name: String) {
  guard found != expected else { return }
  let a = found.split(separator: "\n", omittingEmptySubsequences: false)
  let b = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for line in 0..<max(a.count, b.count) {
    let left = line < a.count ? a[line] : "(nothing)"
    let right = line < b.count ? b[line] : "(nothing)"
    if left != right {
      Issue.record("\(name), line \(line + 1):\n  found    \(left)\n  expected \(right)")
      return
    }
  }
}
