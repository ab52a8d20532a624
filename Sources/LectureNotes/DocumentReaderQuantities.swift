import Backprop
import IndexNotation

// Symbols and what they are in the network.

extension DocumentReader {
  mutating func quantity(_ line: Line) throws(DocumentError) {
    let (left, meaning, right) = try line.parts()
    let pattern = try pattern(left, line)
    if pattern.style != SymbolStyle() { document.styles[pattern.name] = pattern.style }
    guard var body = right else {
      // A letter of the notes that stands for no single quantity, as Δw: it is printed only.
      try declared.add(pattern, [], line)
      add(
        SymbolForm(
          lower: pattern.lower.count, upper: pattern.upper.count,
          hasLayer: !pattern.upper.isEmpty), pattern.name)
      return
    }
    var facts: [Fact] = []
    if let range = body.range(of: " if ") {
      facts = try self.facts(body[range.upperBound...], line)
      body = body[..<range.lowerBound].trimmed
    }
    try declared.add(pattern, facts, line)
    if let layout = try layout(body, line) {
      let array = ArrayDeclaration(
        name: pattern.name, lower: pattern.lower, upper: pattern.upper, meaning: String(meaning),
        layout: layout, line: line.number)
      arrays.append((array, body, line))
    } else {
      try element(pattern, String(meaning), body, facts, line)
    }
  }

  private mutating func element(
    _ pattern: SymbolPattern, _ meaning: String, _ body: Substring, _ facts: [Fact], _ line: Line
  ) throws(DocumentError) {
    var body = body
    var exampleLetter: String?
    if let at = body.firstIndex(of: "@") {
      exampleLetter = try self.exampleLetter(body[at...].dropFirst(), line)
      body = body[..<at].trimmed
    }
    let declaration = Declaration(
      name: pattern.name, lower: pattern.lower, upper: pattern.upper, meaning: meaning,
      binding: try binding(body, line), facts: facts, exampleLetter: exampleLetter,
      isBeyondTheNotes: meaning.hasSuffix("(\(Equation.beyond))"), line: line.number)
    document.declarations.append(declaration)
    let layered = pattern.upper.count > declaration.exampleUppers.count
    var form = SymbolForm(
      lower: pattern.lower.count, upper: pattern.upper.count, hasLayer: layered)
    if case .quantity(_, let slots) = declaration.binding, case .layer? = slots.first?.base {
      form.hasUnwrittenLayer = true
    }
    add(form, pattern.name)
  }

  private mutating func add(_ form: SymbolForm, _ name: String) {
    if !(document.vocabulary.symbols[name, default: []].contains(form)) {
      document.vocabulary.symbols[name, default: []].append(form)
    }
  }

  private func exampleLetter(_ text: Substring, _ line: Line) throws(DocumentError) -> String {
    let letters = document.vocabulary.exampleLetters.sorted()
    guard letters.contains(String(text)) else {
      throw line.error(
        "'\(text)' after @ is no letter for examples", at: text,
        advice: letters.isEmpty
          ? "declare one under indices, as in: p : example"
          : "write @\(letters.joined(separator: ", or @"))")
    }
    return String(text)
  }

  private func binding(_ body: Substring, _ line: Line) throws(DocumentError) -> Binding {
    if let number = Double(body) {
      guard number.isFinite else {
        throw line.error("'\(body)' is not a finite number", at: body)
      }
      return .constant(number)
    }
    let word = body.prefix { $0 != "[" }
    let kinds: [Substring: QuantityKind] = [
      "z": .weightedInput, "a": .activation, "delta": .error, "w": .weight, "b": .bias,
      "y": .target, "c": .outputCost, "C": .totalCost, "cost": .cost, "eta": .learningRate,
      "gradient": .gradient, "change": .change,
    ]
    let isKronecker = word == "kronecker"
    guard let count = isKronecker ? 2 : kinds[word]?.slotCount else {
      let names = kinds.keys.map(String.init).sorted()
      throw line.error(
        "'\(word)' is no quantity of the network", at: word,
        advice: "they are \(names.joined(separator: " ")), and kronecker")
    }
    let slots = try slots(body[word.endIndex...], line)
    guard slots.count == count else {
      throw line.error(
        "\(word) has \(count) bracket\(count == 1 ? "" : "s"), not \(slots.count)", at: body)
    }
    return kinds[word].map { .quantity($0, slots: slots) } ?? .kronecker(slots[0], slots[1])
  }

