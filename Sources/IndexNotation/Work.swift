/// How much one evaluation may still compute, so that no formula holds the program for long: its
/// terms, and every group, product, power and function on the way.
package final class Work {
  /// Terms between the printed limits of one sum.
  package static let termLimit = 1_000_000
  /// Terms of all sums of one evaluation, those of sums within sums each time.
  package static let limit = 5_000_000

  private let limit: Int
  private var left: Int
  /// So much is done between two questions for Ctrl-C.
  private static let interval = 50_000
  private var untilAsked = interval

  package init(_ limit: Int = Work.limit) {
    self.limit = limit
    left = limit
  }

  package var isSpent: Bool { left < 0 }

  func spend(_ count: Int) throws(EvaluationError) {
    guard left >= 0, count <= left else {
      left = -1
      throw .fact(
        "this needs too many terms (the limit is \(limit) in one evaluation)", advice: nil)
    }
    left -= count
    untilAsked -= count
    guard untilAsked <= 0 else { return }
    untilAsked = Work.interval
    if Interruption.isAsked() { throw .interrupted }
  }
}
