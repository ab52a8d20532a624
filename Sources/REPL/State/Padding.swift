import Backprop
import IndexNotation

/// Numbers that were typed stand as typed, padded to the longest of their matrix: 0.40 beside 0.45.
struct Padding: Sendable {
  let weights: [Int]
  let biases: [Int]
  let inputs: Int
  let targets: Int

  init(_ state: State) {
    guard let network = state.network else {
      (weights, biases, inputs, targets) = ([], [], 0, 0)
      return
    }
    let shape = network.shape
    weights = (1...shape.last).map { Padding.decimals(network.weights[shape.weights($0)]) }
    biases = (1...shape.last).map { Padding.decimals(network.biases[shape.biases($0)]) }
    inputs = Padding.decimals(state.examples.prefix(20).flatMap(\.input)[...])
    targets = Padding.decimals(state.examples.prefix(20).flatMap(\.target)[...])
  }

  private static func decimals(_ values: ArraySlice<Double>) -> Int {
    values.prefix(64).reduce(0) { max($0, decimals($1) ?? 0) }
  }

  /// Digits after the point, if the number is short enough to have been typed.
  private static func decimals(_ value: Double) -> Int? {
    guard value.isFinite, value != value.rounded() else { return abs(value) < 1e15 ? 0 : nil }
    let magnitude = abs(value)
    guard magnitude >= 1e-4, magnitude < 1e6 else { return nil }
    let scaled = magnitude * 1e6
    guard scaled == scaled.rounded() || abs(scaled - scaled.rounded()) < 1e-9 * scaled else {
      return nil
    }
    let text = magnitude.description
    guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return nil }
    let decimals = text.distance(from: point, to: text.endIndex) - 1
    return decimals <= 6 ? decimals : nil
  }

  static func text(_ magnitude: Double, decimals: Int, digits: Int, minus: Character) -> String {
    if magnitude == magnitude.rounded(), magnitude < 1e15 {
      return NumberText.shortest(magnitude, minus: minus)
    }
    guard let own = Padding.decimals(magnitude) else {
      return NumberText.significant(magnitude, digits: digits, minus: minus)
    }
    return NumberText.shortest(magnitude, minus: minus)
      + String(repeating: "0", count: max(0, decimals - own))
  }
}
