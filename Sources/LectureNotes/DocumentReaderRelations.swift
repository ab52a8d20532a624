import Backprop
import IndexNotation

// Equations: a heading and its lines.

extension DocumentReader {
  mutating func relations(_ lines: [Line]) throws(DocumentError) {
    var current: Equation?
    var section: String?
    for line in lines {
      if line.indent > 0 {
        guard var equation = current else { throw line.error("this line belongs to no relation") }
        try part(of: &equation, line)
        current = equation
        continue
      }
      if let done = current { try add(done) }
      current = nil
      if let (key, name) = line.keyAndValue(), key == "section" {
        try checkLength(name, line, "a section")
        section = String(name)
      } else {
        current = try heading(ofRelation: line)
        current?.section = section
      }
    }
    if let done = current { try add(done) }
  }

  private func heading(ofRelation line: Line) throws(DocumentError) -> Equation {
    let text = line.text
    guard let range = text.range(of: " : ", last: true) else {
      throw line.error(
        "a relation begins with: LABEL : ROLE", advice: "as in: (2) : hidden error")
    }
    let name = text[range.upperBound...].trimmed
    guard let role = Role(rawValue: String(name)) else {
      throw line.error(
        "'\(name)' is no role of a relation", at: name,
        advice: advice(for: name, among: Role.self, "the roles are"))
    }
    let label = text[..<range.lowerBound].trimmed
    try check(label: label, line)
    var equation = Equation(label: String(label), role: role)
    equation.line = line.number
    return equation
  }

  private mutating func add(_ equation: Equation) throws(DocumentError) {
    guard equation.isEvaluable || equation.text != nil else {
      throw DocumentError(
        "\(equation.label) has no formula", line: equation.line,
        columns: Columns(0, equation.label.count))
    }
    document.equations.append(equation)
  }

  /// What a line of a relation may begin with, besides its formula.
  private enum Key: String {
    case `where`, `if`, printed, text, with, shape, labelled, misprint, note, of, restates, alias

    var needsValue: Bool { self != .labelled }

    var example: String? {
      switch self {
      case .where: return "as in: where l ≥ 1"
      case .if: return "as in: if quadratic cost"
      case .with: return "as in: with j = 1"
      case .misprint: return "as in: misprint 1"
      case .printed, .text, .shape, .labelled, .note, .of, .restates, .alias: return nil
      }
    }
  }

  private func part(of equation: inout Equation, _ line: Line) throws(DocumentError) {
    let text = line.text
    if text.hasPrefix("= ") || text.hasPrefix("← ") || text.hasPrefix(":= ") {
      equation.formula.append(line.placed)
      return
    }
    if text.hasPrefix(": ") { try check(label: "", line) }
    let (word, value) = line.keyAndValue() ?? (text[...], "")
    guard let key = Key(rawValue: String(word)) else {
      guard equation.formula.isEmpty else {
        throw line.error(
          "a relation has one formula; a further side begins with =",
          advice: "a longer line goes on indented by six blanks")
      }
      equation.formula = line.placed
      return
    }
    if key.needsValue, value.isEmpty {
      throw line.error("nothing stands after \(word)", advice: key.example)
    }
    try part(of: &equation, key, value, line)
  }

  private func part(
    of equation: inout Equation, _ key: Key, _ value: Substring, _ line: Line
  ) throws(DocumentError) {
    let rest = line.placed.dropping(line.text.count - value.count)
    switch key {
    case .where:
      equation.conditions += try list(value, line, IndexCondition.list)
      equation.condition = [equation.condition, String(value)].compactMap { $0 }
        .joined(separator: ", ")
    case .if:
      equation.facts += try facts(value, line)
      equation.factWords.append(String(value))
    case .printed: equation.printed = rest
    case .text:
      equation.text = [equation.text, String(value)].compactMap { $0 }.joined(separator: "; ")
    case .with:
      equation.printedValues = try list(value, line, IndexSetting.list)
    case .shape: equation.shape = rest
    case .labelled: equation.showsOwnLabel = true
    case .misprint: try misprint(value, &equation, line)
    case .note: equation.note = String(value)
    case .of: equation.componentOf = try items(value, line).map(String.init)
    case .restates: equation.restates = String(value)
    case .alias:
      for alias in try items(value, line) {
        try check(label: alias, line)
        equation.aliases.append(String(alias))
      }
    }
  }

  /// A list within the line, of comparisons or of values.
  private func list<Part>(
    _ text: Substring, _ line: Line,
    _ read: (Substring, Vocabulary, Int) throws(SyntaxError) -> [Part]
  ) throws(DocumentError) -> [Part] {
    do throws(SyntaxError) {
      return try read(text, document.vocabulary, line.columns(of: text).start)
    } catch {
      throw DocumentError(error, in: line.placed)
    }
  }

  /// The numbers of misprints; the printed form shows those of the first line.
  private func misprint(
    _ text: Substring, _ equation: inout Equation, _ line: Line
  ) throws(DocumentError) {
    var value = text
    if let range = value.range(of: " where ") {
      let condition = value[range.upperBound...].trimmed
      equation.misprintConditions = try list(condition, line, IndexCondition.list)
      value = value[..<range.lowerBound].trimmed
    }
    for word in value.split(separator: " ") {
      if word != "†" {
        try check(number: word, line)
        equation.misprints.append(String(word))
      } else if let last = equation.misprints.last {
        equation.harmfulMisprints.append(last)
      } else {
        throw line.error("† stands after the number of a misprint", at: word)
      }
    }
    if equation.shownMisprintCount == 0 { equation.shownMisprintCount = equation.misprints.count }
  }
}
