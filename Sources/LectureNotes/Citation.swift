import Backprop
import IndexNotation

/// What a step needs a relation for: one quantity of one layer.
package struct Target: Hashable, Sendable {
  package enum Kind: Hashable, CaseIterable, Sendable {
    case weightedInput, activation, costTerm, cost, batchCost, costGradient
    case error, constantError, biasGradient, weightGradient, batchGradient, batchBiasGradient
    case weightUpdate, biasUpdate
  }
  package var kind: Kind
  package var layer: Int

  package init(kind: Kind, layer: Int) {
    self.kind = kind
    self.layer = layer
  }
}

/// The relation stepping cites, and those that say the same.
package struct Citation: Equatable, Sendable {
  package var main: Int
  package var also: [Int]
  /// The numbered forms of which the cited one is the component form.
  package var matrices: [Int]
  /// Numbers of the misprints that change a value here.
  package var misprints: [String]
  /// Why none of the notes' own relations applies, if the cited one is beyond the notes.
  package var failing: String?

  /// Whether one of some relations is cited, as such or beside another.
  package func cites(_ relations: [Int]) -> Bool {
    relations.contains { $0 == main || matrices.contains($0) || also.contains($0) }
  }
}

/// A quantity source that knows the facts and no numbers; enough to choose a relation.
struct Outline: QuantitySource {
  var facts: NetworkFacts
  var exampleCount: Int { 1 }
  var example: Int { 1 }

  func value(of quantity: Quantity, example: Int) throws(EvaluationError) -> Double {
    throw .fact("no numbers here", advice: nil)
  }
  func value(of derivative: Derivative, example: Int) throws(EvaluationError) -> Double {
    throw .fact("no numbers here", advice: nil)
  }
  func numeral(of quantity: Quantity, example: Int) throws(EvaluationError) -> Numeral {
    throw .fact("no numbers here", advice: nil)
  }
  func numeral(_ value: Double) -> Numeral { Numeral(magnitude: "", isNegative: false) }
}

extension Document {
  /// The relation for a target, or nil if the notes and their additions have none.
  ///
  /// Of the relations of the role whose left side covers the quantity and whose facts hold, those
  /// remain whose set of facts is no proper subset of another's; the first in the file is cited.
  /// Relations that follow from the notes without being in them are asked last.
  package func citation(of target: Target, facts: NetworkFacts) -> Citation? {
    if let cached = cachedCitation(target, facts) { return cached }
    let found = findCitation(target, facts)
    cache(found, target, facts)
    return found
  }

  private func findCitation(_ target: Target, _ facts: NetworkFacts) -> Citation? {
    let reading = Reading(self, Outline(facts: facts), level: .example)
    var candidates: [(index: Int, facts: Set<GroundFact>)] = []
    var failing: (words: String, facts: Int)?
    for (index, equation) in equations.enumerated()
    where target.roles(lastLayer: facts.shape.last).contains(equation.role)
      && equation.restates == nil
    {
      guard let relation = try? relation(index),
        let values = reading.match(relation.left, target)
      else { continue }
      guard reading.holds(equation.conditions, values) else { continue }
      if equation.facts.contains(where: { !reading.holds($0, values) }) {
        // The relation that asks least says best why the notes stop here.
        if !equation.isBeyondTheNotes, equation.facts.count < failing?.facts ?? .max {
          let words = equation.facts.filter { !reading.holds($0, values) }.prefix(2)
            .map { reading.failure(of: $0, values) }
          failing = (words.joined(separator: " and "), equation.facts.count)
        }
        continue
      }
      candidates.append((index, reading.ground(equation.facts, values)))
    }
    let own = candidates.filter { !equations[$0.index].isBeyondTheNotes }
    let pool = own.isEmpty ? candidates : own
    let best = pool.filter { one in
      !pool.contains { $0.facts.isStrictSuperset(of: one.facts) }
    }
    guard let main = best.first?.index else { return nil }
    var citation = Citation(
      main: main, also: [], matrices: [], misprints: [],
      failing: own.isEmpty ? failing?.words : nil)
    citation.matrices = equations[main].componentOf.compactMap { label in
      equations.firstIndex { $0.label == label && $0.role == .matrix }
    }
    for index in citation.matrices + [main] where equations[index].misprintChangesValue {
      guard let relation = try? relation(main), let values = reading.match(relation.left, target),
        reading.holds(equations[index].misprintConditions, values)
      else { continue }
      citation.misprints += equations[index].harmfulMisprints.filter {
        !citation.misprints.contains($0)
      }
    }
    citation.also = restatements(of: equations[main].label, reading, target)
    return citation
  }

