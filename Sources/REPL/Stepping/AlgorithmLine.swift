import LectureNotes

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
