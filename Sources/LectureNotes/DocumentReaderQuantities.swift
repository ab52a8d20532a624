import Backprop
import IndexNotation

// Symbols and what they are in the network.

extension DocumentReader {
  mutating func quantity(_ line: Line) throws(DocumentError) {
    let (left, meaning, right) = try parts(line)
    guard var body = right else {
      // A letter of the notes that stands for no single quantity, as Δw: it is printed only.
      let (name, lower, upper) = try pattern(left, line)
      add(SymbolForm(lower: lower.count, upper: upper.count, hasLayer: !upper.isEmpty), name)
      return
    }
    var facts: [Fact] = []
    if let range = body.range(of: " if ") {
      facts = try self.facts(String(body[range.upperBound...]), line)
      body = trimmed(body[..<range.lowerBound])
    }
    let (name, lower, upper) = try pattern(left, line)
    let key = left + (facts.isEmpty ? "" : " if \(facts)")
    if let first = declaredAt[key] {
      throw fail("\(left) is declared twice, first in line \(first)", line, Columns(0, left.count))
    }
    declaredAt[key] = line.number
    for word in ["column ", "row ", "matrix "] where body.hasPrefix(word) {
      try array(name, lower, upper, meaning, body, line)
      return
    }
    var exampleLetter: String?
    if let at = body.firstIndex(of: "@") {
      exampleLetter = String(body[body.index(after: at)...])
      body = String(body[..<at])
    }
    let beyond = meaning.hasSuffix("(\(Equation.beyond))")
    let declaration = Declaration(
      name: name, lower: lower, upper: upper, meaning: meaning,
      binding: try binding(body, line), facts: facts, exampleLetter: exampleLetter,
      isBeyondTheNotes: beyond)
    document.declarations.append(declaration)
    let layered = upper.count > declaration.exampleUppers.count
    var form = SymbolForm(lower: lower.count, upper: upper.count, hasLayer: layered)
    if case .quantity(_, let slots) = declaration.binding, case .layer? = slots.first?.base {
      form.hasUnwrittenLayer = true
    }
    add(form, name)
  }

  mutating func add(_ form: SymbolForm, _ name: String) {
    if !(document.vocabulary.symbols[name, default: []].contains(form)) {
      document.vocabulary.symbols[name, default: []].append(form)
    }
  }

  mutating func pattern(
    _ text: String, _ line: Line
  ) throws(DocumentError) -> (String, [PatternIndex], [PatternIndex]) {
    let name = String(text.prefix { $0 != "_" && $0 != "^" })
    var lower: [PatternIndex] = []
    var upper: [PatternIndex] = []
    var rest = text.dropFirst(name.count)
    var style = SymbolStyle()
    while let mark = rest.first {
      rest = rest.dropFirst()
      var body: Substring
      if rest.first == "{" {
        body = rest.dropFirst().prefix { $0 != "}" }
        rest = rest.dropFirst(body.count + 2)
      } else {
        body = rest.prefix { $0 != "^" && $0 != "_" }
        rest = rest.dropFirst(body.count)
      }
      if body.allSatisfy({ $0 == " " }) {
        throw fail("nothing stands after \(mark)", line, columns(of: text, in: line))
      }
      if mark == "^", body.first == "(" {
        style.upperInParentheses = true
        body = body.dropFirst().dropLast()
      }
      if mark == "_", body.contains(",") { style.commaInLower = true }
      let list = try patternList(body, line)
      if mark == "_" { lower = list } else { upper = list }
    }
    if style != SymbolStyle() { document.styles[name] = style }
    return (name, lower, upper)
  }

  func patternList(
    _ body: Substring, _ line: Line
  ) throws(DocumentError) -> [PatternIndex] {
    var list: [PatternIndex] = []
    let word = String(body)
    let letters = word.filter { $0 != " " && $0 != "," }
    let known = letters.allSatisfy {
      $0.isNumber || document.vocabulary.indices.contains(String($0))
    }
    guard known else { return [.label(word)] }
    for character in letters {
      if let digit = character.wholeNumberValue {
        list.append(.literal(digit))
      } else {
        list.append(.variable(String(character)))
      }
    }
    return list
  }

  func binding(_ body: String, _ line: Line) throws(DocumentError) -> Binding {
    if let number = Double(body) {
      guard number.isFinite else {
        throw fail("'\(body)' is not a finite number", line, columns(of: body, in: line))
      }
      return .constant(number)
    }
    let word = body.prefix { $0 != "[" }
    let kinds: [Substring: QuantityKind] = [
      "z": .weightedInput, "a": .activation, "delta": .error, "w": .weight, "b": .bias,
      "y": .target, "c": .outputCost, "C": .totalCost, "cost": .cost, "eta": .learningRate,
      "gradient": .gradient, "change": .change,
    ]
    var slots: [SlotIndex] = []
    for part in body.dropFirst(word.count).split(separator: "[") {
      slots.append(try slot(String(part.prefix { $0 != "]" }), line))
    }
    if word == "kronecker", slots.count == 2 { return .kronecker(slots[0], slots[1]) }
    guard let kind = kinds[word] else {
      let names = kinds.keys.map(String.init).sorted()
      throw fail(
        "'\(word)' is no quantity of the network", line, columns(of: word, in: line),
        advice: "they are \(names.joined(separator: " ")), and kronecker")
    }
    guard slots.count == kind.slotCount else {
      throw fail(
        "\(word) has \(kind.slotCount) bracket\(kind.slotCount == 1 ? "" : "s"), not \(slots.count)",
        line, columns(of: body, in: line))
    }
    return .quantity(kind, slots: slots)
  }

