import IndexNotation
import Terminal

/// Text that did not come from the program, made safe for a terminal and kept short.
package enum Shown {
  package static func text(_ text: some StringProtocol) -> String {
    displayable(text, limit: 60)
  }
}

/// Runs typed lines on a session: an assignment, a command, or an expression to print.
package struct Interpreter {
  package var session: Session
  private let table: CommandTable
  /// The last line that was a command's name alone: repeated, it is not taken apart again.
  private var repeated: (line: String, run: Command.Run, arguments: Arguments, repeats: Bool)?

  package init(_ session: Session) {
    self.session = session
    table = session.table
  }

  /// Runs one line; the session stays as it was if it throws.
  package mutating func run(_ line: String) throws(CommandError) -> [Line] {
    if session.dialogue != nil, let take = session.dialogue?.take {
      var after = session
      do throws(CommandError) {
        if let lines = try take(&after, line) {
          session = after
          return lines
        }
      } catch {
        session.failures = after.failures
        throw error
      }
    }
    let start = session.beginLine()
    do throws(CommandError) {
      let lines = try carryOut(line)
      let more = session.endLine()
      return more.isEmpty ? lines : lines + more
    } catch {
      session.abandonLine(start)
      throw error
    }
  }

  /// Runs one line as part of another: no undo takes it back alone.
  mutating func carryOut(_ line: String) throws(CommandError) -> [Line] {
    if repeated?.line != line {
      let code = Interpreter.withoutComment(line)
      guard !code.utf8.allSatisfy(Interpreter.isBlank) else { return [] }
      guard let (command, arguments) = bareCommand(code) else { return try dispatch(code) }
      repeated = (line, command.run, arguments, command.repeats)
    }
    guard let (_, run, arguments, repeats) = repeated else { return [] }
    let lines = try run(&session, arguments)
    if repeats { session.repeatable = arguments.line }
    return lines
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// A command's name with nothing but blanks around it, whatever it means in the notes.
  private func bareCommand(_ line: String) -> (Command, Arguments)? {
    let bytes = line.utf8
    guard let start = bytes.firstIndex(where: { !Interpreter.isBlank($0) }) else { return nil }
    let end = bytes[start...].firstIndex(where: Interpreter.isBlank) ?? bytes.endIndex
    guard bytes[end...].allSatisfy(Interpreter.isBlank),
      bytes[start..<end].allSatisfy({ $0 < 0x80 }),
      let command = table.exact(String(line[start..<end]))
    else { return nil }
    let first = bytes.distance(from: bytes.startIndex, to: start)
    let arguments = Arguments(
      line: line, words: [], rest: "", restColumn: bytes.count,
      commandColumns: Columns(first, first + bytes.distance(from: start, to: end)))
    return (command, arguments)
  }

  private mutating func dispatch(_ line: String) throws(CommandError) -> [Line] {
    switch try Interpreter.kind(of: line, in: session, table) {
    case .assignment(let equals):
      return try session.assign(line, equals: equals)
    case .command(let command, let arguments):
      let lines = try command.run(&session, arguments)
      if command.repeats { session.repeatable = line }
      return lines
    case .expression(let column):
      return try session.printed(String(line.dropFirst(column)), offset: column)
    }
  }

  // MARK: what a line is

  package enum Kind {
    case assignment(equals: Int)
    case command(Command, Arguments)
    case expression(column: Int)
  }

  /// An assignment has `=` at its top level; a command begins with one of its words; everything
  /// else is an expression.
  package static func kind(
    of line: String, in session: Session, _ table: CommandTable
  ) throws(CommandError) -> Kind {
    let characters = Array(line)
    var start = 0
    while start < characters.count, characters[start] == " " || characters[start] == "\t" {
      start += 1
    }
    var end = start
    while end < characters.count,
      characters[end].isLetter
        || characters[end] == "-" && end > start
          && end + 1 < characters.count && characters[end + 1].isLetter
    { end += 1 }
    let word = String(characters[start..<end])
    let follows = end < characters.count ? characters[end] : " "
    let isBare = follows == " " || follows == "\t"
    if isBare, let exact = table.exact(word), exact.takesEquals {
      return .command(exact, try arguments(line, word, start, end))
    }
    if let equals = topLevelEquals(characters) {
      if isBare, let exact = table.exact(word), !isSymbol(word, session),
        characters[(end + 1)..<equals].contains(where: { $0 != " " && $0 != "\t" })
      {
        throw takesNoEquals(exact, String(characters[(end + 1)...]).trimmed, equals)
      }
      return .assignment(equals: equals)
    }
    // Σₖ as it is printed stands before a blank.
    guard !word.isEmpty, isBare, word.first != "Σ" else { return .expression(column: start) }
    let isSymbol = isSymbol(word, session)
    if isSymbol, followsOperator(characters, end) { return .expression(column: start) }
    if isSymbol, table.exact(word) == nil { return .expression(column: start) }
    switch table.find(word) {
    case .command(let command):
      return .command(command, try arguments(line, word, start, end))
    case .ambiguous(let names):
      let rest = try arguments(line, word, start, end)
      if let chosen = table.chosen(among: names, before: rest.words.first?.text) {
        return .command(chosen, rest)
      }
      throw CommandError(
        "'\(word)' could be: \(names.joined(separator: ", "))", at: Columns(start, end),
        advice: "type more letters")
    case .none:
      if word.count == 1, end == characters.count || isSymbol {
        return .expression(column: start)
      }
      throw unknownCommand(word, Columns(start, end), table, session)
    }
  }

  private static func isSymbol(_ word: String, _ session: Session) -> Bool {
    let vocabulary = session.document.vocabulary
    return vocabulary.symbols[word] != nil || vocabulary.spellings[word] != nil
      || vocabulary.functions.contains(word)
  }

  private static func takesNoEquals(
    _ command: Command, _ rest: String, _ equals: Int
  ) -> CommandError {
    let columns = Columns(equals, equals + 1)
    if command.name == "set" {
      let parts = rest.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      let isSetting = Setting.named(parts[0]) != nil
      return CommandError(
        "set takes no =", at: columns,
        advice: "type: \(isSetting ? parts.joined(separator: " ") : Shown.text(rest))")
    }
    guard command.name == "print" || command.name == "value" else {
      return CommandError(
        "\(command.name) takes no =", at: columns, advice: "usage: \(command.usage)")
    }
    return CommandError(
      "\(command.name) takes an expression, which has no =", at: columns,
      advice:
        "an assignment is typed alone: \(Shown.text(rest)); what should hold, with expect: expect \(Shown.text(rest))"
    )
  }

  private static func unknownCommand(
    _ word: String, _ columns: Columns, _ table: CommandTable, _ session: Session
  ) -> CommandError {
    for (offset, character) in word.enumerated() {
      guard let look = Glyphs.lookAlike(character) else { continue }
      let column = columns.start + offset
      return CommandError(
        look.name, at: Columns(column, column + 1), advice: "write \(look.meant)")
    }
    if let advice = foreignWords[word] {
      return CommandError("no command '\(word)'", at: columns, advice: advice)
    }
    let near = table.nearest(to: word)
    return CommandError(
      "no command '\(Shown.text(word))'", at: columns,
      advice: near.isEmpty
        ? "type help for the list" : "did you mean '\(near.joined(separator: "', '"))'?")
  }

  /// Words of other programs, and what they are called here.
  private static let foreignWords = [
    "exit": "type quit, or Ctrl-D", "bye": "type quit, or Ctrl-D",
    "info": "type: show stops, show history, where",
    "tbreak": "type: until, with a place or condition",
    "next": "type: step", "finish": "type: run, or: until update",
    "reverse-step": "type: back", "reverse-next": "type: back", "rs": "type: back",
    "reverse-continue": "type: continue back", "rc": "type: continue back",
    "breakpoint": "type: break", "list": "type: show history, or: equations",
  ]

  private static func followsOperator(_ characters: [Character], _ end: Int) -> Bool {
    var position = end
    while position < characters.count, characters[position] == " " { position += 1 }
    guard position < characters.count, position > end else { return false }
    return "+-−*·/⊙⊗^=".contains(characters[position])
  }

  /// The place of `=` outside brackets, if it is an assignment's.
  private static func topLevelEquals(_ characters: [Character]) -> Int? {
    var depth = 0
    for (position, character) in characters.enumerated() {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "=" where depth <= 0:
        let before = position > 0 ? characters[position - 1] : " "
        let after = position + 1 < characters.count ? characters[position + 1] : " "
        return "<>=!:≤≥".contains(before) || after == "=" ? nil : position
      default: break
      }
    }
    return nil
  }

  private static func arguments(
    _ line: String, _ word: String, _ start: Int, _ end: Int
  ) throws(CommandError) -> Arguments {
    let characters = Array(line)
    var words: [Word] = []
    var position = end
    while position < characters.count {
      if characters[position] == " " || characters[position] == "\t" {
        position += 1
        continue
      }
      let first = position
      var text = ""
      if characters[position] == "\"" {
        position += 1
        while position < characters.count, characters[position] != "\"" {
          text.append(characters[position])
          position += 1
        }
        guard position < characters.count else {
          throw CommandError(
            "this \" is never closed", at: Columns(first, first + 1), advice: "close it with \"")
        }
        position += 1
      } else {
        while position < characters.count, characters[position] != " ",
          characters[position] != "\t"
        {
          text.append(characters[position])
          position += 1
        }
      }
      words.append(Word(text: text, columns: Columns(first, position)))
    }
    let restColumn = words.first?.columns.start ?? characters.count
    return Arguments(
      line: line, words: words, rest: String(characters[min(restColumn, characters.count)...]),
      restColumn: restColumn, commandColumns: Columns(start, end))
  }

  /// The line up to a `#` that begins a comment: at the start or after a blank, outside quotes.
  ///
  /// A no-break blank, as pasted from a page, is a blank.
  package static func withoutComment(_ line: String) -> String {
    if line.utf8.contains(0xC2), line.contains("\u{A0}") {
      return withoutComment(String(line.map { $0 == "\u{A0}" ? " " : $0 }))
    }
    guard line.utf8.contains(UInt8(ascii: "#")) else { return line }
    var inQuotes = false
    var previous: Character = " "
    for (offset, character) in line.enumerated() {
      if character == "\"" { inQuotes.toggle() }
      if character == "#", !inQuotes, previous == " " || previous == "\t" {
        return String(line.prefix(offset))
      }
      previous = character
    }
    return line
  }
}
