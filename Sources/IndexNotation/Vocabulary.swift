/// One way a symbol may be written: how many lower and upper indices it takes.
package struct SymbolForm: Hashable, Sendable {
  package var lower: Int
  package var upper: Int
  /// Upper indices that are a layer are given first when typed in brackets.
  package var hasLayer: Bool
  /// The notes leave the layer out; it may be given all the same.
  package var hasUnwrittenLayer = false
  /// A vector with an index that stays fixed, as the weights `w_j^l` into one neuron.
  package var isVector = false

  package init(
    lower: Int, upper: Int, hasLayer: Bool, hasUnwrittenLayer: Bool = false, isVector: Bool = false
  ) {
    self.isVector = isVector
    self.lower = lower
    self.upper = upper
    self.hasLayer = hasLayer
    self.hasUnwrittenLayer = hasUnwrittenLayer
  }
}

/// The names a document declares, as far as reading its language needs them.
package struct Vocabulary: Sendable {
  /// Symbol → the forms it is declared with.
  package var symbols: [String: [SymbolForm]] = [:]
  package var functions: Set<String> = []
  package var indices: Set<String> = []
  package var constants: Set<String> = []
  /// Indices that count examples: `y(x)` is y of example x.
  package var exampleLetters: Set<String> = []
  /// Other spellings of a name: `delta` for `δ`, `L~` for `L̃`.
  package var spellings: [String: String] = [:]
  /// A name that can begin a factor.
  package struct Name: Sendable {
    /// As it may be typed.
    package let typed: [Character]
    /// As the document spells it.
    package let name: String
    /// Letters alone, which end where no letter follows.
    let isWord: Bool
  }

  /// The names that begin with a character, the longest first.
  private var names: [Character: [Name]] = [:]

  /// The longest name a text begins with that `fits`.
  package func name(
    beginning text: some Collection<Character>, where fits: (Name) -> Bool = { _ in true }
  ) -> Name? {
    guard let first = text.first else { return nil }
    return names[first]?.first { text.starts(with: $0.typed) && fits($0) }
  }

  package init() {}

  package static let elementary = Set(ElementaryFunction.allCases.map(\.rawValue))

  /// Names that are a function of the language, or would be taken for one.
  package static func isReserved(_ name: String) -> Bool {
    elementary.contains(name) || ["sum", "max", "min", "grad"].contains(name)
  }

  /// Whether a name reads back as it is written: letters, with their marks, and what may follow one.
  package static func canBeTyped(_ name: String) -> Bool {
    guard let source = try? SourceText(name), source.characters == Array(name),
      let first = name.first, first.isLetter || first.isNumber && first.unicodeScalars.count > 1
    else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "'" }
  }

  /// Sorts the names; call once after the declarations are read.
  package mutating func seal() {
    for name in symbols.keys {
      // Δ̲ may be typed Δ where no other symbol is.
      let plain = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0 != "\u{332}" }))
      if plain != name, symbols[plain] == nil, !functions.contains(plain) {
        spellings[plain] = name
      }
    }
    var all = Set(symbols.keys).union(functions).union(constants).union(Vocabulary.elementary)
    all.formUnion(spellings.keys)
    names = [:]
    for typed in all.map(Array.init).sorted(by: { $0.count > $1.count }) {
      guard let first = typed.first else { continue }
      let text = String(typed)
      names[first, default: []].append(
        Name(
          typed: typed, name: symbols[text] == nil ? spellings[text] ?? text : text,
          isWord: typed.count > 1 && typed.allSatisfy { $0.isASCII && $0.isLetter }))
    }
  }
}

extension Vocabulary {
  /// Declared names close to a word, nearest first, at most three.
  package func nearest(to word: String) -> [String] {
    let candidates = Set(symbols.keys).union(functions).union(spellings.keys)
    return Spelling.nearest(to: word, among: candidates.sorted())
  }
}
