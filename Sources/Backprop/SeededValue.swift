// The weight or bias that a seed names.

extension Network {
  /// The parameter a derivative is taken by.
  package subscript(seed: Seed) -> Double {
    get {
      switch seed {
      case .weight(let l, let to, let from): return weights[shape.weight(l, to, from)]
      case .bias(let l, let neuron): return biases[shape.bias(l, neuron)]
      case .weightedInput, .activation: preconditionFailure("no parameter")
      }
    }
    set {
      switch seed {
      case .weight(let l, let to, let from): weights[shape.weight(l, to, from)] = newValue
      case .bias(let l, let neuron): biases[shape.bias(l, neuron)] = newValue
      case .weightedInput, .activation: preconditionFailure("no parameter")
      }
    }
  }
}

extension Gradient {
  /// The derivative by a parameter.
  package func value(_ seed: Seed, _ shape: Shape) -> Double {
    switch seed {
    case .weight(let l, let to, let from): return weights[shape.weight(l, to, from)]
    case .bias(let l, let neuron): return biases[shape.bias(l, neuron)]
    case .weightedInput, .activation: preconditionFailure("a gradient is by parameters")
    }
  }
}
