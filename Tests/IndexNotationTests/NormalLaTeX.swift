/// A formula in LaTeX without what does not matter when two are compared: blanks, the size of
/// parentheses, braces around one character, dots between factors, words, equation numbers.
struct NormalLaTeX: Equatable {
  /// What stands between the relation signs, each side after the first with its sign; the first is
  /// empty where a line begins with one.
  let sides: [String]

  init(_ text: String) {
    // What follows a wide blank is a condition or a number.
    let wide: Set<String> = ["\\quad", "\\qquad", "&"]
    var parser = Parser(tokens: NormalLaTeX.tokens(text).drop { wide.contains($0) })
    let items = NormalLaTeX.simplified(parser.items(until: wide))
    var sides = [""]
    for item in items {
      let text = item.text
      if ["=", ":=", "\\leftarrow"].contains(text) {
        sides.append(text)
      } else {
        sides[sides.count - 1] += text
      }
    }
    self.sides = sides
  }

  /// Whether a line of the page stands in a chain: its sides one after the other, and its left side
  /// before them.
  func isPart(of chain: NormalLaTeX) -> Bool {
    let rest = Array(sides.dropFirst())
    let places = chain.sides.indices.filter { place in
      place + rest.count <= chain.sides.count
        && Array(chain.sides[place..<place + rest.count]) == rest
    }
    if sides[0].isEmpty { return !rest.isEmpty && places.contains { $0 > 0 } }
    let left = chain.sides.firstIndex { side in
      ["", "=", ":=", "\\leftarrow"].contains { side == $0 + sides[0] }
    }
    guard let left else { return false }
    return rest.isEmpty || places.contains { $0 > left }
  }

