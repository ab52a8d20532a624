import IndexNotation
import LectureNotes

/// What a run heeds: a place, a condition, a value that changes; or a value to show after each step.
package enum Stop: Sendable {
  /// Before this computation.
  case place(Stage)
  case condition(StopCondition)
  case watch(StopExpression)
  case display(StopExpression)
}

/// An expression as it was typed, in the notes in use then.
package struct StopExpression: Sendable {
  package var text: String
  package var expression: IndexNotation.Expression
  package var documentID: String
}

/// Comparisons that hold together, for any or for every value of their free indices.
package struct StopCondition: Sendable {
  package enum Quantifier: String, CaseIterable, Sendable { case any, every }
  package var text: String
  package var comparisons: [Comparison]
  package var free: [IndexName]
  package var quantifier: Quantifier
  package var documentID: String
}

/// Stops under one numbering.
package struct Stops: Equatable, Sendable {
  package private(set) var list: [(number: Int, stop: Stop)] = []
  private var next = 1

  /// A number is given once.
  package static func == (left: Stops, right: Stops) -> Bool {
    left.next == right.next && left.list.map(\.number) == right.list.map(\.number)
  }

  package init() {}

  package mutating func add(_ stop: Stop) -> Int {
    list.append((next, stop))
    next += 1
    return next - 1
  }

  /// False if there is none of this number.
  package mutating func remove(_ number: Int) -> Bool {
    guard let place = list.firstIndex(where: { $0.number == number }) else { return false }
    list.remove(at: place)
    return true
  }

  package mutating func removeAll() { list = [] }

  /// Whether a run may end before its end.
  var canStop: Bool {
    list.contains { if case .display = $0.stop { false } else { true } }
  }

  var displays: [(number: Int, shown: StopExpression)] {
    list.compactMap { number, stop in
      if case .display(let shown) = stop { (number, shown) } else { nil }
    }
  }
}
