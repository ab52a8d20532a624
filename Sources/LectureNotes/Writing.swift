import IndexNotation

// A document's symbols with numbers for indices, and in words.

extension Reading: ConcreteScope {
  /// A symbol at its indices; the example is left out where there is one alone.
  package func concrete(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Reference {
    // Where the notes write no layer, a symbol of this very place says it: x_1 for z_1 of layer 0.
    if document.hasUnwrittenLayer(reference.name),
      case .element(let quantity, let example)? = try? resolve(reference, indices),
      var own = self.reference(for: quantity)
    {
      if source.exampleCount > 1, let example, reference.example != nil || hasExample(reference) {
        own.example = .integer(example)
      }
      return own
    }
    var result = reference
    // Another symbol than the one of the relation: its indices are others.
    result.number = SymbolNumber()
    let dropsExample = source.exampleCount <= 1 && !isOtherWithoutExample(reference)
    func kept(_ list: [Index]) -> [Index] {
      list.filter { !(dropsExample && isExample($0)) }.map { written($0, indices) }
    }
    result.lower = kept(reference.lower)
    result.upper = kept(reference.upper)
    if let layer = reference.layer { result.layer = written(layer, indices) }
    if let example = reference.example {
      result.example = dropsExample ? nil : written(example, indices)
    }
    return result
  }

  /// C_x without x would be the cost of them all.
  private func isOtherWithoutExample(_ reference: Reference) -> Bool {
    let own = document.declarations(of: reference.name)
    return own.contains { $0.isQuantity(.cost) } && own.contains { $0.isQuantity(.totalCost) }
  }

  private func hasExample(_ reference: Reference) -> Bool {
    (reference.lower + reference.upper).contains { isExample($0) }
  }

  private func isExample(_ index: Index) -> Bool {
    guard case .name(let name) = index else { return false }
    return document.indices[name.letter] == .example
  }
}

extension Document {
  /// What a symbol means, its declared letters replaced by those it stands with: `w_kj^{l+1}` is the
  /// weight to k from j, of layer l+1. nil for a symbol without declaration.
  package func meaning(of reference: Reference) -> String? {
    for declaration in declarations(of: reference.name)
    where declaration.lower.count == reference.lower.count
      && (declaration.upper.count == reference.upper.count || !declaration.exampleUppers.isEmpty)
      && Document.fits(declaration.lower, reference.lower)
    {
      return words(
        declaration.meaning, declaration.lower + declaration.upper,
        reference.lower + reference.upper)
    }
    for array in arrays
    where array.name == reference.name && array.lower.count == reference.lower.count
      && array.upper.count == reference.upper.count
    {
      return words(array.meaning, array.lower + array.upper, reference.lower + reference.upper)
    }
    if let constant = constants.first(where: { $0.name == reference.name }) {
      let script = reference.lower + reference.upper
      guard let parameter = constant.parameter else { return constant.text }
      return words(constant.text, [.variable(parameter)], script)
    }
    return nil
  }

  private static func fits(_ patterns: [PatternIndex], _ given: [Index]) -> Bool {
    zip(patterns, given).allSatisfy { pattern, index in
      switch (pattern, index) {
      case (.label(let wanted), .label(let found)): return wanted == found
      case (.label, _), (_, .label): return false
      case (.literal(let wanted), .integer(let found)): return wanted == found
      case (.literal, _): return false
      case (.variable, _): return true
      }
    }
  }

  /// Letters that stand alone in a text, as the indices they are here; a layer that the text does not
  /// name is added.
  private func words(
    _ text: String, _ patterns: [PatternIndex], _ given: [Index]
  ) -> String {
    var names: [String: Index] = [:]
    var layer: String?
    for (pattern, index) in zip(patterns, given) {
      guard case .variable(let letter) = pattern else { continue }
      names[letter] = index
      if indices[letter] == .layer { layer = Renderer.plain(index) }
    }
    let replaced = text.split(separator: " ", omittingEmptySubsequences: false).map {
      word -> String in
      let letter = word.prefix { $0.isLetter }
      guard let index = names[String(letter)] else { return String(word) }
      let rest = word.dropFirst(letter.count)
      let shift = rest.prefix { $0 == "+" || $0 == "-" || $0.isNumber }
      return Renderer.plain(index.shifted(by: Int(shift) ?? 0)) + rest.dropFirst(shift.count)
    }.joined(separator: " ")
    guard let layer, !text.contains("layer") else { return replaced }
    return replaced + ", layer \(layer)"
  }
}

extension Document {
  /// Whether the notes write no layer on a symbol that has one.
  package func hasUnwrittenLayer(_ name: String) -> Bool {
    vocabulary.symbols[name]?.contains { $0.hasUnwrittenLayer } ?? false
  }
}
