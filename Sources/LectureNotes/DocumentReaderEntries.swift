import Backprop
import IndexNotation

// Names first, then settings, indices, constants and functions.

extension DocumentReader {
  mutating func names(_ section: Section, _ line: Line) throws(DocumentError) {
    switch section {
    case .indices:
      let (left, _, _) = try parts(line)
      for letter in left.split(separator: " ") {
        try check(name: letter, line)
        document.vocabulary.indices.insert(String(letter))
      }
    case .constants:
      let (left, _, _) = try parts(line)
      let name = left.prefix { $0 != "_" && $0 != "^" }
      try check(name: name, line)
      document.vocabulary.constants.insert(String(name))
    case .functions:
      let (left, _, _) = try parts(line)
      for name in left.split(separator: " ") {
        try check(name: name, line)
        document.vocabulary.functions.insert(String(name))
        spell(String(name))
      }
    case .quantities:
      let (left, _, _) = try parts(line)
      let name = String(left.prefix { $0 != "_" && $0 != "^" })
      guard !name.isEmpty else { throw fail("a symbol has a name", line) }
      try check(name: name, line)
      if document.vocabulary.symbols[name] == nil { document.vocabulary.symbols[name] = [] }
      spell(name)
    case .model, .absences, .algorithm, .example, .errata, .relations: break
    }
  }

  /// Greek, hats and tildes may be typed in ASCII.
  mutating func spell(_ name: String) {
    let ascii = Renderer(styles: [:]).name(name, .ascii)
    guard ascii != name else { return }
    // An underlined s is the vector of the s_j; without the line it is typed s and a layer.
    let plain = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0 != "\u{332}" }))
    if plain != name, document.vocabulary.symbols[plain] != nil { return }
    document.vocabulary.spellings[ascii] = name
  }

  // MARK: entries

  mutating func entry(_ section: Section, _ line: Line) throws(DocumentError) {
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
    case .example: document.exampleCommands.append(line.placed)
    case .errata: try erratum(line)
    case .relations: break
    }
  }

  mutating func model(_ line: Line) throws(DocumentError) {
    guard let (key, value) = split(line.text, at: " ") else {
      throw fail("a line of the model is a setting and its value", line)
    }
    switch key {
    case "cost": document.model.cost = try choice(value, "cost", "costs", line)
    case "reduction": document.model.reduction = try choice(value, "reduction", "reductions", line)
    case "direction": document.model.direction = try choice(value, "direction", "directions", line)
    case "bias": document.model.biasMode = try choice(value, "bias mode", "bias modes", line)
    case "hidden": document.model.hidden = try choice(value, "activation", "activations", line)
    case "output": document.model.output = try choice(value, "activation", "activations", line)
    case "rate": document.model.rate = try rate(value, line)
    default:
      let names = ["cost", "reduction", "direction", "bias", "hidden", "output", "rate"]
      let near = Spelling.nearest(to: key, among: names)
      throw fail(
        "the model has no setting '\(key)'", line, Columns(0, key.count),
        advice: near.isEmpty
          ? "it has \(names.joined(separator: ", "))"
          : "did you mean \(near.joined(separator: ", "))?")
    }
  }

  private func rate(_ text: String, _ line: Line) throws(DocumentError) -> Double {
    let digits = Set("0123456789.eE+-")
    guard text.allSatisfy({ digits.contains($0) }), let rate = Double(text) else {
      throw fail("'\(text)' is not a number", line, columns(of: text, in: line))
    }
    guard rate.isFinite else {
      throw fail("\(text) is too large for a number", line, columns(of: text, in: line))
    }
    guard rate >= 0 else {
      throw fail(
        "the learning rate must be above 0 (got \(text))", line, columns(of: text, in: line),
        advice: "to climb instead of descend: direction ascent")
    }
    return rate
  }

  mutating func index(_ line: Line) throws(DocumentError) {
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
      guard document.indices[String(letter)] == nil else {
        throw fail(
          "the index \(letter) is declared twice", line, columns(of: letter, in: line))
      }
      document.indices[String(letter)] = value
      if value == .example { document.vocabulary.exampleLetters.insert(String(letter)) }
    }
  }

  mutating func constant(_ line: Line) throws(DocumentError) {
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
        offset = sign * (try shift(trimmed(body[range.upperBound...]), right, line))
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
    guard !document.constants.contains(where: { $0.name == name }) else {
      throw fail("the constant \(name) is declared twice", line, Columns(0, left.count))
    }
    document.constants.append(
      ConstantDeclaration(
        name: name, parameter: parameter, meaning: meaning, offset: offset, text: text))
  }

  mutating func function(_ line: Line) throws(DocumentError) {
    let (left, meaning, _) = try parts(line)
    for name in left.split(separator: " ") {
      guard document.functions[String(name)] == nil else {
        throw fail("the function \(name) is declared twice", line, columns(of: name, in: line))
      }
      document.functionOrder.append(String(name))
      document.functions[String(name)] = meaning.hasPrefix("sigmoid") ? .sigmoid : .activation
    }
  }
}
