import Backprop
import IndexNotation
import LectureNotes

/// What is shown of one equation.
struct EquationPage {
  let session: Session
  let index: Int

  init(_ session: Session, _ index: Int) {
    self.session = session
    self.index = index
  }

  var document: Document { session.document }
  var equation: LectureNotes.Equation { document.equations[index] }
  private var width: Int { session.display.effectiveWidth }
  private static let head = 14

  func lines(at asked: [Session.AskedIndex]) throws(CommandError) -> [Line] {
    var lines = heading + (try forms())
    if let condition = equation.condition { lines += row("where", condition) }
    if !equation.factWords.isEmpty {
      lines += row("if", equation.factWords.joined(separator: ", "))
    }
    if let note = equation.note { lines += row("note", note) }
    guard equation.isEvaluable else { return lines }
    if session.state.network != nil, !session.state.examples.isEmpty {
      lines += try here(asked)
    }
    lines += try symbols()
    return lines
  }

  private var heading: [Line] {
    let title = session.plain("\(document.id) \(equation.label), \(equation.role.rawValue)")
    let section = session.plain(equation.section ?? "")
    if title.columns + section.columns + 2 < width {
      return [Line(Columns80.edges(title, section, width: width), .heading)]
    }
    return [Line(title, .heading)] + row("section", section)
  }

  /// A row whose further lines stand under its first.
  private func row(_ head: String, _ text: String) -> [Line] {
    Wrapping.hanging(
      Columns80.left("  " + head, EquationPage.head), session.plain(text), width: width)
  }

  private func rendered(_ relation: Relation) -> String { session.rendered(relation) }

  func relation() throws(CommandError) -> Relation? {
    guard !equation.formula.isEmpty else { return nil }
    do throws(SyntaxError) {
      return try document.relation(index)
    } catch {
      throw CommandError("\(equation.label): \(error.message)")
    }
  }

  private func forms() throws(CommandError) -> [Line] {
    var lines: [Line] = []
    if let text = equation.text { lines += row("on the page", text) }
    if let shape = equation.shape { lines += row("shape", shape.text) }
    if let printed = try? document.printedRelation(index) {
      lines += row(equation.text == nil ? "printed" : "read as", rendered(printed))
    }
    if let relation = try relation() {
      let isOther = equation.printed != nil
      let says = isOther ? "corrected" : (equation.text == nil ? "equation" : "that is")
      lines += row(says, rendered(relation))
    }
    if !equation.misprints.isEmpty {
      lines += row("errata", equation.misprints.map { misprint($0) }.joined(separator: ", "))
    }
    for other in components {
      guard let component = try? document.relation(other) else { continue }
      lines += row("by neuron", rendered(component))
    }
    return lines
  }

  private func misprint(_ number: String) -> String {
    let erratum = document.errata.first { $0.number == number }
    return erratum.map { "\(number) (\($0.kind.rawValue))" } ?? number
  }

  /// The component forms of a numbered form in vectors.
  private var components: [Int] {
    guard isOfVectors else { return [] }
    return document.equations.indices.filter {
      document.equations[$0].componentOf == [equation.label]
        && !document.equations[$0].isBeyondTheNotes
    }
  }

  /// A label that the notes give to a form by neuron stands for that form alone.
  private var isOfVectors: Bool {
    guard equation.role == .matrix, let relation = try? document.relation(index) else {
      return false
    }
    return !relation.left.freeIndices.contains { name in
      switch document.indices[name.letter] {
      case .neuron?, .neuronOfLayer?: return true
      case .layer?, .example?, nil: return false
      }
    }
  }

  var component: Int? { components.first }

  /// Whether its left side, or that of its form by neuron, has all the indices; an example is of all.
  func hasIndices(of asked: [Session.AskedIndex]) -> Bool {
    let forms = [index] + (component.map { [$0] } ?? [])
    let free = Set(forms.flatMap { (try? document.relation($0).left.freeIndices) ?? [] })
    return asked.allSatisfy {
      free.contains($0.name) || document.indices[$0.name.letter] == .example
    }
  }

  // MARK: on this network

  private func here(_ asked: [Session.AskedIndex]) throws(CommandError) -> [Line] {
    let verifier = try session.verifier()
    var lines: [Line] = []
    let verification: Verification
    do throws(SyntaxError) {
      verification = try verifier.verify(index)
    } catch {
      throw CommandError("\(equation.label): \(error.message)")
    }
    if verification.comparisons > 0, let relation = try relation() {
      // Asked for one neuron, a matrix form answers by its component form.
      let free = Set(relation.left.freeIndices)
      if let component, !asked.allSatisfy({ free.contains($0.name) }) {
        let page = EquationPage(session, component)
        if let relation = try page.relation() {
          lines += try page.numbers(relation, verifier, asked)
        }
      } else {
        lines += try numbers(relation, verifier, asked)
      }
    }
    return lines + verdict(verification)
  }

  private func verdict(_ result: Verification) -> [Line] {
    switch result.outcome {
    case .doesNotApply(let reason): return row("here", "not on this network: \(reason)")
    case .fails: return row("fails", "\(result.failures) of \(result.comparisons) values differ")
    case .holds:
      let cancels = result.isNearCancellation ? ", near cancellation" : ""
      return row(
        "holds",
        equation.shape == nil
          ? "to \(Session.ulps(result)) in \(session.count(result.comparisons, "value")), against the definition\(cancels)"
          : "for every layer of this network")
    }
  }

