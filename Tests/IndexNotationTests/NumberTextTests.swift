import Foundation
import IndexNotation
import Testing

@Suite struct NumberTextTests {
  /// C's `%#.Ng` on the same double, its exponent written as ours.
  private func printed(_ value: Double, digits: Int) -> String {
    let text = String(format: "%#.\(digits)g", abs(value))
    let parts = text.split(separator: "e")
    var mantissa = String(parts[0])
    // glibc forgets the zeros where rounding reaches the next power of ten: 999.7 is "1.e+03".
    let missing = digits - mantissa.filter(\.isNumber).count
    if parts.count == 2, missing > 0 { mantissa += String(repeating: "0", count: missing) }
    if mantissa.hasSuffix(".") { mantissa.removeLast() }
    let sign = value < 0 ? "-" : ""
    guard parts.count == 2, let exponent = Int(parts[1]) else { return sign + mantissa }
    return "\(sign)\(mantissa)e\(exponent)"
  }

  @Test(arguments: [3, 6, 12]) func roundsAsTheDoubleIs(digits: Int) {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50_000 {
      let scale = pow(10, Double.random(in: -12...12, using: &random))
      let value = Double.random(in: -1...1, using: &random) * scale
      #expect(
        NumberText.significant(value, digits: digits, minus: "-") == printed(value, digits: digits))
    }
  }

  /// Shortest decimals that end in 5: the double lies on one side of the tie or the other.
  @Test func roundsTiesByTheDouble() {
    for numerator in stride(from: 100_000_5, through: 100_999_5, by: 10) {
      let value = Double(numerator) / 1e7
      #expect(NumberText.significant(value, minus: "-") == printed(value, digits: 6))
    }
  }

  @Test func shortestReadsBack() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: UInt64.random(in: 0...(.max), using: &random))
      guard value.isFinite else { continue }
      #expect(Double(NumberText.shortest(value, minus: "-")) == value)
    }
  }

  @Test func edges() {
    #expect(NumberText.significant(0) == "0")
    #expect(NumberText.significant(-0.0380982365) == "−0.0380982")
    #expect(NumberText.significant(0.999_999_96) == "1.00000")
    #expect(NumberText.significant(999_999.6) == "1.00000e6")
    #expect(NumberText.significant(.nan) == "nan")
    #expect(NumberText.significant(-.infinity) == "−inf")
    #expect(NumberText.significant(.leastNonzeroMagnitude) == "4.94066e−324")
    #expect(NumberText.significant(.greatestFiniteMagnitude) == "1.79769e308")
  }
}
