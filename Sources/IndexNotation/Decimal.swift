import Glibc

/// The first digits of a positive double, correctly rounded, and its decimal exponent.
struct Decimal {
  /// The digits as one integer, the first not 0: d.ddd × 10^exponent.
  let significand: UInt64
  /// How many digits `significand` has; zeros make up the rest of `count`.
  let significandCount: Int
  let exponent: Int
  let count: Int

  init(_ value: Double, digits count: Int) {
    // The shortest decimal of a subnormal has fewer digits than it is good for.
    self =
      value < Double.leastNormalMagnitude
      ? Decimal(printf: value, digits: count)
      : Decimal(scaled: value, digits: count) ?? Decimal(shortest: value, digits: count)
  }

  private init(_ significand: UInt64, of digits: Int, exponent: Int, count: Int) {
    self.significand = significand
    significandCount = digits
    self.exponent = exponent
    self.count = count
  }

  // MARK: by one multiplication

  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// x = v · 10^p between 10^(n−1) and 10^n, rounded to an integer; nil where that needs more care.
  ///
  /// 10^p is exact up to p = 22, so the double s that is nearest to x comes of one operation. A half
  /// h = k + ½ below 2⁵² is a double and rounding keeps order: s < h only if x < h, and s > h only if
  /// x > h. So s rounds to an integer as x does, unless it is itself a half. Where s reaches a
  /// power of ten that x just misses, x rounds to it too.
  private init?(scaled value: Double, digits count: Int) {
    guard count <= 15 else { return nil }
    // 2^b ≤ v < 2^(b+1), and log₁₀ 2 = 0.30103: v has this decimal exponent or the next.
    var exponent = Int((Double(value.exponent) * 0.30103).rounded(.down))
    guard abs(count - 1 - exponent) < 22 else { return nil }
    var s = Decimal.scaled(value, count - 1 - exponent)
    if s >= Decimal.exactPowers[count] {
      exponent += 1
      s = Decimal.scaled(value, count - 1 - exponent)
    }
    let whole = s.rounded(.down)
    guard s - whole != 0.5 else { return nil }
    var significand = UInt64(whole) + (s - whole > 0.5 ? 1 : 0)
    if Double(significand) == Decimal.exactPowers[count] {
      significand /= 10
      exponent += 1
    }
    self.init(significand, of: count, exponent: exponent, count: count)
  }

  private static func scaled(_ value: Double, _ power: Int) -> Double {
    power < 0 ? value / exactPowers[-power] : value * exactPowers[power]
  }

  // MARK: by all digits

  /// Rounds the shortest decimal that reads back as the same double.
  ///
  /// It rounds as the double does: a tie between the two would be a shorter decimal nearer by.
  private init(shortest value: Double, digits count: Int) {
    let (digits, exponent) = Decimal.digits(of: value.description.utf8)
    guard digits.count > count else {
      self.init(Decimal.integer(digits[...]), of: digits.count, exponent: exponent, count: count)
      return
    }
    if digits[count] == 5, digits.count == count + 1 {
      // The shortest decimal lies on the tie, the double itself beside it: ask for it exactly.
      self.init(printf: value, digits: count)
      return
    }
    let kept = Decimal.integer(digits[..<count]) + (digits[count] >= 5 ? 1 : 0)
    let next = digits[..<count].allSatisfy { $0 == 9 } && digits[count] >= 5
    self.init(
      next ? kept / 10 : kept, of: count, exponent: next ? exponent + 1 : exponent, count: count)
  }

  private init(printf value: Double, digits count: Int) {
    var buffer = [CChar](repeating: 0, count: count + 32)
    _ = withVaList([CInt(count - 1), value]) { vsnprintf(&buffer, buffer.count, "%.*e", $0) }
    let (digits, exponent) = Decimal.digits(of: buffer.prefix { $0 != 0 }.map(UInt8.init))
    self.init(Decimal.integer(digits[...]), of: digits.count, exponent: exponent, count: count)
  }

  private static func integer(_ digits: ArraySlice<UInt8>) -> UInt64 {
    digits.reduce(0) { $0 * 10 + UInt64($1) }
  }

  /// The digits of `0.00125`, `125.0` or `1.25e-03`, from the first to the last that is not 0.
  private static func digits(of text: some Sequence<UInt8>) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    digits.reserveCapacity(17)
    var pointAfter = 0
    var seenPoint = false
    var exponent = 0
    var exponentSign = 1
    var inExponent = false
    for byte in text {
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
}