  /// What of a network a relation gives by its role, the last layer first; nil for one whose left side
  /// is no quantity of a step.
  package func target(of index: Int, facts: NetworkFacts) -> Target? {
    guard let relation = try? relation(index) else { return nil }
    let reading = Reading(self, Outline(facts: facts), level: .example)
    for kind in Target.Kind.allCases {
      for layer in stride(from: facts.shape.last, through: 1, by: -1) {
        let target = Target(kind: kind, layer: layer)
        guard target.roles(lastLayer: facts.shape.last).contains(equations[index].role),
          let values = reading.match(relation.left, target),
          reading.holds(equations[index].conditions, values)
        else { continue }
        return target
      }
    }
    return nil
  }

  private func restatements(
    of label: String, _ reading: Reading<Outline>, _ target: Target
  ) -> [Int] {
    equations.indices.filter { index in
      guard equations[index].restates == label, let relation = try? relation(index),
        let values = reading.match(relation.left, target)
      else { return false }
      return equations[index].facts.allSatisfy { reading.holds($0, values) }
    }
  }
}

/// A fact with its layer as a number, closed under “sigmoid is elementwise”.
struct GroundFact: Hashable {
  var fact: Fact
  var layer: Int?
}

extension Reading {
  func holds(_ fact: Fact, _ values: IndexValues) -> Bool {
    fact.holds(in: facts) { engineLayer($0, values) }
  }

  /// What is missing where a fact does not hold, in words.
  func failure(of fact: Fact, _ values: IndexValues) -> String {
    fact.failure(in: facts, origin: document.layerOrigin) { engineLayer($0, values) }
  }

  /// The layer of the engine that an index of the notes stands for.
  private func engineLayer(_ index: Index, _ values: IndexValues) -> Int? {
    (try? integer(index, values)).map { $0 - document.layerOrigin }
  }

  func ground(_ list: [Fact], _ values: IndexValues) -> Set<GroundFact> {
    var result: Set<GroundFact> = []
    for fact in list {
      switch fact {
      case .elementwise(let index):
        result.insert(elementwise(engineLayer(index, values)))
      case .activation(let activation, let index):
        let layer = engineLayer(index, values)
        result.insert(
          GroundFact(fact: .activation(activation, at: .integer(0)), layer: layer))
        if activation.isElementwise { result.insert(elementwise(layer)) }
      case .cost, .layers, .severalLayers, .oneOutput, .generalNetwork, .hasBias, .noBias,
        .biasMode, .ownBias,
        .targetsSumToOne, .reduction, .direction:
        result.insert(GroundFact(fact: fact, layer: nil))
      }
    }
    return result
  }

  private func elementwise(_ layer: Int?) -> GroundFact {
    GroundFact(fact: .elementwise(at: .integer(0)), layer: layer)
  }

  /// Whether the condition of `where` holds: comparisons of indices, separated by commas.
  func holds(_ conditions: [IndexCondition], _ values: IndexValues) -> Bool {
    conditions.allSatisfy { part in
      guard let left = try? integer(part.left, values),
        let right = try? integer(part.right, values)
      else { return false }
      return part.sign.holds(Double(left), Double(right))
    }
  }

  /// The values of the indices for which the left side is the target's first quantity.
  func match(_ left: Expression, _ target: Target) -> IndexValues? {
    instances(left, target, firstOnly: true).first?.values
  }
}

extension Target {
  func roles(lastLayer: Int) -> Set<Role> {
    switch kind {
    case .weightedInput, .activation: return [.forward]
    case .costTerm: return [.costTerm]
    case .cost: return [.cost]
    case .batchCost: return [.batchCost]
    case .costGradient: return [.costGradient]
    case .error: return layer == lastLayer ? [.outputError] : [.hiddenError]
    case .constantError: return [.constantError]
    case .biasGradient: return [.biasGradient, .weightGradient]
    case .weightGradient: return [.weightGradient]
    case .batchGradient, .batchBiasGradient: return [.batchGradient]
    case .weightUpdate, .biasUpdate: return [.update]
    }
  }
}