  func slot(_ text: String, _ line: Line) throws(DocumentError) -> SlotIndex {
    var base = Substring(text)
    var offset = 0
    if let mark = base.firstIndex(where: { $0 == "+" || $0 == "-" }) {
      offset = try shift(base[mark...].filter { $0 != " " }, text, line)
      base = base[..<mark]
    }
    let word = trimmed(base)
    if word.first?.isNumber == true {
      return SlotIndex(base: .zero, offset: offset + (try shift(word, text, line)))
    }
    if word == "last" { return SlotIndex(base: .last, offset: offset) }
    if word.hasPrefix("layer("), word.hasSuffix(")") {
      return SlotIndex(base: .layer(of: String(word.dropFirst(6).dropLast())), offset: offset)
    }
    guard document.vocabulary.indices.contains(word) else {
      throw fail("'\(word)' is no declared index", line)
    }
    return SlotIndex(base: .variable(word), offset: offset)
  }

  /// A whole number in an index, small enough that no sum of them overflows.
  func shift(_ number: String, _ index: String, _ line: Line) throws(DocumentError) -> Int {
    let digits = number.drop { $0 == "+" || $0 == "-" }
    guard number.count - digits.count <= 1, !digits.isEmpty,
      digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { throw fail("'\(index)' is no index", line, columns(of: index, in: line)) }
    guard let amount = Int(number), Index.isShift(amount) else {
      throw fail(
        "the number in '\(index)' is too large; the limit is \(Index.shiftLimit)", line,
        columns(of: index, in: line))
    }
    return amount
  }

  mutating func array(
    _ name: String, _ lower: [PatternIndex], _ upper: [PatternIndex], _ meaning: String,
    _ body: String, _ line: Line
  ) throws(DocumentError) {
    guard let range = body.range(of: " of ") else {
      throw fail("a vector or matrix needs “of” and its element", line)
    }
    let head = body[..<range.lowerBound].split(separator: " ")
    let letters = head.dropFirst().map { String($0.filter { $0 != "," }) }
    let layout: ArrayDeclaration.Layout
    switch (head[0], letters.count) {
    case ("column", 1): layout = .column(letters[0])
    case ("row", 1): layout = .row(letters[0])
    case ("matrix", 2): layout = .matrix(letters[0], letters[1])
    default: throw fail("a matrix names two indices, a column or row one", line)
    }
    var declared = ArrayDeclaration(
      name: name, lower: lower, upper: upper, meaning: meaning, layout: layout, element: nil,
      line: line.number)
    let element = String(body[range.upperBound...])
    if element != "1" {
      do throws(SyntaxError) {
        document.vocabulary.seal()
        var parser = try Parser(element, vocabulary: document.vocabulary)
        declared.element = document.numbered(try parser.reference())
      } catch {
        throw fail(
          error.message, line,
          columns(of: element, in: line).map {
            Columns($0.start + error.columns.start, $0.start + error.columns.end)
          }, advice: error.advice)
      }
    }
    document.arrays.append(declared)
    add(
      SymbolForm(
        lower: lower.count, upper: upper.count, hasLayer: !upper.isEmpty,
        isVector: !lower.isEmpty), name)
  }

  /// A vector is made of numbers, not of itself or of another vector.
  func checkElements() throws(DocumentError) {
    for array in document.arrays {
      guard let element = array.element,
        !document.declarations.contains(where: {
          $0.name == element.name && $0.lower.count == element.lower.count
        })
      else { continue }
      throw DocumentError(
        "\(array.name) is made of \(element.name), which is no single number of the network",
        line: array.line, columns: Columns(2, 2 + array.name.count),
        advice:
          "declare \(element.name) with its indices first, as in: a_j^l : activation = a[l][j]")
    }
  }

  func facts(_ text: String, _ line: Line) throws(DocumentError) -> [Fact] {
    var facts: [Fact] = []
    for part in text.split(separator: ",") {
      guard let fact = Fact.parse(trimmed(part), vocabulary: document.vocabulary) else {
        let word = trimmed(part)
        let near = Fact.nearest(to: word)
        throw fail(
          "'\(word)' is no fact about a network", line, columns(of: word, in: line),
          advice: near.isEmpty
            ? "the facts are \(Fact.list)" : "did you mean \(near.joined(separator: ", "))?")
      }
      facts.append(fact)
    }
    return facts
  }
}
