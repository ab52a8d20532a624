import IndexNotation

// Misprints: a heading and its lines.

extension DocumentReader {
  private enum ErratumKey: String {
    case printed, corrected, why
  }

  /// `6 sign : §1, last line`, then `printed`, `corrected` and `why`.
  mutating func erratum(_ line: Line) throws(DocumentError) {
    if line.indent <= 2 {
      document.errata.append(try heading(ofErratum: line))
      return
    }
    guard !document.errata.isEmpty, let (word, text) = line.keyAndValue() else {
      throw line.error("this line belongs to no misprint")
    }
    guard let key = ErratumKey(rawValue: String(word)) else {
      throw line.error(
        "a misprint has no '\(word)'", at: word, advice: "it has printed, corrected and why")
    }
    let last = document.errata.count - 1
    let value = String(text)
    switch key {
    case .printed: document.errata[last].printed = value
    case .corrected: document.errata[last].corrected = value
    case .why: document.errata[last].why = value
    }
  }

  private func heading(ofErratum line: Line) throws(DocumentError) -> Erratum {
    let text = line.text
    let colon = text.range(of: " : ")
    let words = text[..<(colon?.lowerBound ?? text.endIndex)].split(separator: " ")
    guard let colon, words.count == 2, let kind = Erratum.Kind(rawValue: String(words[1])) else {
      let names = Erratum.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw line.error(
        "a misprint begins with: NUMBER CLASS : PLACE", advice: "the classes are \(names)")
    }
    let number = String(words[0])
    try check(number: words[0], line)
    guard !document.errata.contains(where: { $0.number == number }) else {
      throw line.error("misprint \(number) is listed twice", at: words[0])
    }
    var erratum = Erratum(
      number: number, kind: kind, place: String(text[colon.upperBound...].trimmed))
    erratum.line = line.number
    return erratum
  }

  func check(number: Substring, _ line: Line) throws(DocumentError) {
    guard let count = Int(number), (1...9999).contains(count), String(count) == number else {
      throw line.error(
        "'\(number)' is no number of a misprint", at: number,
        advice: "they are whole, from 1 to 9999")
    }
  }
}
