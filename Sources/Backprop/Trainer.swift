/// Training in chunks of about a quarter of a millisecond, with a way back.
///
/// A parameter that is not finite stays so, therefore it is looked for after a chunk; if there is
/// one, the chunk is repeated from its start one step at a time.
struct Trainer {
  private let shape: Shape
  private let cost: Cost
  private let reduction: Reduction
  private let eta: Double
  private let exampleCount: Int
  private let eachStep: Bool
  private let inputs: [Double]
  private let targets: [Double]
  private var progress: TrainingProgress
  private var pass: Pass
  private var sum: Gradient
  /// nan if never seen.
  private var costs: [Double]

  init(
    shape: Shape, examples: [Example], first: Int, cost: Cost, reduction: Reduction, eta: Double,
    eachStep: Bool
  ) {
    precondition(examples.allSatisfy { $0.input.count == shape.inputCount })
    precondition(examples.allSatisfy { $0.target.count == shape.outputCount })
    self.shape = shape
    self.cost = cost
    self.reduction = reduction
    self.eta = eta
    exampleCount = examples.count
    self.eachStep = eachStep
    inputs = Self.concatenate(examples, \.input, count: shape.inputCount)
    targets = Self.concatenate(examples, \.target, count: shape.outputCount)
    costs = [Double](repeating: .nan, count: examples.count)
    progress = TrainingProgress(example: reduction == .perExample ? first % examples.count : 0)
    pass = Pass(shape: shape, input: examples[0].input)
    // Without a batch there is no sum, but storage that can be opened.
    sum = Gradient(
      weights: [Double](repeating: 0, count: reduction == .perExample ? 1 : shape.weightCount),
      biases: [Double](repeating: 0, count: reduction == .perExample ? 1 : shape.biasCount))
  }

  /// Trains until `goal` updates are done.
  mutating func run(
    _ network: inout Network, goal: Int, while proceed: (Network, Int) -> Bool
  ) -> Training {
    var end = Training.End.finished
    var good = Checkpoint(network, progress)
    while progress.steps < goal {
      guard proceed(network, progress.steps) else {
        end = .interrupted
        break
      }
      let costsBefore = costs(ofNext: passesPerChunk)
      advance(&network, passes: passesPerChunk, goal: goal)
      if !network.isFinite {
        restore(costsBefore)
        (network.weights, network.biases, progress) = (good.weights, good.biases, good.progress)
        end = findFailure(&network, goal: goal)
        break
      }
      if let failure = progress.failure {
        end = failure
        break
      }
      if reduction == .perExample || progress.example == 0 {
        good.move(to: network, progress)
      }
    }
    return Training(
      steps: progress.steps, costs: costs.map { $0.isNaN ? nil : $0 }, cost: progress.cost,
      end: end)
  }

  /// Parameters between two steps, all finite.
  private struct Checkpoint {
    var weights: [Double]
    var biases: [Double]
    var progress: TrainingProgress

    init(_ network: Network, _ progress: TrainingProgress) {
      (weights, biases) = (network.weights, network.biases)
      self.progress = progress
    }

    /// Copies in place: a new array a millisecond costs more than what it holds.
    mutating func move(to network: Network, _ progress: TrainingProgress) {
      for i in weights.indices { weights[i] = network.weights[i] }
      for i in biases.indices { biases[i] = network.biases[i] }
      self.progress = progress
    }
  }

  /// About a quarter of a millisecond, at 0.7 ns a weight and 10 ns a neuron; the copy for the way
  /// back has to stay small beside it.
  private var passesPerChunk: Int {
    guard !eachStep else { return passesPerStep }
    return max(8, 2_500_000 / (7 * shape.weightCount + 100 * shape.neuronCount))
  }

  private var passesPerStep: Int { reduction == .perExample ? 1 : exampleCount }

  /// Repeats step by step from good parameters until the step that spoils them, and undoes it.
  private mutating func findFailure(_ network: inout Network, goal: Int) -> Training.End {
    for i in sum.weights.indices { sum.weights[i] = 0 }
    for i in sum.biases.indices { sum.biases[i] = 0 }
    while progress.steps < goal {
      let good = Checkpoint(network, progress)
      advance(&network, passes: passesPerStep, goal: goal)
      if let failure = progress.failure { return failure }
      if !network.isFinite {
        (network.weights, network.biases, progress) = (good.weights, good.biases, good.progress)
        return .nonFiniteParameter
      }
    }
    return .nonFiniteParameter
  }
}

extension Trainer {
  private static func concatenate(
    _ examples: [Example], _ values: KeyPath<Example, [Double]>, count: Int
  ) -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(examples.count * count)
    for example in examples { all += example[keyPath: values] }
    return all
  }

  /// The costs that the next passes will overwrite.
  private func costs(ofNext passes: Int) -> (start: Int, values: [Double]) {
    let start = progress.example
    let count = min(passes, exampleCount)
    return (start, (0..<count).map { i in costs[(start + i) % exampleCount] })
  }

  private mutating func restore(_ saved: (start: Int, values: [Double])) {
    for (i, value) in saved.values.enumerated() {
      costs[(saved.start + i) % exampleCount] = value
    }
  }

  /// Takes up to `passes` examples through the loop, on storage opened once.
  private mutating func advance(_ network: inout Network, passes: Int, goal: Int) {
    let plan = network.plan
    var progress = progress
    inputs.reading(inputs.count) { inputs in
      targets.reading(targets.count) { targets in
        costs.writing(exampleCount) { costs in
          sum.withStorage { sum in
            network.withParameters { parameters in
              pass.withStorage(
                shape, parameters.weights, parameters.biases
              ) { storage, costTerms in
                let layers = plan.layers.map { Layer($0, plan.biasMode, in: storage) }
                layers.withUnsafeBufferPointer { layers in
                  TrainingLoop(
                    plan: plan, layers: layers, a: storage.a, costTerms: costTerms,
                    parameters: parameters, sum: sum, inputs: inputs, targets: targets,
                    costs: costs, exampleCount: exampleCount, cost: cost, reduction: reduction,
                    eta: eta
                  ).run(&progress, passes: passes, goal: goal)
                }
              }
            }
          }
        }
      }
    }
    self.progress = progress
  }
}
