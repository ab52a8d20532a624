// The gradient and the update under a misconception.

extension Network {
  /// The gradient of one example under a misconception.
  package func gradient(of pass: Pass, under misconception: Misconception) -> Gradient {
    var gradient = gradient(of: pass)
    switch misconception {
    case .biasAsFactor:
      for i in gradient.biases.indices { gradient.biases[i] *= biases[i] }
    case .biasShared:
      // Where a layer has one bias, the update adds them up already.
      guard biasMode != .shared else { break }
      for l in 1...shape.last {
        let sum = gradient.biases[shape.biases(l)].reduce(0, +)
        for i in shape.biases(l) { gradient.biases[i] = sum }
      }
    case .indicesSwapped:
      for l in 1...shape.last {
        let layer = shape.weights(l)
        gradient.weights.replaceSubrange(
          layer,
          with: Network.transposed(gradient.weights[layer], shape.sizes[l], shape.sizes[l - 1]))
      }
    case .staleWeights, .outputSlopeMissing, .maskForgotten, .maskOverwrites, .biasNotTrained,
      .squareRule, .weightsTransposed, .exponentialRule, .lastExampleOnly, .averagedTwice,
      .wrongSign:
      break
    }
    return gradient
  }

  /// The gradient of a batch under a misconception.
  package func gradient(
    of passes: [Pass], reduction: Reduction, under misconception: Misconception
  ) -> Gradient {
    var sum = gradient(of: [], reduction: .sum)
    let kept = misconception == .lastExampleOnly ? passes.suffix(1) : passes[...]
    for pass in kept {
      let one = gradient(of: pass, under: misconception)
      for i in sum.weights.indices { sum.weights[i] += one.weights[i] }
      for i in sum.biases.indices { sum.biases[i] += one.biases[i] }
    }
    let divisions = (reduction == .mean ? 1 : 0) + (misconception == .averagedTwice ? 1 : 0)
    for _ in 0..<divisions {
      sum.withStorage { $0.divide(by: Double(passes.count), shape) }
    }
    return sum
  }

  /// The update under a misconception.
  package mutating func update(
    by gradient: Gradient, learningRate: Double, direction: Direction,
    under misconception: Misconception
  ) {
    let before = biases
    update(by: gradient, learningRate: learningRate, direction: direction)
    if misconception == .biasNotTrained { biases = before }
  }
}
