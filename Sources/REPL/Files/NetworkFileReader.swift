import Backprop

extension NetworkFile {
  /// Reads a file; nothing of it is used unless all of it is sound.
  package init(reading bytes: [UInt8]) throws(NetworkFileError) {
    let json: JSON
    do throws(JSONError) { json = try JSONParser.parse(bytes) } catch { throw .notJSON(error) }
    try Self.checkFormat(json)
    let file = Field(key: "", json: json)
    let network = try file.required("network").network()
    let shape = network.shape
    self.init(
      network: network,
      cost: try file.required("cost").name(of: Cost.self),
      reduction: try file.required("reduction").name(of: Reduction.self),
      direction: try file.required("direction").name(of: Direction.self),
      learningRate: try file.required("learning_rate").number(),
      examples: [])
    for (i, example) in try (file.optional("examples")?.elements() ?? []).enumerated() {
      let p = i + 1
      examples.append(
        Example(
          input: try example.required("input").numbers(.inputs(example: p), shape.inputCount),
          target: try example.required("target").numbers(.targets(example: p), shape.outputCount)))
    }
  }

  private static func checkFormat(_ json: JSON) throws(NetworkFileError) {
    guard case .string(let found)? = json["format"] else { throw .otherFormat(nil) }
    if found == format { return }
    let parts = found.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == formatName, let first = parts[1].first, first != "0",
      parts[1].allSatisfy({ $0.isASCII && $0.isNumber })
    else { throw .otherFormat(found) }
    throw .newerFormat(String(parts[1]), reads: version)
  }
}

/// A value of the file under the name it has there.
private struct Field {
  let key: String
  let json: JSON

  func optional(_ name: String) throws(NetworkFileError) -> Field? {
    guard case .object = json else { throw .wrongKind(key: key, expected: .object) }
    return json[name].map { Field(key: key.isEmpty ? name : "\(key).\(name)", json: $0) }
  }

  func required(_ name: String) throws(NetworkFileError) -> Field {
    guard let field = try optional(name) else {
      throw .missingKey(key.isEmpty ? name : "\(key).\(name)")
    }
    return field
  }

  func elements() throws(NetworkFileError) -> [Field] {
    guard case .array(let elements) = json else { throw .wrongKind(key: key, expected: .list) }
    return elements.enumerated().map { i, element in Field(key: "\(key)[\(i)]", json: element) }
  }

  func elements(
    _ counted: NetworkFileError.Counted, _ count: Int
  ) throws(NetworkFileError) -> [Field] {
    guard case .array(let elements) = json else { throw .wrongKind(key: key, expected: .list) }
    guard elements.count == count else {
      throw .wrongCount(counted, expected: count, found: elements.count)
    }
    return try self.elements()
  }

  func number() throws(NetworkFileError) -> Double {
    switch json {
    case .number(let value):
      guard value.isFinite else { throw .notFinite(key: key) }
      return value
    case .string("nan"), .string("inf"), .string("-inf"): throw .notFinite(key: key)
    case .null, .boolean, .string, .array, .object:
      throw .wrongKind(key: key, expected: .number)
    }
  }

  func numbers(
    _ counted: NetworkFileError.Counted, _ count: Int
  ) throws(NetworkFileError) -> [Double] {
    var numbers: [Double] = []
    for element in try elements(counted, count) { numbers.append(try element.number()) }
    return numbers
  }

  /// A layer size; beyond the range of `Int` the largest, which no network reaches.
  func size() throws(NetworkFileError) -> Int {
    let value = try number()
    guard value == value.rounded() else { throw .notWhole(key: key) }
    return Int(exactly: value) ?? (value < 0 ? .min : .max)
  }

  func name<Name: RawRepresentable<String> & CaseIterable>(
    of type: Name.Type
  ) throws(NetworkFileError) -> Name {
    guard case .string(let found) = json else { throw .wrongKind(key: key, expected: .text) }
    guard let name = Name(rawValue: found) else {
      throw .unknownName(key: key, found: found, known: Name.allCases.map(\.rawValue))
    }
    return name
  }
}

extension Field {
  /// Shape first: its limits hold before anything of that size exists.
  func network() throws(NetworkFileError) -> Network {
    let shape = try required("layers").shape()
    var activations: [Activation] = []
    for field in try required("activations").elements(.activations, shape.last) {
      activations.append(try field.name(of: Activation.self))
    }
    let biases = try optional("biases")
    let biasMode = try optional("bias")?.name(of: BiasMode.self)
    var network = Network(
      shape: shape, activations: activations,
      biasMode: biasMode ?? (biases == nil ? .none : .perNeuron))
    network.weights = try required("weights").weights(shape)
    if let biases {
      let values = try biases.biases(shape)
      if network.biasMode != .none { network.biases = values }
    }
    if network.biasMode == .shared {
      for l in 1...shape.last where Set(network.biases[shape.biases(l)]).count > 1 {
        throw .unequalSharedBiases(layer: l)
      }
    }
    return network
  }

  private func shape() throws(NetworkFileError) -> Shape {
    var sizes: [Int] = []
    for field in try elements() { sizes.append(try field.size()) }
    do throws(ShapeError) { return try Shape(sizes) } catch { throw .badShape(error) }
  }

  private func weights(_ shape: Shape) throws(NetworkFileError) -> [Double] {
    var weights: [Double] = []
    for (i, layer) in try elements(.weightLayers, shape.last).enumerated() {
      let l = i + 1
      for (row, field) in try layer.elements(.rows(layer: l), shape.sizes[l]).enumerated() {
        weights += try field.numbers(.weights(layer: l, neuron: row + 1), shape.sizes[l - 1])
      }
    }
    return weights
  }

  private func biases(_ shape: Shape) throws(NetworkFileError) -> [Double] {
    var biases: [Double] = []
    for (i, layer) in try elements(.biasLayers, shape.last).enumerated() {
      biases += try layer.numbers(.biases(layer: i + 1), shape.sizes[i + 1])
    }
    return biases
  }
}
