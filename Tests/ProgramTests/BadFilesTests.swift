import Glibc
import TestSupport
import Testing

/// Scripts that are hardly text, and files that are not there: rows 48 to 69.
@Suite struct BadFilesTests {
  private let scratch = ScratchFolder()

  private func run(_ bytes: [UInt8]) throws -> Run { try runBinary(input: .bytes(bytes)) }
  private func run(_ text: String) throws -> Run { try run(Array(text.utf8)) }

  @Test func notUTF8() throws {
    let run = try run(Array("net 1 1\n\n# ü\nné".utf8) + [0xFF, 0x0A])
    #expect(run.error == "<stdin>:4:3: error: not UTF-8 (byte FF)\n" && run.status == 1)
    #expect(run.output.hasPrefix("network 1-1"))
  }

  @Test func nulByte() throws {
    let run = try run("ab\0c\nforwrd\n")
    #expect(run.error == "<stdin>:1:3: error: a NUL byte at column 3: is this a text file?\n")
    #expect(run.status == 1)
  }

  @Test func lineEnds() throws {
    let lines = ["net 1 1", "data 1 -> 1", "", "run", "forwrd"]
    let wanted = try run(lines.joined(separator: "\n"))
    #expect(wanted.status == 1 && wanted.errorLines[0].hasPrefix("<stdin>:5:1: "))
    for end in ["\r\n", "\r"] {
      for last in ["", end] {
        let other = try run(lines.joined(separator: end) + last)
        #expect(other.output == wanted.output && other.error == wanted.error && other.status == 1)
      }
    }
  }

  @Test func byteOrderMarks() throws {
    #expect(try run("\u{FEFF}net 1 1\n").status == 0)
    let later = try run("net 1 1\n\u{FEFF}run\n")
    #expect(later.status == 1 && !later.error.contains("\u{FEFF}"), "\(later.error)")
    let wide = try run([0xFF, 0xFE] + "net 1 1\n".utf8.flatMap { [$0, 0] })
    #expect(wide.error == "<stdin>:1:1: error: looks like UTF-16; save it as UTF-8\n")
    #expect(wide.status == 1)
  }

  @Test func lastLineWithoutItsEnd() throws {
    #expect(try run("net 1 1\nvalue w[1][1,1]").outputLines.last == "0")
  }

  @Test(arguments: [
    "\u{2028}", "\u{2029}", "\u{85}", "\u{B}", "\u{C}", "\u{1B}", "\u{202E}", "\u{7F}",
  ])
  func controlCharacters(_ character: String) throws {
    for line in [
      "value 1\(character)forwrd", "\(character)net 1 1", "net 1 1\(character)quit 7",
      "print \(character)", "save \"x\(character)y/z\"", "load \(character)",
      "document \(character)",
      "set \(character)", "show \(character)", "help \(character)", "cost \(character)",
      "w[1][1,1] = \(character)", "expect 1 = 2 within \(character)", "init \(character)",
      "net \(character)", "net 1 1:\(character)", "\(character)", "q\(character)",
      "trace \(character)",
      "until \(character)", "train 1 \(character)", "step 1 \(character)", "data load \(character)",
    ] {
      let run = try run("net 1 1\ndata 1 -> 1\n\(line)\n")
      #expect(run.status == 1, "\(line.debugDescription)")
      let shown = run.output + run.error
      #expect(!shown.contains(character), "\(line.debugDescription) \(shown.debugDescription)")
    }
  }

  @Test func emptyFiles() throws {
    for text in ["", "\n", "# one\n\n  # two", "\u{FEFF}"] {
      let run = try run(text)
      #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
    }
  }

