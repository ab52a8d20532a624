import IndexNotation

// Help: one screen, a page a command, and a few topics.

extension Session {
  static let helpTopics = ["names", "expressions", "notes", "lessons", "keys", "scripts"]

  mutating func help(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(1, usage: "help [TOPIC]")
    guard let word = arguments.words.first else { return overview() }
    switch word.text {
    case "names": return helpLines(Session.names)
    case "expressions": return helpLines(Session.expressions)
    case "notes": return helpLines(Session.notesHelp)
    case "lessons": return helpLines(Session.lessonsHelp)
    case "keys": return helpLines(Session.keys)
    case "scripts": return helpLines(Session.scripts)
    default: break
    }
    switch table.find(word.text) {
    case .command(let command):
      return usage(command.usage) + helpLines([command.summary], indent: 2)
        + helpLines(command.details, indent: 2)
    case .ambiguous(let names):
      throw CommandError(
        "'\(Shown.text(word.text))' could be: \(names.joined(separator: ", "))", at: word.columns,
        advice: "type more letters")
    case .none:
      let near = Spelling.nearest(
        to: word.text, among: Session.helpTopics + table.commands.map(\.name))
      throw CommandError(
        "no help on '\(Shown.text(word.text))'", at: word.columns,
        advice: near.isEmpty
          ? "topics: \(Session.helpTopics.joined(separator: ", ")), and every command"
          : "did you mean \(near.joined(separator: ", "))?")
    }
  }

  /// A long list of choices is broken at a stroke.
  private func usage(_ text: String) -> [Line] {
    let width = display.effectiveWidth
    guard text.count > width else { return lines([text]) }
    let rows = Wrapping.parts(
      text.split(separator: "|").map(String.init), separator: "|", width: width - 1)
    return rows.enumerated().map { number, row in
      Line((number > 0 ? "  |" : "") + row.text.trimmedAtEnd)
    }
  }

  private func helpLines(_ rows: [String], indent: Int = 0) -> [Line] {
    HelpRows.parts(rows.map { plain($0) }).flatMap {
      $0.lines(indent: indent, width: display.effectiveWidth)
    }
  }

  /// Rows as they stand; one too long goes on below its second column.
  package func lines(_ texts: [String]) -> [Line] { texts.flatMap { hanging(plain($0)) } }

  private func hanging(_ text: String) -> [Line] {
    let width = display.effectiveWidth
    guard text.count > width else { return [Line(text)] }
    let characters = Array(text)
    let gap = characters.indices.dropLast().first {
      characters[$0] == " " && characters[$0 + 1] == " " && !String(text.prefix($0)).trimmed.isEmpty
    }
    let column =
      gap.map { gap in
        gap + characters[gap...].prefix { $0 == " " }.count
      } ?? characters.prefix { $0 == " " }.count
    let head = String(characters[..<column])
    let rest = Wrapping.lines(String(text.dropFirst(column)), width: width - column + 1)
    return rest.enumerated().map { number, line in
      Line((number == 0 ? head : Columns80.spaces(column)) + line.text)
    }
  }

  private func overview() -> [Line] {
    helpLines([
      "build  net 2 3 1              a network; then W[1] = [..; ..], b[1] = 0.1; init",
      "       net mazur              a published network, ready to step; net: the list",
      "       data 1 0 -> 1          add an example; data xor, data load FILE.csv",
      "       document gonzalez      the notes to speak; alone: the list; help notes",
      "       set                    all settings: cost, bias, reduction, rate, digits",
      "step   step (s, Enter)        the next layer; step neuron, step pass, step 3",
      "       forward backward run   to the end of that phase; run: to the gradients",
      "       until, break C < 0.01  stops there; watch w[1][1,1]; continue [back]",
      "       update, train 100      the rule of the notes, once or many times",
      "       back (b), goto 7       any moment again, exactly; undo, redo: lines",
      "look   print δ[2][1] (p)      symbols, numbers, result; or just: δ[2][1]",
      "       show, where, example 2 all values; where the pass stands; which example",
      "       why dC/dw[1][1,1]      where a value comes from, factor by factor",
      "       equations, equation 2  the notes themselves, with your numbers in",
      "       errata, verify         their misprints; every equation proved here",
      "       dictionary δ[1][1]     the same thing in all the documents",
      "       check, bug list        the gradient computed another way; one rule wrong",
      "       perturb Q 0.1, sweep   what if, as a rehearsal; diff 4 9: what changed",
      "       value, expect          bare numbers; what should hold, in scripts",
      "learn  lesson list, review    lessons that ask; predict Q V: a guess weighed",
      "keep   save, load, trace json networks and every value as JSON; source FILE",
      "more   help step   help names, expressions, notes, lessons, keys, scripts",
      "       quit (Ctrl-D)",
    ])
  }