  // MARK: reading

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var rest = Substring(text)
    while let character = rest.first {
      var token = String(character)
      if character == "\\" {
        let word = rest.dropFirst().prefix { $0.isLetter }
        token += word.isEmpty ? rest.dropFirst().prefix(1) : word
      } else if rest.hasPrefix(":=") {
        token = ":="
      }
      rest = rest.dropFirst(token.count)
      if character != " " { tokens.append(synonyms[token] ?? token) }
    }
    return tokens
  }

  private static let synonyms = [
    "\\leq": "\\le", "\\geq": "\\ge", "\\ne": "\\neq", "\\dots": "…", "\\ldots": "…",
    "\\lVert": "\\|", "\\rVert": "\\|",
  ]

  /// A sign or a construction with its scripts.
  fileprivate struct Item: Equatable {
    indirect enum Core: Equatable {
      case token(String)
      case parentheses([Item])
      case command(String, [[Item]])
      case environment(String, [Item])
    }
    var core: Core
    var primes = 0
    var lower: [Item] = []
    var upper: [Item] = []

    var hasScripts: Bool { primes > 0 || !lower.isEmpty || !upper.isEmpty }

    var text: String {
      var text: String
      switch core {
      case .token(let token): text = token
      case .parentheses(let items): text = "(" + NormalLaTeX.text(items) + ")"
      case .command(let name, let arguments):
        text = name + arguments.map { "{" + NormalLaTeX.text($0) + "}" }.joined()
      case .environment(let name, let items):
        text = name + "{" + NormalLaTeX.text(items) + "}"
      }
      if !lower.isEmpty { text += "_{" + NormalLaTeX.text(lower) + "}" }
      if !upper.isEmpty { text += "^{" + NormalLaTeX.text(upper) + "}" }
      return text + String(repeating: "'", count: primes)
    }
  }

  private static func text(_ items: [Item]) -> String { items.map(\.text).joined() }

  private struct Parser {
    var tokens: ArraySlice<String>

    mutating func items(until ends: Set<String>) -> [Item] {
      var items: [Item] = []
      while let token = tokens.first, !ends.contains(token) {
        items += item(closing: ends)
      }
      return items
    }

    /// An item, or the items of a group without scripts.
    private mutating func item(closing ends: Set<String>) -> [Item] {
      let token = tokens.removeFirst()
      switch token {
      case "{": return spliced(rest(of: "}"))
      case "(":
        let inner = items(until: ends.union([")"]))
        guard tokens.first == ")" else { return [Item(core: .token("("))] + inner }
        tokens.removeFirst()
        return [scripted(Item(core: .parentheses(inner)))]
      case "\\left", "\\right", "\\,", "\\;", "\\:", "\\!", "\\ ", "\\cdot", "~", "\\displaystyle":
        return []
      case "\\frac": return [scripted(Item(core: .command(token, [argument(), argument()])))]
      case "\\text", "\\tag":
        _ = argument()
        _ = scripted(Item(core: .token("")))
        return []
      case "\\mathbf", "\\mathrm", "\\boxed": return spliced(argument())
      case "\\underbrace":
        let inner = argument()
        _ = scripted(Item(core: .token("")))
        return inner
      case "\\hat", "\\tilde", "\\vec", "\\underline", "\\overline", "\\sqrt", "\\bar":
        return [scripted(Item(core: .command(token, [argument()])))]
      case "\\begin":
        let name = NormalLaTeX.text(argument())
        let inner = rest(of: "\\end")
        _ = argument()
        return [scripted(Item(core: .environment(name, inner)))]
      default: return [scripted(Item(core: .token(token)))]
      }
    }

    /// The scripts after a group belong to the last of it.
    private mutating func spliced(_ inner: [Item]) -> [Item] {
      guard let last = inner.last else { return [] }
      return inner.dropLast() + [scripted(last)]
    }

    private mutating func argument() -> [Item] {
      guard tokens.first == "{" else { return tokens.isEmpty ? [] : item(closing: []) }
      tokens.removeFirst()
      return rest(of: "}")
    }

    private mutating func rest(of end: String) -> [Item] {
      let inner = items(until: [end])
      _ = tokens.popFirst()
      return inner
    }

    /// One token or one group, without scripts of its own.
    private mutating func script() -> [Item] {
      guard tokens.first != "{" else { return argument() }
      return tokens.popFirst().map { [Item(core: .token($0))] } ?? []
    }

    private mutating func scripted(_ base: Item) -> Item {
      var item = base
      while let token = tokens.first {
        switch token {
        case "'": item.primes += 1
        case "_", "^": break
        default: return item
        }
        tokens.removeFirst()
        if token == "_" { item.lower += script() }
        if token == "^" { item.raise(script()) }
      }
      return item
    }
  }

  // MARK: simplifying

  private static func simplified(_ items: [Item]) -> [Item] {
    var result: [Item] = []
    for item in items {
      result += simplified(item, isArgument: result.last?.core == .token("\\log"))
    }
    return result
  }

  private static func simplified(_ item: Item, isArgument: Bool) -> [Item] {
    var item = item
    item.lower = simplified(item.lower)
    item.upper = simplified(item.upper)
    switch item.core {
    case .token: break
    case .command(let name, let arguments):
      item.core = .command(name, arguments.map { simplified($0) })
    case .environment(let name, let items):
      let isMatrix = name.hasSuffix("matrix")
      item.core = .environment(isMatrix ? "matrix" : name, simplified(items))
    case .parentheses(let items):
      let items = simplified(items)
      item.core = .parentheses(items)
      if items.isEmpty { return [] }
      guard items.count == 1, !item.hasScripts else { break }
      if case .command("\\frac", _) = items[0].core { return items }
      if isArgument { return items }
    }
    return [item]
  }
}

extension NormalLaTeX.Item {
  /// Takes an upper script: a prime, a transpose whichever way it is written, or the rest.
  fileprivate mutating func raise(_ script: [NormalLaTeX.Item]) {
    for var item in script {
      if item.core == .token("\\prime") {
        primes += 1
      } else if item.core == .token("T"), script.count == 1 {
        upper.append(NormalLaTeX.Item(core: .token("\\top")))
      } else if item.upper.map(\.core) == [.token("\\top")] {
        let raised = item.upper
        item.upper = []
        upper += [item] + raised
      } else {
        upper.append(item)
      }
    }
  }
}
