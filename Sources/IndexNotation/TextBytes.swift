/// Text written as bytes of UTF-8 into room made before, one piece behind the other.
package struct TextBytes {
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  package private(set) var count = 0
  /// Bytes so far that take no column of their own: `−` is E2 88 92.
  private var hidden = 0

  /// - Parameter bytes: room for `NumberText.mostBytes` of every number.
  package init(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The columns a number takes, and those of them from its decimal point on.
  package struct Extent {
    package var columns = 0
    package var tail = 0

    package init() {}

    fileprivate init(columns: Int, tail: Int) {
      self.columns = columns
      self.tail = tail
    }
  }

  package mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
    guard let target = bytes.baseAddress, let source = other.baseAddress else { return }
    (target + count).update(from: source, count: other.count)
    count += other.count
  }

  package mutating func append(_ other: [UInt8]) {
    other.withUnsafeBufferPointer { append($0) }
  }

  package mutating func append(blanks: Int) {
    guard blanks > 0, let target = bytes.baseAddress else { return }
    (target + count).update(repeating: UInt8(ascii: " "), count: blanks)
    count += blanks
  }

  package mutating func removeTrailingBlanks() {
    while count > 0, bytes[count - 1] == UInt8(ascii: " ") { count -= 1 }
  }

  package mutating func removeAll() {
    count = 0
    hidden = 0
  }

  package var text: String { String(decoding: bytes[..<count], as: UTF8.self) }

  /// Appends a number as `NumberText.significant` has it.
  @discardableResult
  package mutating func append(_ value: Double, digits: Int, ascii: Bool) -> Extent {
    let (start, hiddenBefore) = (count, hidden)
    if value < 0 { minus(ascii) }
    let sign = hidden
    var point: Int?
    if value.isFinite, value != 0 {
      point = append(Decimal(abs(value), digits: digits), ascii)
    } else {
      for byte in (value == 0 ? "0" : value.isNaN ? "nan" : "inf").utf8 { put(byte) }
    }
    return Extent(
      columns: count - start - (hidden - hiddenBefore),
      tail: point.map { count - $0 - (hidden - sign) } ?? 0)
  }

  /// Returns the place of the decimal point.
  private mutating func append(_ decimal: Decimal, _ ascii: Bool) -> Int? {
    if decimal.exponent < -4 || decimal.exponent > decimal.count - 1 {
      let point = digits(of: decimal, pointAfter: 1)
      put(UInt8(ascii: "e"))
      if decimal.exponent < 0 { minus(ascii) }
      integer(abs(decimal.exponent))
      return point
    }
    guard decimal.exponent < 0 else {
      return digits(of: decimal, pointAfter: decimal.exponent + 1)
    }
    put(UInt8(ascii: "0"))
    put(UInt8(ascii: "."))
    for _ in 0..<(-decimal.exponent - 1) { put(UInt8(ascii: "0")) }
    let point = count + decimal.exponent
    _ = digits(of: decimal, pointAfter: decimal.count)
    return point
  }

  private mutating func put(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  private mutating func minus(_ ascii: Bool) {
    if ascii { return put(UInt8(ascii: "-")) }
    put(0xE2)
    put(0x88)
    put(0x92)
    hidden += 2
  }

  /// All digits, with a point behind the first `pointAfter` unless they are all; returns its place.
  private mutating func digits(of decimal: Decimal, pointAfter: Int) -> Int? {
    let hasPoint = pointAfter < decimal.count
    let start = count
    for zero in decimal.significandCount..<decimal.count {
      bytes[start + zero + (zero >= pointAfter ? 1 : 0)] = UInt8(ascii: "0")
    }
    var rest = decimal.significand
    var place = decimal.significandCount
    while place > 0 {
      place -= 1
      let digit = UInt8(truncatingIfNeeded: rest % 10)
      bytes[start + place + (place >= pointAfter ? 1 : 0)] = UInt8(ascii: "0") + digit
      rest /= 10
    }
    if hasPoint { bytes[start + pointAfter] = UInt8(ascii: ".") }
    count += decimal.count + (hasPoint ? 1 : 0)
    return hasPoint ? start + pointAfter : nil
  }

  private mutating func integer(_ value: Int) {
    if value >= 10 { integer(value / 10) }
    put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
  }
}
