import Backprop
import IndexNotation

/// What part an equation plays; stepping asks for these.
package enum Role: String, CaseIterable, Sendable {
  case definition
  case forward
  case cost
  case costTerm = "cost term"
  case costGradient = "cost gradient"
  case outputError = "output error"
  case hiddenError = "hidden error"
  case constantError = "constant error"
  case biasGradient = "bias gradient"
  case weightGradient = "weight gradient"
  case batchCost = "batch cost"
  case batchGradient = "batch gradient"
  case update
  /// Vectors and matrices; shown above its component form.
  case matrix
  /// A derivative or a value that a proof uses.
  case identity
  /// A step of a proof, or a restatement.
  case derivation
  case code
  /// A row of a table of shapes.
  case shape
  /// A line of an algorithm in words.
  case algorithm
}

/// An equation of a document as its file states it; the formula is parsed when first used.
package struct Equation: Sendable {
  /// What a reader finds in the notes: `(2)`, `“activation”`, `line 6`.
  package var label: String
  package var role: Role
  package var aliases: [String] = []
  package var section: String?
  package var formula = PlacedText()
  /// The printed form where it differs, as far as it can be evaluated.
  package var printed: PlacedText?
  /// What stands on the page, where the language cannot carry it: dots, code, words.
  package var text: String?
  /// Values for indices that the printed form leaves without one: `j = 1`.
  var printedValues: [IndexSetting] = []
  package var shape: PlacedText?
  package var misprints: [String] = []
  /// How many of them the printed form shows; the others only touch the relation.
  package var shownMisprintCount = 0
  /// Those that change a value; the label gets a †.
  package var harmfulMisprints: [String] = []
  package var misprintChangesValue: Bool { !harmfulMisprints.isEmpty }
  /// The misprints that can be tried: those the printed form shows.
  package var shownMisprints: [String] {
    printed == nil ? [] : Array(misprints.prefix(shownMisprintCount))
  }
  /// Indices for which the misprint does harm, as `l = L`; elsewhere the print is right.
  var misprintConditions: [IndexCondition] = []
  package var facts: [Fact] = []
  /// The facts as the file has them.
  package var factWords: [String] = []
  /// The comparisons of `where`, as the file has them and read.
  package var condition: String?
  var conditions: [IndexCondition] = []
  package var note: String?
  /// The label of the numbered relation that this is the component form of.
  package var componentOf: [String] = []
  /// The component form has a place of its own in the notes, to be named beside it.
  package var showsOwnLabel = false
  /// The label of the relation that this restates; it is named beside it and never cited.
  package var restates: String?
  /// The formula follows from the notes but is not in them; it has no label.
  package var isBeyondTheNotes: Bool { label == Equation.beyond }
  /// The line of the file, for errors.
  package var line = 0

  /// There is a formula to evaluate.
  package var isEvaluable: Bool { !formula.isEmpty || shape != nil }

  package static let beyond = "beyond the notes"
}

/// What a new network takes from the notes.
package struct DocumentModel: Sendable {
  package var cost: Cost = .quadratic
  package var reduction: Reduction = .mean
  package var direction: Direction = .descent
  package var rate = 1.0
  package var biasMode: BiasMode = .perNeuron
  package var hidden: Activation = .sigmoid
  package var output: Activation = .sigmoid
}

