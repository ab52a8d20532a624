import Backprop
import IndexNotation

// The facts there are, in words, for one who wrote another.

extension Fact {
  private static let alone = [
    "one output", "one hidden layer", "more hidden layers", "general network", "bias", "no bias",
    "own bias", "targets sum to 1",
  ]
  /// What a fact of two words may begin with, by its last.
  private static let beginnings: [(last: String, words: [String])] = [
    ("cost", Cost.allCases.map(\.rawValue)), ("bias", BiasMode.allCases.map(\.rawValue)),
    ("reduction", Reduction.allCases.map(\.rawValue)),
    ("direction", Direction.allCases.map(\.rawValue)),
  ]
  private static let ofLayers = ["elementwise"] + Activation.allCases.map(\.rawValue)

  /// Every fact, those that differ in one word together.
  static let list: String = {
    var parts = alone
    for (last, words) in beginnings { parts.append(words.joined(separator: "|") + " " + last) }
    return (parts + [ofLayers.joined(separator: "|") + " at l"]).joined(separator: ", ")
  }()

  /// What stands after `at` in a fact that is right up to there.
  static func indexOfLayer(in text: Substring) -> Substring? {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 3, words[1] == "at", ofLayers.contains(String(words[0])) else {
      return nil
    }
    return words[2]
  }

  /// The facts that may be meant.
  static func nearest(to text: String) -> [String] {
    let words = text.split(separator: " ").map(String.init)
    if words.count >= 3, words[words.count - 2] == "at" {
      return OtherNames.nearest(
        to: words.dropLast(2).joined(separator: " "), among: ofLayers
      ).map { "\($0) at \(words[words.count - 1])" }
    }
    if words.count >= 2, let row = beginnings.first(where: { $0.last == words.last }) {
      let near = OtherNames.nearest(to: words.dropLast().joined(separator: " "), among: row.words)
      if !near.isEmpty { return near.map { "\($0) \(row.last)" } }
    }
    return Spelling.nearest(
      to: text, among: alone + beginnings.flatMap { row in row.words.map { "\($0) \(row.last)" } })
  }
}
