import IndexNotation
import REPL

/// A question of a lesson, as `ask` and the lines after it state it.
struct Question: Sendable {
  enum Kind: Sendable {
    /// The value of an expression.
    case number(IndexNotation.Expression)
    /// Whether it is positive, negative or 0.
    case sign(IndexNotation.Expression)
    /// An expression in the symbols of the notes, with the same value whatever the numbers are.
    case formula(IndexNotation.Expression)
    /// One of the options.
    case choice
    /// The label of a relation that the next computation follows.
    case next
  }

  /// An option of a choice, as `right` and `wrong` give them.
  struct Option: Sendable {
    var text: String
    var isRight: Bool
    var remark: String?
  }

  /// A wrong value the author foresees, and what to say of it.
  struct Foreseen: Sendable {
    var expression: IndexNotation.Expression
    var remark: String
  }

  static let standardTolerance = Tolerance.digits(3)

  var kind: Kind
  /// The author's words.
  var prose: String
  var tolerance = standardTolerance
  var options: [Option] = []
  var foreseen: [Foreseen] = []
  /// The author's answer, as the lesson has it.
  var ownAnswer: String?
  /// Whether it stands on screen already when its answer comes.
  var isStated = false
  /// The author's hints, which come before those of the notes.
  var hints: [String] = []

  /// What is asked for; nil where it is no expression.
  var expression: IndexNotation.Expression? {
    switch kind {
    case .number(let expression), .sign(let expression), .formula(let expression): expression
    case .choice, .next: nil
    }
  }

  /// What an option is chosen by: its letter, or its number where options are letters themselves.
  func mark(_ index: Int) -> String {
    let areLetters = options.contains {
      $0.text.count == 1 && $0.text.lowercased() >= "a" && $0.text.lowercased() <= "z"
    }
    guard !areLetters else { return "\(index + 1)" }
    return String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(index, 25))))
  }

  /// What kind of answer is awaited, where that is not plain.
  var form: String? {
    switch kind {
    case .number:
      return tolerance == Question.standardTolerance ? nil : tolerance.asked(nil)
    case .sign: return "its sign: +, − or 0"
    case .formula: return "a formula"
    case .choice: return nil
    case .next: return "its label"
    }
  }
}

extension Session {
  /// The open question, for a demonstration to put on screen before its answer; empty if none is.
  package mutating func statedQuestion() -> [Line] {
    guard var open = question else { return [] }
    open.isStated = true
    question = open
    return [.blank] + rows(of: open, number: "?", note: "")
  }

  /// The question in rows, its options under it.
  func rows(of question: Question, number: String, note: String) -> [Line] {
    let symbol: String
    switch question.kind {
    case .number(let asked), .sign(let asked), .formula(let asked):
      symbol = asked.isSymbol ? text(asked) + ", " : ""
    case .choice, .next: symbol = ""
    }
    let form = question.form.map { " (\($0))" } ?? ""
    let width = display.effectiveWidth
    let head = number.isEmpty ? "" : number + "   "
    var lines = Wrapping.hanging(head, plain(symbol + question.prose + form), width: width)
    if lines.count == 1, !note.isEmpty, lines[0].text.count + note.count + 3 < width {
      lines[0] = Line(Columns80.edges(lines[0].text, note, width: width))
    }
    for (index, option) in question.options.enumerated() {
      lines += Wrapping.hanging(
        Columns80.spaces(head.count) + question.mark(index) + "  ", plain(option.text),
        width: width)
    }
    return lines
  }
}

extension IndexNotation.Expression {
  /// Whether it is one quantity or derivative, and no sum or product.
  var isSymbol: Bool {
    switch self {
    case .reference, .partial: true
    case .number, .sum, .addition, .product, .hadamard, .power, .transpose, .call, .gradient, .norm,
      .matrix, .group, .derivative, .cases, .index:
      false
    }
  }
}
