import Backprop
import IndexNotation
import LectureNotes

// Stops set, shown and taken away: break, watch, display, delete.

extension Session {
  /// So many stops at most.
  static let stopLimit = 100

  private mutating func add(_ stop: Stop, _ arguments: Arguments) throws(CommandError) -> Int {
    guard stops.list.count < Session.stopLimit else {
      throw CommandError(
        "\(Session.stopLimit) stops are set, the most there can be", at: arguments.commandColumns,
        advice: "delete N takes one away, delete all every one")
    }
    return stops.add(stop)
  }

  mutating func breakpoint(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let stop = try self.stop(arguments)
    let number = try add(stop, arguments)
    switch stop {
    case .place(let stage): return lines(["stop \(number): before \(stage.words)"])
    case .condition(let condition):
      return lines(["stop \(number): when \(words(condition)), at any step"])
        + holdingNow(condition)
    case .watch, .display: return []
    }
  }

  private func holdingNow(_ condition: StopCondition) -> [Line] {
    guard case .holds(let words) = StopEvaluator(self, state).truth(of: condition) else {
      return []
    }
    return lines(["it holds now: \(words); a run stops where it comes to hold again"])
  }

  mutating func watch(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let watched = try stopExpression(arguments, "watch \(exampleParameter)")
    let number = try add(.watch(watched), arguments)
    return lines(["stop \(number): when \(text(watched.expression)) changes\(nowWords(watched))"])
  }

  mutating func display(_ arguments: Arguments) throws(CommandError) -> [Line] {
    let shown = try stopExpression(arguments, "display \(exampleQuantity())")
    let number = try add(.display(shown), arguments)
    return lines(["stop \(number): shows \(text(shown.expression)) after each step"])
      + displayed().suffix(1)
  }

  private func nowWords(_ watched: StopExpression) -> String {
    switch StopEvaluator(self, state).value(of: watched) {
    case .number(let value): return "; now \(short(value))"
    case .unknown: return "; not known yet"
    case .unreadable: return ""
    }
  }

  mutating func deleteStop(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let first = arguments.words.first else {
      throw CommandError(
        "delete needs the number of a stop", at: arguments.end,
        advice: "show stops lists them; delete all takes every one")
    }
    guard first.text != "all" else {
      try arguments.expectAtMost(1, usage: "delete N…|all")
      let count = stops.list.count
      stops.removeAll()
      return lines([count == 0 ? "no stop is set" : "\(self.count(count, "stop")) deleted"])
    }
    var lines: [Line] = []
    for word in arguments.words {
      let number = try Typed.count(word, advice: "show stops lists them")
      guard stops.remove(number) else {
        throw CommandError(
          "there is no stop \(number)", at: word.columns,
          advice: stops.list.isEmpty ? "none is set" : "show stops lists them")
      }
      lines += self.lines(["stop \(number) deleted"])
    }
    return lines
  }

  /// `show stops`.
  func stopList() -> [Line] {
    guard !stops.list.isEmpty else {
      return lines(["no stop is set; break, watch and display set one"])
    }
    return stops.list.flatMap { number, stop in
      Wrapping.hanging(
        "\(Columns80.right(String(number), 3))  ", words(stop), width: display.effectiveWidth)
    }
  }

  private func words(_ stop: Stop) -> String {
    switch stop {
    case .place(let stage): return "break    \(stage.words)"
    case .condition(let condition): return "break    \(words(condition))"
    case .watch(let watched): return "watch    \(words(watched))"
    case .display(let shown): return "display  \(words(shown))"
    }
  }

  private func words(_ shown: StopExpression) -> String {
    text(shown.expression) + foreign(shown.documentID)
  }

  private func foreign(_ documentID: String) -> String {
    documentID == view.documentID ? "" : " (\(documentID))"
  }

  private func words(_ condition: StopCondition) -> String {
    let parts = condition.comparisons.map {
      "\(text($0.left)) \(plain($0.sign.rawValue)) \(text($0.right))"
    }
    var words = parts.joined(separator: " and ")
    if !condition.free.isEmpty {
      let names = condition.free.map { Renderer.plain(.name($0)) }.joined(separator: ", ")
      words += " for \(condition.quantifier.rawValue) \(names)"
    }
    return words + foreign(condition.documentID)
  }

  /// The values to show after each step.
  func displayed() -> [Line] {
    guard !stops.displays.isEmpty, state.network != nil else { return [] }
    let evaluator = StopEvaluator(self, state)
    return stops.displays.flatMap { number, shown in
      let symbol = text(shown.expression)
      switch evaluator.value(of: shown) {
      case .number(let value): return lines(["\(number): \(symbol) = \(text(value))"])
      case .unknown: return lines(["\(number): \(symbol) is not known yet"])
      case .unreadable(let message, _, _): return lines(["\(number): \(symbol): \(message)"])
      }
    }
  }
}