  // MARK: vectors and matrices

  /// nil for what is no vector or matrix.
  private func layout(
    _ body: Substring, _ line: Line
  ) throws(DocumentError) -> ArrayDeclaration.Layout? {
    let head = body[..<(body.range(of: " of ")?.lowerBound ?? body.endIndex)]
    let words = head.split { $0 == " " || $0 == "," }
    let letters = words.dropFirst().map(String.init)
    let layout: ArrayDeclaration.Layout
    switch (words.first, letters.count) {
    case ("column", 1): layout = .column(letters[0])
    case ("row", 1): layout = .row(letters[0])
    case ("matrix", 2): layout = .matrix(letters[0], letters[1])
    case ("column", _), ("row", _), ("matrix", _):
      throw line.error("a matrix names two indices, a column or row one", at: head)
    default: return nil
    }
    for letter in words.dropFirst() where !document.vocabulary.indices.contains(String(letter)) {
      throw line.error("'\(letter)' is no declared index", at: letter)
    }
    return layout
  }

  /// Reads the elements of the vectors and matrices, when all numbers are declared.
  mutating func readArrays() throws(DocumentError) {
    for (array, body, line) in arrays {
      var array = array
      guard let range = body.range(of: " of ") else {
        throw line.error("a vector or matrix needs “of” and its element", at: body)
      }
      array.element = try reference(body[range.upperBound...].trimmed, line)
      document.arrays.append(array)
      add(
        SymbolForm(
          lower: array.lower.count, upper: array.upper.count, hasLayer: !array.upper.isEmpty,
          isVector: !array.lower.isEmpty), array.name)
    }
    try checkElements()
  }

  /// The element of a vector or matrix; nil for the number 1.
  private mutating func reference(
    _ element: Substring, _ line: Line
  ) throws(DocumentError) -> Reference? {
    guard element != "1" else { return nil }
    do throws(SyntaxError) {
      var parser = try Parser(
        String(element), vocabulary: document.vocabulary,
        offset: line.columns(of: element).start)
      let reference = try parser.reference()
      try parser.finish()
      return document.numbered(reference)
    } catch {
      throw DocumentError(error, in: line.placed)
    }
  }

  /// A vector is made of numbers, not of itself or of another vector.
  private func checkElements() throws(DocumentError) {
    let counts = Dictionary(grouping: document.declarations, by: \.name)
      .mapValues { Set($0.map(\.lower.count)) }
    for (array, (_, _, line)) in zip(document.arrays, arrays) {
      guard let element = array.element,
        counts[element.name]?.contains(element.lower.count) != true
      else { continue }
      throw line.error(
        "\(array.name) is made of \(element.name), which is no single number of the network",
        at: line.text[...].symbolName.prefix(array.name.count),
        advice:
          "declare \(element.name) with its indices first, as in: a_j^l : activation = a[l][j]")
    }
  }

  func facts(_ text: Substring, _ line: Line) throws(DocumentError) -> [Fact] {
    var facts: [Fact] = []
    for word in try items(text, line) {
      let parsed = Fact.parse(String(word), vocabulary: document.vocabulary)
      if let index = Fact.indexOfLayer(in: word), parsed == nil || countsNoLayers(index) {
        throw line.error(
          "'\(index)' is no index of a layer", at: index, advice: "as in: elementwise at l")
      }
      guard let fact = parsed else {
        let near = Fact.nearest(to: String(word))
        throw line.error(
          "'\(word)' is no fact about a network", at: word,
          advice: near.isEmpty
            ? "the facts are \(Fact.list)" : "did you mean \(near.joined(separator: ", "))?")
      }
      facts.append(fact)
    }
    return facts
  }

  private func countsNoLayers(_ index: Substring) -> Bool {
    switch document.indices[String(index)] {
    case .neuron, .example: true
    case .layer, .neuronOfLayer, nil: false
    }
  }
}
