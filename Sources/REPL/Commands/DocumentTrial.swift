import Backprop
import IndexNotation
import LectureNotes

/// The relations of a document tried on its own example.
struct DocumentTrial {
  private struct Failure {
    var equation: Int
    var words: String
    /// The cost with which it would hold.
    var otherCost: Cost?
  }

  private let document: Document
  private let cost: Cost
  private var tried = 0
  private var failures: [Failure] = []
  /// The example is too large, or the relations ask for too much, to try them all here.
  private var isPartial = false
  /// Numbers that may still be compared.
  private var budget = 0

  /// More numbers than this are not compared for one relation.
  private static let comparisonLimit = 2_000
  /// Numbers of the network times examples: a larger one is left to `verify all`.
  private static let sizeLimit = 20_000
  private static let workLimit = 2_000_000
  /// Numbers of the network times examples times numbers compared, all relations together.
  private static let passLimit = 20_000_000
  /// So many failures are tried with the other costs.
  private static let otherCostLimit = 4

  init(_ document: Document, _ state: State) {
    self.document = document
    cost = state.cost
    guard let network = state.network,
      network.shape.parameterCount * state.examples.count <= Self.sizeLimit
    else {
      isPartial = true
      return
    }
    // A derivative by definition costs a forward pass.
    budget = Self.passLimit / max(1, network.shape.parameterCount * state.examples.count)
    let work = Work(Self.workLimit)
    for index in document.tried {
      guard budget > 0, let result = result(of: index, state, work), !work.isSpent else {
        isPartial = true
        return
      }
      if result.isPartial { isPartial = true }
      switch result.outcome {
      case .doesNotApply: continue
      case .holds: tried += 1
      case .fails:
        tried += 1
        failures.append(
          Failure(
            equation: index,
            words: result.words(document.renderer, exampleCount: state.examples.count) {
              NumberText.significant($0, digits: 6)
            },
            otherCost: failures.count < Self.otherCostLimit
              ? otherCost(holding: index, state, work) : nil))
      }
    }
  }

  private mutating func result(
    of index: Int, _ state: State, _ work: Work
  ) -> Verification? {
    guard let network = state.network, let facts = state.facts else { return nil }
    var verifier = Verifier(document, Definitions(state, network, facts))
    verifier.limit = min(Self.comparisonLimit, budget)
    verifier.placeLimit = Self.comparisonLimit
    verifier.work = work
    guard let result = try? verifier.verify(index) else { return nil }
    budget -= result.comparisons
    return result
  }

  private mutating func otherCost(holding index: Int, _ state: State, _ work: Work) -> Cost? {
    for other in Cost.allCases where other != cost {
      var state = state
      state.cost = other
      state.direction = other.natural
      if result(of: index, state, work)?.outcome == .holds { return other }
    }
    return nil
  }

  /// One row: how many hold.
  var words: String {
    if isPartial, tried == 0 { return "its example is large: verify all tries the relations on it" }
    guard tried > 0 else { return "no relation could be tried on its example" }
    let count = tried == 1 ? "1 relation" : "\(tried) relations"
    let partial = isPartial ? "; verify all tries the rest" : ""
    guard !failures.isEmpty else {
      return "\(count) tried on its example, \(tried == 1 ? "it holds" : "all hold")\(partial)"
    }
    var seen: Set<String> = []
    let labels = failures.map { document.equations[$0.equation].label }
      .filter { seen.insert($0).inserted }
    let shown = labels.prefix(6).joined(separator: "; ") + (labels.count > 6 ? "; …" : "")
    let verb = failures.count == 1 ? "does" : "do"
    return
      "\(count) tried on its example: \(failures.count) \(verb) not hold, \(shown): verify LABEL shows where\(partial)"
  }

  /// What fails, at its place in the file.
  var warnings: [DocumentError] {
    failures.map { failure in
      let equation = document.equations[failure.equation]
      let advice = failure.otherCost.map {
        "the model's cost is \(cost.rawValue), \(cost.formula); with \($0.rawValue) it holds"
      }
      return DocumentError(
        "\(equation.label) does not hold on the example, \(failure.words)", line: equation.line,
        columns: Columns(0, equation.label.count), advice: advice)
    }
  }
}
