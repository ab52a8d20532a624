import Glibc
import LectureNotes
import TestSupport
import Testing

/// Files of notes with one thing wrong: `document load` refuses the file, `document lint` lists the
/// error, both where the file has it.
@Suite struct NotesFileTests {
  struct Wrong: CustomTestStringConvertible, Sendable {
    var from: String
    var to: String
    var message: String
    /// The text that is marked.
    var mark: String
    var advice: String?

    init(_ from: String, _ to: String, _ message: String, mark: String, _ advice: String? = nil) {
      (self.from, self.to, self.message, self.mark) = (from, to, message, mark)
      self.advice = advice
    }

    var testDescription: String { String(to.prefix(60)).debugDescription }

    /// The example file with the one thing wrong.
    func text() throws -> String {
      let whole = Library.exampleText
      try #require(whole.contains(from))
      return whole.replacing(from, with: to, maxReplacements: 1)
    }

    func check() throws {
      let scratch = ScratchFolder()
      let text = try text()
      scratch.write(text, to: "x.notes")
      let place = try #require(Library.exampleText.range(of: from)).lowerBound
      let before = Library.exampleText[..<place].count
      let changed = text.index(text.startIndex, offsetBy: before)
      let start = try #require(text[changed...].range(of: mark)).lowerBound
      let line = text[..<start].count { $0.isNewline } + 1
      let lineStart = text[..<start].lastIndex { $0.isNewline }.map { text.index(after: $0) }
      let column = text.distance(from: lineStart ?? text.startIndex, to: start) + 1
      for command in ["load", "lint"] {
        let run = try reply(
          to: "document \(command) x.notes\nwhere\n", ["--keep-going"], folder: scratch.path)
        #expect(run.ending == .exited(1))
        let errors = run.errorLines
        let first = try #require(errors.first)
        #expect(first == "x.notes:\(line):\(column): error: \(message)")
        let wanted = Swift.min(mark.count, 74)
        #expect(errors.count > 2 && errors[2].trimmed.count >= wanted, "\(run.error)")
        if let advice {
          let said = errors.dropFirst(3).prefix { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }
          #expect(said.joined(separator: " ") == advice)
        }
        #expect(!run.error.contains("\u{1B}") && !run.output.contains("\u{1B}"))
        #expect(!run.output.contains("my-notes: z weighted"))
      }
    }
  }

  @Test(arguments: [
    Wrong(
      "  net 2 2 1\n", "  net notes\n", "net notes runs this very section", mark: "notes",
      "give the sizes, as in: net 2 2 1"),
    Wrong(
      "  net 2 2 1\n", "  document gonzalez\n  net notes\n",
      "an example sets up a network; 'document' does not belong here", mark: "document"),
    Wrong("  net 2 2 1\n", "  nett 2 2 1\n", "no command 'nett'", mark: "nett"),
    Wrong(
      "  net 2 2 1\n", "  # none\n", "no network yet", mark: "θ[0]",
      "type: net 2 3 1, or: net mazur"),
    Wrong(
      "  net 2 2 1\n  θ[0] = [0.5 -0.3; 0.2 0.4]\n  θ[1] = [0.7 -0.6]\n  data 1 0.5 -> 1\n",
      "  rate 0.5\n", "the example sets up no network", mark: "rate 0.5",
      "begin it with: net 2 2 1"),
    Wrong(
      "data 1 0.5 -> 1", "data 1 0.5 2 -> 1", "needs 2 inputs (network 2-2-1), got 3", mark: "2"),
    Wrong("data 1 0.5 -> 1", "data load x.csv", "the example reads no other file", mark: "load"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "θ[1] = [0.7 -0.6; 1 2]", "θ[1] is 1×2; this matrix is 2×2",
      mark: "[0.7 -0.6; 1 2]"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "θ[1] =\n      [0.7 -0.6 1]", "θ[1] is 1×2; this matrix is 1×3",
      mark: "[0.7 -0.6 1]"),
    Wrong("θ[1] = [0.7 -0.6]", "q[1] = [0.7 -0.6]", "these notes have no 'q'", mark: "q"),
    Wrong(
      "θ[1] = [0.7 -0.6]", "init xavier",
      "init xavier needs its seed here, so that the example is always the same", mark: "xavier",
      "as in: init xavier seed 1"),
    Wrong(
      "data 1 0.5 -> 1", "θ[0] + 1",
      "an example sets up a network; an expression does not belong here", mark: "θ[0] + 1"),
  ]) func example(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: ["save x.json", "undo", "quit", "source x.bp", "train 3", "verify all", "set"])
  func commandsThatSetUpNothing(_ line: String) throws {
    let name = line.split(separator: " ")[0]
    try Wrong(
      "data 1 0.5 -> 1", line, "an example sets up a network; '\(name)' does not belong here",
      mark: String(name),
      "it takes assignments, and net, data, init, cost, activation, bias, reduction, direction, rate"
    ).check()
  }

