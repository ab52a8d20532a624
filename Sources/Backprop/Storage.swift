/// Where the values of one pass through one network lie, for as long as the arrays are open.
struct Storage {
  let weights: UnsafePointer<Double>
  let biases: UnsafePointer<Double>
  let z: UnsafeMutablePointer<Double>
  let a: UnsafeMutablePointer<Double>
  let delta: UnsafeMutablePointer<Double>
  let costTerms: UnsafeMutablePointer<Double>
}

extension Pass {
  /// Opens the arrays of a pass beside the parameters it is to use.
  @inline(__always)
  mutating func withStorage<Result, Failure: Error>(
    _ weights: UnsafePointer<Double>, _ biases: UnsafePointer<Double>,
    _ body: (Storage) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try z.withUnsafeMutableBufferPointer { z throws(Failure) in
      try a.withUnsafeMutableBufferPointer { a throws(Failure) in
        try delta.withUnsafeMutableBufferPointer { delta throws(Failure) in
          try costTerms.withUnsafeMutableBufferPointer { costTerms throws(Failure) in
            guard let z = z.baseAddress, let a = a.baseAddress, let delta = delta.baseAddress,
              let costTerms = costTerms.baseAddress
            else { preconditionFailure("a pass has neurons") }
            return try body(
              Storage(
                weights: weights, biases: biases, z: z, a: a, delta: delta, costTerms: costTerms))
          }
        }
      }
    }
  }
}

extension Pass {
  /// The same for a body that only reads z, a and δ.
  func reading<Result>(
    _ weights: UnsafePointer<Double>, _ biases: UnsafePointer<Double>,
    _ body: (Storage) -> Result
  ) -> Result {
    z.withUnsafeBufferPointer { z in
      a.withUnsafeBufferPointer { a in
        delta.withUnsafeBufferPointer { delta in
          costTerms.withUnsafeBufferPointer { costTerms in
            guard let z = z.baseAddress, let a = a.baseAddress, let delta = delta.baseAddress,
              let costTerms = costTerms.baseAddress
            else { preconditionFailure("a pass has neurons") }
            return body(
              Storage(
                weights: weights, biases: biases, z: UnsafeMutablePointer(mutating: z),
                a: UnsafeMutablePointer(mutating: a), delta: UnsafeMutablePointer(mutating: delta),
                costTerms: UnsafeMutablePointer(mutating: costTerms)))
          }
        }
      }
    }
  }
}

extension Network {
  /// Opens every array once; what runs inside touches pointers only.
  @inline(__always)
  func withStorage<Result, Failure: Error>(
    of pass: inout Pass, _ body: (Storage) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    checkCounts(pass)
    return try withParameters { weights, biases throws(Failure) in
      try pass.withStorage(weights, biases, body)
    }
  }

  /// The same for a body that only reads.
  func reading<Result>(_ pass: Pass, _ body: (Storage) -> Result) -> Result {
    checkCounts(pass)
    return withParameters { weights, biases in pass.reading(weights, biases, body) }
  }

  @inline(__always)
  private func withParameters<Result, Failure: Error>(
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try weights.withUnsafeBufferPointer { weights throws(Failure) in
      try biases.withUnsafeBufferPointer { biases throws(Failure) in
        guard let weights = weights.baseAddress, let biases = biases.baseAddress else {
          preconditionFailure("a network has weights and biases")
        }
        return try body(weights, biases)
      }
    }
  }

  func checkCounts(_ pass: Pass) {
    precondition(weights.count == shape.weightCount && biases.count == shape.biasCount)
    precondition(
      pass.z.count == shape.neuronCount && pass.a.count == shape.neuronCount
        && pass.delta.count == shape.neuronCount && pass.costTerms.count == shape.outputCount,
      "a pass of another shape")
  }

  /// The view of layer l, 1…L.
  @inline(__always)
  func layer(_ l: Int, in storage: Storage) -> Layer {
    Layer(l, shape, activations[l - 1], biasMode, in: storage)
  }

  /// The output layer against a target.
  @inline(__always)
  func withOutput<Result, Failure: Error>(
    _ cost: Cost, target: [Double], in storage: Storage,
    _ body: (Output) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(target.count == shape.outputCount, "one target for each output")
    let output = layer(shape.last, in: storage)
    return try target.withUnsafeBufferPointer { target throws(Failure) in
      guard let target = target.baseAddress else { preconditionFailure("a target has values") }
      return try body(Output(layer: output, cost: cost, target: target))
    }
  }
}

extension Layer {
  /// The view of layer l, 1…L, of a network.
  @inline(__always)
  init(
    _ l: Int, _ shape: Shape, _ activation: Activation, _ biasMode: BiasMode, in storage: Storage
  ) {
    let start = shape.neuron(l, 1)
    self.init(
      count: shape.sizes[l],
      inputs: shape.sizes[l - 1],
      activation: activation,
      weightStart: shape.weight(l, 1, 1),
      biasStart: shape.bias(l, 1),
      weights: storage.weights + shape.weight(l, 1, 1),
      biases: biasMode == .none ? nil : storage.biases + shape.bias(l, 1),
      below: UnsafePointer(storage.a) + shape.neuron(l - 1, 1),
      z: storage.z + start,
      a: storage.a + start,
      delta: storage.delta + start)
  }
}
