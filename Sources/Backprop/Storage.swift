/// Where the values of one pass through one network lie, for as long as the arrays are open.
struct Storage {
  let weights: UnsafePointer<Double>
  let biases: UnsafePointer<Double>
  let z: UnsafeMutablePointer<Double>
  let a: UnsafeMutablePointer<Double>
  let delta: UnsafeMutablePointer<Double>
}

extension Storage {
  /// Opens the arrays of a pass beside its parameters; what runs inside touches pointers only.
  ///
  /// All are opened for writing: one that is only read inside an `inout` pass is retained, which
  /// costs 9 ns.
  @inline(__always)
  static func open<Result, Failure: Error>(
    _ shape: Shape, _ weights: UnsafePointer<Double>, _ biases: UnsafePointer<Double>,
    _ z: inout [Double], _ a: inout [Double], _ delta: inout [Double],
    _ body: (Storage) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try z.writing(shape.neuronCount) { z throws(Failure) in
      try a.writing(shape.neuronCount) { a throws(Failure) in
        try delta.writing(shape.neuronCount) { delta throws(Failure) in
          try body(Storage(weights: weights, biases: biases, z: z, a: a, delta: delta))
        }
      }
    }
  }
}

extension Network {
  /// Opens z, a and δ of a pass and the parameters.
  @inline(__always)
  func withStorage<Result, Failure: Error>(
    of pass: inout Pass, _ body: (Storage) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try weights.reading(shape.weightCount) { weights throws(Failure) in
      try biases.reading(shape.biasCount) { biases throws(Failure) in
        try Storage.open(shape, weights, biases, &pass.z, &pass.a, &pass.delta, body)
      }
    }
  }

  /// The same with the cost terms.
  @inline(__always)
  func withStorage<Result, Failure: Error>(
    of pass: inout Pass,
    _ body: (Storage, _ costTerms: UnsafeMutablePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try weights.reading(shape.weightCount) { weights throws(Failure) in
      try biases.reading(shape.biasCount) { biases throws(Failure) in
        try pass.withStorage(shape, weights, biases, body)
      }
    }
  }

  /// The same for a body that only reads.
  func reading<Result>(_ pass: Pass, _ body: (Storage) -> Result) -> Result {
    weights.reading(shape.weightCount) { weights in
      biases.reading(shape.biasCount) { biases in pass.reading(shape, weights, biases, body) }
    }
  }

  /// The view of layer l, 1…L.
  @inline(__always)
  func layer(_ l: Int, in storage: Storage) -> Layer {
    Layer(plan.layers[l - 1], plan.biasMode, in: storage)
  }

  /// The output layer against a target.
  @inline(__always)
  func withOutput<Result, Failure: Error>(
    _ cost: Cost, target: [Double], in storage: Storage,
    _ body: (Output) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let layer = layer(plan.layers.count, in: storage)
    return try target.reading(layer.count) { target throws(Failure) in
      try body(Output(layer: layer, cost: cost, target: target))
    }
  }
}

extension Pass {
  /// Opens every array beside parameters.
  @inline(__always)
  mutating func withStorage<Result, Failure: Error>(
    _ shape: Shape, _ weights: UnsafePointer<Double>, _ biases: UnsafePointer<Double>,
    _ body: (Storage, _ costTerms: UnsafeMutablePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try costTerms.writing(shape.outputCount) { costTerms throws(Failure) in
      try Storage.open(shape, weights, biases, &z, &a, &delta) { storage throws(Failure) in
        try body(storage, costTerms)
      }
    }
  }

  /// Opens z, a and δ beside parameters for a body that only reads.
  @inline(__always)
  func reading<Result>(
    _ shape: Shape, _ weights: UnsafePointer<Double>, _ biases: UnsafePointer<Double>,
    _ body: (Storage) -> Result
  ) -> Result {
    z.reading(shape.neuronCount) { z in
      a.reading(shape.neuronCount) { a in
        delta.reading(shape.neuronCount) { delta in
          body(
            Storage(
              weights: weights, biases: biases, z: UnsafeMutablePointer(mutating: z),
              a: UnsafeMutablePointer(mutating: a), delta: UnsafeMutablePointer(mutating: delta)))
        }
      }
    }
  }
}

extension Layer {
  /// The view of a layer of a network.
  @inline(__always)
  init(_ plan: LayerPlan, _ biasMode: BiasMode, in storage: Storage) {
    self.init(
      count: plan.count,
      inputs: plan.inputs,
      activation: plan.activation,
      weights: storage.weights + plan.weights,
      biases: biasMode == .none ? nil : storage.biases + plan.biases,
      below: UnsafePointer(storage.a) + plan.below,
      z: storage.z + plan.neurons,
      a: storage.a + plan.neurons,
      delta: storage.delta + plan.neurons)
  }
}
