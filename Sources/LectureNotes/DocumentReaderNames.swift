import Backprop
import IndexNotation

// Names: how long they may be, and which can be typed.

extension DocumentReader {
  /// Names and labels stand in tables and at the right edge of a line.
  static let nameLimit = 100
  static let headingLimit = 300

  func checkLength(
    _ text: Substring, _ line: Line, _ what: String, limit: Int = nameLimit
  ) throws(DocumentError) {
    guard text.count > limit else { return }
    throw line.error(
      "\(what) has \(text.count) characters; the limit is \(limit)", at: text)
  }

  /// A declared name must be one that can be typed and means nothing else.
  func check(name: Substring, _ line: Line) throws(DocumentError) {
    try checkLength(name, line, "a name")
    if Vocabulary.isReserved(String(name)) {
      throw line.error(
        "'\(name)' is a function everywhere; these notes need another name for it", at: name)
    }
    guard Vocabulary.canBeTyped(String(name)) else {
      throw line.error(
        "'\(name)' cannot be typed as a name", at: name,
        advice: "a name is of letters, as in: z, net, δ, ŷ")
    }
  }

  /// What commas divide.
  func items(_ list: Substring, _ line: Line) throws(DocumentError) -> [Substring] {
    let items = list.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    if items.contains(where: \.isEmpty) {
      throw line.error("nothing stands at one side of a comma", at: list)
    }
    return items
  }

  /// A label is typed after `verify`, `equation` and `errata`, which know words of their own.
  func check(label: Substring, _ line: Line) throws(DocumentError) {
    guard !label.isEmpty else {
      throw line.error("a relation needs its label", advice: "as in: (2) : hidden error")
    }
    try checkLength(label, line, "a label")
    if label.first == "#" {
      throw line.error(
        "a label does not begin with #: it begins a comment", at: label.prefix(1),
        advice: "as in: (2), or: line 6")
    }
    let words = label.split(separator: " ")
    if let word = words.last, ["latex", "mathml"].contains(word) {
      throw line.error(
        "a label does not end with \(word): equation LABEL \(word) asks for a form", at: word,
        advice: "another word will do")
    }
    if words == ["all"] {
      throw line.error(
        "the label all cannot be asked for: verify all and errata all mean every one", at: label,
        advice: "as in: (2), or: all layers")
    }
    if words.contains("at") {
      throw line.error(
        "a label has no word at: after it stand the values of indices", at: label,
        advice: "equation (2) at l=1 is asked so; another word, or a comma, will do")
    }
  }

  /// The nearest words of a kind, or all of them where none is near.
  func advice<Word: RawRepresentable & CaseIterable>(
    for text: Substring, among _: Word.Type, _ all: String
  ) -> String where Word.RawValue == String {
    let names = Word.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: String(text), among: names)
    return near.isEmpty
      ? "\(all) \(names.joined(separator: ", "))" : "did you mean \(near.joined(separator: ", "))?"
  }

  /// One of a setting's values, by its name in the program.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ value: Substring, _ kind: String, _ plural: String, _ line: Line,
    _: Choice.Type = Choice.self
  ) throws(DocumentError) -> Choice where Choice.RawValue == String {
    if let choice = Choice(rawValue: String(value)) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let near = OtherNames.nearest(to: String(value), among: names)
    let list = "the \(plural) are \(names.joined(separator: ", "))"
    throw line.error(
      "there is no \(kind) '\(value)'", at: value,
      advice: near.isEmpty ? list : "did you mean \(near.joined(separator: ", "))? \(list)")
  }
}
