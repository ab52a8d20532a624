import Backprop
import Glibc
import IndexNotation
import LectureNotes
import TestSupport
import Testing

/// Files of notes as a whole: their bytes, where they come from, and how they leave with `undo`.
@Suite struct NotesFileTests {
  @Test func everyFactIsListed() throws {
    let scratch = ScratchFolder()
    scratch.write(
      Library.exampleText.replacing("if quadratic cost", with: "if nothing of the kind"),
      to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    let said = run.errorLines.map(\.trimmed).joined(separator: " ")
    let list = try #require(said.range(of: "the facts are ")).upperBound
    var vocabulary = Vocabulary()
    vocabulary.indices = ["l"]
    var listed: Set<Fact> = []
    for part in said[list...].split(separator: ", ") {
      let ends = part.split(separator: " ", maxSplits: 1)
      for word in ends[0].split(separator: "|") {
        let text = ([word] + ends.dropFirst()).joined(separator: " ")
        let fact = Fact.parse(text, vocabulary: vocabulary)
        #expect(fact != nil, "\(text)")
        if let fact { listed.insert(fact) }
      }
    }
    var all: [Fact] = [
      .oneOutput, .generalNetwork, .hasBias, .noBias, .ownBias, .targetsSumToOne, .layers(2),
      .severalLayers, .elementwise(at: .variable("l")),
    ]
    all += Cost.allCases.map { .cost($0) } + BiasMode.allCases.map { .biasMode($0) }
    all += Reduction.allCases.map { .reduction($0) } + Direction.allCases.map { .direction($0) }
    all += Activation.allCases.map { .activation($0, at: .variable("l")) }
    #expect(listed == Set(all))
  }

  @Test(arguments: [
    ("title", "\u{1B}[31m", 6), ("source", "\u{9B}", 7), ("speaking", "\u{202E}", 9),
    ("    why", "\u{7}", 8), ("section", "\u{7F}", 8), ("about", "\u{2028}", 6),
  ])
  func controlCharacters(_ key: String, _ character: String, _ before: Int) throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText.replacing("\n\(key) ", with: "\n\(key) \(character)")
    let at = try #require(text.range(of: character)).lowerBound
    let line = text[..<at].count { $0 == "\n" } + 1
    scratch.write(text, to: "x.notes")
    for command in ["load", "lint"] {
      let run = try reply(to: "document \(command) x.notes\n", folder: scratch.path)
      let code = String(character.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
      #expect(
        run.errorLines.first
          == "x.notes:\(line):\(before + 1): error: an invisible character, \\u{\(code)}")
      #expect(!(run.output + run.error).contains(character) && run.status == 1)
    }
  }

  @Test func encodings() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
    func load(_ bytes: [UInt8]) throws -> Run {
      scratch.write(bytes, to: "x.notes")
      return try reply(to: "document load x.notes\n", folder: scratch.path)
    }
    for right in [
      "\u{FEFF}" + text, text.replacing("\n", with: "\r"), text.replacing("\n", with: "\r\n"),
    ] {
      let run = try load(Array(right.utf8))
      #expect(run.status == 0 && run.outputLines[0] == "my-notes: 14 relations, lists 1 misprint")
    }
    let head = Array("document x\r\ntitle δ".utf8)
    #expect(
      try load(head + [0, 10]).errorLines
        == ["x.notes:2:8: error: a NUL byte: is this a text file?"])
    #expect(
      try load(head + [0xFF, 10]).errorLines
        == ["x.notes:2:8: error: not UTF-8 (byte FF)", "  save it as UTF-8"])
    #expect(try load([0xFF, 0xFE, 100, 0]).errorLines[0].hasSuffix("x.notes looks like UTF-16"))
  }

  @Test func pipesAndTerminals() throws {
    let scratch = ScratchFolder()
    mkfifo(scratch["ff"], 0o600)
    for command in ["load", "source", "document load", "document lint", "net 1 1\ndata load"] {
      let targets = command.contains("data") ? " targets 1" : ""
      let run = try reply(to: "\(command) ff\(targets)\n", folder: scratch.path, timeout: 20)
      #expect(run.ending == .exited(1))
      #expect(run.error.contains("cannot read 'ff': is a pipe, not a file"), "\(run.error)")
    }
    scratch.write(Library.exampleText, to: "x.notes")
    scratch.write("net 2 1\n", to: "x.bp")
    let shell = """
      cat x.notes | "$1" -e 'document load /dev/stdin'
      "$1" --keep-going -e 'document load /dev/fd/5' -e 'source /dev/fd/6' 5< <(sleep 0.3; cat x.notes) \
        6< <(sleep 0.5; cat x.bp)
      """
    let run = try runBinary(
      "/bin/bash", arguments: ["-c", shell, "sh", builtBinary()],
      environment: ["PATH": "/usr/bin:/bin"], folder: scratch.path)
    #expect(run.outputLines.count { $0 == "my-notes: 14 relations, lists 1 misprint" } == 2)
    #expect(run.output.contains("network 2-1"), "\(run.error)")
    #expect(run.error.isEmpty)
  }

  /// Notes that belong to a moment come back with it.
  @Test func undoBringsTheNotesBack() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
    scratch.write(text, to: "a.notes")
    scratch.write(text.replacing("θ", with: "ω"), to: "b.notes")
    let loads = "document load a.notes\n%document load b.notes\n"
    for network in ["net notes\n", ""] {
      let looks = network.isEmpty ? "net notes\n" : ""
      let script = loads.replacing("%", with: network) + "undo\n" + looks + "value θ[0][1,2]\n"
      let undone = try reply(to: script, folder: scratch.path)
      #expect(undone.outputLines.last == "-0.3", "\(undone.error)")
      let again = try reply(
        to: loads.replacing("%", with: network) + "undo\nredo\n" + looks + "value ω[0][1,2]\n",
        folder: scratch.path)
      #expect(again.outputLines.last == "-0.3", "\(again.error)")
    }
    // Going back leaves the notes as they are.
    let back = try reply(
      to: loads.replacing("%", with: "net notes\n") + "step\ngoto 1\nvalue ω[0][1,2]\n",
      folder: scratch.path)
    #expect(back.outputLines.last == "-0.3", "\(back.error)")
    // Undone to before it was loaded: its name is not spoken.
    let gone = try reply(
      to: "document load a.notes\nundo\ndocument my-notes\n", folder: scratch.path)
    #expect(gone.errorLines.first?.contains("there is no document 'my-notes'") == true)
  }
}
