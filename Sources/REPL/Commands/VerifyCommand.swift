import Backprop
import IndexNotation
import LectureNotes

// `verify [LABEL|all]`: every equation against the definition of its left side.

extension Session {
  /// `2 ulp`: how far the sides of a relation that holds are apart at most.
  static func ulps(_ result: Verification) -> String {
    "\(NumberText.shortest(result.worstUlps.rounded())) ulp"
  }

  /// A difference to two digits: `7`, `2.1e−16`.
  func size(_ difference: Double) -> String {
    if difference.isInfinite { return "inf" }
    if difference == difference.rounded(), difference < 1e4 {
      return NumberText.shortest(difference)
    }
    return NumberText.significant(difference, digits: 2, minus: display.ascii ? "-" : "−")
  }

  /// More numbers than this are not compared for one relation.
  static let comparisonLimit = 200_000

  mutating func verify(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    let chosen = try chosenEquations(arguments)
    let verifier = try verifier()
    var table = VerificationTable(self)
    for index in chosen.equations {
      let corrected = try verified(verifier, index, .corrected)
      let printed =
        document.equations[index].printed == nil
        ? nil : try verified(verifier, index, .printed)
      if corrected.isInterrupted || printed?.isInterrupted ?? false || isInterrupted() {
        table.stoppedBefore = chosen.equations.count - table.count
        break
      }
      try table.add(index, corrected, printed: printed)
    }
    failures += table.failures.map { failure in
      var failure = failure
      failure.columns = arguments.commandColumns
      return failure
    }
    return table.lines(all: chosen.all, one: chosen.isOne)
  }

  private func verified(
    _ verifier: Verifier, _ index: Int, _ form: Form
  ) throws(CommandError) -> Verification {
    do throws(SyntaxError) {
      return try verifier.verify(index, form)
    } catch {
      throw CommandError("\(document.equations[index].label): \(error.message)")
    }
  }

  func definitions() throws(CommandError) -> Definitions {
    guard let network = state.network, let facts = state.facts else { throw Session.noNetwork() }
    return Definitions(state, network, facts)
  }

  func verifier() throws(CommandError) -> Verifier {
    var verifier = Verifier(document, try definitions())
    verifier.limit = Session.comparisonLimit
    return verifier
  }

  private func chosenEquations(
    _ arguments: Arguments
  ) throws(CommandError) -> (equations: [Int], all: Bool, isOne: Bool) {
    guard !arguments.words.isEmpty else { return (citedEquations(), false, false) }
    if arguments.words[0].text == "all" {
      if arguments.words.count > 1 {
        throw CommandError(
          "verify all takes nothing after it", at: arguments.words[1].columns,
          advice: "type: verify all, or: verify \(exampleLabel)")
      }
      return (document.tried, true, false)
    }
    let found = try equations(of: arguments.rest.trimmed, at: arguments.whole)
    return (found, false, true)
  }

  /// What stepping cites on this network, with the numbered forms and what restates them.
  func citedEquations() -> [Int] {
    guard let facts = state.facts else { return [] }
    var found: Set<Int> = []
    for kind in Target.Kind.allCases {
      for layer in 1...facts.shape.last {
        guard
          let citation = document.citation(of: Target(kind: kind, layer: layer), facts: facts)
        else { continue }
        found.formUnion([citation.main] + citation.matrices + citation.also)
      }
    }
    return found.filter { !document.equations[$0].isBeyondTheNotes }.sorted()
  }
}
