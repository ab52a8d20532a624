import Backprop
import IndexNotation
import LectureNotes

/// Heads of brief tables in the document's letters: `δⱼ`, `∂C/∂wⱼ₁`.
struct TableHeads {
  enum Column {
    case weightedInput, activation, error, biasGradient
    case weightGradient(from: Int)
  }

  let report: StepReport
  private let reading: Reading<StoredPass>
  private let isOfAllExamples: Bool

  init(_ report: StepReport, ofAllExamples: Bool = false) {
    self.report = report
    isOfAllExamples = ofAllExamples
    reading = Reading(report.document, report.source, level: .example)
  }

  func title(_ column: Column, _ layer: Int) -> String {
    switch column {
    case .weightedInput: return neuron(.weightedInput(layer: layer, neuron: 1))
    case .activation: return neuron(.activation(layer: layer, neuron: 1))
    case .error:
      let title = neuron(.error(layer: layer, neuron: 1))
      return title.isEmpty ? derivative(.weightedInput(layer: layer, neuron: 1)) : title
    case .biasGradient: return derivative(.bias(layer: layer, neuron: 1))
    case .weightGradient(let from):
      return derivative(.weight(layer: layer, to: 1, from: from))
    }
  }

  func bias(_ layer: Int) -> String { neuron(.bias(layer: layer, neuron: 1)) }
  func weight(_ layer: Int, from: Int) -> String {
    neuron(.weight(layer: layer, to: 1, from: from))
  }

  private func neuron(_ quantity: Quantity) -> String {
    lettered(quantity).map { report.text($0) } ?? ""
  }

  private func derivative(_ quantity: Quantity) -> String {
    guard let cost = reading.reference(for: isOfAllExamples ? .totalCost : .cost),
      let bottom = lettered(quantity)
    else {
      return ""
    }
    // Of several examples a step shows one's.
    let isOne = !isOfAllExamples && report.after.examples.count > 1
    let top = isOne ? report.document.cost(ofExample: report.after.example) : nil
    return report.text(Expression.partial(top ?? Reference(cost.name), bottom))
  }

  /// The symbol with a letter for the neuron of the row, its layer left to the table.
  private func lettered(_ quantity: Quantity) -> Reference? {
    guard var reference = reading.reference(for: quantity) else { return nil }
    reference.upper = []
    reference.layer = nil
    let letter =
      ["j", "n"].first { report.document.vocabulary.indices.contains($0) } ?? "j"
    var place = reference.lower.indices.last
    if case .weight(_, _, let from) = quantity {
      place =
        reading.weightsRunFromFirst ? reference.lower.indices.last : reference.lower.startIndex
      _ = from
    }
    // v_j of gonzalez has no index for the neuron it leads to.
    if case .weight = quantity, reference.lower.count == 1 { place = nil }
    if let place, case .integer = reference.lower[place] {
      reference.lower[place] = .variable(letter)
    }
    return reference
  }
}

/// The gradient of all examples, a row a neuron.
struct GradientTable {
  let report: StepReport
  let layer: Int

  init(_ report: StepReport, layer: Int) {
    self.report = report
    self.layer = layer
  }

  func lines() -> [String] {
    let gradient = report.after.reducedGradient
    let shape = report.shape
    let head = TableHeads(report, ofAllExamples: true)
    let neurons = Array(1...shape.sizes[layer])
    var titles = ["j"]
    var cells = neurons.map { ["\($0)"] }
    func add(_ title: String, _ values: [Double]) {
      titles.append(title)
      let texts = values.map {
        NumberText.significant(
          $0, digits: report.display.effectiveDigits, minus: report.display.ascii ? "-" : "−")
      }
      for (row, text) in NumberColumn.aligned(texts).enumerated() { cells[row].append(text) }
    }
    if report.facts.biasMode != .none {
      add(
        head.title(.biasGradient, layer), neurons.map { gradient.biases[shape.bias(layer, $0)] })
    }
    for from in 1...shape.sizes[layer - 1] {
      add(
        head.title(.weightGradient(from: from), layer),
        neurons.map { gradient.weights[shape.weight(layer, $0, from)] })
    }
    return Table(head: titles, rows: cells).lines(width: report.display.effectiveWidth - 2)
  }
}
