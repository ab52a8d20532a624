import Backprop
import IndexNotation
import LectureNotes

// `dictionary [Q|LABEL]`: the same thing in every set of notes.

extension Session {
  mutating func dictionary(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let documents = try spokenDocuments()
    guard !arguments.words.isEmpty else { return concepts(documents) }
    try checkNetwork(arguments)
    let labelled = document.equations(labelled: arguments.rest.trimmed)
    if !labelled.isEmpty, !isQuantity(arguments.rest) {
      return try equationInAll(labelled, documents, arguments)
    }
    return try quantityInAll(documents, arguments)
  }

  private func spokenDocuments() throws(CommandError) -> [Document] {
    var documents = [document]
    for name in library.names where name != document.id {
      do throws(DocumentError) {
        documents.append(try library.document(name))
      } catch {
        throw CommandError("\(name), line \(error.line): \(error.message)")
      }
    }
    return documents
  }

  private func isQuantity(_ text: String) -> Bool {
    guard
      let expression = try? Parser.expression(text.trimmed, vocabulary: document.vocabulary),
      let reading = try? reading()
    else { return false }
    if case .reference(let reference) = expression {
      return (try? reading.resolve(reference, IndexValues())) != nil
    }
    if case .partial = expression { return true }
    return false
  }

  // MARK: one quantity

  private func quantityInAll(
    _ documents: [Document], _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    let offset = arguments.restColumn
    let expression = try parsed(offset: offset) { () throws(SyntaxError) in
      try Parser.expression(arguments.rest, vocabulary: document.vocabulary, offset: offset)
    }
    let reading = try networkReading(at: arguments.whole)
    let subject = try subject(of: expression, reading, arguments)
    if case .constant(let number) = subject.quantity {
      throw CommandError(
        "\(text(expression)) is the number \(NumberText.shortest(number)) in \(document.id), which the other notes do not write",
        at: arguments.whole, advice: "as in: dictionary \(exampleQuantity())")
    }
    var title = text(expression)
    if let value = shownValue(expression, reading) { title += " = \(value)" }
    if state.examples.count > 1, subject.isOfOneExample, subject.example == nil {
      title += ", example \(state.example)"
    }
    let isPart = subject.output != nil && shares(subject, reading).count > 1
    let claim =
      isPart ? "one output's part of this quantity" : "the same quantity in every document"
    var lines = heading(title, claim)
    var rows: [(id: String, symbol: String, right: String, label: String)] = []
    for other in documents {
      rows.append(row(subject, other))
    }
    let idWidth = (rows.map(\.id.columns).max() ?? 0) + 2
    let symbolWidth = (rows.map(\.symbol.columns).max() ?? 0) + 2
    for row in rows {
      let head = "  " + Columns80.left(row.id, idWidth) + Columns80.left(row.symbol, symbolWidth)
      lines += labelled(head, row.right, row.label)
    }
    return lines + remarks(Topic(subject), documents, letterOf: subject)
  }

  /// Two lines where one is too short for both.
  private func heading(_ title: String, _ claim: String) -> [Line] {
    let width = display.effectiveWidth
    guard title.columns + claim.columns + 2 < width else {
      return Wrapping.lines(title, width: width).map { Line($0.text, .heading) }
        + [Line("  " + claim, .heading)]
    }
    return [Line(Columns80.edges(title, claim, width: width), .heading)]
  }

  private func shownValue(
    _ expression: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> String? {
    if case .reference(let reference) = expression,
      let numeral = try? reading.numeral(of: reference, IndexValues())
    {
      return numeral.text(minus: display.ascii ? "-" : "−")
    }
    return (try? Evaluator(reading).value(expression).number).map { text($0) }
  }

  /// A head, a text that may go on, and a label at the right edge.
  private func labelled(_ head: String, _ text: String, _ label: String) -> [Line] {
    let width = display.effectiveWidth
    let room = width - 2 - label.columns
    if text.isEmpty, label.isEmpty { return [Line(head.trimmedAtEnd)] }
    if head.columns + text.columns < room {
      return [Line(Columns80.edges(head + text, label, width: width))]
    }
    var lines = Wrapping.hanging(head, text, width: width)
    let last = lines[lines.count - 1].text
    if last.columns < room {
      lines[lines.count - 1] = Line(Columns80.edges(last, label, width: width))
    } else {
      lines.append(Line(Columns80.edges("", label, width: width)))
    }
    return lines
  }

  // MARK: one equation

  private func equationInAll(
    _ labelled: [Int], _ documents: [Document], _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    guard let facts = state.facts, let target = target(ofEquations: labelled, facts) else {
      throw CommandError(
        "\(document.equations[labelled[0]].label) gives no quantity of a step",
        at: arguments.whole, advice: "type: equation \(arguments.rest.trimmed)")
    }
    var lines = heading(
      "\(document.equations[labelled[0]].label) of \(document.id)",
      "the same equation in every document")
    let idWidth = (documents.map(\.id.columns).max() ?? 0) + 2
    for other in documents {
      let head = "  " + Columns80.left(other.id, idWidth)
      guard let (index, label) = equation(of: other, target, facts, labelled),
        let relation = try? other.relation(index)
      else {
        lines.append(Line(head + "none"))
        continue
      }
      let script: Script = display.ascii ? .ascii : (other.hasGlyphs ? .unicode : .linear)
      let text =
        other.renderer.relation(relation, script) ?? other.renderer.relation(relation, .linear)
        ?? ""
      lines += self.labelled(head, text, display.ascii ? PlainText.ascii(label) : label)
    }
    return lines + remarks(Topic(target.kind), documents, letterOf: nil)
  }

  /// The relation of a set of notes for a target; of the notes in use the one that was asked for.
  private func equation(
    of other: Document, _ target: Target, _ facts: NetworkFacts, _ labelled: [Int]
  ) -> (index: Int, label: String)? {
    guard let citation = other.citation(of: target, facts: facts) else { return nil }
    if other.id == document.id, !citation.cites(labelled) {
      return (labelled[0], other.equations[labelled[0]].label)
    }
    let isBeyond = other.equations[citation.main].isBeyondTheNotes
    return (
      citation.main, isBeyond ? LectureNotes.Equation.beyond : Labels.short(citation, other)
    )
  }

  /// What of the network an equation gives, first by what stepping uses here.
  private func target(ofEquations labelled: [Int], _ facts: NetworkFacts) -> Target? {
    for kind in Target.Kind.allCases {
      for layer in stride(from: facts.shape.last, through: 1, by: -1) {
        let target = Target(kind: kind, layer: layer)
        guard let citation = document.citation(of: target, facts: facts) else { continue }
        if citation.cites(labelled) { return target }
      }
    }
    return labelled.lazy.compactMap { document.target(of: $0, facts: facts) }.first
  }
}
