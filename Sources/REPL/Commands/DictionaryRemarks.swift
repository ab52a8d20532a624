import Backprop
import IndexNotation
import LectureNotes

// Index order, layers, signs, and letters that mean something else elsewhere.

extension Session {
  /// Which differences matter to what is looked up.
  struct Topic {
    /// A weight is in the symbol or in the formula.
    var hasWeights = false
    var isOfParameter = false
    var isError = false
    /// A derivative of the cost turns its sign with it.
    var isDerivative = false

    init(_ subject: Subject) {
      switch subject.quantity.kind {
      case .weight: (hasWeights, isOfParameter) = (true, true)
      case .bias: isOfParameter = true
      case .weightedInput: hasWeights = true
      case .error: (hasWeights, isError, isDerivative) = (true, true, true)
      case .activation, .target, .cost, .outputCost, .totalCost, .learningRate, .gradient, .change,
        .constant:
        break
      }
      if subject.isDerivative { isDerivative = true }
    }

    init(_ kind: Target.Kind) {
      switch kind {
      case .weightedInput: (hasWeights, isOfParameter) = (true, true)
      case .error, .constantError: (hasWeights, isError, isDerivative) = (true, true, true)
      case .costGradient: isDerivative = true
      case .weightGradient, .batchGradient, .weightUpdate:
        (hasWeights, isOfParameter, isDerivative) = (true, true, true)
      case .biasGradient, .batchBiasGradient, .biasUpdate:
        (isOfParameter, isDerivative) = (true, true)
      case .activation, .costTerm, .cost, .batchCost: break
      }
    }
  }

  /// Index order, the layer of a weight, signs, and letters that mean something else elsewhere.
  func remarks(
    _ topic: Topic, _ documents: [Document], letterOf subject: Subject?
  ) -> [Line] {
    var texts: [String] = []
    if topic.hasWeights { texts += weightOrders(documents) }
    if topic.isOfParameter { texts += weightPlaces(documents) }
    if let subject { texts += otherMeanings(subject, documents) }
    if topic.isError { texts += definedSigns(documents) }
    if topic.isDerivative { texts += climbedCosts(documents) }
    return texts.flatMap { Wrapping.hanging("  ", plain($0), width: display.effectiveWidth) }
  }

  private func weightOrders(_ documents: [Document]) -> [String] {
    let here = documents[0]
    let rest = documents.dropFirst()
    let others = rest.filter { $0.weightOrder != here.weightOrder }.map(\.id)
    guard !others.isEmpty else { return [] }
    let same = rest.filter { $0.weightOrder == here.weightOrder }.map(\.id)
    let turned = here.weightOrder == "to-from" ? "from-to" : "to-from"
    return [
      "weights: indices \(here.weightOrder) here\(Session.alsoIn(same)), \(turned) in \(Session.list(others))"
    ]
  }

  private func weightPlaces(_ documents: [Document]) -> [String] {
    var places: [(words: String, ids: [String])] = []
    for other in documents {
      if let index = places.firstIndex(where: { $0.words == other.weightPlace }) {
        places[index].ids.append(other.id)
      } else {
        places.append((other.weightPlace, [other.id]))
      }
    }
    guard places.count > 1 else { return [] }
    return [
      "layer of a weight: "
        + places.map { "\($0.words) in \(Session.list($0.ids))" }.joined(separator: "; ")
    ]
  }

  private func definedSigns(_ documents: [Document]) -> [String] {
    documents.compactMap { other in
      other.misprintedErrorSign.map {
        "sign: \(other.id) defines its error with the other sign and uses this one (its misprint \($0))"
      }
    }
  }

  private func climbedCosts(_ documents: [Document]) -> [String] {
    let climbs = documents.filter { $0.model.direction == .ascent }.map(\.id)
    guard !climbs.isEmpty, climbs.count < documents.count else { return [] }
    return [
      "sign: the cost of \(Session.list(climbs)) is climbed; with it every derivative turns its sign"
    ]
  }

  private func otherMeanings(_ subject: Subject, _ documents: [Document]) -> [String] {
    guard let letter = letter(subject) else { return [] }
    var meanings: [(words: String, ids: [String])] = []
    for other in documents.dropFirst() {
      let kinds = other.kinds(ofLetter: letter)
      guard let kind = kinds.first, !kinds.contains(subject.quantity.kind) else { continue }
      if let index = meanings.firstIndex(where: { $0.words == kind.words }) {
        meanings[index].ids.append(other.id)
      } else {
        meanings.append((kind.words, [other.id]))
      }
    }
    guard !meanings.isEmpty else { return [] }
    let list = meanings.map { "\($0.words) in \(Session.list($0.ids))" }.joined(separator: ", ")
    return ["\(letter) is another thing elsewhere: \(list)"]
  }

  private func letter(_ subject: Subject) -> String? {
    guard !subject.isDerivative, let reading = try? reading() else { return nil }
    return reading.reference(for: subject.quantity)?.name
  }

  private static func alsoIn(_ names: [String]) -> String {
    names.isEmpty ? "" : " and in \(list(names))"
  }

  private static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
