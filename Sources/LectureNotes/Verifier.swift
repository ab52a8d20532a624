import Backprop
import IndexNotation

/// Tries relations of a document on a network: the left side by its definition, the right side by
/// the formula, at every place where the left side exists and `where` holds.
///
/// Both sides read definitions, δ included, never the pass that is stepped. A place that does not
/// exist on the right is a failure.
package struct Verifier {
  package let document: Document
  package let definitions: Definitions
  /// More numbers than this are not compared for one relation.
  package var limit = Int.max

  package init(_ document: Document, _ definitions: Definitions) {
    self.document = document
    self.definitions = definitions
  }

  package func verify(
    _ index: Int, _ form: Form = .corrected
  ) throws(SyntaxError) -> Verification {
    var result = Verification(equation: index, form: form)
    if let claim = try document.shapeClaim(index) {
      verify(claim, index, &result)
      return result
    }
    let relation: Relation
    switch form {
    case .corrected:
      guard !document.equations[index].formula.isEmpty else {
        result.missing = "it states nothing to evaluate"
        return result
      }
      relation = try document.relation(index)
    case .printed:
      guard let printed = try document.printedRelation(index) else { return result }
      relation = printed
    }
    let inView = definitions.example
    defer { definitions.example = inView }
    let speaksOfAll = document.speaksOfAllExamples(relation)
    for place in places(of: relation, index, speaksOfAll, &result) {
      guard result.comparisons < limit else { break }
      compare(relation, at: place, &result)
    }
    return result
  }

  /// A place with the values bound for it.
  package struct Site {
    package var place: Place
    package var values: IndexValues
    package var reading: Reading<Definitions>
    /// The left side by its definition.
    package var left = Value.scalar(0)
  }

  /// Every place where a relation is meant: the values of its free indices, example by example.
  package func places(
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
    if let failing = failing(equation.facts, site, speaksOfAll) {
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

  // MARK: comparing

  private func compare(_ relation: Relation, at site: Site, _ result: inout Verification) {
    if let example = site.place.example { definitions.example = example }
    for side in relation.sides {
      do throws(LocatedError) {
        let values = try bound(side.expression, site, result)
        let right = try Evaluator(site.reading).value(side.expression, values)
        compare(site.left, right, side.expression, site, values, &result)
      } catch {
        result.comparisons += 1
        result.failures += 1
        result.error = result.error ?? (error.error.message, site.place)
      }
    }
  }

  /// The left side by its definition; of an assignment, the value it leads to.
  private func left(_ relation: Relation, _ site: Site) throws(LocatedError) -> Value {
    guard relation.sides.first?.sign == .becomes else {
      return try Evaluator(site.reading).value(relation.left, site.values)
    }
    return try updated(relation.left, site)
  }

  private func updated(
    _ left: IndexNotation.Expression, _ site: Site
  ) throws(LocatedError) -> Value {
    switch left {
    case .reference(let reference):
      do throws(EvaluationError) {
        return try site.reading.updated(reference, site.values)
      } catch {
        throw LocatedError(error, at: reference.columns)
      }
    case .transpose(let inner):
      guard case .matrix(let matrix) = try updated(inner, site) else {
        return try updated(inner, site)
      }
      return .matrix(matrix.transposed)
    default: return try Evaluator(site.reading).value(left, site.values)
    }
  }

  /// Values the page gives no index for, as the file states them for the printed form.
  private func bound(
    _ expression: IndexNotation.Expression, _ site: Site, _ result: Verification
  ) throws(LocatedError) -> IndexValues {
    guard result.form == .printed, let with = document.equations[result.equation].printedWith
    else { return site.values }
    var values = site.values
    for part in with.split(separator: ",") {
      let words = part.split(separator: "=").map { $0.split(separator: " ").joined() }
      guard words.count == 2, let number = Int(words[1]),
        var parser = try? Parser(words[0], vocabulary: document.vocabulary),
        case .name(let name)? = try? parser.index(),
        let key = try? site.reading.key(of: name, values)
      else { continue }
      if values.value(of: key) == nil { values.bind(key, IndexValue(number)) }
    }
    return values
  }

  private func compare(
    _ left: Value, _ right: Value, _ side: IndexNotation.Expression, _ site: Site,
    _ values: IndexValues, _ result: inout Verification
  ) {
    let (a, b) = (left.asMatrix, right.asMatrix)
    guard a.rows == b.rows, a.columns == b.columns else {
      result.comparisons += 1
      result.failures += 1
      result.error =
        result.error ?? ("the left side is \(a.shape), the right side \(b.shape)", site.place)
      return
    }
    var magnitude: [Double]?
    for position in a.entries.indices {
      let difference = Difference(
        left: a.entries[position], right: b.entries[position], place: site.place)
      result.comparisons += 1
      let relative = difference.relative
      if relative > result.worst?.relative ?? -1 { result.worst = difference }
      result.worstUlps = max(result.worstUlps, difference.ulps)
      guard relative > Verifier.tolerance || relative.isNaN else { continue }
      if result.form == .printed, result.failures > 0 {
        result.failures += 1
        continue
      }
      let known =
        magnitude ?? (try? Magnitude(site.reading).of(side, values))?.asMatrix.entries ?? []
      magnitude = known
      let size = position < known.count ? known[position] : 0
      if abs(difference.left - difference.right) <= Verifier.roundOff * size {
        result.isNearCancellation = true
      } else {
        result.failures += 1
      }
    }
  }

  /// Two sides that agree to this, relative to the greater, hold.
  package static let tolerance = 1e-11
  /// Near cancellation they hold if they differ by no more than this part of the terms.
  package static let roundOff = 1e-13

  // MARK: shapes

  private func verify(_ claim: ShapeClaim, _ index: Int, _ result: inout Verification) {
    let relation = Relation(left: claim.array, sides: [])
    for site in places(of: relation, index, true, &result) {
      let evaluator = Evaluator(site.reading)
      guard let value = try? evaluator.value(claim.array, site.values) else { continue }
      let matrix = value.asMatrix
      for (size, wanted) in [(matrix.rows, claim.rows), (matrix.columns, claim.columns)] {
        result.comparisons += 1
        guard let number = try? site.reading.integer(wanted, site.values), number == size else {
          result.failures += 1
          result.error = result.error ?? ("it is \(matrix.shape) here", site.place)
          continue
        }
      }
    }
  }
}

extension Equation {
  /// Whether `where` or `if` speaks of an index letter.
  func mentionsInConditions(_ letter: String) -> Bool {
    guard let condition else { return false }
    return condition.split { !$0.isLetter }.contains { $0 == letter }
  }
}

extension Document {
  /// Whether a relation is about all examples at once, so that its cost is that of them all.
  package func speaksOfAllExamples(_ relation: Relation) -> Bool {
    if relation.sides.first?.sign == .becomes { return true }
    let sides = [relation.left] + relation.sides.map(\.expression)
    return sides.contains { sumsOverExamples($0) }
      || sides.contains { $0.references.contains { isOfAllExamples($0) } }
  }

  /// A sum over examples anywhere in a tree.
  package func sumsOverExamples(_ expression: IndexNotation.Expression) -> Bool {
    switch expression {
    case .sum(let binder, let body):
      return indices[binder.index.letter] == .example || sumsOverExamples(body)
    case .product(let factors): return factors.contains { sumsOverExamples($0.expression) }
    case .addition(let terms): return terms.contains { sumsOverExamples($0.expression) }
    case .group(let inner), .transpose(let inner), .norm(let inner), .derivative(let inner, _):
      return sumsOverExamples(inner)
    case .hadamard(let left, let right, _), .power(let left, let right):
      return sumsOverExamples(left) || sumsOverExamples(right)
    case .call(_, _, let arguments, _): return arguments.contains { sumsOverExamples($0) }
    case .number, .reference, .partial, .gradient, .matrix, .cases, .index: return false
    }
  }

  /// A matrix with a row for each example, or the total where one example's cost has another letter.
  private func isOfAllExamples(_ reference: Reference) -> Bool {
    for array in arrays
    where array.name == reference.name && array.upper.count == reference.upper.count
      && array.lower.count == reference.lower.count
    {
      switch array.layout {
      case .column(let letter), .row(let letter): if indices[letter] == .example { return true }
      case .matrix(let rows, let columns):
        if indices[rows] == .example || indices[columns] == .example { return true }
      }
    }
    guard declarations(of: reference.name).contains(where: { $0.isQuantity(.totalCost) }) else {
      return false
    }
    return declarations.contains {
      ($0.isQuantity(.cost) || $0.isQuantity(.outputCost)) && !$0.isBeyondTheNotes
        && $0.name != reference.name
    }
  }
}

extension Declaration {
  func isQuantity(_ kind: QuantityKind) -> Bool { isQuantity(of: [kind]) }

  package func isQuantity(of kinds: Set<QuantityKind>) -> Bool {
    guard case .quantity(let kind, _) = binding else { return false }
    return kinds.contains(kind)
  }
}

extension Reading {
  /// What an update makes of a parameter, or of a vector or matrix of them.
  func updated(
    _ reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value {
    switch try resolve(reference, indices) {
    case .element(let quantity, let example): return .scalar(try updated(quantity, example))
    case .array(let array):
      var entries: [Double] = []
      for (quantity, example) in zip(array.elements, array.examples) {
        entries.append(try updated(quantity, example))
      }
      return .matrix(Matrix(rows: array.rows, columns: array.columns, entries: entries))
    }
  }

  private func updated(_ quantity: Quantity, _ example: Int?) throws(EvaluationError) -> Double {
    let before = try value(of: quantity, example)
    switch quantity {
    case .weight(let layer, let to, let from):
      return before + (try source.change(layer: layer, to: to, from: from))
    case .bias(let layer, let neuron):
      return before + (try source.change(layer: layer, to: neuron, from: 0))
    case .weightedInput, .activation, .error, .target, .cost, .outputCost, .totalCost,
      .learningRate, .gradient, .change, .constant:
      return before
    }
  }
}
