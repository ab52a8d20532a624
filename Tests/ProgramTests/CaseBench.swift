import Foundation
import TestSupport
import Testing

/// A number of a trace, where what is not finite stands as a string.
struct TraceNumber: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
    } else {
      let names = ["nan": Double.nan, "inf": .infinity, "-inf": -.infinity]
      value = try #require(names[try container.decode(String.self)])
    }
  }
}

/// What `trace json` prints after a whole pass.
struct Trace: Decodable {
  typealias Vector = [TraceNumber]

  struct Example: Decodable {
    let z, a, delta: [Vector]
    let outputDelta: [[Vector]]
    let dw: [[Vector]]
    let db: [Vector]?
    let cost: TraceNumber
  }

  let format: String
  let examples: [Example]
  let cost: TraceNumber?
  let dw: [[Vector]]?
  let db: [Vector]?
}

/// The numbers of a file that `save` wrote.
struct SavedNetwork: Decodable, Equatable {
  struct Model: Decodable, Equatable {
    let weights: [[[Double]]]
    let biases: [[Double]]?
  }
  let network: Model
}

/// One case, its file loaded by the program, and how numbers are compared.
struct CaseBench {
  let file: Case
  private let scratch = ScratchFolder()

  init(_ name: String) throws {
    file = try Case.load(name)
    scratch.write(file.networkFile, to: "case.json")
  }

  /// The traces that a script prints, quietly, on the loaded network.
  func traces(_ script: String) throws -> [Trace] {
    let run = try reply(to: "load case.json\n\(script)\n", ["-q"], folder: scratch.path)
    #expect(run.status == 0 && run.error.isEmpty, "\(file.id): \(run.error)")
    return try run.outputLines.map {
      try JSONDecoder.ofSnakeCase.decode(Trace.self, from: Data($0.utf8))
    }
  }

  /// What stands after a script: the saved numbers, and the trace of one more pass.
  func after(_ script: String) throws -> (saved: SavedNetwork, trace: Trace) {
    let trace = try traces("\(script)\nsave after.json\nrun\ntrace json").last
    let saved = try #require(scratch.read("after.json"))
    return (
      try JSONDecoder.ofSnakeCase.decode(SavedNetwork.self, from: Data(saved)), try #require(trace)
    )
  }

  // MARK: comparison

  /// |g − e| ≤ rtol·|e| + atol_rel·max|e| + atol over one innermost list.
  private func expect(
    _ got: [Double], _ expected: Case.Vector, _ what: String, isAfter: Bool
  ) {
    #expect(got.count == expected.count, "\(file.id): \(what)")
    let tolerance = file.tolerance
    let rtol = (isAfter ? tolerance.rtolAfterStep : tolerance.rtol).value
    let largest = expected.map { abs($0.value) }.filter(\.isFinite).max() ?? 0
    let list = tolerance.atolRel.value * largest + tolerance.atol.value
    for (i, (g, e)) in zip(got, expected.map(\.value)).enumerated() where e.isFinite {
      #expect(abs(g - e) <= rtol * abs(e) + list, "\(file.id): \(what)[\(i)] \(g), not \(e)")
    }
  }

  func expect(
    _ got: Trace.Vector, _ expected: Case.Vector, _ what: String, isAfter: Bool = false
  ) {
    expect(got.map(\.value), expected, what, isAfter: isAfter)
  }

  func expect(_ got: [Trace.Vector], _ expected: [Case.Vector], _ what: String) {
    #expect(got.count == expected.count, "\(file.id): \(what)")
    for (l, (got, expected)) in zip(got, expected).enumerated() {
      expect(got, expected, "\(what), layer \(l)")
    }
  }

  func expectWeights(_ got: [[Trace.Vector]], _ expected: [[Case.Vector]], _ what: String) {
    expectWeights(
      got.map { $0.map { $0.map(\.value) } }, expected, what, isAfter: false)
  }

  func expectBiases(_ got: [Trace.Vector]?, _ expected: [Case.Vector]?, _ what: String) {
    #expect((got == nil) == (expected == nil), "\(file.id): \(what)")
    if let got, let expected { expect(got, expected, what) }
  }

  func expectParameters(
    _ saved: SavedNetwork, _ weights: [[Case.Vector]], _ biases: [Case.Vector]?,
    _ what: String, isAfter: Bool = false
  ) {
    expectWeights(saved.network.weights, weights, "weights after \(what)", isAfter: isAfter)
    guard let biases else { return }
    let got = saved.network.biases ?? []
    #expect(got.count == biases.count, "\(file.id): biases after \(what)")
    for (l, (got, expected)) in zip(got, biases).enumerated() {
      expect(got, expected, "biases after \(what), layer \(l + 1)", isAfter: isAfter)
    }
  }

  /// `got[to][from]` against `expected[from][to]`: a list of the case is a row of one `from`.
  private func expectWeights(
    _ got: [[[Double]]], _ expected: [[Case.Vector]], _ what: String, isAfter: Bool
  ) {
    #expect(got.count == expected.count, "\(file.id): \(what)")
    for (l, (rows, wanted)) in zip(got, expected).enumerated() {
      #expect(rows.allSatisfy { $0.count == wanted.count }, "\(file.id): \(what)")
      for (from, wanted) in wanted.enumerated() {
        let row = rows.compactMap { $0.indices.contains(from) ? $0[from] : nil }
        expect(row, wanted, "\(what), layer \(l + 1) from \(from + 1)", isAfter: isAfter)
      }
    }
  }
}
