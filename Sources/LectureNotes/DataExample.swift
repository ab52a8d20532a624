import Backprop

extension Shape {
  /// A line that gives a network of this shape an example: `data 1 0.5 -> 1 0`.
  package var dataExample: String {
    let inputs = (0..<min(sizes[0], 6)).map { $0 % 2 == 0 ? "1" : "0.5" }
    let targets = (0..<min(sizes[last], 6)).map { $0 == 0 ? "1" : "0" }
    return "data \(inputs.joined(separator: " ")) -> \(targets.joined(separator: " "))"
  }
}
