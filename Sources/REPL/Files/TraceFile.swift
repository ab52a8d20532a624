import Backprop

/// What `trace json` prints: every number of the pass as far as it has come.
package struct TraceFile: Equatable, Sendable {
  static let format = "backprop-trace/1"

  /// One example and how much of its pass is computed.
  package struct Traced: Equatable, Sendable {
    package var target: [Double]
    package var pass: Pass
    /// z and a are known of layers 1 to this; 0 for none.
    package var forwardLayers: Int
    package var knowsCost: Bool
    /// δ is known of the layers L down to this; nil for none.
    package var deltaDownTo: Int?

    package init(
      target: [Double], pass: Pass, forwardLayers: Int, knowsCost: Bool, deltaDownTo: Int?
    ) {
      self.target = target
      self.pass = pass
      self.forwardLayers = forwardLayers
      self.knowsCost = knowsCost
      self.deltaDownTo = deltaDownTo
    }
  }

  package var network: Network
  package var cost: Cost
  package var reduction: Reduction
  package var examples: [Traced]

  package init(network: Network, cost: Cost, reduction: Reduction, examples: [Traced]) {
    self.network = network
    self.cost = cost
    self.reduction = reduction
    self.examples = examples
  }

  /// One line of JSON, without the line break.
  package var text: String {
    var out = "{\"format\": \"\(Self.format)\", \"examples\": ["
    // Example by example: the tree of all of them would be many times the text.
    for (i, example) in examples.enumerated() {
      if i > 0 { out += ", " }
      out += JSON.object(members(of: example)).text()
    }
    out += "]"
    for member in batch { out += ", \"\(member.key)\": " + member.value.text() }
    return out + "}"
  }

  private func members(of example: Traced) -> [JSON.Member] {
    let (shape, pass) = (network.shape, example.pass)
    var members: [JSON.Member] = []
    func layers(_ flat: [Double], where isKnown: (Int) -> Bool) -> JSON {
      .array((1...shape.last).map { l in isKnown(l) ? JSON(flat[shape.neurons(l)]) : .null })
    }
    if example.forwardLayers > 0 {
      let z = layers(pass.z) { l in l <= example.forwardLayers }
      members.append(.init(key: "z", value: z))
    }
    let a = (0...shape.last).map { l in
      l <= example.forwardLayers ? JSON(pass.a[shape.neurons(l)]) : .null
    }
    members.append(.init(key: "a", value: .array(a)))
    if let first = example.deltaDownTo {
      let outputs = network.outputDeltas(
        cost: cost, target: example.target, pass: pass, downTo: first)
      members += [
        .init(key: "delta", value: layers(pass.delta) { l in l >= first }),
        .init(
          key: "output_delta", value: .array(outputs.map { layers($0) { l in l >= first } })),
      ]
      members += gradient(network.gradient(of: pass), downTo: first)
    }
    if example.knowsCost { members.append(.init(key: "cost", value: .number(pass.cost))) }
    return members
  }

  /// `dw` and `db`; without biases there is no `db`.
  private func gradient(_ gradient: Gradient, downTo first: Int) -> [JSON.Member] {
    let shape = network.shape
    let layers = 1...shape.last
    let dw = layers.map { l in l >= first ? JSON.rows(of: gradient.weights, l, shape) : .null }
    if network.biasMode == .none { return [.init(key: "dw", value: .array(dw))] }
    let db = layers.map { l in l >= first ? JSON(gradient.biases[shape.biases(l)]) : .null }
    return [.init(key: "dw", value: .array(dw)), .init(key: "db", value: .array(db))]
  }

  /// Cost and gradient after the reduction, of what every example knows.
  private var batch: [JSON.Member] {
    guard !examples.isEmpty else { return [] }
    var members: [JSON.Member] = []
    if examples.allSatisfy(\.knowsCost) {
      let sum = examples.reduce(0) { $0 + $1.pass.cost }
      let cost = reduction == .mean ? sum / Double(examples.count) : sum
      members.append(.init(key: "cost", value: .number(cost)))
    }
    let known = examples.compactMap(\.deltaDownTo)
    if reduction != .perExample, known.count == examples.count, let first = known.max() {
      let passes = examples.map(\.pass)
      members += gradient(network.gradient(of: passes, reduction: reduction), downTo: first)
    }
    return members
  }
}
