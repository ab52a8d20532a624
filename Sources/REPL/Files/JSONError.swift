/// Why a text is not JSON, and where.
package struct JSONError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    case endsTooSoon
    case unexpected(Unicode.Scalar)
    case trailingComma
    case textAfterTheEnd
    case duplicateKey(String)
    case badNumber
    case controlCharacterInString
    case badEscape
    case tooDeep(limit: Int)
    case notUTF8
  }

  package let reason: Reason
  /// From 1; columns count characters.
  package let line: Int
  package let column: Int
  /// Where in the value, such as `network.weights[1]`; empty at the top.
  package let path: String

  package var message: String {
    let inside = path.isEmpty ? "" : ", inside \(path)"
    let place = "line \(line), column \(column)"
    switch reason {
    case .endsTooSoon:
      return line == 1 && column == 1
        ? "the file is empty" : "the file ends too soon, at \(place)\(inside): it was cut off"
    case .unexpected(let scalar):
      return "not JSON: unexpected “\(Self.shown(scalar))” at \(place)\(inside)"
    case .trailingComma:
      return "not JSON: a comma with nothing after it at \(place)\(inside)"
    case .textAfterTheEnd: return "not JSON: more text after the end, at \(place)"
    case .duplicateKey(let key):
      return "the key “\(key)” is there twice, again at \(place)\(inside)"
    case .badNumber: return "not JSON: not a number at \(place)\(inside)"
    case .controlCharacterInString:
      return "not JSON: a line break or control character inside quotes at \(place)\(inside)"
    case .badEscape: return "not JSON: an unknown escape after “\\” at \(place)\(inside)"
    case .tooDeep(let limit): return "nested deeper than \(limit) at \(place)"
    case .notUTF8: return "not text in UTF-8, from \(place) on"
    }
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    scalar.value < 0x20 || scalar.value == 0x7F
      ? "U+" + String(scalar.value, radix: 16, uppercase: true) : String(Character(scalar))
  }
}
