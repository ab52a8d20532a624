/// All values of one example on its way through a network.
///
/// z, a and δ are flat by `Shape.neuron`; a of layer 0 is the input, z and δ of layer 0 stay 0.
package struct Pass: Equatable, Sendable {
  package var z: [Double]
  package var a: [Double]
  /// ∂C/∂z.
  package var delta: [Double]
  /// c_n of each output.
  package var costTerms: [Double]

  /// A pass at its start: only the input is known.
  package init(shape: Shape, input: [Double]) {
    precondition(input.count == shape.inputCount, "one value for each input")
    let zeros = [Double](repeating: 0, count: shape.neuronCount)
    z = zeros
    a = input + zeros.dropFirst(input.count)
    delta = zeros
    costTerms = [Double](repeating: 0, count: shape.outputCount)
  }

  /// C = Σ_n c_n.
  package var cost: Double { costTerms.reduce(0, +) }

  /// Starts over with another input; what was computed stays until it is computed again.
  package mutating func setInput(_ input: [Double]) {
    precondition(a.count >= input.count)
    a.withUnsafeMutableBufferPointer { a in
      for k in input.indices { a[k] = input[k] }
    }
  }
}
