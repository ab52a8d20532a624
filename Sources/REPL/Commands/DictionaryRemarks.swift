import Backprop
import IndexNotation
import LectureNotes

// Index order, layers, signs, and letters that mean something else elsewhere.

extension Session {
  /// Index order, the layer of a weight, signs, and letters that mean something else elsewhere.
  func remarks(_ subject: Subject?, _ documents: [Document]) -> [Line] {
    var texts: [String] = []
    let here = documents[0]
    func others(_ isSame: (Document) -> Bool) -> (same: [String], other: [String]) {
      let rest = documents.dropFirst()
      return (rest.filter(isSame).map(\.id), rest.filter { !isSame($0) }.map(\.id))
    }
    let order = others { $0.weightOrder == here.weightOrder }
    if !order.other.isEmpty {
      let turned = here.weightOrder == "to-from" ? "from-to" : "to-from"
      texts.append(
        "weights: indices \(here.weightOrder) here\(Session.alsoIn(order.same)), \(turned) in \(Session.list(order.other))"
      )
    }
    if subject.map({ $0.isOfParameter }) ?? true { texts += weightPlaces(documents) }
    if let subject, let letter = letter(subject, here) {
      let meanings = documents.dropFirst().compactMap { other -> String? in
        let kinds = other.kinds(ofLetter: letter)
        guard let kind = kinds.first, !kinds.contains(subject.quantity.kind) else {
          return nil
        }
        return "\(kind.words) in \(other.id)"
      }
      if !meanings.isEmpty {
        texts.append("\(letter) is another thing elsewhere: \(meanings.joined(separator: ", "))")
      }
    }
    texts += signs(subject, documents)
    return texts.flatMap { Wrapping.hanging("  ", plain($0), width: display.effectiveWidth) }
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

  private func signs(_ subject: Subject?, _ documents: [Document]) -> [String] {
    var texts: [String] = []
    let isOfError = subject.map { $0.quantity.kind == .error } ?? false
    for other in documents where isOfError {
      guard let index = other.misprintedErrorSign else { continue }
      texts.append(
        "sign: \(other.id) defines its error with the other sign and uses this one: errata \(other.equations[index].misprints.first ?? "")"
      )
    }
    let isDerivative: Bool
    switch subject {
    case .quantity(let quantity)?: isDerivative = quantity.kind == .error
    case .derivative?, nil: isDerivative = true
    }
    let climbs = documents.filter { $0.model.direction == .ascent }.map(\.id)
    if isDerivative, !climbs.isEmpty, climbs.count < documents.count {
      texts.append(
        "sign: the cost of \(Session.list(climbs)) is climbed; with it every derivative turns its sign"
      )
    }
    return texts
  }

  private func letter(_ subject: Subject, _ here: Document) -> String? {
    guard case .quantity(let quantity) = subject, let reading = try? reading() else { return nil }
    return reading.reference(for: quantity)?.name
  }

  private static func alsoIn(_ names: [String]) -> String {
    names.isEmpty ? "" : " and in \(list(names))"
  }

  private static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
