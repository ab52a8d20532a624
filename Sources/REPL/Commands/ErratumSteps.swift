import Backprop
import IndexNotation
import LectureNotes

// A cost with the wrong sign has the right value; that it is no cost shows in a step.

extension ErratumPage {
  /// The cost of this network now, and after one step down and one step up its gradient; nothing
  /// where the misprint is not the sign of a cost in use here.
  func stepsBothWays(_ touched: [Int]) throws(CommandError) -> [Line] {
    guard erratum.kind == .sign, !session.state.examples.isEmpty,
      session.state.network != nil
    else { return [] }
    let verifier = try session.verifier()
    guard
      touched.contains(where: { isCostInUse($0, verifier) }),
      let before = session.state.wholeCost
    else { return [] }
    var rows: [(String, Double)] = [("now", before)]
    for (direction, words) in [(Direction.descent, "one step down"), (.ascent, "one step up")] {
      var state = session.state
      state.network?.train(
        .epochs(1), on: state.examples, cost: state.cost, reduction: state.reduction,
        direction: direction, learningRate: state.rate)
      guard let after = state.wholeCost else { return [] }
      rows.append((words, after))
    }
    let texts = rows.map { session.text($0.1) }
    let rate = "\(session.symbol(.learningRate)) = \(NumberText.shortest(session.state.rate))"
    return session.lines(["  \(session.costSymbol) of this network, \(rate)"])
      + zip(rows, texts).map { row, text in
        Line(
          "    " + Columns80.left(row.0, 16) + (row.1 < 0 ? "" : " ") + text)
      }
  }

  private func isCostInUse(_ index: Int, _ verifier: Verifier) -> Bool {
    switch session.document.equations[index].role {
    case .cost, .costTerm, .batchCost:
      return ((try? verifier.verify(index))?.comparisons ?? 0) > 0
    case .definition, .forward, .costGradient, .outputError, .hiddenError, .constantError,
      .biasGradient, .weightGradient, .batchGradient, .update, .matrix, .identity, .derivation,
      .code, .shape, .algorithm:
      return false
    }
  }
}
