import Backprop
import IndexNotation
import LectureNotes

// `check [Q] [h]`: the gradient computed another way.

extension Session {
  /// The h of central differences.
  static let centralStep = 1e-5

  mutating func check(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try checkReady(arguments)
    let isOverH = arguments.words.last?.text == "h"
    let rehearsal = try rehearsed()
    let setting = try CheckSetting(rehearsal)
    var seeds = rehearsal.trainedParameters
    if let last = arguments.words.last, arguments.words.count > 1, Double(last.text) != nil {
      throw CommandError(
        "h is typed as the letter: its values are 1e-1 to 1e-12", at: last.columns,
        advice: "as in: check \(exampleParameter) h")
    }
    let named = isOverH ? Array(arguments.words.dropLast()) : arguments.words
    if let first = named.first, let last = named.last {
      let characters = Array(arguments.line)
      let source = String(characters[first.columns.start..<last.columns.end])
      let columns = Columns(first.columns.start, last.columns.end)
      seeds = try typedQuantities(source, offset: columns.start).map { typed throws(CommandError) in
        if typed.example != nil {
          throw CommandError(
            "check compares the gradient an update follows, not that of one example", at: columns,
            advice: "with reduction per-example it is that of the example in view")
        }
        guard let seed = typed.quantity.parameter else {
          throw CommandError(
            "check compares derivatives by weights and biases", at: columns,
            advice: "as in: check \(exampleParameter)")
        }
        return seed
      }
    }
    if isOverH { return try overStepSizes(seeds, setting, takesLargest: named.isEmpty, arguments) }
    let (entries, isStopped) = checked(seeds, setting)
    guard !isStopped else {
      return lines(["stopped after \(entries.count) of \(seeds.count); there is no verdict"])
        .map { Line($0.text, .warning) }
    }
    let table = CheckTable(self, setting, entries, of: seeds.count)
    var lines = table.lines()
    let isWrong = entries.contains { $0.verdict.isFailure }
    if isWrong {
      lines += diagnosis(setting)
      if state.bug == nil { failures.append(table.failure) }
    } else {
      lines += updateDiagnosis(setting, entries)
    }
    return lines
  }

  /// So many products are formed at most; of more parameters some are taken, evenly spread.
  private static let workLimit = 2_000_000_000

  private func checked(
    _ seeds: [Seed], _ setting: CheckSetting
  ) -> (entries: [GradientCheck.Entry], isStopped: Bool) {
    let work = 4 * setting.examples.count * (setting.network.weights.count + 100)
    let most = max(20, Session.workLimit / max(1, work))
    let stride = max(1, (seeds.count + most - 1) / most)
    var entries: [GradientCheck.Entry] = []
    for place in Swift.stride(from: 0, to: seeds.count, by: stride) {
      if isInterrupted() { return (entries, true) }
      entries.append(
        setting.check.entry(
          seeds[place], analytic: setting.gradient.value(seeds[place], setting.network.shape),
          h: Session.centralStep))
    }
    return (entries, false)
  }

  // MARK: over step sizes

  private func overStepSizes(
    _ seeds: [Seed], _ setting: CheckSetting, takesLargest: Bool,
    _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    let shape = setting.network.shape
    let values = seeds.map { setting.gradient.value($0, shape) }
    guard takesLargest || seeds.count == 1 else {
      throw CommandError(
        "over step sizes one number is checked, not \(seeds.count)", at: arguments.whole,
        advice: "as in: check \(exampleParameter) h")
    }
    let place = values.indices.max { abs(values[$0]) < abs(values[$1]) } ?? 0
    let quantity = seeds[place].quantity
    let heading = lines([
      "\(derivativeText(quantity) ?? symbolText(quantity)) = \(text(values[place])), central differences against it"
    ])
    return heading + StepSizeTable(self, setting, seeds[place], values[place]).lines()
  }

  /// ∂C/∂w as the notes write it, of all examples together where that is what is stepped.
  func derivativeText(_ quantity: Quantity) -> String? {
    guard let reading = try? reading(), let bottom = reading.reference(for: quantity) else {
      return nil
    }
    let top = reading.reference(for: reading.isOfAllExamples ? .totalCost : .cost)
    return top.map { text(.partial(Reference($0.name), bottom)) }
  }
}

/// The engine's gradient and what it is compared with.
struct CheckSetting {
  /// The pass run to its gradients.
  let state: State
  let network: Network
  let gradient: Gradient
  /// Numbers of the examples that make the gradient.
  let examples: Range<Int>
  let check: GradientCheck

  init(_ state: State) throws(CommandError) {
    guard let network = state.network else { throw Session.noNetwork() }
    self.state = state
    self.network = network
    gradient = state.reducedGradient
    examples = state.steppedExamples
    check = GradientCheck(
      network, state.cost, examples.map { state.examples[$0 - 1] },
      examples.map { state.passes[$0 - 1].pass }, isMean: state.reduction == .mean)
  }
}

extension State {
  /// The weights and biases that training moves, layer by layer.
  var trainedParameters: [Seed] {
    guard let network else { return [] }
    let sizes = network.shape.sizes
    var seeds: [Seed] = []
    for layer in 1...network.shape.last {
      for to in 1...sizes[layer] {
        for from in 1...sizes[layer - 1] { seeds.append(.weight(layer: layer, to: to, from: from)) }
      }
      switch network.biasMode {
      case .perNeuron, .shared:
        for neuron in 1...sizes[layer] { seeds.append(.bias(layer: layer, neuron: neuron)) }
      case .frozen, .none: break
      }
    }
    return seeds
  }
}
