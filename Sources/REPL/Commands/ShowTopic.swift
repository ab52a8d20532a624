import LectureNotes

/// What `show` shows in a table.
enum ShowTopic: String, CaseIterable {
  case z, a, delta, w, b, gradient, network, data, shapes, history, stops, settings

  /// In words, where the name is a letter.
  private var words: String? {
    switch self {
    case .z: return "weighted inputs"
    case .a: return "activations"
    case .delta: return "errors"
    case .w: return "weights"
    case .b: return "biases"
    case .gradient: return "gradients"
    case .network, .data, .shapes, .history, .stops, .settings: return nil
    }
  }

  private var names: [String] { [rawValue] + (words.map { [$0] } ?? []) }

  /// All that may be typed, the letters of the notes aside.
  static let names = allCases.flatMap(\.names)

  /// What a typed text asks for: a symbol of the notes before a word of the program, which may be
  /// cut short.
  init?(_ text: String, _ document: Document) {
    if let topic = ShowTopic(symbol: text, document) {
      self = topic
      return
    }
    let word = text == "δ" ? "delta" : text
    let exact = ShowTopic.allCases.first { $0.names.contains(word) }
    let begun = ShowTopic.allCases.filter { $0.names.contains { $0.hasPrefix(word) } }
    guard let topic = exact ?? (begun.count == 1 ? begun[0] : nil) else { return nil }
    self = topic
  }

  /// The table of what a symbol, or every entry of an array, is in the network.
  private init?(symbol text: String, _ document: Document) {
    let name =
      document.vocabulary.symbols[text] == nil
      ? document.vocabulary.spellings[text] ?? text : text
    let element = document.arrays.first { $0.name == name }?.element?.name
    let kinds = document.declarations.compactMap { declaration -> QuantityKind? in
      guard declaration.name == name || declaration.name == element,
        case .quantity(let kind, _) = declaration.binding
      else { return nil }
      return kind
    }
    let topics = kinds.compactMap { ShowTopic($0) }
    // Where neuron 0 is the bias, some of the weights are biases.
    guard let topic = topics.first(where: { $0 != .b }) ?? topics.first else { return nil }
    self = topic
  }

  private init?(_ kind: QuantityKind) {
    switch kind {
    case .weightedInput: self = .z
    case .activation: self = .a
    case .error: self = .delta
    case .weight: self = .w
    case .bias: self = .b
    case .gradient: self = .gradient
    case .target: self = .data
    case .cost, .outputCost, .totalCost, .learningRate, .change, .constant: return nil
    }
  }
}
