import Foundation
import TestSupport
import Testing

/// Every transcript in the README is replayed.
@Suite struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A line after `$` or a prompt, and what it printed.
  struct Exchange {
    var command: String
    var output: [String]
  }

  static func blocks() throws -> [[String]] {
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    var blocks: [[String]] = []
    var current: [String]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```console" {
        current = []
      } else if line == "```", let done = current {
        blocks.append(done)
        current = nil
      } else {
        current?.append(line)
      }
    }
    return blocks
  }

  @Test func transcriptsAreWhatTheProgramPrints() throws {
    let blocks = try ReadmeTests.blocks()
    #expect(blocks.count >= 3)
    for block in blocks {
      if block.contains(where: { $0.hasPrefix("answer> ") }) {
        try dialogue(Array(block.dropFirst()))
      } else if block.first == "$ backprop-repl" {
        try session(Array(block.dropFirst()))
      } else {
        try commands(block)
      }
    }
  }

  /// Shell lines after `$`, run with the built program in the path.
  private func commands(_ block: [String]) throws {
    var exchanges: [Exchange] = []
    for line in block {
      if line.hasPrefix("$ ") {
        exchanges.append(Exchange(command: String(line.dropFirst(2)), output: []))
      } else {
        exchanges[exchanges.count - 1].output.append(line)
      }
    }
    let folder = URL(fileURLWithPath: builtBinary()).deletingLastPathComponent().path
    for exchange in exchanges {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let run = try runBinary(
        "/bin/bash", arguments: ["-c", "exec 2>&1; \(exchange.command)"],
        environment: ["PATH": "\(folder):\(path)"], folder: ReadmeTests.root.path)
      expectSame(
        run.output, exchange.output.joined(separator: "\n") + "\n", exchange.command)
    }
  }

  /// A session: the lines after each prompt are piped with `--echo`, which prints the prompts.
  private func session(_ block: [String]) throws {
    let lines = block.filter { $0.hasPrefix("bp") }.compactMap { line in
      line.split(separator: ">", maxSplits: 1).last.map { String($0.dropFirst()) }
    }
    let run = try runBinary(
      arguments: ["--echo", "-"], input: .text(lines.joined(separator: "\n") + "\n"))
    expectSame(run.output, block.joined(separator: "\n") + "\n", "the session")
    #expect(run.error.isEmpty)
  }

  /// A lesson at a terminal that cannot edit, which shows what is typed and printed and no more.
  private func dialogue(_ block: [String]) throws {
    let scratch = ScratchFolder()
    let terminal = try PseudoTerminal(
      environment: ["TERM": "dumb", "HOME": scratch.path, "LC_ALL": "C.UTF-8"], rows: 60)
    // The lines of the lesson itself stand behind a prompt, too.
    let prompts = block.filter { $0.hasPrefix("bp> lesson") || $0.hasPrefix("answer> ") }
    for prompt in prompts {
      let name = prompt.prefix { $0 != ">" } + "> "
      #expect(terminal.wait(for: String(name)), "\(terminal.transcript)")
      terminal.send(prompt.dropFirst(name.count) + "\n")
    }
    #expect(terminal.wait(for: block.last ?? ""), "\(terminal.transcript)")
    terminal.settle()
    let shown = terminal.transcript.replacing("\r\n", with: "\n").split(
      separator: "\n\n", maxSplits: 1)
    // After the greeting, as far as the block goes: the lesson goes on.
    let lines = (shown.last ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    expectSame(
      lines.prefix(block.count).joined(separator: "\n"), block.joined(separator: "\n"),
      "the lesson")
  }
}
