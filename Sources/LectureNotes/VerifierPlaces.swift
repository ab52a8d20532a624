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
    var sites: [Site] = []
    _ = search(relation, index, document.speaksOfAllExamples(relation)) { site in
      sites.append(site)
      return true
    }
    return sites
  }

  /// Hands over one place after another, for together they may not fit, until `visit` says false.
  /// - Returns: what is missing where there are none, and whether all were looked at.
  func search(
    _ relation: Relation, _ index: Int, _ speaksOfAll: Bool, _ visit: (Site) -> Bool
  ) -> PlaceSearch {
    let inView = definitions.example
    defer { definitions.example = inView }
    let search = PlaceSearch(document, relation, index, speaksOfAll)
    let names = free(in: relation, document.equations[index])
    let hasExampleIndex = names.contains { document.indices[$0.letter] == .example }
    let examples =
      speaksOfAll || hasExampleIndex
      ? definitions.example...definitions.example : 1...max(1, definitions.exampleCount)
    let reading = Reading(document, definitions, level: speaksOfAll ? .batch : .example)
    for example in examples {
      definitions.example = example
      let site = Site(
        place: Place(indices: [], example: speaksOfAll ? nil : example), values: IndexValues(),
        reading: reading)
      guard expand(names[...], site, search, visit) else {
        search.isCutOff = true
        break
      }
    }
    if search.missing == nil, let condition = document.equations[index].condition {
      search.missing = "no place here has \(condition)"
    }
    return search
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
    for (letter, meaning) in document.indices.sorted(by: { $0.key < $1.key })
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

  /// False if the search is over.
  private func expand(
    _ names: ArraySlice<IndexName>, _ site: Site, _ search: PlaceSearch, _ visit: (Site) -> Bool
  ) -> Bool {
    search.visited += 1
    if search.visited % PlaceSearch.interval == 0, Interruption.isAsked() {
      search.isInterrupted = true
    }
    guard search.visited <= placeLimit, !search.isInterrupted else { return false }
    guard let name = names.first else {
      guard let found = finished(site, search) else { return true }
      return visit(found)
    }
    guard let key = try? site.reading.key(of: name, site.values) else { return true }
    guard site.values.value(of: key) == nil else {
      return expand(names.dropFirst(), site, search, visit)
    }
    let meaning = document.indices[name.letter]
    let range: [IndexValue]
    switch meaning {
    case .layer?:
      range = (0...site.reading.lastLayer + 3 + max(0, document.layerOrigin)).map { IndexValue($0) }
    case .example?: range = (1...max(1, definitions.exampleCount)).map { IndexValue($0) }
    case .neuron?, .neuronOfLayer?, nil:
      // Where the left side does not exist its index has no range.
      range = (try? site.reading.range(of: name, in: search.relation.left, site.values)) ?? []
    }
    // One place for all of the range: only its last index changes.
    var next = site
    next.values.bind(key, IndexValue(0))
    next.place.indices.append((name, 0))
    let last = next.place.indices.count - 1
    for value in range {
      next.values.rebindLast(value)
      next.place.indices[last].value = value.value
      if meaning == .example {
        definitions.example = value.value
        next.place.example = value.value
      }
      guard expand(names.dropFirst(), next, search, visit) else { return false }
    }
    return true
  }

  /// The site if the relation is meant there: its conditions hold and its left side exists.
  private func finished(_ given: Site, _ search: PlaceSearch) -> Site? {
    var site = given
    guard site.reading.holds(search.conditions, site.values) else { return nil }
    // A fact about the whole network says better than an error why the left side has no value.
    if let failing = failing(search.facts, site, search.speaksOfAll) {
      search.missing = failing
      return nil
    }
    if search.needsLayer { site.values.layer = layer(of: search.relation.left, site) }
    do throws(LocatedError) {
      site.left = try left(search.relation, site)
    } catch {
      if error.error == .interrupted { search.isInterrupted = true }
      if case .fact(let words, _) = error.error { search.missing = search.missing ?? words }
      return nil
    }
    guard site.left.isFinite else {
      search.missing = search.missing ?? "its left side is not finite here"
      return nil
    }
    if let failing = failing(search.layeredFacts, site, search.speaksOfAll) {
      search.missing = search.missing ?? failing
      return nil
    }
    return site
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
    guard !facts.isEmpty else { return nil }
    let inView = definitions.example
    defer { definitions.example = inView }
    let examples = speaksOfAll ? Array(1...max(1, definitions.exampleCount)) : [inView]
    for example in examples {
      definitions.example = example
      let reading = site.reading
      for fact in facts where !reading.holds(fact, site.values) {
        return reading.failure(of: fact, site.values)
      }
    }
    return nil
  }
}

/// A search for the places of a relation, and why there are none.
final class PlaceSearch {
  let relation: Relation
  let speaksOfAll: Bool
  let conditions: [IndexCondition]
  /// The facts about the network as a whole, and those about a layer.
  let facts: [Fact]
  let layeredFacts: [Fact]
  let needsLayer: Bool
  /// Values of free indices looked at, and how many between two questions for Ctrl-C.
  fileprivate(set) var visited = 0
  fileprivate static let interval = 500
  fileprivate(set) var missing: String?
  /// Ctrl-C ended it.
  fileprivate(set) var isInterrupted = false
  /// A limit ended it.
  fileprivate(set) var isCutOff = false

  init(_ document: Document, _ relation: Relation, _ index: Int, _ speaksOfAll: Bool) {
    self.relation = relation
    self.speaksOfAll = speaksOfAll
    let equation = document.equations[index]
    conditions = equation.conditions
    facts = equation.facts.filter { !$0.asksForLayer }
    layeredFacts = equation.facts.filter(\.asksForLayer)
    needsLayer = document.needsLayerOfLeft(index)
  }
}

extension Equation {
  /// Whether `where` speaks of an index letter.
  func mentionsInConditions(_ letter: String) -> Bool {
    guard let condition else { return false }
    return condition.split { !$0.isLetter }.contains { $0 == letter }
  }
}
