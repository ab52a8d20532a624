import Backprop
import LectureNotes

/// What comes next, and by which labels of the document in use.
package struct NextStep {
  let state: State
  let document: Document
  let display: Display

  package init(_ state: State, document: Document, display: Display) {
    self.state = state
    self.document = document
    self.display = display
  }

  /// `next: backward 1 (hidden), by (2) (3) (4)`.
  package func lines() -> [Line] {
    Wrapping.lines("next: " + words(), width: display.effectiveWidth).map { Line($0.text, .next) }
  }

  package func words() -> String {
    guard let facts = state.facts else { return "a network, as in: net 2 3 1" }
    let last = facts.shape.last
    let stage = state.next
    if state.examples.isEmpty { return "data, as in: \(facts.shape.dataExample)" }
    var words = stage.words
    switch stage {
    case .forward(let layer):
      if layer == last { words += " (output)" }
    case .backward(let layer): words += " (\(StepReport.kind(layer, last)))"
    case .cost, .update: break
    }
    if state.progress.neuronsDone > 0 { words += ", neuron \(state.progress.neuronsDone + 1)" }
    let labels = labels(stage, facts)
    guard labels.isEmpty else {
      let text = words + ", by " + NextStep.joined(labels)
      return display.ascii ? PlainText.ascii(text) : text
    }
    if stage == .update, !document.equations.contains(where: { $0.isOwnUpdate }) {
      return "\(words) (\(document.id) prints none; the network \(state.direction.verb)s)"
    }
    return "\(words), \(LectureNotes.Equation.beyond)"
  }

  /// `(1) (3) (4)`, but `line 8, line 9`.
  package static func joined(_ labels: [String]) -> String {
    if labels.contains(where: { $0.contains(",") }) { return labels.joined(separator: "; ") }
    return labels.joined(separator: labels.contains { $0.contains(" ") } ? ", " : " ")
  }

  /// The labels a stage begins with: the error's, going back, as the gradients are made of it; and
  /// those of relations that say the same.
  package func firstLabels(_ stage: Stage, _ facts: NetworkFacts) -> [String] {
    guard case .backward(let layer) = stage else { return allLabels(stage, facts) }
    let line = document.algorithmLine(stage, facts).map { [$0] } ?? []
    return line + labels(of: Target(kind: .error, layer: layer), facts)
  }

  /// The labels of the relations the stage cites and of those that say the same.
  package func allLabels(_ stage: Stage, _ facts: NetworkFacts) -> [String] {
    (document.algorithmLine(stage, facts).map { [$0] } ?? []) + labels(stage, facts)
      + targets(stage, facts).flatMap { labels(of: $0, facts) }
  }

  private func labels(of target: Target, _ facts: NetworkFacts) -> [String] {
    guard let citation = document.citation(of: target, facts: facts) else { return [] }
    let others = citation.also + citation.matrices
    return [Labels.short(citation, document)] + others.map { document.equations[$0].label }
  }

  /// The labels of the relations the stage cites, the notes' own only.
  package func labels(_ stage: Stage, _ facts: NetworkFacts) -> [String] {
    var labels: [String] = []
    if case .backward = stage, let line = document.algorithmLine(stage, facts) {
      labels.append(line)
    }
    for target in targets(stage, facts) {
      guard let citation = document.citation(of: target, facts: facts),
        !document.equations[citation.main].isBeyondTheNotes
      else { continue }
      let label = Labels.short(citation, document)
      if !labels.contains(label) { labels.append(label) }
      for matrix in citation.matrices.dropFirst() {
        labels.append(document.equations[matrix].label)
      }
    }
    return labels
  }

  private func targets(_ stage: Stage, _ facts: NetworkFacts) -> [Target] {
    let last = facts.shape.last
    switch stage {
    case .forward(let layer):
      return [.init(kind: .weightedInput, layer: layer), .init(kind: .activation, layer: layer)]
    case .cost: return [.init(kind: .costTerm, layer: last), .init(kind: .cost, layer: last)]
    case .backward(let layer):
      var targets = [Target(kind: .error, layer: layer)]
      if facts.biasMode != .none { targets.append(.init(kind: .biasGradient, layer: layer)) }
      return targets + [.init(kind: .weightGradient, layer: layer)]
    case .update: return [.init(kind: .weightUpdate, layer: 1)]
    }
  }
}

extension LectureNotes.Equation {
  var isOwnUpdate: Bool { role == .update && !isBeyondTheNotes }
}

extension Direction {
  package var verb: String {
    switch self {
    case .descent: return "descend"
    case .ascent: return "ascend"
    }
  }
}
