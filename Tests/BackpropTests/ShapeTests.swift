import Backprop
import Testing

@Suite struct ShapeTests {
  @Test func indices() throws {
    let shape = try Shape([2, 3, 1])
    #expect(shape.last == 2)
    #expect((shape.neuronCount, shape.weightCount, shape.biasCount) == (6, 9, 4))
    #expect(shape.neuron(0, 1) == 0 && shape.neuron(1, 1) == 2 && shape.neuron(2, 1) == 5)
    #expect(shape.weight(1, 1, 1) == 0 && shape.weight(1, 3, 2) == 5 && shape.weight(2, 1, 3) == 8)
    #expect(shape.bias(1, 1) == 0 && shape.bias(2, 1) == 3)
    #expect(shape.neurons(1) == 2..<5 && shape.weights(2) == 6..<9 && shape.biases(2) == 3..<4)
    #expect(shape.weights(1, 2) == 2..<4)
  }

  @Test func errors() {
    #expect(throws: ShapeError.tooFewLayers(count: 0)) { try Shape([]) }
    #expect(throws: ShapeError.tooFewLayers(count: 1)) { try Shape([3]) }
    #expect(throws: ShapeError.emptyLayer(1)) { try Shape([2, 0, 1]) }
    #expect(throws: ShapeError.emptyLayer(0)) { try Shape([.min, 1]) }
    #expect(throws: ShapeError.tooManyLayers(count: 257)) {
      try Shape([Int](repeating: 1, count: 257))
    }
    #expect(throws: ShapeError.tooManyParameters(count: 1_000_001)) { try Shape([1_000_000, 1]) }
    #expect(throws: ShapeError.tooManyParameters(count: 16_000_000_004_000_000_000)) {
      try Shape([4_000_000_000, 4_000_000_000])
    }
    #expect(throws: ShapeError.tooManyParameters(count: .max)) { try Shape([.max, .max]) }
    #expect(throws: ShapeError.tooManyParameters(count: .max)) { try Shape([1, .max, 1, .max]) }
  }

  @Test func limits() throws {
    #expect(try Shape([999_999, 1]).parameterCount == 1_000_000)
    #expect(try Shape([Int](repeating: 1, count: 256)).last == 255)
  }
}
