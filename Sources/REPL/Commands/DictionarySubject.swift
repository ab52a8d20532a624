import Backprop
import IndexNotation
import LectureNotes

// What `dictionary` compares, and its row in one set of notes.

extension Session {
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

  func subject(
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

  func row(
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
  func shares(_ subject: Subject, _ reading: Reading<StoredPass>) -> [Instance] {
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
}
