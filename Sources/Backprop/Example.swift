/// One example: the input x and the target y.
package struct Example: Equatable, Sendable {
  package var input: [Double]
  package var target: [Double]

  package init(input: [Double], target: [Double]) {
    self.input = input
    self.target = target
  }
}
