extension Network {
  /// ∂c_n/∂a_n of output n, 1…n_L.
  package func costGradient(
    _ cost: Cost, target: [Double], pass: Pass, output n: Int
  ) -> Double {
    precondition(1...shape.outputCount ~= n, "outputs count from 1")
    return reading(pass) { storage in
      withOutput(cost, target: target, in: storage) { output in output.gradient(n - 1) }
    }
  }

  /// δ of layer l: of the output layer from the cost, else from layer l+1 by
  /// δ_j = f′(z_j) Σ_k w_kj δ_k.
  package func backward(layer l: Int, cost: Cost, target: [Double], in pass: inout Pass) {
    withStorage(of: &pass) { storage in
      if l == shape.last {
        withOutput(cost, target: target, in: storage) { output in output.backward() }
      } else {
        layer(l, in: storage).backward(from: layer(l + 1, in: storage))
      }
    }
  }

  /// δ_j of neuron j of layer l, as by the whole layer.
  package func backward(
    layer l: Int, neuron j: Int, cost: Cost, target: [Double], in pass: inout Pass
  ) {
    precondition(1...shape.sizes[l] ~= j, "neurons count from 1")
    withStorage(of: &pass) { storage in
      if l == shape.last {
        withOutput(cost, target: target, in: storage) { output in
          output.layer.delta[j - 1] = output.delta(j - 1)
        }
      } else {
        layer(l, in: storage).backward(neuron: j - 1, from: layer(l + 1, in: storage))
      }
    }
  }

  /// δ of the layers L…1.
  package func backward(cost: Cost, target: [Double], in pass: inout Pass) {
    withStorage(of: &pass) { storage in
      withOutput(cost, target: target, in: storage) { output in output.backward() }
      for l in (1..<plan.layers.count).reversed() {
        layer(l, in: storage).backward(from: layer(l + 1, in: storage))
      }
    }
  }

  /// ∂c_n/∂z for each output n by itself, `[n − 1]`, flat like δ, of the layers L down to l.
  package func outputDeltas(
    cost: Cost, target: [Double], pass: Pass, downTo l: Int
  ) -> [[Double]] {
    (1...shape.outputCount).map { n in
      var pass = pass
      pass.delta = [Double](repeating: 0, count: shape.neuronCount)
      withStorage(of: &pass) { storage in
        withOutput(cost, target: target, in: storage) { output in
          for j in 0..<output.layer.count {
            output.layer.delta[j] = output.delta(of: n - 1, at: j)
          }
        }
        for l in (l..<shape.last).reversed() {
          layer(l, in: storage).backward(from: layer(l + 1, in: storage))
        }
      }
      return pass.delta
    }
  }
}
