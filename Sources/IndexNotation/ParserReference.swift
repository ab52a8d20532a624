// Names, scripts and indices.

extension Parser {
  /// The declared name that begins here, the longest first, under its document's spelling.
  func nameHere() -> (name: String, length: Int)? {
    let found = vocabulary.name(beginning: source.characters[position...]) { name in
      guard name.isWord, let next = peek(name.typed.count) else { return true }
      return !(next.isASCIILetter)
    }
    return found.map { ($0.name, $0.typed.count) }
  }

  mutating func takeName() -> String? {
    guard let found = nameHere() else { return nil }
    position += found.length
    return found.name
  }

  package mutating func reference() throws(SyntaxError) -> Reference {
    skipBlanks()
    let start = position
    guard let name = takeName() else { throw atEnd ? unexpected() : unknownName() }
    return try reference(name, from: start)
  }

  /// What follows the name of a symbol that began at `start`.
  mutating func reference(_ name: String, from start: Int) throws(SyntaxError) -> Reference {
    var reference = Reference(name)
    let forms = vocabulary.symbols[name] ?? []
    if current == "[" {
      try brackets(&reference, forms)
    } else {
      try scripts(&reference, forms)
    }
    if current == "(", let letter = peek(1), peek(2) == ")",
      vocabulary.exampleLetters.contains(String(letter))
    {
      position += 3
      reference.example = .variable(String(letter))
    }
    reference.columns = columns(from: start)
    let before = position
    skipBlanks()
    if take("@") {
      skipBlanks()
      reference.example = try indexAtom()
      reference.columns = columns(from: start)
    } else {
      position = before
    }
    return reference
  }

  // MARK: scripts

  mutating func scripts(
    _ reference: inout Reference, _ forms: [SymbolForm]
  ) throws(SyntaxError) {
    let upperDue = forms.map(\.upper).filter { $0 > 0 }
    let isConstant = vocabulary.constants.contains(reference.name)
    for _ in 0..<2 {
      if current == "^", upperDue.isEmpty, forms.contains(where: \.hasUnwrittenLayer),
        peek(1) == "(" || (peek(1) == "{" && peek(2) == "(")
      {
        // gonzalez prints no layer; the program adds it as δ₁⁽¹⁾ where one is needed.
        position += 1
        let braced = take("{")
        reference.layer = try indexAtom()
        if braced, !take("}") { throw unexpected() }
      } else if current == "_", reference.lower.isEmpty {
        position += 1
        reference.lower = try indexList(due: [])
      } else if current == "^", reference.upper.isEmpty, !upperDue.isEmpty || isConstant,
        !transposeFollows
      {
        position += 1
        reference.upper = try indexList(due: upperDue)
      }
    }
    reference.lower = Parser.split(
      reference.lower, due: Parser.lowerDue(forms, upper: reference.upper.count))
  }

  /// How many lower indices are due on a symbol with so many upper ones: `w_11^2` is one weight, not
  /// the vector of the weights into neuron 11.
  private static func lowerDue(_ forms: [SymbolForm], upper: Int) -> [Int] {
    var fitting = forms.filter { $0.upper == upper && $0.lower > 0 }
    if fitting.isEmpty { fitting = forms }
    let single = fitting.filter { !$0.isVector && $0.lower > 0 }
    return (single.isEmpty ? fitting : single).map(\.lower).filter { $0 > 0 }
  }

  var transposeFollows: Bool {
    if peek(1) == "⊤" { return true }
    if peek(1) == "T" { return !vocabulary.constants.contains("T") }
    return peek(1) == "{" && peek(2) == "⊤"
  }

  /// The bracket form: the layer first, then the indices of the neuron.
  mutating func brackets(
    _ reference: inout Reference, _ forms: [SymbolForm]
  ) throws(SyntaxError) {
    var lists: [[Index]] = []
    let start = position
    while current == "[", lists.count < 2 {
      lists.append(try bracketList(&reference.indexColumns))
      if lists.count == 1, current == " ", peek(1) == "[" { break }
    }
    let layered = forms.contains { $0.hasLayer }
    let lowerDue = forms.map(\.lower)
    if lists.count == 2 {
      guard lists[0].count == 1 else {
        throw SyntaxError(
          "the first bracket of \(reference.name) holds the layer alone", at: columns(from: start))
      }
      reference.lower = lists[1]
      if layered { reference.upper = lists[0] } else { reference.layer = lists[0][0] }
    } else if layered {
      guard lists[0].count == 1 else {
        throw SyntaxError(
          "\(reference.name) needs its layer first", at: columns(from: start),
          advice: "write \(Parser.bracketed(reference.name, lists[0], forms))")
      }
      reference.upper = lists[0]
    } else if lowerDue.contains(lists[0].count) || lists[0].count != 1 {
      reference.lower = lists[0]
    } else {
      reference.layer = lists[0][0]
    }
  }

