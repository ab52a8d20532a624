import Backprop
import IndexNotation
import LectureNotes

// Both sides of every row, for a test that what is printed is what was computed.

extension StepReport {
  /// A row's two sides, for a test that what is printed is what was computed.
  struct Check {
    var label: String
    var left: Double
    var right: Double
  }

  /// Both sides of every row of the step.
  func checks() -> [Check] {
    var checks: [Check] = []
    for kind in Target.Kind.allCases {
      for layer in 1...shape.last {
        guard computed(kind, layer) else { continue }
        let target = Target(kind: kind, layer: layer)
        guard let citation = document.citation(of: target, facts: facts),
          let relation = try? document.relation(citation.main), let side = relation.sides.last
        else { continue }
        let reading = Reading(document, source, level: level(relation, kind))
        for instance in reading.instances(relation.left, target) {
          checks.append(
            Check(
              label: document.equations[citation.main].label,
              left: result(instance, relation.left, reading, kind) ?? .nan,
              right: (try? Evaluator(reading).number(side.expression, instance.values)) ?? .nan))
        }
      }
    }
    return checks
  }

  private func computed(_ kind: Target.Kind, _ layer: Int) -> Bool {
    switch (computation.stage, kind) {
    case (.forward(let stepped), .weightedInput), (.forward(let stepped), .activation):
      return layer == stepped
    case (.cost, .cost), (.cost, .costTerm), (.cost, .batchCost):
      return layer == shape.last && (kind != .batchCost || hasBatch)
    case (.backward(let stepped), .error), (.backward(let stepped), .weightGradient):
      return layer == stepped
    case (.backward(let stepped), .biasGradient):
      return layer == stepped && facts.biasMode != .none
    case (.backward(let stepped), .batchGradient): return layer == stepped && hasBatch
    case (.backward(let stepped), .batchBiasGradient):
      return layer == stepped && hasBatch && facts.biasMode != .none
    case (.update, .weightUpdate): return true
    case (.update, .biasUpdate): return facts.biasMode == .perNeuron || facts.biasMode == .shared
    default: return false
    }
  }
}