  private static let names = [
    "Quantities are written as the notes in use write them: their letters, their",
    "index order, their origin. Layer first, then the neuron indices:",
    "  w[2][1,3]  w^2_13  w₁₃²       one weight, in the notes' order of indices",
    "  δ[2][1]  delta[2][1]  δ₁²     Greek or spelled",
    "  dC/dw[2][1,3]  ∂C/∂w₁₃²       a derivative of the cost",
    "  z[1][2] @3                    of example 3",
    "  a[1]   W[2]                   without neuron indices: the vector, the matrix",
    "Where notes write no layer the first bracket gives it: gonzalez w[1][2,1], v[2],",
    "δ_y. Where the bias is neuron 0 it is w[0][0,2]. What is printed can be typed back.",
  ]

  private static let expressions = [
    "  + - * / ^      side by side multiplies: 2 a[1][1]",
    "  sum(k, w[2][1,k] a[1][k])   or Σ_k w_1k^2 a_k^1",
    "  sigma'(z[2][1])   the function letter of the notes; dsigma(z[2][1])",
    "  log exp sqrt abs",
    "  [1 2; 3 4]   a matrix; ᵀ or ' transposes; ⊙ multiplies entry by entry",
    "^ is a layer on a symbol that carries layers, else, or after a bracket, a power.",
  ]

  private static let lessonsHelp = [
    "A lesson steps through a network of its own and asks before it shows.",
    "  lesson list       the lessons, with what you have done",
    "  lesson start 3    one of them; a file of your own: lesson start mine.bp",
    "  lesson resume     where you left, also days later, with the same numbers; or 3",
    "  review            what you missed, asked again with other numbers",
    "At answer> type a number, a formula, an option or a label. 3 significant digits",
    "count unless more is said; .5, 0.5 and 1/2 are one. A wrong answer is told what",
    "it is, where that is known: (M7) is a misconception of bug list.",
    "  hint              the equation, then its factors, then their numbers",
    "  skip              shows the answer and goes on",
    "  print, show, why  look at what is computed already, as ever",
    "  play, resume      a sandbox and back: the lesson's network is restored",
    "  lesson quit       back to your own network",
    "predict δ[1][1] 0.0088 weighs a guess at any prompt, without a lesson.",
    "To write lessons: help ask, and lessons/README.md.",
  ]

  private static let keys = [
    "  Enter     on an empty line: the last step again",
    "  Tab       completes commands, quantities, documents, files; twice: lists them",
    "  Up, Down  earlier lines; Ctrl-R searches them",
    "  Ctrl-C    abandons the line, or stops a long training at a whole step",
    "  Ctrl-Z    suspends; fg returns",
    "  Ctrl-D    on an empty line: quit",
  ]

  private static let scripts = [
    "The same words from a file or a pipe: backprop-repl FILE…, or: … | backprop-repl",
    "  -e CMD         a line of commands",
    "  -q             values, errors, expectations only",
    "  --keep-going   after an error",
    "  --echo         each command with its prompt",
    "  --demo FILE    Enter runs the next line, b goes back: for an audience",
    "  --answers FILE a student's answers in place of a lesson's own; marks",
    "  --seed N       the seed of every init, and other numbers for a lesson",
    "The first error ends a file with status 1; a failed expect is counted instead.",
    "# begins a comment, \\ at the end of a line goes on with the next.",
  ]

  mutating func quit(_ arguments: Arguments) throws(CommandError) -> [Line] {
    var status = 0
    if let word = arguments.words.first, word.text != "0" {
      guard word.text.first?.isLetter != true else {
        throw CommandError(
          "unexpected '\(Shown.text(word.text))'", at: word.columns, advice: "usage: quit [STATUS]")
      }
      status = try Typed.count(word, upTo: 125, advice: "as in: quit 2")
    }
    try arguments.expectAtMost(1, usage: "quit [STATUS]")
    quitStatus = status
    return []
  }
}
