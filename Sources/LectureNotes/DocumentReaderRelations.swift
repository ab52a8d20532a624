import Backprop
import IndexNotation

// Equations: a heading and its lines.

extension DocumentReader {
  mutating func relations(_ lines: [Line]) throws(DocumentError) {
    var current: Equation?
    for line in lines {
      if line.indent == 0 {
        if let done = current { document.equations.append(done) }
        guard let range = line.text.range(of: " : ", last: true),
          let role = Role(rawValue: trimmed(line.text[range.upperBound...]))
        else {
          throw fail("a relation begins with: LABEL : ROLE", line)
        }
        var equation = Equation(
          label: trimmed(line.text[..<range.lowerBound]), role: role)
        equation.line = line.number
        current = equation
      } else if var equation = current {
        try part(of: &equation, line)
        current = equation
      } else {
        throw fail("this line belongs to no relation", line)
      }
    }
    if let done = current { document.equations.append(done) }
  }

  func part(of equation: inout Equation, _ line: Line) throws(DocumentError) {
    let text = line.text
    if text.hasPrefix("= ") || text.hasPrefix("← ") {
      equation.formula += " " + text
      return
    }
    let (key, value) = split(text, at: " ") ?? (text, "")
    switch key {
    case "where": equation.condition = value
    case "if": equation.facts += try facts(value, line)
    case "printed": equation.printed = value
    case "labelled": equation.showsOwnLabel = true
    case "misprint":
      var value = value
      if let range = value.range(of: " where ") {
        equation.misprintCondition = trimmed(value[range.upperBound...])
        value = trimmed(value[..<range.lowerBound])
      }
      equation.misprints += value.split(separator: " ").filter { $0 != "†" }.map(String.init)
      if value.contains("†") { equation.misprintChangesValue = true }
    case "note": equation.note = value
    case "of": equation.componentOf = value.split(separator: ",").map { trimmed($0) }
    case "restates": equation.restates = value
    case "alias": equation.aliases += value.split(separator: " ").map(String.init)
    case "section": equation.section = value
    default:
      guard equation.formula.isEmpty else {
        throw fail("a relation has one formula; a further side begins with =", line)
      }
      equation.formula = text
    }
  }
}
