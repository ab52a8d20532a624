import Backprop
import IndexNotation
import LectureNotes

/// Reads stops on a state.
struct StopEvaluator {
  enum Truth {
    /// With the numbers that make it hold.
    case holds(String)
    case fails
    /// The pass has not come to it.
    case unknown
    /// No such quantity, notes or value here.
    case unreadable(String, advice: String?, at: Columns?)

    var isHeld: Bool {
      if case .holds = self { return true }
      return false
    }
  }

  enum Found {
    case number(Double)
    case unknown
    case unreadable(String, advice: String?, at: Columns?)
  }

  private let session: Session
  private let source: StoredPass?
  private let state: State

  init(_ session: Session, _ state: State) {
    self.session = session
    self.state = state
    source = StoredPass(
      state, digits: session.display.effectiveDigits, ascii: session.display.ascii)
  }

  private func reading(_ id: String) -> Reading<StoredPass>? {
    guard let source, let document = try? session.library.document(id) else { return nil }
    return Reading(document, source, level: .batch)
  }

  // MARK: expressions

  func value(of shown: StopExpression) -> Found {
    guard let reading = reading(shown.documentID) else {
      return .unreadable("the notes \(shown.documentID) are not here", advice: nil, at: nil)
    }
    do throws(LocatedError) {
      let value = try Evaluator(reading).value(shown.expression)
      guard let number = value.number else {
        return .unreadable(
          "this is \(value.shape), not one number", advice: "name one entry", at: nil)
      }
      return .number(number)
    } catch {
      if case .notKnown = error.error { return .unknown }
      return .unreadable(
        error.error.message, advice: error.error.advice,
        at: error.columns.end > 0 ? error.columns : nil)
    }
  }

  // MARK: conditions

  func truth(of condition: StopCondition) -> Truth {
    guard let reading = reading(condition.documentID) else {
      return .unreadable("the notes \(condition.documentID) are not here", advice: nil, at: nil)
    }
    var search = Search(condition)
    look(condition.free[...], IndexValues(), reading, &search)
    if search.isInterrupted { return .unreadable("stopped", advice: nil, at: nil) }
    switch condition.quantifier {
    case .any:
      if let words = search.holding { return .holds(words) }
      if search.failing > 0 { return search.unknown > 0 ? .unknown : .fails }
    case .every:
      if search.failing > 0 { return .fails }
      if search.unknown == 0, let words = search.holding { return .holds(words) }
    }
    if search.unknown > 0 { return .unknown }
    let error = search.error
    return .unreadable(
      error?.error.message ?? "its indices have no range here", advice: error?.error.advice,
      at: error.flatMap { $0.columns.end > 0 ? $0.columns : nil })
  }

  private struct Search {
    let condition: StopCondition
    /// Words of the first place where it holds.
    var holding: String?
    var failing = 0
    var unknown = 0
    var places = 0
    /// Ctrl-C ended it.
    var isInterrupted = false
    var error: LocatedError?

    init(_ condition: StopCondition) { self.condition = condition }

    var isOver: Bool {
      if isInterrupted { return true }
      switch condition.quantifier {
      case .any: return holding != nil
      case .every: return failing > 0
      }
    }
  }

  private func look(
    _ names: ArraySlice<IndexName>, _ values: IndexValues, _ reading: Reading<StoredPass>,
    _ search: inout Search
  ) {
    guard let name = names.first else {
      search.places += 1
      if search.places % 500 == 0, session.isInterrupted() { search.isInterrupted = true }
      return compare(values, reading, &search)
    }
    guard let key = try? reading.key(of: name, values) else { return }
    for value in range(of: name, values, reading, search.condition) {
      look(names.dropFirst(), values.binding(key, value), reading, &search)
      if search.isOver { return }
    }
  }

  private func range(
    of name: IndexName, _ values: IndexValues, _ reading: Reading<StoredPass>,
    _ condition: StopCondition
  ) -> [IndexValue] {
    if reading.document.indices[name.letter] == .layer {
      return (0...reading.shape.last + 1 + max(0, reading.document.layerOrigin)).map {
        IndexValue($0)
      }
    }
    for side in condition.comparisons.flatMap({ [$0.left, $0.right] })
    where side.freeIndices.contains(name) {
      if let range = try? reading.range(of: name, in: side, values) { return range }
    }
    return []
  }

  private func compare(
    _ values: IndexValues, _ reading: Reading<StoredPass>, _ search: inout Search
  ) {
    var words: [String] = []
    do throws(LocatedError) {
      let evaluator = Evaluator(reading)
      for comparison in search.condition.comparisons {
        let left = try evaluator.number(comparison.left, values)
        let right = try evaluator.number(comparison.right, values)
        guard comparison.sign.holds(left, right) else {
          search.failing += 1
          return
        }
        if search.holding == nil {
          words.append(self.words(comparison, left, right, search.condition))
        }
      }
    } catch {
      if case .notKnown = error.error { search.unknown += 1 } else { search.error = error }
      return
    }
    if search.holding == nil {
      search.holding = words.joined(separator: " and ") + place(values, reading, search.condition)
    }
  }

  /// `C = 0.000999381 < 0.001`.
  private func words(
    _ comparison: Comparison, _ left: Double, _ right: Double, _ condition: StopCondition
  ) -> String {
    let sign = session.plain(comparison.sign.rawValue)
    if condition.quantifier == .every, !condition.free.isEmpty {
      return "\(session.text(comparison.left)) \(sign) \(session.text(comparison.right))"
    }
    return "\(side(comparison.left, left)) \(sign) \(side(comparison.right, right))"
  }

  private func side(_ expression: IndexNotation.Expression, _ value: Double) -> String {
    guard Session.literal(expression) == nil else { return session.text(expression) }
    return "\(session.text(expression)) = \(session.text(value))"
  }

  /// One example at a time: whose numbers they are.
  var exampleWords: String {
    state.reduction == .perExample && state.examples.count > 1 ? ", example \(state.example)" : ""
  }

  /// `, j = 2`.
  private func place(
    _ values: IndexValues, _ reading: Reading<StoredPass>, _ condition: StopCondition
  ) -> String {
    let example = exampleWords
    guard condition.quantifier == .any else {
      let names = condition.free.map { Renderer.plain(.name($0)) }.joined(separator: ", ")
      return (names.isEmpty ? "" : " for every \(names)") + example
    }
    return condition.free.map { name in
      let value = (try? reading.key(of: name, values)).flatMap { values.value(of: $0) }
      return ", \(Renderer.plain(.name(name))) = \(value.map { String($0.value) } ?? "?")"
    }.joined() + example
  }
}
