import Backprop
import IndexNotation
import LectureNotes

/// `detail brief`: a step as a table, one row a neuron.
///
/// The heads, the labels and where the numbers lie are kept for the next step of the kind.
package final class BriefSteps {
  private var setting: StepSetting?
  /// By the order of the stages.
  private var steps: [(computation: Computation, tables: [BriefTable])?] = []

  package init() {}

  /// - Parameter state: the state that the computation led to.
  func lines(
    _ computation: Computation, _ state: State, _ document: Document, _ display: Display
  ) -> [Line] {
    guard let last = state.network?.shape.last else { return [] }
    if setting?.holds(for: state, document, display) != true {
      setting = StepSetting(state, document, display)
      steps = Array(repeating: nil, count: Stage.update.order(last: last) + 1)
    }
    let place = computation.stage.order(last: last)
    if steps[place]?.computation != computation {
      let report = StepReport(
        computation, before: state, after: state, document: document, display: display)
      steps[place] = report.map { (computation, BriefStep($0).tables()) }
    }
    var lines: [Line] = []
    guard let tables = steps[place]?.tables else { return lines }
    for table in tables { table.append(state, to: &lines) }
    return lines
  }
}

/// The tables of a step, but for their numbers.
struct BriefStep {
  private let report: StepReport
  private let head: TableHeads
  private let label: String

  init(_ report: StepReport) {
    self.report = report
    head = TableHeads(report)
    let next = NextStep(report.after, document: report.document, display: report.display)
    let label = NextStep.joined(next.labels(report.computation.stage, report.facts))
    self.label = report.display.ascii ? Labels.plain(label) : label
  }

  private var shape: Shape { report.shape }

  func tables() -> [BriefTable] {
    switch report.computation.stage {
    case .forward(let layer): return [forward(layer)]
    case .cost: return [cost()]
    case .backward(let layer): return [backward(layer)]
    case .update: return (1...shape.last).map { update($0) }
    }
  }

  private func neurons(_ layer: Int) -> ClosedRange<Int> {
    report.computation.neurons ?? 1...shape.sizes[layer]
  }

  private func table(
    _ title: String, _ neurons: ClosedRange<Int>, _ columns: [BriefTable.Column], _ label: String
  ) -> BriefTable {
    BriefTable(
      title: "\(title)  j", rows: neurons.map { String($0) }, columns: columns, label: label,
      display: report.display)
  }

  private func forward(_ layer: Int) -> BriefTable {
    let neurons = neurons(layer)
    let first = shape.neuron(layer, neurons.lowerBound)
    // A softmax layer has its activations when the last neuron has its weighted input.
    let isKnown =
      report.facts.activations[layer - 1].isElementwise
      || neurons.upperBound == shape.sizes[layer]
    return table(
      report.computation.stage.words, neurons,
      [
        .init(head.title(.weightedInput, layer), .weightedInputs(first)),
        .init(head.title(.activation, layer), isKnown ? .activations(first) : .unknown),
      ], label)
  }

  private func cost() -> BriefTable {
    let reading = Reading(report.document, report.source, level: .example)
    let symbol = reading.reference(for: .cost).map { report.text(Reference($0.name)) } ?? "C"
    return BriefTable(cost: "cost  \(symbol) = ", label: label, display: report.display)
  }

  private func backward(_ layer: Int) -> BriefTable {
    let neurons = neurons(layer)
    let first = shape.neuron(layer, neurons.lowerBound)
    var columns = [BriefTable.Column(head.title(.error, layer), .errors(first))]
    if report.facts.biasMode != .none {
      columns.append(.init(head.title(.biasGradient, layer), .errors(first)))
    }
    for from in 1...shape.sizes[layer - 1] {
      columns.append(
        .init(
          head.title(.weightGradient(from: from), layer),
          .errors(first, timesActivation: shape.neuron(layer - 1, from))))
    }
    return table(report.computation.stage.words, neurons, columns, label)
  }

  private func update(_ layer: Int) -> BriefTable {
    var columns: [BriefTable.Column] = []
    if report.facts.biasMode != .none {
      columns.append(.init(head.bias(layer), .biases(shape.bias(layer, 1))))
    }
    let inputs = shape.sizes[layer - 1]
    for from in 1...inputs {
      columns.append(
        .init(
          head.weight(layer, from: from),
          .weights(shape.weight(layer, 1, from), rowLength: inputs)))
    }
    return table(
      "update \(layer)", 1...shape.sizes[layer], columns, layer == 1 ? label : "")
  }
}
