import Backprop

extension Shape {
  /// A line that gives a network of this shape an example: `data 1 0.5 -> 1 0`; one read from a file
  /// where the numbers would be many.
  package var dataExample: String {
    guard sizes[0] + sizes[last] <= 12 else { return "data load FILE.csv targets \(sizes[last])" }
    let inputs = (0..<sizes[0]).map { $0 % 2 == 0 ? "1" : "0.5" }
    let targets = (0..<sizes[last]).map { $0 == 0 ? "1" : "0" }
    return "data \(inputs.joined(separator: " ")) -> \(targets.joined(separator: " "))"
  }
}
