import Backprop
import IndexNotation
import LectureNotes

/// `detail brief`: a step as a table, one row a neuron.
///
/// The heads, the labels and where the numbers lie are kept for the next step of the kind.
package final class BriefSteps {
  private var setting: StepSetting?
  private var document: Document?
  private var display = Display()
  /// By the order of the stages.
  private var steps: [BriefStep?] = []

  package init() {}

  func lines(of moment: Moment, _ document: Document, _ display: Display) -> [Line] {
    guard let computation = moment.computation else { return [] }
    let last = moment.setting.last
    if moment.setting !== setting || document !== self.document || display != self.display {
      (setting, self.document, self.display) = (moment.setting, document, display)
      steps = Array(repeating: nil, count: Stage.update.order(last: last) + 1)
    }
    let place = computation.stage.order(last: last)
    if steps[place]?.computation != computation {
      let report = StepReport(
        computation, before: moment.state, after: moment.state, document: document, display: display
      )
      steps[place] = report.map { BriefStep($0) }
    }
    return steps[place]?.lines(of: moment) ?? []
  }
}

/// A step laid out but for its numbers.
private struct BriefStep {
  let computation: Computation
  private var tables: [BriefTable]
  /// Of the last time.
  private var lineCount = 0

  init(_ report: StepReport) {
    computation = report.computation
    tables = BriefHeads(report).tables()
  }

  mutating func lines(of moment: Moment) -> [Line] {
    var lines: [Line] = []
    lines.reserveCapacity(lineCount)
    for table in tables.indices { tables[table].append(moment, to: &lines) }
    lineCount = lines.count
    return lines
  }
}

/// The tables of a step: their heads, and where their numbers lie.
private struct BriefHeads {
  private let report: StepReport
  private let head: TableHeads
  private let label: String

  init(_ report: StepReport) {
    self.report = report
    head = TableHeads(report)
    let next = NextStep(report.after, document: report.document, display: report.display)
    let label = NextStep.joined(next.labels(report.computation.stage, report.facts))
    self.label = report.display.ascii ? PlainText.ascii(label) : label
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

  /// Of several examples the numbers are those of one.
  private var stageOfExample: String {
    let example = report.after.examples.count > 1 ? " @\(report.after.example)" : ""
    return report.computation.stage.words + example
  }

  private func neurons(_ layer: Int) -> ClosedRange<Int> {
    report.computation.neurons ?? 1...shape.sizes[layer]
  }

  private func table(
    _ title: String, _ neurons: ClosedRange<Int>, _ columns: [BriefTable.Column], _ label: String
  ) -> BriefTable {
    BriefTable(
      title: "\(title)  j", rows: neurons.map { String($0) }, columns: columns,
      label: label,
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
      stageOfExample, neurons,
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
    let isSound = report.after.bug == nil
    var columns = [BriefTable.Column(head.title(.error, layer), .errors(first))]
    if report.facts.biasMode != .none {
      let bias = shape.bias(layer, neurons.lowerBound)
      columns.append(
        .init(
          head.title(.biasGradient, layer), isSound ? .errors(first) : .biasGradients(bias)))
    }
    let inputs = shape.sizes[layer - 1]
    for from in 1...inputs {
      let weight = shape.weight(layer, neurons.lowerBound, from)
      columns.append(
        .init(
          head.title(.weightGradient(from: from), layer),
          isSound
            ? .errors(first, timesActivation: shape.neuron(layer - 1, from))
            : .weightGradients(weight, rowLength: inputs)))
    }
    return table(stageOfExample, neurons, columns, label)
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
