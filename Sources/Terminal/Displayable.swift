/// Text of a file, a lesson or a person, made safe for one line of a terminal: control, format
/// (such as the overrides of direction), line-separating, private and unassigned scalars become
/// `\u{…}`, a tab a blank, and what follows `limit` scalars an ellipsis.
package func displayable(_ text: some StringProtocol, limit: Int = 200) -> String {
  var result = ""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == limit { return result + "…" }
    if isPlain(scalar) {
      result.unicodeScalars.append(scalar)
    } else if scalar == "\t" {
      result += " "
    } else {
      result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
  return result
}

/// Whether `displayable` would leave the text, of whatever length, as it is.
package func isDisplayable(_ text: some StringProtocol) -> Bool {
  text.unicodeScalars.allSatisfy(isPlain)
}

private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F }
  return switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
    .paragraphSeparator:
    false
  default: true
  }
}