  private func numbers(
    _ relation: Relation, _ verifier: Verifier, _ asked: [Session.AskedIndex]
  ) throws(CommandError) -> [Line] {
    let site = try site(relation, verifier, asked)
    var reading = try session.reading(document.speaksOfAllExamples(relation) ? .batch : .example)
    if let example = site.place.example, example != session.state.example {
      var other = session.state
      other.example = example
      reading = try session.reading(of: other)
      reading.level = document.speaksOfAllExamples(relation) ? .batch : .example
    }
    guard let side = relation.sides.last else { return [] }
    let left =
      (try? Expansion(reading, writesOutSums: false).of(relation.left, site.values))
      ?? relation.left
    let written = try? Expansion(reading).of(side.expression, site.values)
    let texts = session.texts([left] + (written.map { [$0] } ?? []), in: document)
    let symbol = texts[0]
    let sign = Renderer.sign(side.sign, session.script)
    let value: Value
    do throws(LocatedError) {
      value = try Evaluator(reading).value(side.expression, site.values)
    } catch {
      return row("here", "\(symbol): \(words(error))")
    }
    guard case .scalar(let number) = value else {
      return row("here", "\(symbol) \(sign)") + grid(value)
    }
    var steps = Array(texts.dropFirst())
    if let text = try? Substitution(reading, ascii: session.display.ascii).text(
      side.expression, site.values)
    {
      steps.append(text)
    }
    steps.append(session.text(number))
    var unique: [String] = []
    for step in steps where unique.last != step && step != symbol { unique.append(step) }
    var lines: [Line] = []
    let indent = Columns80.spaces(EquationPage.head + symbol.columns + 1)
    for (position, step) in unique.enumerated() {
      let head =
        position == 0
        ? Columns80.left("  here", EquationPage.head) + symbol + " \(sign) " : indent + "= "
      lines += Wrapping.hanging(head, step, width: width)
    }
    return lines
  }

  private func grid(_ value: Value) -> [Line] {
    session.grid(value.asMatrix).map { Line(Columns80.spaces(EquationPage.head - 2) + $0.text) }
  }

  private func words(_ error: LocatedError) -> String {
    let advice = error.error.advice.map { "; \($0)" } ?? ""
    return error.error.sentence + advice
  }

  /// The first place that fits what is asked; without asking, one of the example in view.
  func site(
    _ relation: Relation, _ verifier: Verifier, _ asked: [Session.AskedIndex]
  ) throws(CommandError) -> Verifier.Site {
    var sites = verifier.places(of: relation, index)
    let inView = sites.filter {
      $0.place.example == nil || $0.place.example == session.state.example
    }
    let asksExample = asked.contains { document.indices[$0.name.letter] == .example }
    if !asksExample, !inView.isEmpty { sites = inView }
    for wanted in asked {
      let named = sites.filter { $0.place.indices.contains { $0.name == wanted.name } }
      guard !named.isEmpty else {
        let names = (sites.first?.place.indices ?? []).map { Renderer.plain(.name($0.name)) }
        throw CommandError(
          "\(equation.label) has no free index \(Renderer.plain(.name(wanted.name)))",
          at: wanted.columns,
          advice: names.isEmpty ? nil : "its indices are \(names.joined(separator: " "))")
      }
      let fitting = named.filter {
        $0.place.indices.contains { $0.name == wanted.name && $0.value == wanted.value }
      }
      guard !fitting.isEmpty else {
        let values = Set(
          named.flatMap { $0.place.indices.filter { $0.name == wanted.name }.map(\.value) })
        throw CommandError(
          "\(Renderer.plain(.name(wanted.name))) is \(Session.range(values)) here, not \(wanted.value)",
          at: wanted.columns)
      }
      sites = fitting
    }
    guard let first = sites.first else {
      throw CommandError("\(equation.label) has no place on this network")
    }
    return first
  }

  // MARK: symbols

  private func symbols() throws(CommandError) -> [Line] {
    guard let relation = try relation() else { return [] }
    var seen: Set<String> = []
    var rows: [(String, String)] = []
    let references =
      relation.left.references + relation.sides.flatMap { $0.expression.references }
    for reference in references {
      let text = session.text(reference)
      guard seen.insert(text).inserted, let meaning = document.meaning(of: reference) else {
        continue
      }
      rows.append((text, meaning))
    }
    let widest = (rows.map(\.0.columns).max() ?? 0) + 4
    let column = max(EquationPage.head, min(widest, width * 2 / 5))
    return rows.flatMap { symbol, meaning -> [Line] in
      let head = "  " + symbol
      let isWide = head.columns + 2 > column
      return (isWide ? [Line(head)] : [])
        + Wrapping.hanging(
          isWide ? Columns80.spaces(column) : Columns80.left(head, column),
          session.plain(meaning), width: width)
    }
  }
}

extension Session {
  /// `1 to 3`, `1 and 2`, `2 alone`.
  static func range(_ values: Set<Int>) -> String {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return "nothing" }
    if first == last { return "\(first) alone" }
    if sorted.count == 2 { return "\(first) or \(last)" }
    return sorted.count == last - first + 1
      ? "\(first) to \(last)" : sorted.map(String.init).joined(separator: ", ")
  }
}