  /// One bracket of several indices as the symbol takes them: `δ[1][1]` for `δ[1,1]`,
  /// `w[layer][1,2]` for `w[1,2]`.
  private static func bracketed(_ name: String, _ list: [Index], _ forms: [SymbolForm]) -> String {
    let due = forms.filter { $0.hasLayer && !$0.isVector && $0.lower > 0 }.map(\.lower)
    func words(_ indices: some Sequence<Index>) -> String {
      indices.map { Renderer.plain($0) }.joined(separator: ",")
    }
    if due.contains(list.count) { return "\(name)[layer][\(words(list))]" }
    if due.contains(list.count - 1) {
      return "\(name)[\(words(list.prefix(1)))][\(words(list.dropFirst()))]"
    }
    guard let count = due.max() else { return "\(name)[layer]" }
    return "\(name)[layer][\(words((1...count).map(Index.integer)))]"
  }

  mutating func bracketList(
    _ columns: inout IndexColumns
  ) throws(SyntaxError) -> [Index] {
    let opened = position
    position += 1
    var list: [Index] = []
    skipBlanks()
    while current != "]" {
      guard !atEnd else {
        throw SyntaxError(
          "this [ is never closed", at: Columns(column(opened), column(opened) + 1),
          advice: "close it with ]")
      }
      let start = position
      let found = try index()
      columns.list.append((found, self.columns(from: start)))
      list.append(found)
      skipBlanks()
      _ = take(",")
      skipBlanks()
    }
    position += 1
    return list
  }

  /// After `_` or `^`: a run, or a list in braces.
  mutating func indexList(due: [Int]) throws(SyntaxError) -> [Index] {
    if current == "{" {
      let opened = position
      position += 1
      var list: [Index] = []
      skipBlanks()
      while current != "}" {
        guard !atEnd else {
          throw SyntaxError(
            "this { is never closed", at: Columns(column(opened), column(opened) + 1))
        }
        if take("⊤") {
          transposesReference = true
          continue
        }
        list.append(contentsOf: try listed(due: due))
        skipBlanks()
        _ = take(",")
        skipBlanks()
      }
      position += 1
      return Parser.split(list, due: due)
    }
    if current == "(" {
      return [try enclosed(until: ")") { parser throws(SyntaxError) in try parser.index() }]
    }
    return Parser.split(try run(), due: due)
  }

  mutating func listed(due: [Int]) throws(SyntaxError) -> [Index] {
    if let label = labelHere() {
      position += label.count
      return [.label(label)]
    }
    return [try index()]
  }

  /// `_jk`, `_13`, `_y`: one index a letter, a number a run of digits.
  mutating func run() throws(SyntaxError) -> [Index] {
    if let label = labelHere() {
      position += label.count
      return [.label(label)]
    }
    var list: [Index] = []
    while let character = current {
      if ("0"..."9").contains(character) {
        list.append(try integer())
      } else if let letter = indexLetter(character) {
        position += 1
        var name = IndexName(letter)
        while take("'") { name.primes += 1 }
        list.append(.name(name))
      } else {
        break
      }
    }
    guard !list.isEmpty else { throw unexpected() }
    return list
  }

  /// A letter that is no declared index is a label, as in `a_y` and `a_in`.
  func labelHere() -> String? {
    var end = position
    while end < source.characters.count, source.characters[end].isNameLetter { end += 1 }
    guard end > position else { return nil }
    if end == position + 1, indexLetter(source.characters[position]) != nil { return nil }
    let word = String(source.characters[position..<end])
    return word.allSatisfy { indexLetter($0) != nil } ? nil : word
  }

  /// The declared index or constant a letter stands for; `l` for notes that write ℓ.
  func indexLetter(_ character: Character) -> String? {
    let letter = String(character)
    if vocabulary.indices.contains(letter) || vocabulary.constants.contains(letter) {
      return letter
    }
    return letter == "l" && vocabulary.indices.contains("ℓ") ? "ℓ" : nil
  }

  /// One run of digits where several indices are due: a digit each.
  static func split(_ list: [Index], due: [Int]) -> [Index] {
    guard list.count == 1, !due.isEmpty else { return list }
    let digits: String
    switch list[0] {
    case .integer(let value) where value >= 0: digits = String(value)
    case .label(let text) where text.allSatisfy({ $0.isNumber }): digits = text
    case .integer, .label, .name, .plus, .minus: return list
    }
    guard !due.contains(1), due.contains(digits.count) else {
      return Int(digits).map { [.integer($0)] } ?? list
    }
    return digits.compactMap(\.wholeNumberValue).map(Index.integer)
  }
}
