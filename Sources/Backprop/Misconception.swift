/// A rule of backpropagation as it is often misunderstood, for an engine that is deliberately wrong.
///
/// M1 to M13 are misconceptions of learners. M11, that a saturated neuron must have a gradient, is
/// no rule and has no case.
package enum Misconception: String, CaseIterable, Sendable {
  /// M1: ∂C/∂b_j = b_j δ_j, which is 0 where b_j is.
  case biasAsFactor = "bias-as-factor"
  /// M2: δ of a hidden layer from weights that are updated already.
  case staleWeights = "stale-weights"
  /// M3: δ_j = ∂C/∂a_j of the output layer, without f′(z_j).
  case outputSlopeMissing = "output-slope-missing"
  /// M4: f′ = 1 for ReLU, also where z ≤ 0.
  case maskForgotten = "mask-forgotten"
  /// M4: δ_j = f′(z_j) of a ReLU layer, in place of what comes from above.
  case maskOverwrites = "mask-overwrites"
  /// M5: the update leaves the biases as they are.
  case biasNotTrained = "bias-not-trained"
  /// M5: ∂C/∂b_j = Σ_j δ_j, as if the layer had one bias.
  case biasShared = "bias-shared"
  /// M6: d(y−a)²/da = 2(a−y)·a.
  case squareRule = "square-rule"
  /// M7: Σ_k w_jk δ_k, the rows of W read as its columns.
  case weightsTransposed = "weights-transposed"
  /// M8: f′ with d eˣ/dx = x.
  case exponentialRule = "exponential-rule"
  /// M9: the gradient of each example overwrites that of the one before.
  case lastExampleOnly = "last-example-only"
  /// M10: the gradient of a batch divided by the number of examples once more.
  case averagedTwice = "averaged-twice"
  /// M12: δ_j with y − a in place of a − y.
  case wrongSign = "wrong-sign"
  /// M13: ∂C/∂w_jk in the place of ∂C/∂w_kj.
  case indicesSwapped = "indices-swapped"

  /// The misconception among M1 to M13.
  package var code: String {
    switch self {
    case .biasAsFactor: "M1"
    case .staleWeights: "M2"
    case .outputSlopeMissing: "M3"
    case .maskForgotten, .maskOverwrites: "M4"
    case .biasNotTrained, .biasShared: "M5"
    case .squareRule: "M6"
    case .weightsTransposed: "M7"
    case .exponentialRule: "M8"
    case .lastExampleOnly: "M9"
    case .averagedTwice: "M10"
    case .wrongSign: "M12"
    case .indicesSwapped: "M13"
    }
  }

  /// What of the pass goes wrong first.
  package enum Place: Sendable {
    case outputError, hiddenError, weightGradient, biasGradient, reduction, update
  }

  /// Where its rule stands; a wrong slope can be met at the output as well as below.
  package var places: [Place] {
    switch self {
    case .staleWeights, .maskOverwrites, .weightsTransposed: [.hiddenError]
    case .outputSlopeMissing, .squareRule, .wrongSign: [.outputError]
    case .maskForgotten, .exponentialRule: [.outputError, .hiddenError]
    case .biasAsFactor, .biasShared: [.biasGradient]
    case .indicesSwapped: [.weightGradient]
    case .lastExampleOnly, .averagedTwice: [.reduction]
    case .biasNotTrained: [.update]
    }
  }
}
