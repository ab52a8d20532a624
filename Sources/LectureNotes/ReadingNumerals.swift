import Backprop
import Glibc
import IndexNotation

// How the numbers of a reading are written.

extension Reading {
  package func numeral(_ value: Double) -> Numeral { source.numeral(value) }

  package func numeral(
    of reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Numeral {
    if let constant = try constantValue(reference, indices) {
      return Numeral(magnitude: String(abs(constant)), isNegative: constant < 0)
    }
    switch try resolve(reference, indices) {
    case .element(.totalCost, let example):
      return source.numeral(try value(of: .totalCost, example))
    case .element(let quantity, let example):
      return try source.numeral(of: quantity, example: example ?? source.example)
    case .array: throw .fact("this is a matrix, not one number", advice: nil)
    }
  }

  package func replacement(
    for top: Reference, by bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> (Expression, IndexValues)? {
    guard
      case .element(.activation(let layer, let neuron), let example) =
        try resolve(gradientTarget(bottom), indices), layer == shape.last
    else { return nil }
    let target = Target(kind: .costGradient, layer: layer)
    guard let cited = document.citation(of: target, facts: facts)?.main,
      let relation = try? document.relation(cited),
      case .partial(_, let activationReference) = relation.left,
      var inner = match(
        activationReference, .activation(layer: layer, neuron: neuron), IndexValues()),
      let right = relation.sides.last
    else { return nil }
    if let example { bindExamples(to: example, &inner) }
    return (.group(right.expression), inner)
  }

  private func bindExamples(to example: Int, _ indices: inout IndexValues) {
    for (letter, meaning) in document.indices where meaning == .example {
      indices.bind(IndexKey(letter), IndexValue(example))
    }
  }
}
