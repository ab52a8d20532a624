import Foundation

/// One case file: a network, its data, and the exact results rounded to 17 digits.
///
/// Numbers are decimal strings. Weights lead `[from][to]`, the other way round than in the engine
/// and in the program's own files.
package struct Case: Decodable {
  package typealias Vector = [Written]

  package struct Model: Decodable {
    package let layers: [Int]
    package let activations: [String]
    package let weights: [[Vector]]
    package let biases: [Vector]?
  }
  package struct Data: Decodable {
    package let inputs: [Vector]
    package let targets: [Vector]
  }
  package struct Tolerance: Decodable {
    package let rtol, rtolAfterStep, atolRel, atol: Written
  }
  package struct Expected: Decodable {
    package let examples: [ExpectedExample]
    package let cost: Written?
    package let dW: [[Vector]]?
    package let dB: [Vector]?
    package let step: Step?
    package let stepPerExample: [Step]?
    package let onlineEpoch: Epoch?
  }
  package struct ExpectedExample: Decodable {
    package let z, a, delta: [Vector]
    package let costTerms: Vector
    package let cost: Written
    package let dW: [[Vector]]
    package let dB: [Vector]?
    package let perOutputDelta: [[Vector]]
  }
  package struct Step: Decodable {
    package let weights: [[Vector]]
    package let biases: [Vector]?
    package let costAfter: Written
  }
  package struct Epoch: Decodable {
    package let weights: [[Vector]]
    package let biases: [Vector]?
    package let costsSeen: Vector
  }

  package let id, title: String
  package let network: Model
  package let cost: String
  package let aggregation: String
  package let direction: String
  package let learningRate: Written
  package let data: Data
  package let tolerance: Tolerance
  package let expected: Expected

  package static let folder = Bundle.module.bundleURL.appending(path: "Cases")

  /// The file names, in order.
  package static let names = (1...60).map { "public-" + ("00" + String($0)).suffix(3) }

  package static func load(_ name: String) throws -> Case {
    try JSONDecoder.ofSnakeCase.decode(
      Case.self, from: Foundation.Data(contentsOf: folder.appending(path: "\(name).json")))
  }
}

extension JSONDecoder {
  /// Reads keys such as `learning_rate` as `learningRate`.
  package static var ofSnakeCase: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}

/// A decimal in a string; infinite beyond the range of doubles.
package struct Written: Decodable, Sendable {
  package let text: String
  package let value: Double

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    text = try container.decode(String.self)
    guard let value = Double(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no decimal: \(text)")
    }
    self.value = value
  }
}
