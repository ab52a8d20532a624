import IndexNotation
import LectureNotes
import REPL
import Terminal

/// A lesson: a script of commands with prose and questions between them.
package struct Lesson: Sendable {
  /// One logical line of the file.
  struct Line: Sendable {
    var number: Int
    var text: String
    /// The columns of the widest line of the file it is made of.
    var width: Int
    var kind: Kind
  }

  enum Kind: Sendable {
    case blank
    /// Words for the reader, after `# `.
    case prose(String)
    case heading(Heading.Name)
    case ask
    /// `right`, `wrong`, `hint`, below `ask`.
    case questionPart
    case answer
    case expectation
    case command

    /// Whether it needs the numbers of the network.
    var isRun: Bool {
      switch self {
      case .blank, .prose, .heading, .expectation, .ask, .questionPart: false
      case .answer, .command: true
      }
    }
  }

  /// As it is typed after `lesson start`: the file's name without its ending.
  var name: String
  var title = ""
  var documents: [String] = []
  var prerequisites: [String] = []
  var minutes = 0
  /// Its numbers are the point, and no others will do.
  var hasFixedNumbers = false
  var lines: [Line] = []
  /// The file it was read from, for what it includes; nil for a lesson inside the program.
  var path: String?
  var digest: UInt64

  /// The number a lesson of the program begins with.
  var number: Int? { path == nil ? Lesson.number(of: name) : nil }

  /// `3`, or the title of a lesson in a file.
  var shortName: String { number.map(String.init) ?? "“\(title)”" }

  static func number(of name: String) -> Int? { Int(name.prefix { $0.isNumber }) }

  /// The places of its questions among the lines.
  var questions: [Int] {
    lines.indices.filter {
      if case .ask = lines[$0].kind { return true }
      return false
    }
  }

  /// What tells a question from the others, also in a later edition of the lesson: its words, and how
  /// often they stood before.
  func questionID(_ number: Int) -> String {
    let places = questions
    guard places.indices.contains(number - 1) else { return "" }
    let text = lines[places[number - 1]].text
    let earlier = places.prefix(number - 1).count { lines[$0].text == text }
    return String(Digest.value(of: "\(text)#\(earlier)"), radix: 16)
  }

  /// The number of a question, from 1; nil if the lesson no longer has it.
  func questionNumber(_ id: String) -> Int? {
    (1...max(1, questions.count)).first { questionID($0) == id }
  }

  /// A logical line of a file, and the columns of its widest part.
  typealias Source = (text: String, number: Int, width: Int)

  init(name: String, path: String?, _ sources: [Source]) throws(CommandError) {
    self.name = name
    self.path = path
    digest = Digest.value(of: sources.map(\.text).joined(separator: "\n"))
    for (text, number, width) in sources {
      if let offset = text.firstIndex(where: { !isDisplayable(String($0)) && $0 != "\t" }) {
        let column = text.distance(from: text.startIndex, to: offset)
        throw fault(
          CommandError(
            "a character that is no text (\(displayable(String(text[offset]))))",
            at: Columns(column, column + 1)), number, text)
      }
      lines.append(
        Line(number: number, text: text, width: width, kind: Lesson.kind(of: text)))
    }
    try readHeading()
  }

  /// What a line is, by the command that would run it.
  static func kind(of text: String) -> Kind {
    let bare = text.trimmed
    if bare.isEmpty { return .blank }
    if bare.hasPrefix("#") {
      let words = bare.dropFirst()
      return .prose(String(words.hasPrefix(" ") ? words.dropFirst() : words))
    }
    guard case .command(let command) = CommandTable.withLessons.find(firstWord(bare)) else {
      return .command
    }
    if let name = Heading.Name(rawValue: command.name) { return .heading(name) }
    switch command.name {
    case "ask": return .ask
    case "right", "wrong", "hint": return .questionPart
    case "answer": return .answer
    case "expect": return .expectation
    default: return .command
    }
  }

  /// Whether a line only states what the lesson is, asks or expects: a demonstration passes it over.
  package static func isStatement(_ line: String) -> Bool {
    switch kind(of: line) {
    case .heading, .ask, .questionPart, .expectation: true
    case .blank, .prose, .answer, .command: false
    }
  }

  package static func isAnswer(_ line: String) -> Bool {
    if case .answer = kind(of: line) { return true }
    return false
  }

  /// The words of a title line; nil for any other.
  package static func title(_ line: String) -> String? {
    if case .heading(.title) = kind(of: line) { return rest(of: line) }
    return nil
  }

  static func firstWord(_ text: String) -> String {
    String(text.trimmed.prefix { $0 != " " && $0 != "\t" })
  }

  /// A line without its first word and its comment.
  package static func rest(of text: String) -> String {
    let code = Interpreter.withoutComment(text).trimmed
    return String(code.dropFirst(firstWord(code).count)).trimmed
  }

  private mutating func readHeading() throws(CommandError) {
    for line in lines {
      do throws(CommandError) {
        switch line.kind {
        case .heading(let name):
          take(try Heading(name, Lesson.rest(of: line.text), Columns(0, max(1, line.text.count))))
        case .command: takeDocument(line.text)
        case .blank, .prose, .ask, .questionPart, .answer, .expectation: break
        }
      } catch {
        throw fault(error, line.number, line.text)
      }
    }
  }

  private mutating func take(_ heading: Heading) {
    switch heading {
    case .title(let text): title = text
    case .prerequisites(let names): prerequisites = names
    case .minutes(let count): minutes = count
    case .fixedNumbers: hasFixedNumbers = true
    }
  }

  private mutating func takeDocument(_ text: String) {
    let name = Lesson.rest(of: text)
    guard Lesson.firstWord(text) == "document", !name.isEmpty, !name.contains(" "),
      !documents.contains(name)
    else { return }
    documents.append(name)
  }

  /// An error with the place in this lesson.
  func fault(_ error: CommandError, _ number: Int, _ text: String) -> CommandError {
    var error = error
    if error.place == nil {
      error.place = SourcePlace(file: displayName, line: number, text: text)
    }
    return error
  }

  /// The notes it speaks: the first, unless it goes through all.
  var documentWords: String {
    documents.count >= Library.shipped.count ? "all five" : documents.first ?? ""
  }

  /// What progress is kept under: a file of the same name is another lesson.
  var key: String { path ?? name }

  var displayName: String { displayable(path ?? "\(name).bp") }
}

/// One heading line of a lesson.
enum Heading {
  enum Name: String, CaseIterable {
    case title, prerequisites, minutes, numbers
  }

  case title(String)
  case prerequisites([String])
  case minutes(Int)
  case fixedNumbers

  init(_ name: Name, _ rest: String, _ place: Columns) throws(CommandError) {
    switch name {
    case .title:
      guard !rest.isEmpty else {
        throw CommandError("a lesson needs a title", at: place, advice: "as in: title A neuron")
      }
      self = .title(rest)
    case .prerequisites:
      self = .prerequisites(rest.split { $0 == " " || $0 == "," }.map(String.init))
    case .minutes:
      guard let minutes = Int(rest), (1...600).contains(minutes) else {
        throw CommandError(
          "minutes needs a whole number from 1 to 600", at: place, advice: "as in: minutes 10")
      }
      self = .minutes(minutes)
    case .numbers:
      guard rest == "fixed" else {
        throw CommandError("numbers takes the word fixed", at: place, advice: "type: numbers fixed")
      }
      self = .fixedNumbers
    }
  }
}
