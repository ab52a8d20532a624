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
    let value = try? Evaluator(reading).value(expression).number
    var title = text(expression)
    if let value { title += " = \(text(value))" }
    var lines = [
      Line(
        Columns80.edges(
          title, "the same quantity in every document", width: display.effectiveWidth), .heading)
    ]
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
    return lines + remarks(subject, documents)
  }

  /// A quantity, or a derivative of the cost by one.
  enum Subject {
    case quantity(Quantity)
    case derivative(by: Quantity)

    var quantity: Quantity {
      switch self {
      case .quantity(let quantity), .derivative(let quantity): return quantity
      }
    }

    var isOfParameter: Bool { quantity.kind == .weight || quantity.kind == .bias }
  }

  private func subject(
    of expression: IndexNotation.Expression, _ reading: Reading<StoredPass>, _ arguments: Arguments
  ) throws(CommandError) -> Subject {
    do throws(EvaluationError) {
      switch expression {
      case .reference(let reference):
        if case .element(let quantity, _) = try reading.resolve(reference, IndexValues()) {
          return .quantity(quantity)
        }
      case .partial(_, let bottom):
        if case .element(let quantity, _) = try reading.resolve(bottom, IndexValues()) {
          if case .weightedInput(let layer, let neuron) = quantity {
            return .quantity(.error(layer: layer, neuron: neuron))
          }
          return .derivative(by: quantity)
        }
      default: break
      }
    } catch {
      throw CommandError(error.message, at: arguments.whole, advice: error.advice)
    }
    throw CommandError(
      "dictionary takes one quantity or a label", at: arguments.whole,
      advice: "as in: dictionary \(exampleQuantity())")
  }

  private func row(
    _ subject: Subject, _ other: Document
  ) -> (id: String, symbol: String, right: String, label: String) {
    guard let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii)
    else { return (other.id, "", "", "") }
    let reading = Reading(other, source, level: .example)
    let symbol = symbol(subject, reading)
    guard let target = target(subject, reading.shape),
      let citation = other.citation(of: target, facts: reading.facts),
      let relation = try? other.relation(citation.main), let side = relation.sides.last
    else { return (other.id, symbol, "", "") }
    let instance = reading.instances(relation.left, target).first {
      $0.quantity == subject.quantity
    }
    let values = instance?.values ?? IndexValues()
    let right =
      (try? Expansion(reading, writesOutSums: false).of(side.expression, values))
      .map { text($0, in: other) } ?? text(side.expression, in: other)
    let left =
      symbol.isEmpty
      ? (try? Expansion(reading, writesOutSums: false).of(relation.left, values))
        .map { text($0, in: other) } ?? "" : symbol
    let label =
      other.equations[citation.main].isBeyondTheNotes
      ? LectureNotes.Equation.beyond : Labels.short(citation, other)
    return (other.id, left, right, display.ascii ? PlainText.ascii(label) : label)
  }

  private func symbol(_ subject: Subject, _ reading: Reading<StoredPass>) -> String {
    guard let reference = reading.reference(for: subject.quantity) else { return "" }
    switch subject {
    case .quantity: return text(.reference(reference), in: reading.document)
    case .derivative:
      let cost = reading.reference(for: .totalCost) ?? Reference("C")
      return text(.partial(Reference(cost.name), reference), in: reading.document)
    }
  }

  func text(_ expression: IndexNotation.Expression, in other: Document) -> String {
    let script: Script = display.ascii ? .ascii : (other.hasGlyphs ? .unicode : .linear)
    return other.renderer.expression(expression, script)
      ?? other.renderer.expression(expression, .linear) ?? ""
  }

  private func target(_ subject: Subject, _ shape: Shape) -> Target? {
    switch subject {
    case .quantity(let quantity):
      switch quantity {
      case .weightedInput(let layer, _): return Target(kind: .weightedInput, layer: layer)
      case .activation(let layer, _):
        return layer > 0 ? Target(kind: .activation, layer: layer) : nil
      case .error(let layer, _): return Target(kind: .error, layer: layer)
      case .cost, .totalCost: return Target(kind: .cost, layer: shape.last)
      case .outputCost: return Target(kind: .costTerm, layer: shape.last)
      case .weight, .bias, .target, .learningRate, .gradient, .change, .constant: return nil
      }
    case .derivative(let quantity):
      switch quantity {
      case .weight(let layer, _, _): return Target(kind: .weightGradient, layer: layer)
      case .bias(let layer, _): return Target(kind: .biasGradient, layer: layer)
      case .activation(shape.last, _): return Target(kind: .costGradient, layer: shape.last)
      case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
        .learningRate, .gradient, .change, .constant:
        return nil
      }
    }
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
        "\(document.equations[labelled[0]].label) is no equation that stepping uses on this network",
        at: arguments.whole,
        advice: "verify lists those; equation \(arguments.rest.trimmed) shows it")
    }
    var lines = [
      Line(
        Columns80.edges(
          "\(document.equations[labelled[0]].label) of \(document.id)",
          "the same equation in every document", width: display.effectiveWidth), .heading)
    ]
    let idWidth = (documents.map(\.id.columns).max() ?? 0) + 2
    for other in documents {
      let head = "  " + Columns80.left(other.id, idWidth)
      guard let citation = other.citation(of: target, facts: facts),
        let relation = try? other.relation(citation.main)
      else {
        lines.append(Line(head + "none"))
        continue
      }
      let isBeyond = other.equations[citation.main].isBeyondTheNotes
      let label = isBeyond ? LectureNotes.Equation.beyond : Labels.short(citation, other)
      let script: Script = display.ascii ? .ascii : (other.hasGlyphs ? .unicode : .linear)
      let text =
        other.renderer.relation(relation, script) ?? other.renderer.relation(relation, .linear)
        ?? ""
      lines += self.labelled(head, text, display.ascii ? PlainText.ascii(label) : label)
    }
    return lines + remarks(nil, documents)
  }

  /// What of the network an equation gives, if stepping uses it here.
  private func target(ofEquations labelled: [Int], _ facts: NetworkFacts) -> Target? {
    for kind in Target.Kind.allCases {
      for layer in stride(from: facts.shape.last, through: 1, by: -1) {
        let target = Target(kind: kind, layer: layer)
        guard let citation = document.citation(of: target, facts: facts) else { continue }
        if labelled.contains(where: {
          citation.main == $0 || citation.matrices.contains($0) || citation.also.contains($0)
        }) {
          return target
        }
      }
    }
    return nil
  }
}