  @Test(arguments: ["/bin/ls", "/dev/zero", "/dev/urandom", "/proc/self/exe"])
  func binaries(_ path: String) throws {
    let run = try runBinary(arguments: [path], timeout: 20)
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.error.utf8.count < 1000, "\(run.error)")
    #expect(run.error.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F })
    let goesOn = try runBinary(arguments: ["--keep-going", path], timeout: 20)
    // By chance random bytes begin with a line or two of text; what is no text ends the reading.
    let last = try #require(goesOn.errorLines.last)
    #expect(["not UTF-8", "a NUL byte", "bytes long", "UTF-16"].contains { last.contains($0) })
    #expect(goesOn.status == 1 && goesOn.error.utf8.count < 2000, "\(goesOn.error)")
  }

  @Test func longScriptsStream() throws {
    let lines = String(repeating: "# nothing but words, words, words\n\n", count: 200_000)
    let run = try run(lines + "net 1 1\nvalue w[1][1,1]\n")
    #expect(run.status == 0 && run.outputLines.last == "0")
  }

  @Test func pipesAsScripts() throws {
    mkfifo(scratch["fifo"], 0o600)
    let shell = "echo 'value 7' > fifo & \"$1\" -q fifo; s=$?; wait; exit $s"
    let run = try runBinary(
      "/bin/sh",
      arguments: ["-c", "echo 'net 1 1' | cat > /dev/null; \(shell)", "sh", builtBinary()],
      environment: ["PATH": "/usr/bin:/bin"], folder: scratch.path)
    #expect(run.status == 1 && run.errorLines[0] == "fifo:1:7: error: no network yet")
  }

  @Test func unreadableFiles() throws {
    scratch.write("net 1 1\n", to: "good.bp")
    symlink("b", scratch["a"])
    symlink("a", scratch["b"])
    for (name, words) in [
      ("missing.bp", "'missing.bp': no such file or folder"), (".", "'.': is a directory"),
      ("a", "'a': its symbolic links go in a circle"),
      ("x\u{1b}]0;t\u{7}\ny", "'x\\u{1B}]0;t\\u{7}\\u{A}y': no such file or folder"),
      ("good.bp/x", "'good.bp/x': Not a directory"),
    ] {
      let run = try runBinary(arguments: [name], folder: scratch.path)
      #expect(run.error == "backprop-repl: cannot read \(words)\n" && run.output.isEmpty)
      #expect(run.status == 66)
      let both = try runBinary(arguments: ["good.bp", name], folder: scratch.path)
      #expect(both.status == 66 && both.output.hasPrefix("network 1-1"))
      for command in ["source", "load"] {
        guard !name.contains("\n") else { continue }
        let inner = try runBinary(
          input: .text("\(command) \"\(name)\"\n"), folder: scratch.path)
        #expect(inner.status == 1)
        #expect(
          inner.errorLines[0] == "<stdin>:1:\(command.count + 2): error: cannot read \(words)")
      }
    }
  }

  @Test func includes() throws {
    scratch.write("source b.bp\n", to: "a.bp")
    scratch.write("\n  source ./a.bp\n", to: "b.bp")
    let loop = try runBinary(arguments: ["a.bp"], folder: scratch.path)
    #expect(loop.status == 1)
    #expect(
      loop.errorLines == [
        "b.bp:2:10: error: a.bp includes itself (a.bp → b.bp → a.bp)", "    source ./a.bp",
        "           ^~~~~~",
      ])
    scratch.write("source own.bp\n", to: "own.bp")
    let own = try runBinary(arguments: ["own.bp"], folder: scratch.path)
    #expect(own.errorLines.first == "own.bp:1:8: error: own.bp includes itself (own.bp → own.bp)")
    for depth in 1...20 { scratch.write("source d\(depth + 1).bp\n", to: "d\(depth).bp") }
    scratch.write("net 1 1\n", to: "d21.bp")
    let deep = try runBinary(arguments: ["d1.bp"], folder: scratch.path)
    #expect(deep.status == 1)
    #expect(
      deep.errorLines[0]
        == "d16.bp:1:8: error: files include one another too deep (the limit is 16)")
    #expect(try runBinary(arguments: ["d6.bp"], folder: scratch.path).status == 0)
  }

  @Test func includedFilesAreAllOrNothing() throws {
    scratch.write("w[1][1,1] = 2\ndocument gonzalez\nforwrd\n", to: "bad.bp")
    let run = try runBinary(
      arguments: ["--keep-going"],
      input: "net 1 1\nsource bad.bp\nvalue w[1][1,1]\nsave x.json\nundo\nwhere\n",
      folder: scratch.path)
    #expect(run.errorLines[0] == "bad.bp:3:1: error: no command 'forwrd'", "\(run.error)")
    #expect(run.outputLines.contains("0") && run.status == 1)
  }

  @Test func badNetworkFilesChangeNothing() throws {
    scratch.write(
      "{\"format\": \"backprop-repl/1\", \"network\": {\"layers\": [4000000000", to: "cut")
    let script = Refused.ready + "run\nsave a\nload cut\nload /bin/ls\nsave b\nwhere\n"
    let run = try runBinary(
      arguments: ["--keep-going"], input: .text(script), folder: scratch.path)
    #expect(run.status == 1 && scratch.text("a") != nil && scratch.text("a") == scratch.text("b"))
    #expect(run.error.contains("it was cut off") && run.error.contains("nothing was changed"))
    #expect(run.output.contains("▸ update"))
  }
}
