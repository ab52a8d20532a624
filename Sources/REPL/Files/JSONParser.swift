/// Reads JSON as RFC 8259 has it, and nothing more.
///
/// `JSONDecoder` takes a trailing comma and the second of two equal keys without a word, and does
/// not say where a text breaks off; a file that a person edits by hand deserves all three.
package struct JSONParser {
  static let depthLimit = 32

  private let text: [Unicode.Scalar]
  private var i = 0
  private var path: [Step] = []

  private enum Step {
    case key(String)
    case element(Int)
  }

  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let text = String(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self) else {
      throw notUTF8(bytes)
    }
    var parser = JSONParser(text: Array(text.unicodeScalars))
    let value = try parser.value()
    parser.skipSpace()
    if parser.i < parser.text.count { throw parser.error(.textAfterTheEnd) }
    return value
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  private mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    if path.count > Self.depthLimit { throw error(.tooDeep(limit: Self.depthLimit)) }
    switch try peek() {
    case "{": return try object()
    case "[": return try array()
    case "\"": return .string(try string())
    case "t": return try word("true", .boolean(true))
    case "f": return try word("false", .boolean(false))
    case "n": return try word("null", .null)
    case "-", "0"..."9": return .number(try number())
    case let other: throw error(.unexpected(other))
    }
  }

  private mutating func object() throws(JSONError) -> JSON {
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    i += 1
    while try !closes("}", after: members.count) {
      if try peek() != "\"" { throw error(.unexpected(try peek())) }
      let start = i
      let key = try string()
      if !keys.insert(key).inserted { throw error(.duplicateKey(key), at: start) }
      skipSpace()
      if try peek() != ":" { throw error(.unexpected(try peek())) }
      i += 1
      path.append(.key(key))
      members.append(JSON.Member(key: key, value: try value()))
      path.removeLast()
    }
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSON {
    var elements: [JSON] = []
    i += 1
    while try !closes("]", after: elements.count) {
      path.append(.element(elements.count))
      elements.append(try value())
      path.removeLast()
    }
    return .array(elements)
  }

  /// Takes the closing bracket, or the comma before the next element.
  private mutating func closes(
    _ bracket: Unicode.Scalar, after count: Int
  ) throws(JSONError) -> Bool {
    skipSpace()
    if try peek() == bracket {
      i += 1
      return true
    }
    if count == 0 { return false }
    let comma = i
    if try peek() != "," { throw error(.unexpected(try peek())) }
    i += 1
    skipSpace()
    if try peek() == bracket { throw error(.trailingComma, at: comma) }
    return false
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    for scalar in word.unicodeScalars {
      if try peek() != scalar { throw error(.unexpected(try peek())) }
      i += 1
    }
    return value
  }

  /// -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
  private mutating func number() throws(JSONError) -> Double {
    let start = i
    take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { take("-") }
      try digits()
    }
    if i < text.count, "0"..."9" ~= text[i] { throw error(.badNumber, at: start) }
    var literal = String.UnicodeScalarView()
    literal.append(contentsOf: text[start..<i])
    guard let value = Double(String(literal)) else { throw error(.badNumber, at: start) }
    return value
  }

  @discardableResult
  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard i < text.count, text[i] == scalar else { return false }
    i += 1
    return true
  }

  private mutating func digits() throws(JSONError) {
    guard "0"..."9" ~= (try peek()) else { throw error(.badNumber) }
    while i < text.count, "0"..."9" ~= text[i] { i += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    var out = String.UnicodeScalarView()
    i += 1
    while true {
      let scalar = try peek()
      if scalar.value < 0x20 { throw error(.controlCharacterInString) }
      i += 1
      switch scalar {
      case "\"": return String(out)
      case "\\": out.append(try escape())
      default: out.append(scalar)
      }
    }
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    let scalar = try peek()
    i += 1
    switch scalar {
    case "\"", "\\", "/": return scalar
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try codePoint()
    default: throw error(.badEscape, at: i - 1)
    }
  }

  private mutating func codePoint() throws(JSONError) -> Unicode.Scalar {
    let start = i
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // A high surrogate has to have its low one.
    guard unit < 0xDC00, take("\\"), take("u") else { throw error(.badEscape, at: start) }
    let low = try hexadecimal()
    guard 0xDC00..<0xE000 ~= low,
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + low - 0xDC00)
    else { throw error(.badEscape, at: start) }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let scalar = try peek()
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
        throw error(.badEscape)
      }
      value = value << 4 + UInt32(digit)
      i += 1
    }
    return value
  }

  private mutating func skipSpace() {
    while i < text.count, text[i] == " " || text[i] == "\n" || text[i] == "\r" || text[i] == "\t" {
      i += 1
    }
  }

  private func peek() throws(JSONError) -> Unicode.Scalar {
    guard i < text.count else { throw error(.endsTooSoon) }
    return text[i]
  }
}

extension JSONParser {
  private func error(_ reason: JSONError.Reason, at place: Int? = nil) -> JSONError {
    let (line, column) = Self.position(after: text[..<(place ?? i)])
    return JSONError(reason: reason, line: line, column: column, path: pathText)
  }

  private static func notUTF8(_ bytes: [UInt8]) -> JSONError {
    // The longest valid beginning ends at the first scalar that decodes to nothing.
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid: [Unicode.Scalar] = []
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid.append(scalar) }
    let (line, column) = position(after: valid[...])
    return JSONError(reason: .notUTF8, line: line, column: column, path: "")
  }

  private static func position(after text: ArraySlice<Unicode.Scalar>) -> (Int, Int) {
    var (line, column) = (1, 1)
    var previous: Unicode.Scalar = " "
    for scalar in text {
      if scalar == "\r" || scalar == "\n" && previous != "\r" {
        line += 1
        column = 1
      } else if scalar != "\n" {
        column += 1
      }
      previous = scalar
    }
    return (line, column)
  }

  private var pathText: String {
    path.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : "." + key
      case .element(let index): text += "[\(index)]"
      }
    }
  }
}
