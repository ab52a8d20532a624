import Backprop
import IndexNotation

// Names: how long they may be, and which can be typed.

extension DocumentReader {
  /// Names and labels stand in tables and at the right edge of a line.
  static let nameLimit = 100
  static let headingLimit = 300
  static let lineLimit = 10_000

  func checkLength(
    _ text: some StringProtocol, _ line: Line, _ what: String, limit: Int = nameLimit
  ) throws(DocumentError) {
    guard text.count > limit else { return }
    throw fail(
      "\(what) has \(text.count) characters; the limit is \(limit)", line,
      columns(of: text, in: line))
  }

  /// A line with those that go on with it.
  func checkLength(_ line: Line) throws(DocumentError) {
    guard line.text.utf8.count > Self.lineLimit else { return }
    throw fail(
      "a line, with those that go on with it, has \(line.text.utf8.count) bytes; the limit is \(Self.lineLimit)",
      line, Columns(0, 1))
  }

  /// A declared name must be one that can be typed and means nothing else.
  func check(name: some StringProtocol, _ line: Line) throws(DocumentError) {
    let place = columns(of: name, in: line)
    try checkLength(name, line, "a name")
    if Vocabulary.isReserved(String(name)) {
      throw fail(
        "'\(name)' is a function everywhere; these notes need another name for it", line, place)
    }
    guard Vocabulary.canBeTyped(String(name)) else {
      throw fail(
        "'\(name)' cannot be typed as a name", line, place,
        advice: "a name is of letters, as in: z, net, δ, ŷ")
    }
  }

  /// A label is typed after `verify`, `equation` and `errata`, which know words of their own.
  func check(label: some StringProtocol, _ line: Line) throws(DocumentError) {
    let place = columns(of: label, in: line)
    guard !label.isEmpty else {
      throw fail("a relation needs its label", line, advice: "as in: (2) : hidden error")
    }
    try checkLength(label, line, "a label")
    let words = label.split(separator: " ")
    if words == ["all"] {
      throw fail(
        "the label all cannot be asked for: verify all and errata all mean every one", line, place,
        advice: "as in: (2), or: all layers")
    }
    if words.dropLast().contains("at") || words == ["at"] {
      throw fail(
        "a label has no word at: after it stand the values of indices", line, place,
        advice: "equation (2) at l=1 is asked so; another word, or a comma, will do")
    }
  }

  /// One of a setting's values, by its name in the program.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ value: String, _ kind: String, _ plural: String, _ line: Line, _: Choice.Type = Choice.self
  ) throws(DocumentError) -> Choice where Choice.RawValue == String {
    if let choice = Choice(rawValue: value) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let near = OtherNames.nearest(to: value, among: names)
    let list = "the \(plural) are \(names.joined(separator: ", "))"
    throw fail(
      "there is no \(kind) '\(value)'", line, columns(of: value, in: line),
      advice: near.isEmpty ? list : "did you mean \(near.joined(separator: ", "))? \(list)")
  }
}
