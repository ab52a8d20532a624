import Backprop
import Testing

/// Where the mathematics is finite, so is the engine.
@Suite struct StabilityTests {
  @Test func flatActivations() {
    #expect(Activation.sigmoid.value(-800) == 0)
    #expect(Activation.sigmoid.value(800) == 1)
    #expect(Activation.sigmoid.value(-740) > 0)
    #expect(close(Activation.sigmoid.derivative(40), 4.248354255291589e-18))
    #expect(close(Activation.sigmoid.derivative(-40), 4.248354255291589e-18))
    #expect(close(Activation.tanh.derivative(20), 1.6993417021166355e-17))
    #expect(close(Activation.tanh.derivative(-20), 1.6993417021166355e-17))
    #expect(Activation.softplus.value(1e300) == 1e300)
    #expect(close(Activation.softplus.value(-50), 1.9287498479639178e-22))
    #expect(Activation.softplus.derivative(800) == 1)
  }

  @Test func kinks() {
    #expect(Activation.relu.derivative(0) == 0)
    #expect(Activation.leakyReLU.derivative(0) == 0.01)
    #expect(Activation.relu.value(.nan).isNaN)
    #expect(Activation.relu.derivative(.nan).isNaN)
  }

  @Test func softmaxOfHugeLogits() throws {
    let equal = try output([1000, 1000], .softmax, .crossEntropy, [1, 0])
    #expect(equal.outputs == [0.5, 0.5])
    #expect(close(equal.pass.cost, 0.6931471805599453))
    let apart = try output([1000, -1000], .softmax, .crossEntropy, [0, 1])
    #expect(apart.pass.cost == 2000)
    #expect(apart.deltas == [1, -1])
    let right = try output([0, -50], .softmax, .crossEntropy, [1, 0])
    #expect(close(right.pass.cost, 1.9287498479639178e-22))
    #expect(close(right.deltas[0], -1.9287498479639178e-22))
  }

  @Test func softmaxWithTargetsThatDoNotSumToOne() throws {
    let run = try output([0, 0], .softmax, .crossEntropy, [1, 2])
    #expect(run.deltas == [0.5, -0.5])
  }

  @Test func softmaxWithTwoClassLogarithms() throws {
    let run = try output([800, 0, 0], .softmax, .binaryCrossEntropy, [0, 1, 0])
    // −log(1−a₁) − log a₂ = (800 − log 2) + 800; the zeros contribute log(1−a₃) = 0.
    #expect(close(run.pass.cost, 1600 - 0.6931471805599453))
    #expect(close(run.deltas[0], 2))
    #expect(close(run.deltas[1], -1.5) && close(run.deltas[2], -0.5))
  }

  @Test func logarithmsFromTheWeightedInput() throws {
    let wrong = try output([-800], .sigmoid, .binaryCrossEntropy, [1])
    #expect(wrong.pass.cost == 800)
    #expect(wrong.deltas == [-1])
    let otherWrong = try output([800], .sigmoid, .logLikelihood, [0])
    #expect(otherWrong.pass.cost == -800)
    #expect(otherWrong.deltas == [-1])
    let right = try output([50], .sigmoid, .binaryCrossEntropy, [1])
    #expect(close(right.pass.cost, 1.9287498479639178e-22))
    #expect(close(right.deltas[0], -1.9287498479639178e-22))
    let small = try output([-800], .softplus, .crossEntropy, [1])
    #expect(small.pass.cost == 800 && small.deltas == [-1])
  }

  @Test func logarithmOfZeroIsInfiniteAndZeroTimesItIsZero() throws {
    let named = try output([-1], .relu, .crossEntropy, [1])
    #expect(named.pass.cost == .infinity)
    let absent = try output([-1], .relu, .crossEntropy, [0])
    #expect(absent.pass.cost == 0 && absent.deltas == [0])
  }

  @Test func logarithmOfNegativeIsNamed() throws {
    #expect(throws: NumericFault.logOfNegative(argument: -0.2, output: 1)) {
      try output([-0.2], .identity, .crossEntropy, [1])
    }
    #expect(throws: NumericFault.logOfNegative(argument: -0.5, output: 2)) {
      try output([0.5, 1.5], .identity, .logLikelihood, [1, 0])
    }
    // The factor 0 does not give it a value.
    #expect(throws: NumericFault.logOfNegative(argument: -9, output: 1)) {
      try output([10], .identity, .binaryCrossEntropy, [1])
    }
    #expect(throws: NumericFault.logOfNegative(argument: -0.2, output: 1)) {
      try output([-0.2], .identity, .crossEntropy, [0])
    }
  }

  @Test func infinityAppearsWithoutATrap() throws {
    var network = Network(shape: try Shape([1, 2]), activations: [.softmax])
    network.weights = [1e308, 1]
    let pass = try network.fullPass(Example(input: [1e308], target: [1, 0]), .crossEntropy)
    #expect(pass.z[1] == .infinity && pass.a[1].isNaN)
  }

  /// One layer whose weighted inputs are given.
  @discardableResult
  private func output(
    _ z: [Double], _ activation: Activation, _ cost: Cost, _ target: [Double]
  ) throws -> (pass: Pass, outputs: [Double], deltas: [Double]) {
    var network = Network(shape: try Shape([1, z.count]), activations: [activation])
    network.weights = z
    let pass = try network.fullPass(Example(input: [1], target: target), cost)
    return (pass, Array(pass.a.dropFirst()), Array(pass.delta.dropFirst()))
  }

  private func close(_ got: Double, _ expected: Double) -> Bool {
    abs(got - expected) <= 1e-12 * abs(expected)
  }
}
