import Backprop
import IndexNotation
import LectureNotes

// `show shapes`: the vectors and matrices of the notes, and their shapes on this network.

extension Session {
  func shapes() throws(CommandError) -> [Line] {
    let reading = Reading(document, try definitions(), level: .batch)
    let claims = shapeClaims()
    let arrays = document.arrays.isEmpty ? impliedArrays() : document.arrays.map(\.pattern)
    var rows: [[String]] = []
    for array in arrays {
      let shapes = self.shapes(of: array, reading)
      guard shapes.contains(where: { !$0.isEmpty }) else { continue }
      let symbol = text(array)
      rows.append(["  " + symbol, claims[symbol] ?? ""] + shapes)
    }
    if claims.isEmpty { for row in rows.indices { rows[row].remove(at: 1) } }
    let layers = (0...reading.shape.last).map { "layer \($0)" }
    let head = ["  symbol"] + (claims.isEmpty ? [] : ["in the notes"]) + layers
    let sizes = reading.shape.sizes.map(String.init).joined(separator: "-")
    let title =
      "\(document.id) on \(sizes), \(count(state.examples.count, "example")): rows × columns"
    return [Line(plain(title), .heading)]
      + Table(head: head, rows: rows).lines(width: display.effectiveWidth).map { Line(plain($0)) }
      + lines(shapeRemarks)
  }

  /// What the notes' own table says, by symbol.
  private func shapeClaims() -> [String: String] {
    var claims: [String: String] = [:]
    for index in document.equations.indices {
      guard let claim = try? document.shapeClaim(index) else { continue }
      let times = display.ascii ? "x" : "×"
      claims[text(claim.array)] =
        "\(document.renderer.text(claim.rows)) \(times) \(document.renderer.text(claim.columns))"
    }
    return claims
  }

  private var shapeRemarks: [String] {
    let labels = document.equations.filter { $0.shape != nil }.map(\.label)
    guard let first = labels.first, let last = labels.last else { return [] }
    return [first == last ? "in the notes: \(first)" : "in the notes: \(first) to \(last)"]
  }

  /// Notes that declare no vectors: a symbol without its neuron indices is one all the same.
  private func impliedArrays() -> [Reference] {
    var seen: Set<String> = []
    return document.declarations.compactMap { declaration in
      guard !declaration.lower.isEmpty, !declaration.isBeyondTheNotes,
        declaration.lower.allSatisfy({ $0.letter != nil && $0.letter != declaration.exampleLetter }
        ),
        declaration.isQuantity(of: [.weightedInput, .activation, .error, .weight, .bias]),
        seen.insert(declaration.name).inserted
      else { return nil }
      var reference = Reference(declaration.name)
      reference.upper = declaration.upper.compactMap { pattern in
        guard let letter = pattern.letter, letter != declaration.exampleLetter else { return nil }
        return .variable(letter)
      }
      return reference
    }
  }

  /// One shape a layer of the engine; empty where the symbol has none.
  private func shapes(of array: Reference, _ reading: Reading<Definitions>) -> [String] {
    let hasLayer = array.freeLayer(document) != nil
    return (0...reading.shape.last).map { layer in
      var concrete = array
      if hasLayer {
        concrete.upper = array.upper.map { _ in .integer(layer) }
      } else if document.hasUnwrittenLayer(array.name) {
        concrete.layer = .integer(layer)
      } else if layer > 0 {
        return ""
      }
      if !concrete.lower.isEmpty { concrete.lower = concrete.lower.map { _ in .integer(1) } }
      guard case .array(let found)? = try? reading.resolve(concrete, IndexValues()),
        found.rows > 0, found.columns > 0
      else { return "" }
      return "\(found.rows)\(display.ascii ? "x" : "×")\(found.columns)"
    }
  }
}

extension Reference {
  /// The layer letter among the upper indices.
  fileprivate func freeLayer(_ document: Document) -> String? {
    for case .name(let name) in upper where document.indices[name.letter] == .layer {
      return name.letter
    }
    return nil
  }
}
