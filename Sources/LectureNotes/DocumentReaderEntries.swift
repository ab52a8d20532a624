import Backprop
import IndexNotation

// Names first, then settings, indices, constants and functions.

extension DocumentReader {
  mutating func names(_ section: Section, _ line: Line) throws(DocumentError) {
    switch section {
    case .indices:
      for letter in try line.parts().left.split(separator: " ") {
        try check(name: letter, line)
        guard letter.utf8.count <= LetterCode.limit else {
          throw line.error("an index has at most \(LetterCode.limit) bytes", at: letter)
        }
        document.vocabulary.indices.insert(String(letter))
      }
    case .constants:
      let name = try line.parts().left.symbolName
      try check(name: name, line)
      document.vocabulary.constants.insert(String(name))
    case .functions:
      for name in try line.parts().left.split(separator: " ") {
        try check(name: name, line)
        document.vocabulary.functions.insert(String(name))
        spell(String(name))
      }
    case .quantities:
      let name = try line.parts().left.symbolName
      guard !name.isEmpty else { throw line.error("a symbol has a name") }
      try check(name: name, line)
      if document.vocabulary.symbols[String(name)] == nil {
        document.vocabulary.symbols[String(name)] = []
      }
      spell(String(name))
    case .model, .absences, .algorithm, .example, .errata, .relations: break
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

  /// A line of a section; the indices are read before all others.
  mutating func entry(_ section: Section, _ line: Line) throws(DocumentError) {
    switch section {
    case .model: try model(line)
    case .constants: try constant(line)
    case .functions: try function(line)
    case .quantities: try quantity(line)
    case .absences:
      let (left, meaning, _) = try line.parts()
      document.absences[String(left)] = String(meaning)
    case .algorithm:
      let (left, meaning, _) = try line.parts()
      document.algorithm[String(left)] = String(meaning)
    case .example: document.exampleCommands.append(line.placed)
    case .errata: try erratum(line)
    case .indices, .relations: break
    }
  }

  private enum Setting: String, CaseIterable {
    case cost, reduction, direction, bias, hidden, output, rate
  }

  private mutating func model(_ line: Line) throws(DocumentError) {
    guard let (key, value) = line.keyAndValue() else {
      throw line.error("a line of the model is a setting and its value")
    }
    guard let setting = Setting(rawValue: String(key)) else {
      throw line.error(
        "the model has no setting '\(key)'", at: key,
        advice: advice(for: key, among: Setting.self, "it has"))
    }
    switch setting {
    case .cost: document.model.cost = try choice(value, "cost", "costs", line)
    case .reduction: document.model.reduction = try choice(value, "reduction", "reductions", line)
    case .direction: document.model.direction = try choice(value, "direction", "directions", line)
    case .bias: document.model.biasMode = try choice(value, "bias mode", "bias modes", line)
    case .hidden: document.model.hidden = try choice(value, "activation", "activations", line)
    case .output: document.model.output = try choice(value, "activation", "activations", line)
    case .rate: document.model.rate = try rate(value, line)
    }
  }

  private func rate(_ text: Substring, _ line: Line) throws(DocumentError) -> Double {
    let digits = Set("0123456789.eE+-")
    guard text.allSatisfy({ digits.contains($0) }), let rate = Double(text) else {
      throw line.error("'\(text)' is not a number", at: text)
    }
    guard rate.isFinite else {
      throw line.error("\(text) is too large for a number", at: text)
    }
    guard rate >= 0 else {
      throw line.error(
        "the learning rate must be above 0 (got \(text))", at: text,
        advice: "to climb instead of descend: direction ascent")
    }
    return rate
  }

  mutating func index(_ line: Line) throws(DocumentError) {
    let (left, meaning, _) = try line.parts()
    let value: IndexMeaning
    let ofLayer = "neuron of layer "
    if meaning.hasPrefix(ofLayer) {
      value = .neuronOfLayer(try slot(meaning.dropFirst(ofLayer.count), line))
    } else if meaning.hasPrefix("neuron") {
      value = .neuron
    } else if meaning.contains("layer") {
      value = .layer
    } else if meaning.hasPrefix("example") {
      value = .example
    } else {
      throw line.error("an index counts neurons, layers or examples", at: meaning)
    }
    for letter in left.split(separator: " ") {
      guard document.indices[String(letter)] == nil else {
        throw line.error("the index \(letter) is declared twice", at: letter)
      }
      document.indices[String(letter)] = value
      if value == .example { document.vocabulary.exampleLetters.insert(String(letter)) }
    }
  }

  /// `n^ℓ : number of neurons = size[ℓ]`, `L : number of layers = last + 1`.
  private mutating func constant(_ line: Line) throws(DocumentError) {
    let (left, text, right) = try line.parts()
    guard let right else { throw line.error("a constant needs “ = ” and its value") }
    let pattern = try pattern(left, line)
    let indices = pattern.lower + pattern.upper
    var parameter: String?
    switch (indices.first, indices.count) {
    case (nil, _): break
    case (.variable(let letter)?, 1): parameter = letter
    case (.literal?, _), (.label?, _), (.variable?, _):
      throw line.error(
        "a constant has one index letter, or none", at: left, advice: "as in: n_l, or: L")
    }
    if pattern.style != SymbolStyle() { document.styles[pattern.name] = pattern.style }
    guard !document.constants.contains(where: { $0.name == pattern.name }) else {
      throw line.error("the constant \(pattern.name) is declared twice", at: left)
    }
    let (meaning, offset) = try value(ofConstant: right, line)
    document.constants.append(
      ConstantDeclaration(
        name: pattern.name, parameter: parameter, meaning: meaning, offset: offset,
        text: String(text)))
  }

  private func value(
    ofConstant right: Substring, _ line: Line
  ) throws(DocumentError) -> (ConstantDeclaration.Meaning, offset: Int) {
    let meaning: ConstantDeclaration.Meaning
    let word = right.prefix { $0.isLetter }
    var rest = right[word.endIndex...]
    switch word {
    case "last": meaning = .last
    case "examples": meaning = .examples
    case "size":
      let end = rest.firstIndex(of: "]").map { rest.index(after: $0) } ?? rest.endIndex
      let layers = try slots(rest[..<end], line)
      guard layers.count == 1 else {
        throw line.error("size needs its layer", at: right, advice: "as in: size[l]")
      }
      meaning = .size(layers[0])
      rest = rest[end...]
    default: throw wrongConstant(right, line)
    }
    rest = rest.trimmed
    guard let sign = rest.first else { return (meaning, 0) }
    guard sign == "+" || sign == "-" else { throw wrongConstant(right, line) }
    return (meaning, try shift(String(sign) + rest.dropFirst().trimmed, right, line))
  }

  private func wrongConstant(_ right: Substring, _ line: Line) -> DocumentError {
    line.error(
      "a constant is last, examples or size[layer], or one of them shifted", at: right,
      advice: "as in: size[l], or: last + 1")
  }

  private mutating func function(_ line: Line) throws(DocumentError) {
    let (left, meaning, _) = try line.parts()
    for letter in left.split(separator: " ") {
      let name = String(letter)
      guard document.functions[name] == nil else {
        throw line.error("the function \(name) is declared twice", at: letter)
      }
      document.functionOrder.append(name)
      document.functions[name] = meaning.hasPrefix("sigmoid") ? .sigmoid : .activation
    }
  }
}

extension Substring {
  /// What stands before the scripts of a symbol.
  var symbolName: Substring { prefix { $0 != "_" && $0 != "^" } }
}
