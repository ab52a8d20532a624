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

  /// A quantity, or the derivative of the cost by one.
  struct Subject {
    var quantity: Quantity
    var isDerivative: Bool
    /// A cost or derivative of all examples together.
    var isOfAll: Bool
    var example: Int?
    /// The output kept apart, in ∂c_n/∂z.
    var output: Int?

    /// Whether it has a value of its own for each example.
    var isOfOneExample: Bool {
      if isDerivative { return !isOfAll }
      switch quantity.kind {
      case .weight, .bias, .learningRate, .constant, .gradient, .change: return false
      case .cost, .totalCost: return !isOfAll
      case .weightedInput, .activation, .error, .target, .outputCost: return true
      }
    }
  }

  private func subject(
    of expression: IndexNotation.Expression, _ reading: Reading<StoredPass>, _ arguments: Arguments
  ) throws(CommandError) -> Subject {
    do throws(EvaluationError) {
      switch expression {
      case .reference(let reference):
        if case .element(let quantity, let example) = try reading.resolve(reference, IndexValues())
        {
          return Subject(
            quantity: quantity, isDerivative: false,
            isOfAll: quantity == .totalCost && example == nil && reading.isOfAllExamples,
            example: example)
        }
      case .partial(let top, let bottom):
        if case .element(let cost, let example) = try reading.resolve(top, IndexValues()),
          case .element(let quantity, let other) = try reading.resolve(bottom, IndexValues())
        {
          if case .weightedInput(let layer, let neuron) = quantity {
            var output: Int?
            if case .outputCost(let number) = cost { output = number }
            return Subject(
              quantity: .error(layer: layer, neuron: neuron), isDerivative: false, isOfAll: false,
              example: example ?? other, output: output)
          }
          let named = example ?? other
          return Subject(
            quantity: quantity, isDerivative: true,
            isOfAll: cost == .totalCost && named == nil && reading.isOfAllExamples, example: named)
        }
      default: break
      }
    } catch {
      throw CommandError(error.message, at: arguments.whole, advice: error.advice)
    }
    throw CommandError(
      "'\(Shown.text(arguments.rest.trimmed))' is no quantity and no label of \(document.id)",
      at: arguments.whole,
      advice: "as in: dictionary \(exampleQuantity()), or: dictionary \(exampleLabel)")
  }

  private func row(
    _ subject: Subject, _ other: Document
  ) -> (id: String, symbol: String, right: String, label: String) {
    guard let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii)
    else { return (other.id, "", "", "") }
    var reading = Reading(other, source, level: .batch)
    let symbol = symbol(subject, reading)
    let written = symbol.map { text($0, in: other) } ?? ""
    let found =
      subject.isDerivative
      ? reading.gradient(by: subject.quantity, ofAll: subject.isOfAll)
      : reading.value(subject.quantity, ofAll: subject.isOfAll)
    guard let (target, quantity) = found,
      let citation = other.citation(of: target, facts: reading.facts),
      let relation = try? other.relation(citation.main), let side = relation.sides.last
    else { return (other.id, written, "", "") }
    reading.level = other.speaksOfAllExamples(relation) ? .batch : .example
    guard subject.isOfAll || reading.level == .example || source.exampleCount == 1 else {
      return (other.id, written, "", "")
    }
    let label =
      other.equations[citation.main].isBeyondTheNotes
      ? LectureNotes.Equation.beyond : Labels.short(citation, other)
    let shownLabel = display.ascii ? PlainText.ascii(label) : label
    let instances = reading.instances(relation.left, target).filter { $0.quantity == quantity }
    if instances.count > 1, instances.allSatisfy({ $0.output != nil }) {
      return (other.id, "", sum(of: instances, relation.left, reading), shownLabel)
    }
    let values = instances.first?.values ?? IndexValues()
    let expansion = Expansion(reading, writesOutSums: false)
    let right = (try? expansion.of(side.expression, values)) ?? side.expression
    guard let left = symbol ?? (try? expansion.of(relation.left, values)) else {
      return (other.id, "", text(right, in: other), shownLabel)
    }
    let texts = texts([left, right], in: other)
    return (other.id, texts[0], texts[1], shownLabel)
  }

  /// The instances of an error that notes keep apart by outputs.
  private func shares(_ subject: Subject, _ reading: Reading<StoredPass>) -> [Instance] {
    guard let (target, quantity) = reading.value(subject.quantity, ofAll: subject.isOfAll),
      let citation = reading.document.citation(of: target, facts: reading.facts),
      let relation = try? reading.document.relation(citation.main)
    else { return [] }
    return reading.instances(relation.left, target).filter {
      $0.quantity == quantity && $0.output != nil
    }
  }

  /// `∂c_1/∂z_1^1 + ∂c_2/∂z_1^1`: what notes keep apart by outputs makes up one error together.
  private func sum(
    of shares: [Instance], _ left: IndexNotation.Expression, _ reading: Reading<StoredPass>
  ) -> String {
    let terms = shares.map { share in
      (try? Expansion(reading, writesOutSums: false).of(left, share.values)).map {
        text($0, in: reading.document)
      } ?? ""
    }
    guard terms.count > 4 else { return terms.joined(separator: " + ") }
    return "\(terms[0]) + \(display.ascii ? "..." : "…") + \(terms[terms.count - 1])"
  }

  private func symbol(_ subject: Subject, _ reading: Reading<StoredPass>) -> IndexNotation
    .Expression?
  {
    guard var reference = reading.reference(for: subject.quantity) else { return nil }
    let ofExample =
      subject.isOfAll || state.examples.count == 1
      ? nil : reading.document.cost(ofExample: subject.example ?? state.example)
    guard subject.isDerivative else {
      switch subject.quantity.kind {
      case .cost, .totalCost: reference = ofExample ?? reference
      case .weightedInput, .activation, .error, .weight, .bias, .target, .outputCost,
        .learningRate, .gradient, .change, .constant:
        break
      }
      return .reference(reference)
    }
    let cost = ofExample ?? reading.reference(for: .totalCost).map { Reference($0.name) }
    return .partial(cost ?? Reference("C"), reference)
  }

  func text(_ expression: IndexNotation.Expression, in other: Document) -> String {
    texts([expression], in: other)[0]
  }

  /// What stands in one row: all with glyphs, or none where one of them cannot be set so.
  func texts(_ expressions: [IndexNotation.Expression], in other: Document) -> [String] {
    let script: Script = display.ascii ? .ascii : (other.hasGlyphs ? .unicode : .linear)
    let set = expressions.map { other.renderer.expression($0, script) }
    guard set.contains(nil) else { return set.compactMap(\.self) }
    return expressions.map { other.renderer.expression($0, .linear) ?? "" }
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
