import Glibc

/// How numbers are printed: significant digits, zeros kept, correctly rounded.
package enum NumberText {
  /// `0.138499`, `0.000438568`, `2.57057e−8`; an exact zero is `0`.
  ///
  /// Plain from 1e−4 up to 10^digits, else with an exponent (the rule of C's `%g`, zeros kept).
  package static func significant(
    _ value: Double, digits: Int = 6, minus: Character = "−"
  ) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: mostBytes(digits: digits)) { bytes in
      var text = TextBytes(bytes)
      text.append(value, digits: digits, ascii: minus == "-")
      return text.text
    }
  }

  /// A bound on the bytes of a number: sign, `0.0000`, digits, `e−308`.
  package static func mostBytes(digits: Int) -> Int { digits + 32 }

  /// The shortest decimal that reads back as the same double: `0.4`, `1`, `2.5e−8`.
  package static func shortest(_ value: Double, minus: Character = "−") -> String {
    guard value.isFinite else { return notFinite(value, minus: minus) }
    if value == value.rounded(), abs(value) < 1e15 {
      let magnitude = String(Int(abs(value)))
      return value < 0 ? String(minus) + magnitude : magnitude
    }
    var text = abs(value).description
    if text.hasSuffix(".0") { text.removeLast(2) }
    if minus != "-" { text = String(text.map { $0 == "-" ? minus : $0 }) }
    return value < 0 ? String(minus) + text : text
  }

  private static func notFinite(_ value: Double, minus: Character) -> String {
    if value.isNaN { return "nan" }
    return value < 0 ? "\(minus)inf" : "inf"
  }
}
