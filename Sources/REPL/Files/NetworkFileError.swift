import Backprop

/// Why a file does not hold a network.
package enum NetworkFileError: Error, Equatable, Sendable {
  /// What a key should hold.
  package enum Kind: Equatable, Sendable { case object, list, number, text }

  /// What was counted.
  package enum Counted: Equatable, Sendable {
    case activations
    case weightLayers
    case biasLayers
    /// Rows of the weights of a layer, one a neuron.
    case rows(layer: Int)
    case weights(layer: Int, neuron: Int)
    case biases(layer: Int)
    case inputs(example: Int)
    case targets(example: Int)
  }

  case notJSON(JSONError)
  /// No `format`, or that of something else.
  case otherFormat(String?)
  case newerFormat(String, reads: Int)
  case missingKey(String)
  case wrongKind(key: String, expected: Kind)
  case unknownName(key: String, found: String, known: [String])
  case wrongCount(Counted, expected: Int, found: Int)
  case notFinite(key: String)
  case notWhole(key: String)
  case badShape(ShapeError)
  /// Bias mode `shared` has one bias a layer.
  case unequalSharedBiases(layer: Int)

  package var message: String {
    switch self {
    case .notJSON(let error): error.message
    case .otherFormat(let format?): "the format is “\(format)”, not “\(NetworkFile.format)”"
    case .otherFormat(nil): "not a network file: no \"format\": \"\(NetworkFile.format)\""
    case .newerFormat(let format, let reads):
      "made by a newer backprop-repl (format \(format), this reads \(reads))"
    case .missingKey(let key): "the key “\(key)” is missing"
    case .wrongKind(let key, let kind): "\(key) is not \(kind.words)"
    case .unknownName(let key, let found, let known):
      "\(key) is “\(found)”; it can be " + known.joined(separator: ", ")
    case .wrongCount(let counted, let expected, let found):
      "\(counted.words): expected \(expected), found \(found)"
    case .notFinite(let key): "\(key) is not a finite number"
    case .notWhole(let key): "\(key) is not a whole number"
    case .badShape(let error): "network.layers: \(error.message)"
    case .unequalSharedBiases(let layer):
      "layer \(layer) has different biases, but \"bias\": \"shared\" means one a layer"
    }
  }
}

extension NetworkFileError.Kind {
  fileprivate var words: String {
    switch self {
    case .object: "an object {…}"
    case .list: "a list […]"
    case .number: "a number"
    case .text: "a text in quotes"
    }
  }
}

extension NetworkFileError.Counted {
  fileprivate var words: String {
    switch self {
    case .activations: "activations, one for each layer after the input"
    case .weightLayers: "layers of weights, one for each layer after the input"
    case .biasLayers: "layers of biases, one for each layer after the input"
    case .rows(let layer): "rows of weights of layer \(layer), one for each neuron"
    case .weights(let layer, let neuron):
      "weights of layer \(layer), neuron \(neuron), one for each neuron of the layer below"
    case .biases(let layer): "biases of layer \(layer)"
    case .inputs(let example): "input values of example \(example)"
    case .targets(let example): "target values of example \(example)"
    }
  }
}

extension ShapeError {
  /// What is wrong, for a person.
  package var message: String {
    switch self {
    case .tooFewLayers(let count):
      "a network has an input and an output layer at least, not \(count) layers"
    case .tooManyLayers(let count): "\(count) layers; the most is \(Shape.layerLimit)"
    case .emptyLayer(let layer): "layer \(layer) needs at least 1 neuron"
    case .tooManyParameters(let count):
      (count == .max ? "too many weights" : "\(count) weights and biases")
        + "; the most is \(Shape.parameterLimit)"
    }
  }
}
