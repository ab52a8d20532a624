import IndexNotation
import LectureNotes

// What a step says of relations that do not give the numbers beside them.

extension StepReport {
  /// The shipped notes are proved by tests; a file of one's own may be in error.
  func warning(
    _ row: Block.Row, _ side: Expression, _ values: IndexValues, _ reading: Reading<StoredPass>,
    _ citation: Citation
  ) -> [String] {
    guard !Library.shipped.contains(document.id), let result = row.result else { return [] }
    let label = Labels.short(citation, document)
    do throws(LocatedError) {
      let given = try Evaluator(reading).number(side, values)
      if StepReport.differ(result, given) {
        let number = source.numeral(given).text(minus: display.ascii ? "-" : "−")
        return [
          "\(label) does not hold here: its right side is \(number)", "type: verify \(label)",
        ]
      }
    } catch {
      if case .notKnown = error.error { return [] }
      return ["\(label) has no value here: \(error.error.message)", "type: verify \(label)"]
    }
    return mentionsCostGradient(side) ? wrongCostGradient(reading) : []
  }

  private static func differ(_ result: Double, _ given: Double) -> Bool {
    abs(result - given) > 1e-9 * max(abs(result), abs(given))
  }

  /// What a row prints for ∂C/∂a is put in from a relation of its own.
  private func wrongCostGradient(_ reading: Reading<StoredPass>) -> [String] {
    let target = Target(kind: .costGradient, layer: shape.last)
    guard let citation = document.citation(of: target, facts: facts),
      let relation = try? document.relation(citation.main), let side = relation.sides.last
    else { return [] }
    let evaluator = Evaluator(reading)
    let isWrong = reading.instances(relation.left, target).contains { instance in
      guard let result = try? evaluator.number(relation.left, instance.values),
        let given = try? evaluator.number(side.expression, instance.values)
      else { return false }
      return StepReport.differ(result, given)
    }
    let label = Labels.short(citation, document)
    return isWrong ? ["\(label), put in here, does not hold", "type: verify \(label)"] : []
  }
}
