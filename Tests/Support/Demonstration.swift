import Foundation

/// A misprint in numbers: what the page gives at one place of one network, and what is true there.
package struct Demonstration: Sendable, CustomStringConvertible {
  package let document, erratum, network, label: String
  /// `l=1 n_{l+1}=1`: values of the free indices, as a place is written.
  package let indices: String
  /// `n_0=1`: values for indices that the page leaves without one.
  package let with: String
  /// nil where the relation speaks of all examples.
  package let example: Int?
  /// nil where the printed shapes do not fit.
  package let printed: Double?
  /// nil where the truth is a shape.
  package let corrected: Double?

  package var description: String { "\(document) \(erratum) on \(network), \(label) \(indices)" }

  package static let folder = Bundle.module.bundleURL.appending(path: "Demonstrations")

  package static func all() -> [Demonstration] {
    let url = folder.appending(path: "demonstrations.txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      precondition(parts.count == 9, "nine columns: \(line)")
      return Demonstration(
        document: parts[0], erratum: parts[1], network: parts[2], label: parts[3],
        indices: parts[4].replacing("−", with: "-"), with: parts[5], example: Int(parts[6]),
        printed: Double(parts[7]), corrected: Double(parts[8]))
    }
  }
}

/// A network of the demonstrations; weights lead `[from][to]`.
package struct DemonstrationNetwork: Decodable, Sendable {
  package let layers: [Int]
  package let activations: [String]
  package let weights: [[[Written]]]
  package let biases: [[Written]]?
  package let cost: String
  package let inputs, targets: [[Written]]

  package static func all() throws -> [String: DemonstrationNetwork] {
    try JSONDecoder().decode(
      [String: DemonstrationNetwork].self,
      from: Data(contentsOf: Demonstration.folder.appending(path: "networks.json")))
  }
}
