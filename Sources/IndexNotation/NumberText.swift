import Glibc

/// How numbers are printed: significant digits, zeros kept, correctly rounded.
package enum NumberText {
  /// `0.138499`, `0.000438568`, `2.57057e−8`; an exact zero is `0`.
  ///
  /// Plain from 1e−4 up to 10^digits, else with an exponent (the rule of C's `%g`, zeros kept).
  package static func significant(
    _ value: Double, digits: Int = 6, minus: Character = "−"
  ) -> String {
    guard value.isFinite else { return notFinite(value, minus: minus) }
    if value == 0 { return "0" }
    let decimal = Decimal(value, digits: digits)
    return (value < 0 ? String(minus) : "") + decimal.text(minus: minus)
  }

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

/// The first digits of a positive double and its decimal exponent.
struct Decimal {
  /// `digits` digits, the first not 0, and the exponent of the first: d.ddd × 10^exponent.
  private(set) var digits: [UInt8]
  private(set) var exponent: Int

  init(_ value: Double, digits count: Int) {
    (digits, exponent) = Decimal.shortestDigits(abs(value))
    guard digits.count > count else {
      digits.append(contentsOf: [UInt8](repeating: 0, count: count - digits.count))
      return
    }
    if digits[count] == 5, digits.count == count + 1 {
      // The shortest decimal lies on the tie, the double itself beside it: ask for it exactly.
      self = Decimal(printf: abs(value), digits: count)
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeLast(digits.count - count)
    if roundsUp { increment() }
  }

  private mutating func increment() {
    var position = digits.count - 1
    while position >= 0 {
      if digits[position] < 9 {
        digits[position] += 1
        return
      }
      digits[position] = 0
      position -= 1
    }
    digits[0] = 1
    exponent += 1
  }

  private init(printf value: Double, digits count: Int) {
    var buffer = [CChar](repeating: 0, count: count + 32)
    _ = withVaList([CInt(count - 1), value]) { vsnprintf(&buffer, buffer.count, "%.*e", $0) }
    var digits: [UInt8] = []
    var exponent = 0
    var sign = 1
    var inExponent = false
    for byte in buffer where byte != 0 {
      switch UInt8(bitPattern: byte) {
      case UInt8(ascii: "e"): inExponent = true
      case UInt8(ascii: "-"): sign = -1
      case let digit where digit >= 48 && digit <= 57:
        if inExponent {
          exponent = exponent * 10 + Int(digit - 48)
        } else {
          digits.append(digit - 48)
        }
      default: break
      }
    }
    self.digits = digits
    self.exponent = sign * exponent
  }

  /// Digits of `description`, which is the shortest that reads back.
  private static func shortestDigits(_ value: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    digits.reserveCapacity(17)
    var pointAfter = 0
    var seenPoint = false
    var exponent = 0
    var exponentSign = 1
    var inExponent = false
    for byte in value.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "e"): inExponent = true
      case UInt8(ascii: "-"): exponentSign = -1
      case UInt8(ascii: "+"): break
      default:
        let digit = byte - 48
        if inExponent {
          exponent = exponent * 10 + Int(digit)
        } else if digits.isEmpty, digit == 0 {
          if seenPoint { pointAfter -= 1 }
        } else {
          digits.append(digit)
          if !seenPoint { pointAfter += 1 }
        }
      }
    }
    while let last = digits.last, last == 0 { digits.removeLast() }
    return (digits, exponentSign * exponent + pointAfter - 1)
  }

  func text(minus: Character) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count + 8)
    if exponent < -4 || exponent > digits.count - 1 {
      for (position, digit) in digits.enumerated() {
        bytes.append(48 + digit)
        if position == 0, digits.count > 1 { bytes.append(46) }
      }
      let mantissa = String(decoding: bytes, as: UTF8.self)
      return "\(mantissa)e\(exponent < 0 ? String(minus) : "")\(abs(exponent))"
    }
    if exponent < 0 {
      bytes.append(48)
      bytes.append(46)
      for _ in 0..<(-exponent - 1) { bytes.append(48) }
      for digit in digits { bytes.append(48 + digit) }
    } else {
      for (position, digit) in digits.enumerated() {
        bytes.append(48 + digit)
        if position == exponent, position < digits.count - 1 { bytes.append(46) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
