// The scripts of a symbol where it is declared: how many indices are due is not known yet.

/// `_jk^{(l)}` of a declared symbol.
package struct DeclaredScripts: Sendable {
  package var lower: [Index] = []
  package var upper: [Index] = []
  package var hasCommaInLower = false
  package var hasUpperInParentheses = false
}

extension Parser {
  /// The scripts of a declared symbol and nothing after them.
  package static func declaredScripts(
    _ text: Substring, vocabulary: Vocabulary, offset: Int
  ) throws(SyntaxError) -> DeclaredScripts {
    var parser = try Parser(String(text), vocabulary: vocabulary, offset: offset)
    var scripts = DeclaredScripts()
    while let mark = parser.current {
      let start = parser.position
      if mark == "_", scripts.lower.isEmpty {
        scripts.lower = try parser.declaredList()
        scripts.hasCommaInLower = parser.source.characters[start..<parser.position].contains(",")
      } else if mark == "^", scripts.upper.isEmpty {
        scripts.upper = try parser.declaredList()
        let inner = parser.source.characters[start..<parser.position].dropFirst()
        scripts.hasUpperInParentheses = inner.first { $0 != "{" } == "("
      } else {
        throw parser.unexpected()
      }
    }
    return scripts
  }

  private mutating func declaredList() throws(SyntaxError) -> [Index] {
    let mark = position
    position += 1
    let isMissing = atEnd || current == "_" || current == "^" || current == " "
    let list = isMissing ? [] : try indexList(due: [])
    guard !list.isEmpty else {
      throw SyntaxError(
        "nothing stands after \(source.characters[mark])",
        at: Columns(column(mark), column(mark) + 1))
    }
    guard !transposesReference else {
      throw SyntaxError(
        "a symbol is declared without its transpose", at: columns(from: mark),
        advice: "every vector and matrix has one, as in: W^{l⊤}")
    }
    return list
  }
}
