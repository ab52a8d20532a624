import Backprop
import IndexNotation
import LectureNotes

// Whether an expression is what is asked for, under the same name or another.

extension Session {
  /// Whether two expressions name the same quantity of the network.
  private func isSame(
    _ one: IndexNotation.Expression, _ other: IndexNotation.Expression
  ) -> Bool {
    guard let reading = try? reading(), let a = reading.named(one), let b = reading.named(other)
    else { return false }
    return a.quantity == b.quantity && a.target == b.target && a.output == b.output
      && a.example == b.example
  }

  /// Whether an expression is one quantity of the pass, that something computes.
  package func isComputed(_ expression: IndexNotation.Expression) -> Bool {
    (try? reading())?.named(expression) != nil
  }

  /// Whether a value is what rounding leaves of a sum that cancels; a quantity of the pass is itself,
  /// however small.
  package func isNoise(_ value: Double, of expression: IndexNotation.Expression) -> Bool {
    abs(value) < 1e-15 && !isComputed(expression)
  }

  /// Whether an expression has a symbol that stands for what is asked, under whatever name.
  package func names(
    _ expression: IndexNotation.Expression, _ asked: IndexNotation.Expression
  ) -> Bool {
    guard let reading = try? reading() else { return false }
    func quantity(_ reference: Reference) -> Quantity? {
      guard case .element(let quantity, _)? = try? reading.resolve(reference, IndexValues()) else {
        return nil
      }
      return quantity
    }
    if case .reference(let reference) = asked {
      // ∂C/∂w has the letter of C in it and is something else; `reads` tells the two apart.
      guard let wanted = quantity(reference), wanted != .cost, wanted != .totalCost else {
        return false
      }
      return expression.references.contains { quantity($0) == wanted }
    }
    if isSame(expression, asked) { return true }
    guard let named = reading.named(asked), named.output == nil,
      let wanted = named.quantity.parameter?.gradient
    else { return false }
    return expression.references.contains { quantity($0) == wanted }
  }

  /// Whether an expression reads a quantity of the pass, in whatever disguise: it has another value
  /// where that quantity has.
  package func reads(
    _ expression: IndexNotation.Expression, _ asked: IndexNotation.Expression, in state: State
  ) -> Bool {
    guard let named = (try? reading(of: state))?.named(asked), let shape = state.network?.shape,
      named.output == nil
    else { return false }
    var other = state
    let index = (named.example ?? state.example) - 1
    guard other.passes.indices.contains(index) else { return false }
    guard other.passes[index].pass.disturb(named, shape) else { return false }
    let place = Columns(0, 1)
    return (try? number(expression, in: state, at: place))
      != (try? number(expression, in: other, at: place))
  }
}

extension Seed {
  /// The derivative by a parameter as an algorithm keeps it.
  fileprivate var gradient: Quantity? {
    switch self {
    case .weight(let layer, let to, let from): .gradient(layer: layer, to: to, from: from)
    case .bias(let layer, let neuron): .gradient(layer: layer, to: neuron, from: 0)
    case .weightedInput, .activation: nil
    }
  }
}

extension Pass {
  /// Changes the number that is stored for a quantity; false if none is.
  fileprivate mutating func disturb(_ named: NamedQuantity, _ shape: Shape) -> Bool {
    switch named.quantity {
    case .error(let layer, let neuron) where named.target.kind == .error:
      delta[shape.neuron(layer, neuron)] += 1
    case .weightedInput(let layer, let neuron): z[shape.neuron(layer, neuron)] += 1
    case .activation(let layer, let neuron) where named.target.kind == .activation:
      a[shape.neuron(layer, neuron)] += 1
    case .cost, .totalCost:
      guard !costTerms.isEmpty else { return false }
      costTerms[0] += 1
    case .error, .activation, .weight, .bias, .target, .outputCost, .learningRate, .gradient,
      .change, .constant:
      return false
    }
    return true
  }
}
