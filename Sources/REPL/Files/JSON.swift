/// A JSON value; the members of an object keep their order.
package indirect enum JSON: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Equatable, Sendable {
    package let key: String
    package let value: JSON

    package init(key: String, value: JSON) {
      (self.key, self.value) = (key, value)
    }
  }

  init(_ numbers: some Sequence<Double>) { self = .array(numbers.map(JSON.number)) }

  /// The value of a key; nil if this is no object or lacks the key.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// On one line, or with `width` one element a line wherever a value does not fit.
  package func text(width: Int? = nil) -> String {
    var out = ""
    write(to: &out, indent: 0, width: width)
    return out
  }

  private func write(to out: inout String, indent: Int, width: Int?) {
    switch self {
    case .null: out += "null"
    case .boolean(let value): out += value ? "true" : "false"
    case .number(let value): out += JSON.text(of: value)
    case .string(let value): out += JSON.quoted(value)
    case .array(let elements):
      JSON.writeList(elements, "[", "]", self, to: &out, indent, width) { out, element, indent in
        element.write(to: &out, indent: indent, width: width)
      }
    case .object(let members):
      JSON.writeList(members, "{", "}", self, to: &out, indent, width) { out, member, indent in
        out += JSON.quoted(member.key) + ": "
        member.value.write(to: &out, indent: indent, width: width)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, _ list: JSON, to out: inout String,
    _ indent: Int, _ width: Int?, _ write: (inout String, Element, Int) -> Void
  ) {
    var separator = ", "
    if let width, indent == 0 || !list.fits(width - indent) {
      separator = ",\n" + String(repeating: " ", count: indent + 2)
    }
    let isBroken = separator != ", " && !elements.isEmpty
    out += open
    if isBroken { out += separator.dropFirst() }
    for (i, element) in elements.enumerated() {
      if i > 0 { out += separator }
      write(&out, element, indent + 2)
    }
    if isBroken { out += "\n" + String(repeating: " ", count: indent) }
    out += close
  }

  /// Whether the value on one line takes at most so many characters, without writing it out when
  /// it is long.
  private func fits(_ width: Int) -> Bool {
    var left = width
    return take(&left)
  }

  private func take(_ left: inout Int) -> Bool {
    switch self {
    case .array(let elements):
      left -= 2 * max(1, elements.count)
      return left >= 0 && elements.allSatisfy { $0.take(&left) }
    case .object(let members):
      left -= 2 * max(1, members.count)
      return left >= 0
        && members.allSatisfy { member in
          left -= member.key.count + 4
          return left >= 0 && member.value.take(&left)
        }
    case .null, .boolean, .number, .string:
      left -= text().count
      return left >= 0
    }
  }

  /// The shortest decimal that reads back as the same double; JSON has no word for the others.
  private static func text(of number: Double) -> String {
    if number.isNaN { return "\"nan\"" }
    if number.isInfinite { return number < 0 ? "\"-inf\"" : "\"inf\"" }
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quoted(_ string: String) -> String {
    var out = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        out += "\\"
        out.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}":
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
