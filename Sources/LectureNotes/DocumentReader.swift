import Backprop
import IndexNotation

/// What is wrong in a document's file, and where (line from 1, column from 0).
package struct DocumentError: Error, Sendable {
  package var message: String
  package var line: Int
  package var columns: Columns
}

/// Reads a document's file: sections by plain words at column 0, declarations as the notes' own
/// glossaries (`symbol : meaning = what it is in the network`), relations as a heading
/// `label : role` over indented lines.
package struct DocumentReader {
  private enum Section: String {
    case model, indices, constants, functions, quantities, absences, algorithm, example
    case relations
  }

  private struct Line {
    var number: Int
    var indent: Int
    var text: String
  }

  private var document: Document
  private var lines: [Line] = []

  package static func read(_ text: String) throws(DocumentError) -> Document {
    var reader = try DocumentReader(text)
    return try reader.readAll()
  }

  private init(_ text: String) throws(DocumentError) {
    var number = 0
    for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let indent = raw.prefix { $0 == " " }.count
      let body = raw.dropFirst(indent)
      if body.isEmpty || body.hasPrefix("# ") || body == "#" { continue }
      if indent >= 6, let last = lines.last, last.indent > 0 {
        lines[lines.count - 1].text += " " + body
        continue
      }
      lines.append(Line(number: number, indent: indent, text: String(body)))
    }
    guard let first = lines.first, first.indent == 0, first.text.hasPrefix("document ") else {
      throw DocumentError(
        message: "a document begins with: document NAME", line: 1, columns: Columns(0, 1))
    }
    document = Document(id: String(first.text.dropFirst("document ".count)))
    lines.removeFirst()
  }

  private mutating func readAll() throws(DocumentError) -> Document {
    var sections: [(Section, [Line])] = []
    for line in lines {
      if line.indent == 0, sections.last?.0 != .relations {
        if let section = Section(rawValue: line.text) {
          sections.append((section, []))
          continue
        }
        try heading(line)
      } else if sections.isEmpty {
        throw fail("this line stands in no section", line)
      } else {
        sections[sections.count - 1].1.append(line)
      }
    }
    // Names first: later sections are read with them.
    for (section, lines) in sections {
      for line in lines { try names(section, line) }
    }
    document.vocabulary.seal()
    for (section, lines) in sections {
      if section == .relations {
        try relations(lines)
      } else {
        for line in lines { try entry(section, line) }
      }
    }
    return document
  }

  private func fail(_ message: String, _ line: Line, _ columns: Columns? = nil) -> DocumentError {
    let shift = line.indent
    let place = columns.map { Columns($0.start + shift, $0.end + shift) }
    return DocumentError(
      message: message, line: line.number,
      columns: place ?? Columns(shift, shift + line.text.count))
  }

  private mutating func heading(_ line: Line) throws(DocumentError) {
    guard let (key, value) = split(line.text, at: " ") else {
      throw fail("no section is called '\(line.text)'", line)
    }
    switch key {
    case "title": document.title = value
    case "about": document.about = value
    case "speaking": document.speaking = value
    case "source": document.source = value
    default: throw fail("no section is called '\(line.text)'", line)
    }
  }

  private func split(_ text: String, at mark: Character) -> (String, String)? {
    guard let place = text.firstIndex(of: mark) else { return nil }
    return (
      trimmed(text[..<place]), trimmed(text[text.index(after: place)...])
    )
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// `left : meaning = right`, the last two optional.
  private func parts(_ line: Line) throws(DocumentError) -> (String, String, String?) {
    guard let range = line.text.range(of: " : ") else {
      throw fail("this line needs “ : ” between symbol and meaning", line)
    }
    let left = trimmed(line.text[..<range.lowerBound])
    let rest = line.text[range.upperBound...]
    guard let equals = rest.range(of: " = ") else { return (left, trimmed(rest), nil) }
    return (left, trimmed(rest[..<equals.lowerBound]), trimmed(rest[equals.upperBound...]))
  }

  // MARK: names

  private mutating func names(_ section: Section, _ line: Line) throws(DocumentError) {
    switch section {
    case .indices:
      let (left, _, _) = try parts(line)
      for letter in left.split(separator: " ") {
        document.vocabulary.indices.insert(String(letter))
      }
    case .constants:
      let (left, _, _) = try parts(line)
      document.vocabulary.constants.insert(String(left.prefix { $0 != "_" && $0 != "^" }))
    case .functions:
      let (left, _, _) = try parts(line)
      for name in left.split(separator: " ") {
        document.vocabulary.functions.insert(String(name))
        spell(String(name))
      }
    case .quantities:
      let (left, _, _) = try parts(line)
      let name = String(left.prefix { $0 != "_" && $0 != "^" })
      if document.vocabulary.symbols[name] == nil { document.vocabulary.symbols[name] = [] }
      spell(name)
    case .model, .absences, .algorithm, .example, .relations: break
    }
  }

  /// Greek, hats and tildes may be typed in ASCII.
  private mutating func spell(_ name: String) {
    let ascii = Renderer(styles: [:]).name(name, .ascii)
    guard ascii != name else { return }
    // An underlined s is the vector of the s_j; without the line it is typed s and a layer.
    let plain = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0 != "\u{332}" }))
    if plain != name, document.vocabulary.symbols[plain] != nil { return }
    document.vocabulary.spellings[ascii] = name
  }

  // MARK: entries

  private mutating func entry(_ section: Section, _ line: Line) throws(DocumentError) {
    switch section {
    case .model: try model(line)
    case .indices: try index(line)
    case .constants: try constant(line)
    case .functions: try function(line)
    case .quantities: try quantity(line)
    case .absences:
      let (left, meaning, _) = try parts(line)
      document.absences[left] = meaning
    case .algorithm:
      let (left, meaning, _) = try parts(line)
      document.algorithm[left] = meaning
    case .example: document.exampleCommands.append(line.text)
    case .relations: break
    }
  }

  private mutating func model(_ line: Line) throws(DocumentError) {
    guard let (key, value) = split(line.text, at: " ") else {
      throw fail("a line of the model is a setting and its value", line)
    }
    switch key {
    case "cost": document.model.cost = try value2(Cost(rawValue: value), line)
    case "reduction": document.model.reduction = try value2(Reduction(rawValue: value), line)
    case "direction": document.model.direction = try value2(Direction(rawValue: value), line)
    case "bias": document.model.biasMode = try value2(BiasMode(rawValue: value), line)
    case "hidden": document.model.hidden = try value2(Activation(rawValue: value), line)
    case "output": document.model.output = try value2(Activation(rawValue: value), line)
    case "rate": document.model.rate = try value2(Double(value), line)
    default: throw fail("the model has no setting '\(key)'", line)
    }
  }

  private func value2<Wanted>(_ value: Wanted?, _ line: Line) throws(DocumentError) -> Wanted {
    guard let value else { throw fail("this value is not known", line) }
    return value
  }

  private mutating func index(_ line: Line) throws(DocumentError) {
    let (left, meaning, _) = try parts(line)
    let value: IndexMeaning
    if meaning.hasPrefix("neuron of layer ") {
      let slot = try slot(String(meaning.dropFirst("neuron of layer ".count)), line)
      value = .neuronOfLayer(slot)
    } else if meaning.hasPrefix("neuron") {
      value = .neuron
    } else if meaning.contains("layer") {
      value = .layer
    } else if meaning.hasPrefix("example") {
      value = .example
    } else {
      throw fail("an index counts neurons, layers or examples", line)
    }
    for letter in left.split(separator: " ") {
      document.indices[String(letter)] = value
      if value == .example { document.vocabulary.exampleLetters.insert(String(letter)) }
    }
  }

  private mutating func constant(_ line: Line) throws(DocumentError) {
    let (left, text, right) = try parts(line)
    guard let right else { throw fail("a constant needs “ = ” and its value", line) }
    let name = String(left.prefix { $0 != "_" && $0 != "^" })
    let script = left.dropFirst(name.count)
    let parameter = script.first { $0.isLetter }.map(String.init)
    if script.contains("(") {
      document.styles[name] = SymbolStyle(upperInParentheses: true)
    }
    var body = right
    var offset = 0
    for (mark, sign) in [(" + ", 1), (" - ", -1)] {
      if let range = body.range(of: mark) {
        guard let amount = Int(trimmed(body[range.upperBound...])) else {
          throw fail("'\(right)' is no constant", line)
        }
        offset = sign * amount
        body = trimmed(body[..<range.lowerBound])
      }
    }
    let meaning: ConstantDeclaration.Meaning
    if body == "last" {
      meaning = .last
    } else if body == "examples" {
      meaning = .examples
    } else if body.hasPrefix("size["), body.hasSuffix("]") {
      meaning = .size(try slot(String(body.dropFirst(5).dropLast()), line))
    } else {
      throw fail("a constant is last, examples or size[layer]", line)
    }
    document.constants.append(
      ConstantDeclaration(
        name: name, parameter: parameter, meaning: meaning, offset: offset, text: text))
  }

  private mutating func function(_ line: Line) throws(DocumentError) {
    let (left, meaning, _) = try parts(line)
    for name in left.split(separator: " ") {
      document.functionOrder.append(String(name))
      document.functions[String(name)] = meaning.hasPrefix("sigmoid") ? .sigmoid : .activation
    }
  }

  // MARK: quantities

  private mutating func quantity(_ line: Line) throws(DocumentError) {
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
    for word in ["column ", "row ", "matrix "] where body.hasPrefix(word) {
      try array(name, upper, meaning, body, line)
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

  private mutating func add(_ form: SymbolForm, _ name: String) {
    if !(document.vocabulary.symbols[name, default: []].contains(form)) {
      document.vocabulary.symbols[name, default: []].append(form)
    }
  }

  private mutating func pattern(
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

  private func patternList(
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

  private func binding(_ body: String, _ line: Line) throws(DocumentError) -> Binding {
    if let number = Double(body) { return .constant(number) }
    let word = body.prefix { $0 != "[" }
    let kinds: [Substring: QuantityKind] = [
      "z": .weightedInput, "a": .activation, "delta": .error, "w": .weight, "b": .bias,
      "y": .target, "c": .outputCost, "C": .totalCost, "cost": .cost, "eta": .learningRate,
    ]
    guard let kind = kinds[word] else {
      throw fail("'\(word)' is no quantity of the network", line)
    }
    var slots: [SlotIndex] = []
    for part in body.dropFirst(word.count).split(separator: "[") {
      slots.append(try slot(String(part.prefix { $0 != "]" }), line))
    }
    return .quantity(kind, slots: slots)
  }

  private func slot(_ text: String, _ line: Line) throws(DocumentError) -> SlotIndex {
    var base = Substring(text)
    var offset = 0
    if let mark = base.firstIndex(where: { $0 == "+" || $0 == "-" }) {
      guard let amount = Int(base[mark...].filter { $0 != " " }) else {
        throw fail("'\(text)' is no index", line)
      }
      offset = amount
      base = base[..<mark]
    }
    let word = trimmed(base)
    if let number = Int(word) { return SlotIndex(base: .zero, offset: offset + number) }
    if word == "last" { return SlotIndex(base: .last, offset: offset) }
    if word.hasPrefix("layer("), word.hasSuffix(")") {
      return SlotIndex(base: .layer(of: String(word.dropFirst(6).dropLast())), offset: offset)
    }
    guard document.vocabulary.indices.contains(word) else {
      throw fail("'\(word)' is no declared index", line)
    }
    return SlotIndex(base: .variable(word), offset: offset)
  }

  private mutating func array(
    _ name: String, _ upper: [PatternIndex], _ meaning: String, _ body: String, _ line: Line
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
    let element: Reference
    do throws(SyntaxError) {
      document.vocabulary.seal()
      var parser = try Parser(
        String(body[range.upperBound...]), vocabulary: document.vocabulary)
      element = try parser.reference()
    } catch {
      throw fail(error.message, line)
    }
    document.arrays.append(
      ArrayDeclaration(
        name: name, upper: upper, meaning: meaning, layout: layout, element: element))
    add(SymbolForm(lower: 0, upper: upper.count, hasLayer: !upper.isEmpty), name)
  }

  private func facts(_ text: String, _ line: Line) throws(DocumentError) -> [Fact] {
    var facts: [Fact] = []
    for part in text.split(separator: ",") {
      guard let fact = Fact.parse(trimmed(part), vocabulary: document.vocabulary) else {
        throw fail("'\(trimmed(part))' is no fact about a network", line)
      }
      facts.append(fact)
    }
    return facts
  }

  // MARK: relations

  private mutating func relations(_ lines: [Line]) throws(DocumentError) {
    var current: Equation?
    for line in lines {
      if line.indent == 0 {
        if let done = current { document.equations.append(done) }
        guard let range = line.text.range(of: " : ", last: true),
          let role = Role(rawValue: trimmed(line.text[range.upperBound...]))
        else {
          throw fail("a relation begins with: LABEL : ROLE", line)
        }
        var equation = Equation(
          label: trimmed(line.text[..<range.lowerBound]), role: role)
        equation.line = line.number
        current = equation
      } else if var equation = current {
        try part(of: &equation, line)
        current = equation
      } else {
        throw fail("this line belongs to no relation", line)
      }
    }
    if let done = current { document.equations.append(done) }
  }

  private func part(of equation: inout Equation, _ line: Line) throws(DocumentError) {
    let text = line.text
    if text.hasPrefix("= ") || text.hasPrefix("← ") {
      equation.formula += " " + text
      return
    }
    let (key, value) = split(text, at: " ") ?? (text, "")
    switch key {
    case "where": equation.condition = value
    case "if": equation.facts += try facts(value, line)
    case "printed": equation.printed = value
    case "labelled": equation.showsOwnLabel = true
    case "misprint":
      var value = value
      if let range = value.range(of: " where ") {
        equation.misprintCondition = trimmed(value[range.upperBound...])
        value = trimmed(value[..<range.lowerBound])
      }
      equation.misprints += value.split(separator: " ").filter { $0 != "†" }.map(String.init)
      if value.contains("†") { equation.misprintChangesValue = true }
    case "note": equation.note = value
    case "of": equation.componentOf = value.split(separator: ",").map { trimmed($0) }
    case "restates": equation.restates = value
    case "alias": equation.aliases += value.split(separator: " ").map(String.init)
    case "section": equation.section = value
    default:
      guard equation.formula.isEmpty else {
        throw fail("a relation has one formula; a further side begins with =", line)
      }
      equation.formula = text
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The first (or last) place of a short mark.
  func range(of mark: String, last: Bool = false) -> Range<Index>? {
    var found: Range<Index>?
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(mark) {
        let range = place..<index(place, offsetBy: mark.count)
        if !last { return range }
        found = range
      }
      place = index(after: place)
    }
    return found
  }
}
