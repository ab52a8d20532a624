import Backprop
import IndexNotation
import LectureNotes

// `show shapes`: the vectors and matrices of the notes, and their shapes on this network.

extension Session {
  func shapes() throws(CommandError) -> [Line] {
    let reading = Reading(document, try definitions(), level: .batch)
    let claims = shapeClaims()
    let arrays = document.arrays.isEmpty ? impliedArrays() : document.arrays.map(\.pattern)
    let origin = document.layerOrigin
    let layers = Array(origin...origin + reading.shape.last)
    var rows: [[String]] = []
    for array in arrays {
      let alone = hasLayer(array) ? "" : shape(of: array, layer: nil, reading)
      let shapes = hasLayer(array) ? layers.map { shape(of: array, layer: $0, reading) } : []
      guard !alone.isEmpty || shapes.contains(where: { !$0.isEmpty }) else { continue }
      let symbol = text(array)
      rows.append(
        ["  " + symbol, claims[symbol] ?? "", alone]
          + (shapes.isEmpty ? layers.map { _ in "" } : shapes))
    }
    var head = ["  symbol", "in the notes", "no layer"] + layers.map { "layer \($0)" }
    for column in [2, 1] where rows.allSatisfy({ $0[column].isEmpty }) {
      head.remove(at: column)
      for row in rows.indices { rows[row].remove(at: column) }
    }
    let width = rows.map { $0[0].columns }.max() ?? 0
    for row in rows.indices { rows[row][0] = Columns80.left(rows[row][0], width) }
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

  /// The sections that state shapes.
  private var shapeRemarks: [String] {
    var places: [String] = []
    for equation in document.equations where equation.shape != nil {
      let place = equation.label.hasPrefix(equation.section ?? " ") ? equation.section : nil
      let name = place ?? equation.label
      if !places.contains(name) { places.append(name) }
    }
    return places.isEmpty ? [] : ["in the notes: \(places.joined(separator: ", "))"]
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

  private func hasLayer(_ array: Reference) -> Bool {
    array.freeLayer(document) != nil || document.hasUnwrittenLayer(array.name)
  }

  /// The shape, in a layer as the notes count them or without one; empty where the symbol has none.
  private func shape(
    of array: Reference, layer: Int?, _ reading: Reading<Definitions>
  ) -> String {
    var concrete = array
    if let layer {
      if array.freeLayer(document) != nil {
        concrete.upper = array.upper.map { _ in .integer(layer) }
      } else {
        concrete.layer = .integer(layer)
      }
    }
    if !concrete.lower.isEmpty { concrete.lower = concrete.lower.map { _ in .integer(1) } }
    guard case .array(let found)? = try? reading.resolve(concrete, IndexValues()),
      found.rows > 0, found.columns > 0
    else { return "" }
    return "\(found.rows)\(display.ascii ? "x" : "×")\(found.columns)"
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