/// One set of lecture notes: its letters, its equations, its conventions.
package final class Document {
  package let id: String
  /// The line of the file that names it.
  package var line = 1
  package var title = ""
  /// One line that recognises the notes, and one that says what a switch to them changes.
  package var about = ""
  package var speaking = ""
  package var source = ""
  package var model = DocumentModel()
  package var vocabulary = Vocabulary()
  package var indices: [String: IndexMeaning] = [:]
  package var constants: [ConstantDeclaration] = []
  package var functions: [String: FunctionMeaning] = [:]
  package var functionOrder: [String] = []
  package var declarations: [Declaration] = [] {
    didSet { (byName, byKind) = ([:], [:]) }
  }
  package var arrays: [ArrayDeclaration] = []
  package var equations: [Equation] = []
  /// The number these notes give the inputs, 0 in most: that of a layer of the engine is so much less.
  package private(set) lazy var layerOrigin = layerOfInputs
  /// Labels and aliases without quotes and parentheses, as they are looked up.
  private(set) lazy var bareLabels: [[String]] = equations.map { equation in
    ([equation.label] + equation.aliases).map { Document.bare($0) }
  }
  package var styles: [String: SymbolStyle] = [:]
  /// Words of the notes for a quantity they lack, as `bias: gonzalez has no bias; …`.
  package var absences: [String: String] = [:]
  /// Lines of commands that build the example the notes themselves work through.
  package var exampleCommands: [PlacedText] = []
  /// Lines of the notes' own algorithm that a phase carries out: `forward` → `line 4`.
  package var algorithm: [String: String] = [:]
  private var byName: [String: [Declaration]] = [:]
  private var byKind: [QuantityKind: [Declaration]] = [:]
  package var errata: [Erratum] = []
  private var relations: [Int: Relation] = [:]
  private var printedRelations: [Int: Relation] = [:]
  private var nextSymbol = 1
  private var prepared: [PreparedSymbol??] = []
  private var layerNeeds: [Int: Bool] = [:]
  private var citations: [Target: Citation?] = [:]
  private var citedFacts: NetworkFacts?

  /// What `document` may be followed by, besides a name.
  package static let words: Set<String> = ["list", "load", "lint", "example"]

  package init(id: String) {
    self.id = id
  }

  package var renderer: Renderer { Renderer(styles: styles) }

  /// Its own relations that have something to evaluate.
  package var tried: [Int] {
    equations.indices.filter { !equations[$0].isBeyondTheNotes && equations[$0].isEvaluable }
  }

  /// The parsed formula of equation number `index`.
  package func relation(_ index: Int) throws(SyntaxError) -> Relation {
    if let known = relations[index] { return known }
    guard !equations[index].formula.isEmpty else {
      throw SyntaxError("\(equations[index].label) states nothing to evaluate", at: .none)
    }
    let parsed = try Parser.relation(equations[index].formula.text, vocabulary: vocabulary)
      .numbered(from: &nextSymbol)
    relations[index] = parsed
    return parsed
  }

  /// The relation as printed, where it differs and can be read.
  package func printedRelation(_ index: Int) throws(SyntaxError) -> Relation? {
    guard let printed = equations[index].printed else { return nil }
    if let known = printedRelations[index] { return known }
    let parsed = try Parser.relation(printed.text, vocabulary: vocabulary)
      .numbered(from: &nextSymbol)
    printedRelations[index] = parsed
    return parsed
  }

  /// Whether a function of the relation takes its layer from the left side: its argument is no one
  /// symbol.
  func needsLayerOfLeft(_ index: Int) -> Bool {
    if let known = layerNeeds[index] { return known }
    let forms = [try? relation(index), try? printedRelation(index)]
    let needs = forms.contains { form in
      form?.sides.contains { $0.expression.appliesToMoreThanASymbol } ?? false
    }
    layerNeeds[index] = needs
    return needs
  }

  package func shapeClaim(_ index: Int) throws(SyntaxError) -> ShapeClaim? {
    guard let shape = equations[index].shape else { return nil }
    return try ShapeClaim.parse(shape.text, vocabulary: vocabulary)
  }

  /// What the form of a numbered symbol tells; nil where it tells nothing, or for a typed symbol.
  func prepared(_ reference: Reference) -> PreparedSymbol? {
    let number = reference.number.value
    guard number > 0 else { return nil }
    if number >= prepared.count {
      prepared += [PreparedSymbol??](repeating: nil, count: nextSymbol - prepared.count)
    }
    if let known = prepared[number] { return known }
    let found = PreparedSymbol(reference, self)
    prepared[number] = .some(found)
    return found
  }

  /// Numbers a symbol that is read apart from any relation.
  func numbered(_ reference: Reference) -> Reference { reference.numbered(from: &nextSymbol) }

  /// The declared rows of a symbol, in the order of the file.
  func declarations(of name: String) -> [Declaration] {
    if let known = byName[name] { return known }
    let rows = declarations.filter { $0.name == name }
    byName[name] = rows
    return rows
  }

  /// The declared rows that stand for quantities of a kind.
  func declarations(of kind: QuantityKind) -> [Declaration] {
    if let known = byKind[kind] { return known }
    let rows = declarations.filter {
      if case .quantity(kind, _) = $0.binding { true } else { false }
    }
    byKind[kind] = rows
    return rows
  }

  func cachedCitation(_ target: Target, _ facts: NetworkFacts) -> Citation?? {
    if citedFacts != facts {
      citations = [:]
      citedFacts = facts
    }
    return citations[target]
  }

  func cache(_ citation: Citation?, _ target: Target, _ facts: NetworkFacts) {
    citations[target] = .some(citation)
  }

  /// Whether a line of this document can be printed with raised and lowered glyphs: there is no
  /// raised or lowered comma.
  package var hasGlyphs: Bool {
    !styles.values.contains { $0.commaInLower }
      && !declarations.contains { $0.upper.count > 1 }
  }

  /// Whether a letter stands for the layer that the other letters are counted from.
  package func numbersCurrentLayer(_ letter: String) -> Bool {
    indices.values.contains {
      if case .neuronOfLayer(let slot) = $0 { return slot.base == .variable(letter) }
      return false
    }
  }
}
