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
    var kind: Kind
  }

  enum Kind: Sendable {
    case blank
    /// Words for the reader, after `# `.
    case prose(String)
    /// `title`, `prerequisites`, `minutes`, `numbers`.
    case heading
    /// `ask`, and `right`, `wrong`, `hint` below it.
    case question
    case answer
    case expectation
    case command

    /// Whether it needs the numbers of the network.
    var isRun: Bool {
      switch self {
      case .blank, .prose, .heading, .expectation, .question: false
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

  /// The number its name begins with.
  var number: Int? { Lesson.number(of: name) }

  static func number(of name: String) -> Int? { Int(name.prefix { $0.isNumber }) }

  /// The places of its questions among the lines.
  var questions: [Int] {
    lines.indices.filter {
      if case .question = lines[$0].kind { return Lesson.word(lines[$0].text) == "ask" }
      return false
    }
  }

  /// - Parameter texts: the logical lines and their numbers.
  init(name: String, path: String?, _ texts: [(text: String, number: Int)]) throws(CommandError) {
    self.name = name
    self.path = path
    digest = Digest.value(of: texts.map(\.text).joined(separator: "\n"))
    for (text, number) in texts {
      if let offset = text.firstIndex(where: { !isDisplayable(String($0)) && $0 != "\t" }) {
        let column = text.distance(from: text.startIndex, to: offset)
        throw fault(
          CommandError(
            "a character that is no text (\(displayable(String(text[offset]))))",
            at: Columns(column, column + 1)), number, text)
      }
      lines.append(Line(number: number, text: text, kind: Lesson.kind(of: text)))
    }
    try readHeading()
  }

  /// The first word of a line.
  static func word(_ text: String) -> String {
    String(text.trimmed.prefix { $0 != " " && $0 != "\t" })
  }

  static func kind(of text: String) -> Kind {
    let bare = text.trimmed
    if bare.isEmpty { return .blank }
    if bare.hasPrefix("#") {
      let words = bare.dropFirst()
      return .prose(String(words.hasPrefix(" ") ? words.dropFirst() : words))
    }
    switch word(text) {
    case "title", "prerequisites", "minutes", "numbers": return .heading
    case "ask", "right", "wrong", "hint": return .question
    case "answer": return .answer
    case "expect": return .expectation
    default: return .command
    }
  }

  private mutating func readHeading() throws(CommandError) {
    for line in lines {
      let word = Lesson.word(line.text)
      let code = Interpreter.withoutComment(line.text).trimmed
      let rest = String(code.dropFirst(word.count)).trimmed
      do throws(CommandError) {
        switch line.kind {
        case .heading: try take(word, rest, line.text)
        case .command where word == "document" && !rest.isEmpty && !rest.contains(" "):
          if !documents.contains(rest) { documents.append(rest) }
        case .command, .blank, .prose, .question, .answer, .expectation: break
        }
      } catch {
        throw fault(error, line.number, line.text)
      }
    }
  }

  private mutating func take(
    _ word: String, _ rest: String, _ line: String
  ) throws(CommandError) {
    let heading = try Heading(word, rest, Columns(0, max(1, line.count)))
    switch heading {
    case .title(let text): title = text
    case .prerequisites(let names): prerequisites = names
    case .minutes(let count): minutes = count
    case .fixedNumbers: hasFixedNumbers = true
    }
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
  case title(String)
  case prerequisites([String])
  case minutes(Int)
  case fixedNumbers

  init(_ word: String, _ rest: String, _ place: Columns) throws(CommandError) {
    switch word {
    case "title":
      guard !rest.isEmpty else {
        throw CommandError("a lesson needs a title", at: place, advice: "as in: title A neuron")
      }
      self = .title(rest)
    case "prerequisites":
      self = .prerequisites(rest.split { $0 == " " || $0 == "," }.map(String.init))
    case "minutes":
      guard let minutes = Int(rest), (1...600).contains(minutes) else {
        throw CommandError(
          "minutes needs a whole number from 1 to 600", at: place, advice: "as in: minutes 10")
      }
      self = .minutes(minutes)
    case "numbers":
      guard rest == "fixed" else {
        throw CommandError("numbers takes the word fixed", at: place, advice: "type: numbers fixed")
      }
      self = .fixedNumbers
    default: preconditionFailure("'\(word)' is no heading")
    }
  }
}
