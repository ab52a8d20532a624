extension Network {
  /// z and a of layer l, from a of layer l−1: z_j = b_j + Σ_k w_jk a_k, a_j = f(z_j).
  package func forward(layer l: Int, in pass: inout Pass) {
    withStorage(of: &pass) { storage in layer(l, in: storage).forward() }
  }

  /// z_j of neuron j of layer l, and a_j; in a softmax layer the last neuron computes every a.
  package func forward(layer l: Int, neuron j: Int, in pass: inout Pass) {
    precondition(1...shape.sizes[l] ~= j, "neurons count from 1")
    withStorage(of: &pass) { storage in layer(l, in: storage).forward(neuron: j - 1) }
  }

  /// Layers 1…L.
  package func forward(in pass: inout Pass) {
    withStorage(of: &pass) { storage in
      for l in 1...plan.layers.count { layer(l, in: storage).forward() }
    }
  }

  /// c_n of each output and C = Σ_n c_n, from z and a of the output layer.
  package func evaluateCost(
    _ cost: Cost, target: [Double], in pass: inout Pass
  ) throws(NumericFault) {
    try withStorage(of: &pass) { storage, terms throws(NumericFault) in
      try withOutput(cost, target: target, in: storage) { output throws(NumericFault) in
        _ = try output.evaluate(into: terms)
      }
    }
  }
}
