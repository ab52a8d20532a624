import IndexNotation

// Relations with the role of a step that no step on a network uses.

extension Document {
  /// A deeper network is left alone.
  private static let layerLimit = 50

  /// What stepping would take from the notes and cannot: the first such relation of a role, and why.
  package func uncitedRelations(facts: NetworkFacts) -> [DocumentError] {
    guard facts.shape.last <= Document.layerLimit else { return [] }
    let targets = self.targets(facts)
    let citations = targets.map { citation(of: $0, facts: facts) }
    let missing = zip(targets, citations).filter { _, citation in
      citation.map { equations[$0.main].isBeyondTheNotes } ?? true
    }.map(\.0)
    var told: Set<Role> = []
    var found: [DocumentError] = []
    for (index, equation) in equations.enumerated()
    where !equation.isBeyondTheNotes && equation.restates == nil && !told.contains(equation.role) {
      let wanted = missing.filter {
        $0.roles(lastLayer: facts.shape.last).contains(equation.role)
      }
      guard !wanted.isEmpty, !citations.contains(where: { $0?.cites([index]) == true }),
        let reason = reason(index, against: wanted, of: targets, facts)
      else { continue }
      told.insert(equation.role)
      found.append(
        DocumentError(
          "\(equation.label) has the role \(equation.role.rawValue), but stepping the example does not use it: \(reason)",
          line: equation.line, columns: Columns(0, equation.label.count)))
    }
    return found
  }

  /// What the steps of a network compute.
  private func targets(_ facts: NetworkFacts) -> [Target] {
    let kinds = Target.Kind.allCases.filter { kind in
      switch kind {
      case .biasGradient, .batchBiasGradient: return facts.biasMode != .none
      case .biasUpdate: return facts.biasMode != .none && facts.biasMode != .frozen
      case .weightedInput, .activation, .costTerm, .cost, .batchCost, .costGradient, .error,
        .constantError, .weightGradient, .batchGradient, .weightUpdate:
        return true
      }
    }
    return kinds.flatMap { kind in
      (1...facts.shape.last).map { Target(kind: kind, layer: $0) }
    }
  }

  /// Why a relation gives none of the targets it is wanted for; nil if it speaks of others.
  private func reason(
    _ index: Int, against wanted: [Target], of all: [Target], _ facts: NetworkFacts
  ) -> String? {
    guard let relation = try? relation(index) else { return nil }
    let reading = Reading(self, Outline(facts: facts), level: .example)
    let equation = equations[index]
    var excluded = false
    for target in wanted {
      guard let values = reading.match(relation.left, target) else { continue }
      guard reading.holds(equation.conditions, values) else {
        excluded = true
        continue
      }
      if let fact = equation.facts.first(where: { !reading.holds($0, values) }) {
        return reading.failure(of: fact, values)
      }
    }
    if excluded { return "\(equation.condition ?? "") never holds there" }
    let isOfAnother = all.contains { reading.match(relation.left, $0) != nil }
    return isOfAnother ? nil : "its left side is no quantity that a step computes"
  }
}
