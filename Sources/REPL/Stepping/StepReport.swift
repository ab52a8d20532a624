import Backprop
import IndexNotation
import LectureNotes

/// What a step prints: each relation once, its rows, then what comes next and by which labels.
package struct StepReport {
  let document: Document
  let display: Display
  let before: State
  let after: State
  let computation: Computation
  let source: StoredPass
  let renderer: Renderer
  let script: Script
  /// How far the step is pressed together so that it fits a screen.
  private(set) var density = Density.open

  enum Density: Int, CaseIterable, Comparable {
    case open
    /// Sums inside parentheses are printed as their values.
    case valuesOfInnerSums
    /// Sums in the relations lose their limits.
    case noLimits
    /// No blank line between blocks.
    case closed

    static func < (left: Density, right: Density) -> Bool { left.rawValue < right.rawValue }
  }

  /// A screen of 24 rows less the prompt.
  static let screenRows = 23

  /// - Parameters:
  ///   - before: the state the computation started from.
  ///   - after: the state it led to.
  package init?(
    _ computation: Computation, before: State, after: State, document: Document, display: Display
  ) {
    // An update reads the pass it used up; everything else reads what it has just computed.
    let read = computation.stage == .update ? before : after
    guard
      let source = StoredPass(read, digits: display.effectiveDigits, ascii: display.ascii)
    else { return nil }
    self.document = document
    self.display = display
    self.before = before
    self.after = after
    self.computation = computation
    self.source = source
    renderer = document.renderer
    script = display.ascii ? .ascii : (document.hasGlyphs ? .unicode : .linear)
  }

  var shape: Shape { source.network.shape }
  var facts: NetworkFacts { source.facts }

  /// The step as open as fits a screen; a large layer is longer than that in any case.
  package func lines() -> [Line] {
    let open = arranged()
    guard open.count > StepReport.screenRows, open.count <= 2 * StepReport.screenRows else {
      return open
    }
    var report = self
    for density in Density.allCases.dropFirst() {
      report.density = density
      let lines = report.arranged()
      if lines.count <= StepReport.screenRows { return lines }
    }
    return open
  }

  /// The online loop of the notes goes on with the next example; here a person says which.
  private var afterUpdate: String {
    let words = "forward 1, at the new weights"
    guard after.reduction == .perExample, after.examples.count > 1 else { return words }
    return words + "; example \(after.example % after.examples.count + 1) takes the next"
  }

  private func arranged() -> [Line] {
    var cited: [Citation] = []
    let blocks = self.blocks(&cited)
    let layout = BlockLayout(
      width: display.effectiveWidth, digits: display.effectiveDigits, ascii: display.ascii)
    var lines = header(cited)
    lines += layout.lines(blocks, closed: density >= .closed)
    lines += footnotes(cited)
    if density < .closed { lines.append(.blank) }
    let next = NextStep(after, document: document, display: display)
    if computation.stage == .update {
      lines += Wrapping.lines("next: \(afterUpdate)", width: display.effectiveWidth)
        .map { Line($0.text, .next) }
    } else {
      lines += next.lines()
    }
    return lines
  }

  // MARK: header and footnotes

  private func header(_ cited: [Citation]) -> [Line] {
    var left = StepReport.title(computation.stage, last: shape.last)
    if let neurons = computation.neurons, neurons.count == 1, !coversLayer(neurons) {
      left += ", neuron \(neurons.lowerBound)"
    }
    if let line = document.algorithmLine(computation.stage, facts) { left += ", \(line)" }
    var right = "\(document.id) · example \(after.example) of \(max(1, after.examples.count))"
    if let layer = commonLayer(cited) { right += " · \(layer)" }
    if display.ascii { right = right.replacing("·", with: "-").replacing("ℓ", with: "l") }
    guard left.count + right.count + 2 <= display.effectiveWidth else {
      return [Line(left, .heading), Line("  " + right, .heading)]
    }
    return [Line(Columns80.edges(left, right, width: display.effectiveWidth), .heading)]
  }

  private func coversLayer(_ neurons: ClosedRange<Int>) -> Bool {
    switch computation.stage {
    case .forward(let layer), .backward(let layer): return neurons == 1...shape.sizes[layer]
    case .cost, .update: return true
    }
  }

  static func title(_ stage: Stage, last: Int) -> String {
    switch stage {
    case .forward(let layer): return "Forward, layer \(layer) (\(kind(layer, last)))"
    case .cost: return "Cost"
    case .backward(let layer): return "Backward, layer \(layer) (\(kind(layer, last)))"
    case .update: return "Update"
    }
  }

  static func kind(_ layer: Int, _ last: Int) -> String { layer == last ? "output" : "hidden" }

  /// `l = 2`, where every cited relation gives the notes' l one and the same value, and that is
  /// not the layer of the heading.
  private func commonLayer(_ cited: [Citation]) -> String? {
    guard case .backward(let layer) = computation.stage else { return nil }
    let reading = Reading(document, source, level: .example)
    var found: Set<String> = []
    for citation in cited {
      guard let relation = try? document.relation(citation.main) else { continue }
      for kind in [Target.Kind.error, .biasGradient, .weightGradient] {
        guard
          let instance = reading.instances(
            relation.left, Target(kind: kind, layer: layer), firstOnly: true
          ).first
        else { continue }
        for (letter, meaning) in document.indices
        where meaning == .layer && !document.numbersCurrentLayer(letter) {
          if let value = instance.values.value(of: IndexKey(letter)) {
            found.insert("\(letter) = \(value.value)")
          }
        }
      }
    }
    guard found.count == 1, let only = found.first else { return nil }
    return only.hasSuffix(" = \(layer)") ? nil : only
  }

  private func footnotes(_ cited: [Citation]) -> [Line] {
    var numbers: [String] = []
    var reasons: [String] = []
    var notes: [String] = []
    for citation in cited {
      for misprint in citation.misprints where !numbers.contains(misprint) {
        numbers.append(misprint)
      }
      if let reason = citation.failing, !reasons.contains(reason) { reasons.append(reason) }
      if let note = document.equations[citation.main].note, !notes.contains(note) {
        notes.append(note)
      }
    }
    numbers.sort { (Int($0) ?? 0) < (Int($1) ?? 0) }
    var lines: [Line] = []
    if !numbers.isEmpty {
      let mark = display.ascii ? "(+)" : "†"
      lines.append(
        Line(
          "  \(mark) misprinted in the notes, shown corrected: errata \(numbers.joined(separator: ", "))"
        ))
    }
    // Pressed for room, the label “beyond the notes” stands without its reason.
    if !reasons.isEmpty, density < .closed || notes.isEmpty {
      lines += Wrapping.lines(
        "beyond the notes: " + reasons.joined(separator: "; "), indent: 2,
        width: display.effectiveWidth)
    }
    for note in notes {
      lines += Wrapping.lines(note, indent: 2, width: display.effectiveWidth)
    }
    return lines
  }

  // MARK: blocks

  private func blocks(_ cited: inout [Citation]) -> [Block] {
    var blocks: [Block] = []
    switch computation.stage {
    case .forward(let layer):
      add(.weightedInput, layer, &blocks, &cited)
      add(.activation, layer, &blocks, &cited)
    case .cost:
      add(.costTerm, shape.last, &blocks, &cited)
      add(.cost, shape.last, &blocks, &cited)
      if hasBatch { add(.batchCost, shape.last, &blocks, &cited) }
    case .backward(let layer):
      add(.error, layer, &blocks, &cited)
      if layer < shape.last { add(.constantError, layer, &blocks, &cited) }
      if facts.biasMode != .none { add(.biasGradient, layer, &blocks, &cited) }
      add(.weightGradient, layer, &blocks, &cited)
      if hasBatch { blocks += batchBlock(layer, &cited) }
    case .update:
      for layer in 1...shape.last { add(.weightUpdate, layer, &blocks, &cited) }
      if facts.biasMode == .perNeuron || facts.biasMode == .shared {
        for layer in 1...shape.last { add(.biasUpdate, layer, &blocks, &cited) }
      }
      if facts.biasMode == .frozen { blocks.append(frozenBiases()) }
    }
    return merged(blocks)
  }

  var hasBatch: Bool { after.examples.count > 1 && after.reduction != .perExample }

  /// Blocks of one and the same relation are one block.
  private func merged(_ blocks: [Block]) -> [Block] {
    var result: [Block] = []
    for block in blocks {
      let same = result.firstIndex {
        !$0.headings.isEmpty && $0.headings.map(\.text) == block.headings.map(\.text)
          && $0.headings.map(\.label) == block.headings.map(\.label)
      }
      if let same {
        result[same].rows += block.rows
      } else if let last = result.last, block.headings.count > 1,
        last.headings.first?.text == block.headings[0].text
      {
        var rest = block
        rest.headings.removeFirst()
        result.append(rest)
      } else if block.headings.isEmpty, !result.isEmpty, !block.rows.isEmpty,
        block.rows.allSatisfy({ $0.remark != nil })
      {
        result[result.count - 1].rows += block.rows
      } else {
        result.append(block)
      }
    }
    return result
  }

  private func frozenBiases() -> Block {
    let reading = Reading(document, source, level: .example)
    var symbols: [String] = []
    for layer in 1...shape.last {
      for neuron in 1...shape.sizes[layer] {
        if let reference = reading.reference(for: .bias(layer: layer, neuron: neuron)) {
          symbols.append(text(reference))
        }
      }
    }
    if symbols.count > 8 { symbols = Array(symbols.prefix(3)) + ["…", symbols[symbols.count - 1]] }
    var row = Block.Row(symbol: symbols.joined(separator: " ") + ":", numbers: "")
    row.remark = "frozen, not changed (bias frozen)"
    return Block(headings: [], rows: [row])
  }

  func text(_ reference: Reference) -> String {
    renderer.reference(reference, script) ?? renderer.reference(reference, .linear)
      ?? reference.name
  }

  func text(_ expression: Expression) -> String {
    renderer.expression(expression, script) ?? renderer.expression(expression, .linear) ?? ""
  }

  /// The block of one target; nothing is cited where the notes have no relation.
  private func add(
    _ kind: Target.Kind, _ layer: Int, _ blocks: inout [Block], _ cited: inout [Citation]
  ) {
    let target = Target(kind: kind, layer: layer)
    guard let citation = document.citation(of: target, facts: facts),
      let relation = try? document.relation(citation.main)
    else {
      if let block = valuesAlone(target) { blocks.append(block) }
      return
    }
    var block = Block(headings: headings(citation, relation, kind), rows: [])
    let reading = Reading(document, source, level: level(relation, kind))
    let instances = reading.instances(relation.left, target)
    let outputs = Set(instances.map(\.output)).count
    // Errors of outputs kept apart: one output after the other.
    let ordered =
      outputs > 1
      ? instances.indices.sorted {
        (instances[$0].output ?? 0, $0) < (instances[$1].output ?? 0, $1)
      }.map { instances[$0] } : instances
    for instance in ordered where isComputed(instance) {
      block.rows.append(row(instance, relation, reading, kind, citation))
    }
    if kind == .constantError {
      // One row says it all: δ₀ = 0, neuron 0 is the constant 1.
      block.headings = []
    }
    guard !block.rows.isEmpty else { return }
    cited.append(citation)
    blocks.append(block)
  }

  /// While one neuron is stepped only its rows are shown.
  private func isComputed(_ instance: Instance) -> Bool {
    guard let neurons = computation.neurons else { return true }
    switch instance.quantity {
    case .weightedInput(_, let neuron), .error(_, let neuron), .bias(_, let neuron),
      .weight(_, let neuron, _):
      return neurons.contains(neuron)
    case .activation(let layer, let neuron):
      if facts.activation(of: layer)?.isElementwise == false {
        return neurons.upperBound == shape.sizes[layer]
      }
      return neurons.contains(neuron)
    case .constant: return neurons.upperBound == neurons.lowerBound || neurons.lowerBound == 1
    case .target, .cost, .outputCost, .totalCost, .learningRate: return true
    }
  }

  /// A relation that sums over examples speaks of them all; an update follows the whole gradient.
  func level(_ relation: Relation, _ kind: Target.Kind)
    -> Reading<StoredPass>.Level
  {
    switch kind {
    case .batchCost, .batchGradient, .batchBiasGradient, .weightUpdate, .biasUpdate:
      return .batch
    case .weightedInput, .activation, .costTerm, .cost, .costGradient, .error, .constantError,
      .biasGradient, .weightGradient:
      let sums = relation.sides.contains { sumsOverExamples($0.expression) }
      return sums ? .batch : .example
    }
  }

  private func sumsOverExamples(_ expression: Expression) -> Bool {
    switch expression {
    case .sum(let binder, let body):
      return document.indices[binder.index.letter] == .example || sumsOverExamples(body)
    case .product(let factors): return factors.contains { sumsOverExamples($0.expression) }
    case .addition(let terms): return terms.contains { sumsOverExamples($0.expression) }
    case .group(let inner): return sumsOverExamples(inner)
    case .number, .reference, .hadamard, .power, .transpose, .call, .partial, .gradient, .norm,
      .matrix:
      return false
    }
  }
}

extension Document {
  /// The line of the notes' algorithm that a stage carries out, where its relation is theirs.
  func algorithmLine(_ stage: Stage, _ facts: NetworkFacts) -> String? {
    let target: Target
    let phase: String
    switch stage {
    case .forward(let layer):
      (phase, target) = ("forward", Target(kind: .weightedInput, layer: layer))
    case .cost: return algorithm["cost"]
    case .backward(let layer):
      phase = StepReport.kind(layer, facts.shape.last)
      target = Target(kind: .error, layer: layer)
    case .update: (phase, target) = ("update", Target(kind: .weightUpdate, layer: 1))
    }
    guard let line = algorithm[phase], let citation = citation(of: target, facts: facts),
      !equations[citation.main].isBeyondTheNotes
    else { return nil }
    return line
  }
}
