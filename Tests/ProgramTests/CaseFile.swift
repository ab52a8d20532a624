import Foundation
import Testing

/// A case file as it stands, every number with the text it is written in.
///
/// Weights lead `[from][to]`, the other way round than in the program's own files.
struct CaseFile: Decodable {
  typealias Vector = [Written]

  struct Model: Decodable {
    let layers: [Int]
    let activations: [String]
    let weights: [[Vector]]
    let biases: [Vector]?
  }
  struct Examples: Decodable {
    let inputs: [Vector]
    let targets: [Vector]
  }
  struct Tolerance: Decodable {
    let rtol, rtolAfterStep, atolRel, atol: Written
  }
  struct Expected: Decodable {
    let examples: [ExpectedExample]
    let cost: Written?
    let dW: [[Vector]]?
    let dB: [Vector]?
    let step: Step?
    let stepPerExample: [Step]?
    let onlineEpoch: Epoch?
  }
  struct ExpectedExample: Decodable {
    let z, a, delta: [Vector]
    let cost: Written
    let dW: [[Vector]]
    let dB: [Vector]?
    let perOutputDelta: [[Vector]]
  }
  struct Step: Decodable {
    let weights: [[Vector]]
    let biases: [Vector]?
    let costAfter: Written
  }
  struct Epoch: Decodable {
    let weights: [[Vector]]
    let biases: [Vector]?
    let costsSeen: Vector
  }

  let id: String
  let network: Model
  let cost: String
  let aggregation: String
  let direction: String
  let learningRate: Written
  let data: Examples
  let tolerance: Tolerance
  let expected: Expected
}

/// A decimal in a string; infinite beyond the range of doubles.
struct Written: Decodable {
  let text: String
  let value: Double

  init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
    value = try #require(Double(text), "a decimal: \(text)")
  }
}

extension CaseFile {
  /// The same network for the program's `load`, its decimals as they are written.
  var networkFile: String {
    var fields = [
      "\"layers\": \(network.layers)", "\"activations\": \(network.activations)",
      "\"bias\": \"\(network.biases == nil ? "none" : "per-neuron")\"",
    ]
    let layers = zip(network.weights, network.layers.dropFirst()).map { rows, size in
      list((0..<size).map { to in list(rows.map { $0[to].text }) })
    }
    fields.append("\"weights\": \(list(layers))")
    if let biases = network.biases {
      fields.append("\"biases\": \(list(biases.map { list($0.map(\.text)) }))")
    }
    let examples = zip(data.inputs, data.targets).map { input, target in
      "{\"input\": \(list(input.map(\.text))), \"target\": \(list(target.map(\.text)))}"
    }
    return """
      {"format": "backprop-repl/1", "network": {\(fields.joined(separator: ", "))},
      "cost": "\(costName)", "reduction": "\(aggregation)", "direction": "\(direction)",
      "learning_rate": \(learningRate.text), "examples": \(list(examples))}
      """
  }

  private var costName: String {
    switch cost {
    case "mean-squared": "mse"
    case "categorical-cross-entropy": "cross-entropy"
    default: cost
    }
  }

  private func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }
}
