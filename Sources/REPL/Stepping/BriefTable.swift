import Backprop
import IndexNotation
import LectureNotes

/// A table with a head and right-aligned columns whose decimal points stand under one another.
package struct Table {
  package var head: [String]
  package var rows: [[String]]

  package init(head: [String], rows: [[String]]) {
    self.head = head
    self.rows = rows
  }

  /// The lines; a table wider than `width` goes on below with its next columns.
  package func lines(width: Int, indent: String = "", label: String = "") -> [String] {
    var widths = head.map(\.count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    var lines: [String] = []
    var first = 1
    while first < max(2, head.count) {
      var end = first
      var used = indent.count + widths[0]
      let room = width - 1 - (lines.isEmpty && !label.isEmpty ? label.count + 1 : 0)
      while end < head.count, end == first || used + 2 + widths[end] <= room {
        used += 2 + widths[end]
        end += 1
      }
      lines += part(first, end, widths, indent)
      first = max(end, first + 1)
    }
    if !label.isEmpty, !lines.isEmpty {
      lines[0] = Columns80.edges(lines[0], label, width: width)
    }
    return lines
  }

  private func part(_ first: Int, _ end: Int, _ widths: [Int], _ indent: String) -> [String] {
    ([head] + rows).map { row in
      var line = indent + Columns80.right(row[0], widths[0])
      for column in first..<max(first, min(end, row.count)) {
        line += "  " + Columns80.right(row[column], widths[column])
      }
      return Table.withoutTrailingBlanks(line)
    }
  }

  private static func withoutTrailingBlanks(_ line: String) -> String {
    var end = line[...]
    while end.last == " " { end = end.dropLast() }
    return String(end)
  }
}

/// A column of numbers with their decimal points aligned.
package enum NumberColumn {
  package static func aligned(_ texts: [String]) -> [String] {
    let tails = texts.map { text -> Int in
      guard let point = text.firstIndex(of: ".") else { return 0 }
      return text.distance(from: point, to: text.endIndex)
    }
    let longest = tails.max() ?? 0
    return zip(texts, tails).map { $0 + Columns80.spaces(longest - $1) }
  }
}

/// `detail brief`: a step as a table, one row a neuron.
package struct BriefReport {
  let report: StepReport

  package init(_ report: StepReport) {
    self.report = report
  }

  package func lines() -> [Line] {
    let stage = report.computation.stage
    let facts = report.facts
    let next = NextStep(report.after, document: report.document, display: report.display)
    let label = NextStep.joined(next.labels(stage, facts))
    let plain = report.display.ascii ? Labels.plain(label) : label
    switch stage {
    case .forward(let layer):
      return table(layer, columns: [.weightedInput, .activation], label: plain)
    case .cost: return cost(plain)
    case .backward(let layer):
      var columns: [Column] = [.error]
      if facts.biasMode != .none { columns.append(.biasGradient) }
      columns += (1...facts.shape.sizes[layer - 1]).map { .weightGradient(from: $0) }
      return table(layer, columns: columns, label: plain)
    case .update: return update(plain)
    }
  }

  enum Column {
    case weightedInput, activation, error, biasGradient
    case weightGradient(from: Int)
  }

  private var head: TableHeads { TableHeads(report) }

  private func table(_ layer: Int, columns: [Column], label: String) -> [Line] {
    let stage = report.computation.stage.words
    let neurons = report.computation.neurons ?? 1...report.shape.sizes[layer]
    var titles = ["\(stage)  j"]
    var cells = neurons.map { ["\($0)"] }
    for column in columns {
      titles.append(head.title(column, layer))
      let texts = neurons.map { value(column, layer, $0) }
      for (row, text) in NumberColumn.aligned(texts).enumerated() { cells[row].append(text) }
    }
    return Table(head: titles, rows: cells)
      .lines(width: report.display.effectiveWidth, label: label).map { Line($0) }
  }

  private func value(_ column: Column, _ layer: Int, _ neuron: Int) -> String {
    let pass = report.after.passes[report.after.example - 1].pass
    let shape = report.shape
    let number: Double
    switch column {
    case .weightedInput: number = pass.z[shape.neuron(layer, neuron)]
    case .activation:
      let all = report.facts.activations[layer - 1].isElementwise
      let done = report.computation.neurons?.upperBound ?? neuron
      guard all || done == shape.sizes[layer] else { return "" }
      number = pass.a[shape.neuron(layer, neuron)]
    case .error, .biasGradient: number = pass.delta[shape.neuron(layer, neuron)]
    case .weightGradient(let from):
      number = report.source.network.weightGradient(layer, neuron, from, pass: pass)
    }
    return text(number)
  }

  private func text(_ number: Double) -> String {
    NumberText.significant(
      number, digits: report.display.effectiveDigits, minus: report.display.ascii ? "-" : "−")
  }

  private func cost(_ label: String) -> [Line] {
    let pass = report.after.passes[report.after.example - 1].pass
    let reading = Reading(report.document, report.source, level: .example)
    let symbol = reading.reference(for: .cost).map { report.text(Reference($0.name)) } ?? "C"
    return [
      Line(
        Columns80.edges(
          "cost  \(symbol) = \(text(pass.cost))", label, width: report.display.effectiveWidth))
    ]
  }

  private func update(_ label: String) -> [Line] {
    guard let network = report.after.network else { return [] }
    var lines: [Line] = []
    for layer in 1...report.shape.last {
      var titles = ["update \(layer)  j"]
      var cells = (1...report.shape.sizes[layer]).map { ["\($0)"] }
      if network.biasMode != .none {
        titles.append(head.bias(layer))
        let texts = network.biases[report.shape.biases(layer)].map { text($0) }
        for (row, text) in NumberColumn.aligned(texts).enumerated() { cells[row].append(text) }
      }
      for from in 1...report.shape.sizes[layer - 1] {
        titles.append(head.weight(layer, from: from))
        let texts = (1...report.shape.sizes[layer]).map {
          text(network.weights[report.shape.weight(layer, $0, from)])
        }
        for (row, text) in NumberColumn.aligned(texts).enumerated() { cells[row].append(text) }
      }
      lines += Table(head: titles, rows: cells)
        .lines(
          width: report.display.effectiveWidth, label: layer == 1 ? label : ""
        ).map { Line($0) }
    }
    return lines
  }
}

/// Heads of brief tables in the document's letters: `δⱼ`, `∂C/∂wⱼ₁`.
struct TableHeads {
  let report: StepReport
  private let reading: Reading<StoredPass>
  private let isOfAllExamples: Bool

  init(_ report: StepReport, ofAllExamples: Bool = false) {
    self.report = report
    isOfAllExamples = ofAllExamples
    reading = Reading(report.document, report.source, level: .example)
  }

  func title(_ column: BriefReport.Column, _ layer: Int) -> String {
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
    guard let cost = reading.reference(for: isOfAllExamples ? .totalCost : .cost), let bottom = lettered(quantity) else {
      return ""
    }
    return report.text(Expression.partial(Reference(cost.name), bottom))
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
      place = reading.weightsRunFromFirst ? reference.lower.indices.last : reference.lower.startIndex
      _ = from
    }
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
