/// How far a run of training has come.
struct TrainingProgress {
  /// Updates done.
  var steps = 0
  /// The example that comes next, from 0.
  var example: Int
  /// Σ_p C_p of the step in progress.
  var sum = 0.0
  /// The cost of the last step done.
  var cost: Double?
  var failure: Training.End?
}

/// The inside of training on open storage: nothing in here allocates.
struct TrainingLoop {
  let plan: Plan
  /// Layers 1…L.
  let layers: UnsafeBufferPointer<Layer>
  let a: UnsafeMutablePointer<Double>
  let costTerms: UnsafeMutablePointer<Double>
  let parameters: Parameters
  /// Σ_p ∂C_p/∂w of the step in progress; unused when each example makes its own step.
  let sum: Parameters
  /// x and y of all examples, one after another.
  let inputs: UnsafePointer<Double>
  let targets: UnsafePointer<Double>
  /// The cost of each example when it was last seen.
  let costs: UnsafeMutablePointer<Double>
  let exampleCount: Int
  let cost: Cost
  let reduction: Reduction
  let eta: Double

  /// Takes up to `passes` examples forward and backward, and the updates that fall due.
  func run(_ progress: inout TrainingProgress, passes: Int, goal: Int) {
    var left = passes
    while left > 0 && progress.steps < goal && progress.failure == nil {
      left -= 1
      let p = progress.example
      do throws(NumericFault) {
        let c = try forwardAndBackward(p)
        costs[p] = c
        if c.isFinite {
          finish(p, cost: c, &progress)
        } else {
          progress.failure = .nonFiniteCost(c, example: p + 1)
        }
      } catch {
        progress.failure = .fault(error, example: p + 1)
      }
    }
  }

  /// z, a, C and δ of example p; returns C.
  @inline(__always)
  private func forwardAndBackward(_ p: Int) throws(NumericFault) -> Double {
    a.update(from: inputs + p &* plan.shape.inputCount, count: plan.shape.inputCount)
    for l in 0..<layers.count { layers[l].forward() }
    let output = Output(
      layer: layers[layers.count - 1], cost: cost,
      target: targets + p &* plan.shape.outputCount)
    let c = try output.evaluate(into: costTerms)
    output.backward()
    var l = layers.count - 1
    while l > 0 {
      layers[l - 1].backward(from: layers[l])
      l -= 1
    }
    return c
  }

  /// The update of example p, or its part of the sum and, with the last example, the update.
  @inline(__always)
  private func finish(_ p: Int, cost c: Double, _ progress: inout TrainingProgress) {
    progress.example = p + 1 == exampleCount ? 0 : p + 1
    switch reduction {
    case .perExample:
      for l in 0..<layers.count {
        layers[l].descend(
          parameters.at(plan.layers[l]), eta: eta, biasMode: plan.biasMode)
      }
      progress.cost = c
      progress.steps += 1
    case .sum, .mean:
      progress.sum += c
      for l in 0..<layers.count { layers[l].accumulate(into: sum.at(plan.layers[l])) }
      if progress.example == 0 { finishBatch(&progress) }
    }
  }

  private func finishBatch(_ progress: inout TrainingProgress) {
    progress.cost = progress.sum
    if reduction == .mean {
      sum.divide(by: Double(exampleCount), plan.shape)
      progress.cost = progress.sum / Double(exampleCount)
    }
    parameters.descend(along: sum, eta: eta, plan.shape, plan.biasMode)
    sum.clear(plan.shape)
    progress.sum = 0
    progress.steps += 1
  }
}
