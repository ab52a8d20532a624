import IndexNotation
import LectureNotes

/// An equation for a document of another program: `equation LABEL latex`, `equation LABEL mathml`.
enum Markup: String, CaseIterable {
  case latex
  case mathml

  func text(_ relation: Relation, _ styles: [String: SymbolStyle]) -> String {
    switch self {
    case .latex: return LaTeX(styles: styles).relation(relation)
    case .mathml:
      let math = MathML(styles: styles)
      return math.document(math.relation(relation), display: .block)
    }
  }
}

extension EquationPage {
  /// The equation in symbols, and with the numbers of this network where they are known.
  func lines(_ markup: Markup, at asked: [Session.AskedIndex]) throws(CommandError) -> [Line] {
    guard let relation = try relation() else {
      throw CommandError("\(equation.label) states no formula; equation \(equation.label) shows it")
    }
    if let component, !asked.allSatisfy({ relation.left.freeIndices.contains($0.name) }) {
      return try EquationPage(session, component).lines(markup, at: asked)
    }
    let shown = document.shown(index, printed: session.display.showsPrinted) ?? relation
    var lines = [Line(markup.text(shown, document.styles))]
    guard session.state.network != nil, !session.state.examples.isEmpty else { return lines }
    var numbers = try numbered(relation, asked)
    if numbers == nil { numbers = try numberedComponent(asked) }
    guard let numbers else { return lines }
    lines.append(Line(markup.text(numbers, document.styles)))
    return lines
  }

  /// Of a form in vectors the numbers are those of its form by neuron.
  private func numberedComponent(
    _ asked: [Session.AskedIndex]
  ) throws(CommandError) -> Relation? {
    guard let component else { return nil }
    let page = EquationPage(session, component)
    guard let relation = try page.relation() else { return nil }
    return try page.numbered(relation, asked)
  }

  /// The last side with numbers, the left side at its indices; nil before the pass knows them.
  private func numbered(
    _ relation: Relation, _ asked: [Session.AskedIndex]
  ) throws(CommandError) -> Relation? {
    let verifier = try session.verifier()
    let speaksOfAll = document.speaksOfAllExamples(relation)
    guard !verifier.places(of: relation, index).isEmpty else { return nil }
    let site = try site(relation, verifier, asked)
    let reading = try session.reading(speaksOfAll ? .batch : .example)
    guard let side = relation.sides.last,
      let left = try? Expansion(reading, writesOutSums: false).of(relation.left, site.values),
      let right = try? Insertion(reading, .shown, keepsFunctions: true).substituted(
        side.expression, site.values),
      let value = try? Evaluator(reading).number(side.expression, site.values)
    else { return nil }
    let number = Expression.number(session.text(value), value)
    // A side that is a number already is not said twice.
    if case .number(_, value) = right {
      return Relation(left: left, sides: [.init(side.sign, number)])
    }
    return Relation(left: left, sides: [.init(side.sign, right), .init(.equals, number)])
  }
}
