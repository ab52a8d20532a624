import IndexNotation

// Where a relation is meant: the values of its free indices.

extension Verifier {
  /// A place with the values bound for it.
  package struct Site {
    package var place: Place
    package var values: IndexValues
    package var reading: Reading<Definitions>
    /// The left side by its definition.
    package var left = Value.scalar(0)
  }

  /// Every place where a relation is meant: the values of its free indices, example by example.
  package func places(of relation: Relation, _ index: Int) -> [Site] {
    var unused = Verification(equation: index, form: .corrected)
    return places(of: relation, index, document.speaksOfAllExamples(relation), &unused)
  }

  /// The same, with what is missing where there are none.
  func places(
    of relation: Relation, _ index: Int, _ speaksOfAll: Bool, _ result: inout Verification
  ) -> [Site] {
    let names = free(in: relation, document.equations[index])
    let hasExampleIndex = names.contains { document.indices[$0.letter] == .example }
    let examples =
      speaksOfAll || hasExampleIndex
      ? [definitions.example]
      : Array(
        1...max(1, definitions.exampleCount))
    var sites: [Site] = []
    for example in examples {
      definitions.example = example
      let reading = Reading(
        document, definitions, level: speaksOfAll ? .batch : .example)
      let site = Site(
        place: Place(indices: [], example: speaksOfAll ? nil : example), values: IndexValues(),
        reading: reading)
      expand(names[...], site, relation, index, speaksOfAll, &sites, &result)
    }
    return sites
  }

  /// The free indices of the left side that count layers, neurons or examples; layers first.
  private func free(in relation: Relation, _ equation: Equation) -> [IndexName] {
    var names = relation.left.freeIndices.filter { document.indices[$0.letter] != nil }
    for name in names {
      guard case .neuronOfLayer(let slot)? = document.indices[name.letter],
        case .variable(let letter) = slot.base, !names.contains(IndexName(letter))
      else { continue }
      names.insert(IndexName(letter), at: 0)
    }
    for (letter, meaning) in document.indices
    where meaning == .layer && !names.contains(IndexName(letter)) {
      if equation.mentionsInConditions(letter) { names.insert(IndexName(letter), at: 0) }
    }
    func order(_ name: IndexName) -> Int {
      switch document.indices[name.letter] {
      case .layer?: return 0
      case .example?: return 1
      case .neuron?, .neuronOfLayer?, nil: return 2
      }
    }
    return names.enumerated().sorted {
      (order($0.element), $0.offset) < (order($1.element), $1.offset)
    }
    .map(\.element)
  }

  private func expand(
    _ names: ArraySlice<IndexName>, _ site: Site, _ relation: Relation, _ index: Int,
    _ speaksOfAll: Bool, _ sites: inout [Site], _ result: inout Verification
  ) {
    result.visited += 1
    guard result.visited <= placeLimit else { return }
    guard let name = names.first else {
      finish(site, relation, index, speaksOfAll, &sites, &result)
      return
    }
    guard let key = try? site.reading.key(of: name, site.values) else { return }
    guard site.values.value(of: key) == nil else {
      return expand(
        names.dropFirst(), site, relation, index, speaksOfAll, &sites, &result)
    }
    let range: [IndexValue]
    switch document.indices[name.letter] {
    case .layer?: range = (0...site.reading.shape.last + 3).map { IndexValue($0) }
    case .example?: range = (1...max(1, definitions.exampleCount)).map { IndexValue($0) }
    case .neuron?, .neuronOfLayer?, nil:
      // Where the left side does not exist its index has no range.
      range = (try? site.reading.range(of: name, in: relation.left, site.values)) ?? []
    }
    for value in range {
      var next = site
      next.values.bind(key, value)
      next.place.indices.append((name, value.value))
      if document.indices[name.letter] == .example {
        definitions.example = value.value
        next.place.example = value.value
      }
      expand(names.dropFirst(), next, relation, index, speaksOfAll, &sites, &result)
    }
  }

  /// Keeps the site if the relation is meant there: its conditions hold and its left side exists.
  private func finish(
    _ site: Site, _ relation: Relation, _ index: Int, _ speaksOfAll: Bool, _ sites: inout [Site],
    _ result: inout Verification
  ) {
    let equation = document.equations[index]
    guard site.reading.holds(equation.condition, site.values) else { return }
    // A fact about the whole network says better than an error why the left side has no value.
    let whole = equation.facts.filter { !$0.asksForLayer }
    if let failing = failing(whole, site, speaksOfAll) {
      result.missing = failing
      return
    }
    var site = site
    if document.needsLayerOfLeft(index) {
      site.values.layer = layer(of: relation.left, site)
    }
    do throws(LocatedError) {
      site.left = try left(relation, site)
    } catch {
      if case .fact(let words, _) = error.error { result.missing = result.missing ?? words }
      return
    }
    guard site.left.asMatrix.entries.allSatisfy(\.isFinite) else {
      result.missing = result.missing ?? "its left side is not finite here"
      return
    }
    let layered = equation.facts.filter(\.asksForLayer)
    if let failing = failing(layered, site, speaksOfAll) {
      result.missing = result.missing ?? failing
      return
    }
    sites.append(site)
  }

  /// The layer of the left side, for a function whose argument names none.
  private func layer(of left: IndexNotation.Expression, _ site: Site) -> Int? {
    for reference in left.references {
      switch try? site.reading.resolve(reference, site.values) {
      case .element(let quantity, _)?: if let layer = quantity.layer { return layer }
      case .array(let array)?: if let layer = array.elements.first?.layer { return layer }
      case nil: continue
      }
    }
    return nil
  }

  /// The first fact that fails, in words; where all examples are spoken of it has to hold for all.
  private func failing(_ facts: [Fact], _ site: Site, _ speaksOfAll: Bool) -> String? {
    let inView = definitions.example
    defer { definitions.example = inView }
    let examples = speaksOfAll ? Array(1...max(1, definitions.exampleCount)) : [inView]
    for example in examples {
      definitions.example = example
      let reading = site.reading
      for fact in facts where !reading.holds(fact, site.values) {
        return fact.failure(in: reading.facts) { try? reading.integer($0, site.values) }
      }
    }
    return nil
  }
}

extension Equation {
  /// Whether `where` speaks of an index letter.
  func mentionsInConditions(_ letter: String) -> Bool {
    guard let condition else { return false }
    return condition.split { !$0.isLetter }.contains { $0 == letter }
  }
}
