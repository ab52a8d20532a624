import Backprop
import IndexNotation
import LectureNotes

/// Looks for stops along a run: a condition that comes to hold, a value that changes, a place that
/// is reached.
///
/// A condition that held before the run is no reason to stop before it has ceased to.
struct Lookout {
  /// A stop that is met, in words.
  struct Hit {
    var number: Int?
    var words: String
  }

  private let stops: [(number: Int?, stop: Stop)]
  private var held: [Bool]
  private var known: [Double?]

  /// - Parameters:
  ///   - goal: a stop for this run alone.
  ///   - inTraining: whether the run is a training, which comes to no place.
  init(_ session: Session, goal: Stop? = nil, inTraining: Bool = false) {
    var stops: [(number: Int?, stop: Stop)] = session.stops.list.compactMap { number, stop in
      switch stop {
      case .display: nil
      case .place: inTraining ? nil : (number, stop)
      case .condition, .watch: (number, stop)
      }
    }
    if let goal { stops.append((nil, goal)) }
    self.stops = stops
    held = Array(repeating: false, count: stops.count)
    known = Array(repeating: nil, count: stops.count)
    guard !stops.isEmpty else { return }
    let state = session.state
    _ = look(session, at: inTraining ? (try? state.completed()) ?? state : state, after: nil)
  }

  var isEmpty: Bool { stops.isEmpty }

  /// The conditions that hold already.
  var holdingNumbers: [Int] {
    zip(stops, held).compactMap { stop, isHeld in
      if case .condition = stop.stop, isHeld { stop.number } else { nil }
    }
  }

  /// The stops that are met by coming to a state.
  ///
  /// - Parameters:
  ///   - moment: the one that has the state; else the one on screen.
  ///   - isCompleted: whether the state stands for a whole pass at its weights, as in training.
  ///   - cause: what led there, for a value that has changed; nil to look without a hit.
  mutating func look(
    _ session: Session, at state: State, moment: Int? = nil, isCompleted: Bool = false,
    after cause: Cause?
  ) -> [Hit] {
    let moment = moment ?? session.timeline.current
    let evaluator = StopEvaluator(session, state)
    var hits: [Hit] = []
    for index in stops.indices {
      let number = stops[index].number
      switch stops[index].stop {
      case .place(let stage):
        let isThere = state.next == stage && state.progress.neuronsDone == 0 && !isCompleted
        if isThere, !held[index] {
          hits.append(Hit(number: number, words: "before \(stage.words)"))
        }
        held[index] = isThere
      case .condition(let condition):
        let truth = evaluator.truth(of: condition)
        if case .holds(let words) = truth, !held[index] {
          hits.append(Hit(number: number, words: words))
        }
        held[index] = truth.isHeld
      case .watch(let watched):
        guard case .number(let value) = evaluator.value(of: watched) else { continue }
        let before =
          known[index] ?? (cause == nil ? nil : session.lastKnown(watched, before: moment))
        known[index] = value
        guard let cause, before?.bitPattern != value.bitPattern else { continue }
        hits.append(
          Hit(
            number: number,
            words: cause.words(watched, before, value, session) + evaluator.exampleWords))
      case .display: continue
      }
    }
    return cause == nil ? [] : hits
  }
}

/// What changed a value.
enum Cause {
  case computation(Computation)
  /// An update within a training.
  case trained(Int)
  case command(String)

  /// `w₁₁¹ 0.15 → 0.149781, by update, “Weight update”`.
  func words(
    _ watched: StopExpression, _ before: Double?, _ after: Double, _ session: Session
  ) -> String {
    let arrow = session.arrow
    let change =
      before.map { "\(session.short($0)) \(arrow) \(session.short(after))" }
      ?? "is \(session.short(after))"
    return "\(session.text(watched.expression)) \(change), by \(name(watched, session))"
  }

  private func name(_ watched: StopExpression, _ session: Session) -> String {
    switch self {
    case .command(let name): return Shown.text(name)
    case .trained(let step): return "step \(step)" + label(watched, session)
    case .computation(let computation): return computation.stage.words + label(watched, session)
    }
  }

  /// The equation that gives the watched quantity.
  private func label(_ watched: StopExpression, _ session: Session) -> String {
    guard let reading = try? session.reading() else { return "" }
    if let label = session.label(of: watched.expression, reading) { return ", \(label)" }
    guard case .reference(let reference) = watched.expression,
      case .element(let quantity, _)? = try? reading.resolve(reference, IndexValues())
    else { return "" }
    let kind: Target.Kind
    switch quantity {
    case .weight: kind = .weightUpdate
    case .bias: kind = .biasUpdate
    case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
      .learningRate, .gradient, .change, .constant:
      return ""
    }
    return session.label(of: Target(kind: kind, layer: 1), session.state).map { ", \($0)" } ?? ""
  }
}
