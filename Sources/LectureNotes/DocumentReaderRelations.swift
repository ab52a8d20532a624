import Backprop
import IndexNotation

// Equations and misprints: a heading and its lines.

extension DocumentReader {
  mutating func relations(_ lines: [Line]) throws(DocumentError) {
    var current: Equation?
    var section: String?
    for line in lines {
      if line.indent == 0 {
        if let done = current { try add(done) }
        current = nil
        if line.text.hasPrefix("section ") {
          let name = String(line.text.dropFirst("section ".count))
          try checkLength(name, line, "a section")
          section = name
          continue
        }
        guard let range = line.text.range(of: " : ", last: true) else {
          throw fail(
            "a relation begins with: LABEL : ROLE", line, advice: "as in: (2) : hidden error")
        }
        let name = trimmed(line.text[range.upperBound...])
        guard let role = Role(rawValue: name) else {
          let names = Role.allCases.map(\.rawValue)
          let near = Spelling.nearest(to: name, among: names)
          throw fail(
            "'\(name)' is no role of a relation", line, columns(of: name, in: line),
            advice: near.isEmpty
              ? "the roles are \(names.joined(separator: ", "))"
              : "did you mean \(near.joined(separator: ", "))?")
        }
        try check(label: trimmed(line.text[..<range.lowerBound]), line)
        var equation = Equation(
          label: trimmed(line.text[..<range.lowerBound]), role: role)
        equation.line = line.number
        equation.section = section
        current = equation
      } else if var equation = current {
        try part(of: &equation, line)
        current = equation
      } else {
        throw fail("this line belongs to no relation", line)
      }
    }
    if let done = current { try add(done) }
  }

  private mutating func add(_ equation: Equation) throws(DocumentError) {
    guard equation.isEvaluable || equation.text != nil else {
      throw DocumentError(
        "\(equation.label) has no formula", line: equation.line,
        columns: Columns(0, equation.label.count))
    }
    document.equations.append(equation)
  }

  /// Words that begin a line of a relation and need something after them.
  private static let keys: Set<String> = [
    "where", "if", "printed", "text", "with", "shape", "misprint", "note", "of", "restates",
    "alias",
  ]
  private static let keyExamples = [
    "where": "as in: where l ≥ 1", "if": "as in: if quadratic cost", "with": "as in: with j = 1",
    "misprint": "as in: misprint 1",
  ]

  func part(of equation: inout Equation, _ line: Line) throws(DocumentError) {
    let text = line.text
    if text.hasPrefix("= ") || text.hasPrefix("← ") || text.hasPrefix(":= ") {
      equation.formula.append(line.placed)
      return
    }
    let (key, value) = split(text, at: " ") ?? (text, "")
    let rest = line.placed.dropping(text.count - text.dropFirst(key.count + 1).count)
    if value.isEmpty, Self.keys.contains(key) {
      throw fail("nothing stands after \(key)", line, advice: Self.keyExamples[key])
    }
    switch key {
    case "where":
      for part in value.split(separator: ",") {
        do throws(SyntaxError) {
          _ = try IndexCondition.read(String(part), document.vocabulary)
        } catch {
          throw fail(
            error.message, line, columns(of: trimmed(part), in: line), advice: error.advice)
        }
      }
      equation.condition = value
    case "if":
      equation.facts += try facts(value, line)
      equation.factWords.append(value)
    case "printed": equation.printed = rest
    case "text": equation.text = [equation.text, value].compactMap { $0 }.joined(separator: "; ")
    case "with": equation.printedWith = value
    case "shape": equation.shape = rest
    case "labelled": equation.showsOwnLabel = true
    case "misprint": misprint(value, &equation)
    case "note": equation.note = value
    case "of": equation.componentOf = value.split(separator: ",").map { trimmed($0) }
    case "restates": equation.restates = value
    case "alias":
      for alias in value.split(separator: ",").map({ trimmed($0) }) {
        try check(label: alias, line)
        equation.aliases.append(alias)
      }
    default:
      guard equation.formula.isEmpty else {
        throw fail(
          "a relation has one formula; a further side begins with =", line,
          advice: "a longer line goes on indented by six blanks")
      }
      equation.formula = line.placed
    }
  }

  /// The numbers of misprints; the printed form shows those of the first line.
  private func misprint(_ text: String, _ equation: inout Equation) {
    var value = text
    if let range = value.range(of: " where ") {
      equation.misprintCondition = trimmed(value[range.upperBound...])
      value = trimmed(value[..<range.lowerBound])
    }
    for word in value.split(separator: " ").map(String.init) {
      if word != "†" {
        equation.misprints.append(word)
      } else if let last = equation.misprints.last {
        equation.harmfulMisprints.append(last)
      }
    }
    if equation.shownMisprintCount == 0 { equation.shownMisprintCount = equation.misprints.count }
  }

  // MARK: misprints

  /// `6 sign : §1, last line`, then `printed`, `corrected` and `why`.
  mutating func erratum(_ line: Line) throws(DocumentError) {
    if line.indent <= 2 {
      let (head, place, _) = try parts(line)
      guard let (number, name) = split(head, at: " "), let kind = Erratum.Kind(rawValue: name)
      else {
        let names = Erratum.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw fail(
          "a misprint begins with: NUMBER CLASS : PLACE", line, advice: "the classes are \(names)")
      }
      guard let count = Int(number), (1...9999).contains(count), String(count) == number else {
        throw fail(
          "'\(number)' is no number of a misprint", line, columns(of: number, in: line),
          advice: "they are whole, from 1 to 9999")
      }
      guard !document.errata.contains(where: { $0.number == number }) else {
        throw fail("misprint \(number) is listed twice", line)
      }
      let rest = line.text.range(of: " : ").map { trimmed(line.text[$0.upperBound...]) } ?? place
      var erratum = Erratum(number: number, kind: kind, place: rest)
      erratum.line = line.number
      document.errata.append(erratum)
      return
    }
    guard !document.errata.isEmpty, let (key, value) = split(line.text, at: " ") else {
      throw fail("this line belongs to no misprint", line)
    }
    let last = document.errata.count - 1
    switch key {
    case "printed": document.errata[last].printed = value
    case "corrected": document.errata[last].corrected = value
    case "why": document.errata[last].why = value
    default:
      throw fail(
        "a misprint has no '\(key)'", line, Columns(0, key.count),
        advice: "it has printed, corrected and why")
    }
  }
}
