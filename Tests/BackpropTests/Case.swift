import Backprop
import Foundation
import Testing

/// One case file: a network, its data, and the exact results rounded to 17 digits.
///
/// Numbers are decimal strings. Weights lead `[from][to]`, the other way round than in the engine.
struct Case: Decodable {
  typealias Vector = [Decimal17]

  struct Model: Decodable {
    let layers: [Int]
    let activations: [String]
    let weights: [[Vector]]
    let biases: [Vector]?
  }
  struct Data: Decodable {
    let inputs: [Vector]
    let targets: [Vector]
  }
  struct Tolerance: Decodable {
    let rtol, rtolAfterStep, atolRel, atol: Decimal17
  }
  struct Expected: Decodable {
    let examples: [ExpectedExample]
    let cost: Decimal17?
    let dW: [[Vector]]?
    let dB: [Vector]?
    let step: Step?
    let stepPerExample: [Step]?
    let onlineEpoch: Epoch?
  }
  struct ExpectedExample: Decodable {
    let z, a, delta: [Vector]
    let costTerms: Vector
    let cost: Decimal17
    let dW: [[Vector]]
    let dB: [Vector]?
    let perOutputDelta: [[Vector]]
  }
  struct Step: Decodable {
    let weights: [[Vector]]
    let biases: [Vector]?
    let costAfter: Decimal17
  }
  struct Epoch: Decodable {
    let weights: [[Vector]]
    let biases: [Vector]?
    let costsSeen: Vector
  }

  let id, title: String
  let network: Model
  let cost: String
  let aggregation: Reduction
  let direction: Direction
  let learningRate: Decimal17
  let data: Data
  let tolerance: Tolerance
  let expected: Expected

  /// The file names, in order.
  static let names = (1...60).map { "public-" + ("00" + String($0)).suffix(3) }

  static func load(_ name: String) throws -> Case {
    let file = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Cases"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Case.self, from: Foundation.Data(contentsOf: file))
  }
}

extension Reduction: Decodable {}
extension Direction: Decodable {}

/// A double written as a string; infinite beyond the range of doubles.
struct Decimal17: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    value = try #require(Double(text), "a decimal: \(text)")
  }
}

extension Case {
  func makeNetwork() throws -> Network {
    let shape = try Shape(network.layers)
    var result = Network(
      shape: shape,
      activations: try network.activations.map { try #require(Activation(rawValue: $0)) },
      biasMode: network.biases == nil ? .none : .perNeuron)
    for l in 1...shape.last {
      for j in 1...shape.sizes[l] {
        for k in 1...shape.sizes[l - 1] {
          result.weights[shape.weight(l, j, k)] = network.weights[l - 1][k - 1][j - 1].value
        }
        if let biases = network.biases {
          result.biases[shape.bias(l, j)] = biases[l - 1][j - 1].value
        }
      }
    }
    return result
  }

  var engineCost: Cost {
    get throws {
      switch cost {
      case "mean-squared": .mse
      case "categorical-cross-entropy": .crossEntropy
      default: try #require(Cost(rawValue: cost))
      }
    }
  }

  var examples: [Example] {
    zip(data.inputs, data.targets).map { input, target in
      Example(input: input.map(\.value), target: target.map(\.value))
    }
  }
}
