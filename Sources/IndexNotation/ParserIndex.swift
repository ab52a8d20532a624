// One index, and the binder of a sum.

extension Parser {
  package mutating func index() throws(SyntaxError) -> Index {
    try deeper { parser throws(SyntaxError) in try parser.indexBody() }
  }

  mutating func indexBody() throws(SyntaxError) -> Index {
    skipBlanks()
    var result = try indexAtom()
    while true {
      let before = position
      skipBlanks()
      if take("+") {
        result = .plus(result, try shift())
      } else if current == "-", take("-") {
        result = .minus(result, try shift())
      } else {
        position = before
        return result
      }
    }
  }

  /// What is added to an index; a number only so large that no sum of shifts overflows.
  private mutating func shift() throws(SyntaxError) -> Index {
    skipBlanks()
    let start = position
    let atom = try indexAtom()
    if case .integer(let number) = atom, number > Index.shiftLimit {
      throw SyntaxError(
        "an index is shifted by \(number); the limit is \(Index.shiftLimit)",
        at: columns(from: start))
    }
    return atom
  }

  mutating func indexAtom() throws(SyntaxError) -> Index {
    skipBlanks()
    guard let character = current else { throw unexpected() }
    if ("0"..."9").contains(character) { return try integer() }
    if take("-") { return .minus(.integer(0), try indexAtom()) }
    if character == "(" {
      return try enclosed(until: ")") { parser throws(SyntaxError) in try parser.index() }
    }
    return .name(try indexName())
  }

  mutating func integer() throws(SyntaxError) -> Index {
    let start = position
    var text = ""
    while let digit = current, ("0"..."9").contains(digit) {
      text.append(digit)
      position += 1
    }
    if current == "." || current == "e" {
      throw SyntaxError("an index is a whole number", at: columns(from: start))
    }
    guard let value = Int(text), value <= 1_000_000_000 else {
      throw SyntaxError("the index \(text) is too large", at: columns(from: start))
    }
    // `01` is two indices where two are due: the zero must not be lost.
    return text.hasPrefix("0") && text.count > 1 ? .label(text) : .integer(value)
  }

  mutating func indexName() throws(SyntaxError) -> IndexName {
    guard let character = current, character.isNameLetter else { throw unexpected() }
    guard let letter = indexLetter(character) else {
      throw SyntaxError(
        "'\(character)' is no index of these notes", at: columns(from: position),
        advice: "their indices are \(vocabulary.indices.sorted().joined(separator: " "))")
    }
    position += 1
    var name = IndexName(letter)
    while take("'") { name.primes += 1 }
    if current == "_" {
      position += 1
      name.lower = try scriptOfIndex()
    }
    if current == "^", vocabulary.constants.contains(name.letter) {
      position += 1
      name.upper = try scriptOfIndex()
    }
    return name
  }

  mutating func scriptOfIndex() throws(SyntaxError) -> Index {
    if current == "{" {
      return try enclosed(until: "}") { parser throws(SyntaxError) in try parser.index() }
    }
    return try indexAtomWithoutScripts()
  }

  mutating func indexAtomWithoutScripts() throws(SyntaxError) -> Index {
    guard let character = current else { throw unexpected() }
    if character == "(" { return try indexAtom() }
    if let digit = character.wholeNumberValue, character.isASCII {
      position += 1
      return .integer(digit)
    }
    guard character.isNameLetter else { throw unexpected() }
    position += 1
    return .variable(indexLetter(character) ?? String(character))
  }

  /// `_{k}`, `_{n_l=1}^{N_l}`, `_k`.
  mutating func sumBinder() throws(SyntaxError) -> Binder {
    guard current == "{" else {
      guard let letter = current, letter.isNameLetter else { throw unexpected() }
      return Binder(try indexNameOfRun())
    }
    let opened = position
    position += 1
    skipBlanks()
    var binder = Binder(try indexName())
    skipBlanks()
    if take("=") { binder.from = try index() }
    try expect("}", opened: opened)
    guard (binder.from != nil) == (current == "^") else {
      throw SyntaxError(
        "a sum has both limits or none", at: columns(from: opened),
        advice: "as in: Σ_{k=1}^3, or Σ_k over all there are")
    }
    if current == "^" {
      position += 1
      if current == "{" {
        binder.to = try enclosed(until: "}") { parser throws(SyntaxError) in try parser.index() }
      } else {
        binder.to = try indexAtom()
      }
    }
    return binder
  }

  mutating func indexNameOfRun() throws(SyntaxError) -> IndexName {
    guard let letter = current else { throw unexpected() }
    guard vocabulary.indices.contains(String(letter)) else { return try indexName() }
    position += 1
    var name = IndexName(String(letter))
    while take("'") { name.primes += 1 }
    return name
  }
}
