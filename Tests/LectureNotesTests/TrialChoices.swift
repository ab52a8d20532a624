import Backprop
import LectureNotes
import TestSupport

extension Trial {
  /// A few small networks under every choice of cost, biases, reduction and direction, so that also
  /// what goes beyond the notes has a place on one; first those that a document itself speaks of.
  static func choices(for document: Document) throws -> [Trial] {
    let model = document.model
    var trials: [Trial] = []
    for sizes in [[2, 3, 2], [2, 2, 1], [2, 3, 2, 1]] {
      var trial = try Trial(
        sizes, hidden: model.hidden, output: model.output, biasMode: model.biasMode)
      (trial.cost, trial.reduction) = (model.cost, model.reduction)
      trial.direction = model.direction
      trials.append(trial)
    }
    // Layer 2 of three, without biases: the code of four-equations.
    var code = try Trial(
      [3, 3, 2, 1], hidden: .sigmoid, output: .sigmoid, biasMode: .none)
    (code.reduction, code.direction) = (.perExample, .descent)
    trials.append(code)
    for sizes in [[2, 3, 2], [2, 2, 1]] {
      for (hidden, output) in [
        (Activation.sigmoid, Activation.sigmoid), (.relu, .softmax), (.softmax, .sigmoid),
      ] {
        for biasMode in BiasMode.allCases {
          var trial = try Trial(sizes, hidden: hidden, output: output, biasMode: biasMode)
          for cost in Cost.allCases {
            for reduction in [Reduction.sum, .mean, .perExample] {
              for direction in [Direction.descent, .ascent] {
                (trial.cost, trial.reduction, trial.direction) = (cost, reduction, direction)
                trials.append(trial)
              }
            }
          }
        }
      }
    }
    return trials
  }

  /// Weights of both signs, two examples whose targets are 1 at one output.
  private init(
    _ sizes: [Int], hidden: Activation, output: Activation, biasMode: BiasMode
  ) throws {
    let shape = try Shape(sizes)
    var random = SplitMix(seed: 17)
    func numbers(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
    }
    network = Network(
      shape: shape, activations: Array(repeating: hidden, count: shape.last - 1) + [output],
      biasMode: biasMode)
    network.weights = numbers(shape.weightCount)
    if biasMode != .none { network.biases = numbers(shape.biasCount) }
    if biasMode == .shared {
      for layer in 1...shape.last {
        let range = shape.biases(layer)
        for index in range { network.biases[index] = network.biases[range.lowerBound] }
      }
    }
    examples = (0..<2).map { number in
      Example(
        input: numbers(sizes[0]),
        target: (0..<shape.outputCount).map { $0 == number % shape.outputCount ? 1 : 0 })
    }
    (cost, reduction, direction, rate) = (.quadratic, .mean, .descent, 0.5)
  }
}