  @Test(arguments: [
    "init uniform -1 1 seed 4", "set rate 0.25", "bias frozen", "activation 1 tanh", "λ = 2",
    "β[0] = 0.5", "y[1] = 0.5", "cost mse  # another",
  ])
  func commandsThatSetUpANetwork(_ line: String) throws {
    let scratch = ScratchFolder()
    scratch.write(
      Library.exampleText.replacing("data 1 0.5 -> 1\n", with: "data 1 0.5 -> 1\n  \(line)\n"),
      to: "x.notes")
    let run = try reply(
      to: "document load x.notes\nnet notes\nstep\n", folder: scratch.path)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Forward, layer 1"))
  }

  @Test func notesWithoutAnExample() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
    let start = try #require(text.range(of: "\nexample\n")).lowerBound
    let end = try #require(text.range(of: "# NUMBER CLASS")).lowerBound
    scratch.write(String(text[..<start] + "\n" + text[end...]), to: "x.notes")
    let run = try reply(
      to: "document load x.notes\nnet 2 3 1\nnet notes\nwhere\n", ["--keep-going"],
      folder: scratch.path)
    #expect(run.errorLines.first == "<stdin>:3:5: error: my-notes has no example")
    #expect(run.output.contains("network 2-3-1") && run.status == 1)
  }

  private static let huge = "9223372036854775807"

  @Test(arguments: [
    Wrong(
      "= z[ℓ][j]\n  z", "= z[ℓ][j+\(huge)]\n  z",
      "the number in 'j+\(huge)' is too large; the limit is 1000000", mark: "j+\(huge)"),
    Wrong(
      "= z[ℓ][j]\n  z", "= z[ℓ][j-9223372036854775808]\n  z",
      "the number in 'j-9223372036854775808' is too large; the limit is 1000000",
      mark: "j-9223372036854775808"),
    Wrong(
      "a[0][k]\n", "a[\(huge)][k]\n", "the number in '\(huge)' is too large; the limit is 1000000",
      mark: huge),
    Wrong(
      "size[ℓ]", "size[ℓ+\(huge)]", "the number in 'ℓ+\(huge)' is too large; the limit is 1000000",
      mark: "ℓ+\(huge)"),
    Wrong(
      "= last\n", "= last + \(huge)\n",
      "the number in 'last + \(huge)' is too large; the limit is 1000000", mark: "last + \(huge)"),
    Wrong(
      "= z[ℓ][j]\n  z", "= z[ℓ][j+1+1]\n  z", "'j+1+1' is no index", mark: "j+1+1"),
    Wrong(
      "= a[last][k]", "= 1e999", "'1e999' is not a finite number", mark: "1e999"),
    Wrong(
      "  J = ½ Σ_k (ŷ_k - y_k)^2\n", "  J = Σ_{k=1}^{m+1000001} y_k\n",
      "an index is shifted by 1000001; the limit is 1000000", mark: "1000001"),
  ]) func indices(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: [
    Wrong(
      "document my-notes", "document lint", "document lint is a command; notes need another name",
      mark: "lint"),
    Wrong(
      "document my-notes", "document gonzalez",
      "gonzalez is the name of notes that ship with this program", mark: "gonzalez",
      "begin the file with another: document my-notes"),
    Wrong(
      "document my-notes", "document " + String(repeating: "x", count: 101),
      "the name of a document has 101 characters; the limit is 100", mark: "xxxxxx"),
    Wrong(
      "title Notes", "title " + String(repeating: "x ", count: 151) + "y",
      "a title has 328 characters; the limit is 300", mark: "x x x"),
    Wrong(
      "section 1 Forward", "section " + String(repeating: "x", count: 101),
      "a section has 101 characters; the limit is 100", mark: "xxxx"),
    Wrong(
      "(7) : weight", String(repeating: "x", count: 101) + " : weight",
      "a label has 101 characters; the limit is 100", mark: "xxxx"),
    Wrong(
      "(7) : weight", "all : weight",
      "the label all cannot be asked for: verify all and errata all mean every one", mark: "all"),
    Wrong(
      "(7) : weight", "at seven : weight",
      "a label has no word at: after it stand the values of indices", mark: "at seven"),
    Wrong(
      "(7) : weight", "seven at l : weight",
      "a label has no word at: after it stand the values of indices", mark: "seven at l"),
    Wrong(
      "  misprint 1 †", "  alias 2, 2 at l",
      "a label has no word at: after it stand the values of indices",
      mark: "2 at l"),
    Wrong(
      "  where ℓ < L", "  where", "nothing stands after where", mark: "where", "as in: where l ≥ 1"),
    Wrong(
      "  if quadratic cost", "  if ", "nothing stands after if", mark: "if",
      "as in: if quadratic cost"),
    Wrong(
      "  x_k : input", "  exp_k : input",
      "'exp' is a function everywhere; these notes need another name for it", mark: "exp"),
    Wrong(
      "  g : activation", "  max : activation",
      "'max' is a function everywhere; these notes need another name for it", mark: "max"),
    Wrong("  x_k : input", "  x^ : input", "nothing stands after ^", mark: "x^"),
    Wrong(
      "  1 index", "  0 index", "'0' is no number of a misprint", mark: "0",
      "they are whole, from 1 to 9999"),
    Wrong("  1 index", "  -1 index", "'-1' is no number of a misprint", mark: "-1"),
    Wrong("  1 index", "  10000 index", "'10000' is no number of a misprint", mark: "10000"),
    Wrong("  1 index", "  1.5 index", "'1.5' is no number of a misprint", mark: "1.5"),
    Wrong("  rate 0.1", "  rate 1e999", "1e999 is too large for a number", mark: "1e999"),
    Wrong("  rate 0.1", "  rate nan", "'nan' is not a number", mark: "nan"),
    Wrong(
      "  rate 0.1", "  rate -1", "the learning rate must be above 0 (got -1)", mark: "-1",
      "to climb instead of descend: direction ascent"),
    Wrong(
      "  rate 0.1", "  rat 0.1", "the model has no setting 'rat'", mark: "rat", "did you mean rate?"
    ),
    Wrong(
      "cost quadratic", "cost logloss", "there is no cost 'logloss'", mark: "logloss",
      "did you mean binary-cross-entropy? the costs are quadratic, squared-error, mse, log-likelihood, binary-cross-entropy, cross-entropy"
    ),
    Wrong(
      "hidden sigmoid", "hidden swish", "there is no activation 'swish'", mark: "swish",
      "the activations are identity, sigmoid, tanh, relu, leaky-relu, softplus, softmax"),
    Wrong(
      "bias per-neuron", "bias per neuron", "there is no bias mode 'per neuron'",
      mark: "per neuron",
      "did you mean per-neuron? the bias modes are per-neuron, shared, frozen, none"),
    Wrong(
      "if quadratic cost", "if binary cross-entropy cost",
      "'binary cross-entropy cost' is no fact about a network", mark: "binary cross-entropy cost",
      "did you mean binary-cross-entropy cost?"),
    Wrong(
      "if elementwise at L", "if logistic at L", "'logistic at L' is no fact about a network",
      mark: "logistic at L", "did you mean sigmoid at L?"),
  ]) func declarations(_ wrong: Wrong) throws { try wrong.check() }

  @Test(arguments: ["=", "+", "→", "@", "\"q\"", "1", "x!", "{x}", "ₐ"])
  func namesThatCannotBeTyped(_ name: String) throws {
    try Wrong(
      "  x_k : input", "  \(name) : input", "'\(name)' cannot be typed as a name", mark: name,
      "a name is of letters, as in: z, net, δ, ŷ"
    ).check()
  }

  @Test func everyFactIsListed() throws {
    let scratch = ScratchFolder()
    scratch.write(
      Library.exampleText.replacing("if quadratic cost", with: "if nothing of the kind"),
      to: "x.notes")
    let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
    for word in ["one output", "no bias", "cross-entropy", "mean", "elementwise", "softmax at l"] {
      #expect(run.error.contains(word))
    }
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
      #expect(run.status == 0 && run.outputLines[0] == "my-notes: 14 relations, 1 misprint")
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
    #expect(run.outputLines.count { $0 == "my-notes: 14 relations, 1 misprint" } == 2)
    #expect(run.output.contains("network 2-1"), "\(run.error)")
    #expect(run.error.isEmpty)
  }

  /// Every relation is tried on the example, with what is left and right where they differ.
  @Test func relationsAreTried() throws {
    let scratch = ScratchFolder()
    let text = Library.exampleText
    scratch.write(text, to: "right.notes")
    scratch.write(
      text.replacing("= ε_j^{ℓ+1} h_k^ℓ", with: "= 2 ε_j^{ℓ+1} h_k^ℓ"), to: "wrong.notes")
    scratch.write(
      text.replacing("  cost quadratic", with: "  cost squared-error").replacing(
        "if quadratic cost", with: "if one output"), to: "cost.notes")
    func run(_ command: String) throws -> Run {
      try reply(to: "document \(command)\n", folder: scratch.path)
    }
    let all = "14 relations tried on its example, all hold"
    #expect(try run("load right.notes").outputLines.last == all)
    let wrong = try run("load wrong.notes")
    #expect(wrong.status == 0)
    #expect(wrong.output.contains("tried on its example: 1 does not hold, (7): verify LABEL shows"))
    let lines = text.lines
    let seventh = try #require(lines.firstIndex { $0.hasPrefix("(7)") }) + 1
    let lint = try run("lint wrong.notes")
    // ∂J/∂θ = ε h, so that the right side is twice the left.
    let row = try #require(lint.output.lines.first { $0.hasPrefix("wrong.notes:\(seventh):1: ") })
    #expect(row.contains("(7) does not hold on the example, at ℓ="))
    let numbers = lint.output.replacing("\n", with: " ").replacing("−", with: "-")
    let left = try #require(numbers.firstMatch(of: /left (\S+), right (\S+)/))
    let (small, large) = (Double(left.1), Double(left.2))
    #expect(try abs(#require(large) - 2 * #require(small)) < 1e-6)
    #expect(lint.outputLines.last == "my-notes: 14 relations, no errors, 1 warning")
    let cost = try run("lint cost.notes")
    #expect(
      cost.output.contains("model's cost is squared-error, Σ (y − a)²; with quadratic it holds"))
  }

  @Test func doubts() throws {
    let scratch = ScratchFolder()
    func lint(_ from: String, _ to: String) throws -> String {
      let text = Library.exampleText
      try #require(text.contains(from))
      scratch.write(text.replacing(from, with: to), to: "x.notes")
      let run = try reply(to: "document lint x.notes\n", folder: scratch.path)
      #expect(run.status == 0, "\(run.error)")
      return run.output.lines.joined(separator: " ")
    }
    #expect(
      try lint("(8) : bias", "(7) : bias").contains("(7) is the label of another relation, in line")
    )
    #expect(!(try lint("(6), matrix :", "(6) :").contains("label of another")))
    #expect(try lint(": bias gradient", ": identity").contains("no relation is the bias gradient"))
    #expect(try lint(": hidden error", ": identity").contains("no relation is the hidden error"))
    #expect(try lint("  data 1 0.5 -> 1\n", "").contains("the example has no data"))
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
    let back = try reply(
      to: loads.replacing("%", with: "net notes\n") + "back\nvalue θ[0][1,2]\n",
      folder: scratch.path)
    #expect(back.outputLines.last == "-0.3", "\(back.error)")
    // Undone to before it was loaded: its name is not spoken.
    let gone = try reply(
      to: "document load a.notes\nundo\ndocument my-notes\n", folder: scratch.path)
    #expect(gone.errorLines.first?.contains("there is no document 'my-notes'") == true)
  }
}
