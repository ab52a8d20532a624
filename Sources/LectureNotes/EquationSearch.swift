import IndexNotation

// Equations found by a word: of their role, their place, their conditions, or by their left side.

extension Document {
  /// The relations that a person's words speak of, in the order of the pages.
  ///
  /// A quantity (`δ`, `dE/dw`) finds those with it on the left. Words find a relation that has all of
  /// them in its label and role; else in its section, its text, its conditions. Remarks of this
  /// program are not searched.
  package func equations(about text: String) -> [Int] {
    let pages = sections.flatMap(\.relations)
    if let side = LeftSide(typed: text, self) {
      let exact = pages.filter { leftSide($0)?.isSame(as: side) == true }
      return exact.isEmpty ? pages.filter { leftSide($0)?.isAlike(side) == true } : exact
    }
    let words = Document.words(text)
    guard words.contains(where: { $0.count > 1 }) else { return [] }
    var first: [Int] = []
    var rest: [Int] = []
    for index in pages {
      if Document.has(words, in: headings(index)) {
        first.append(index)
      } else if Document.has(words, in: headings(index) + prose(index)) {
        rest.append(index)
      }
    }
    return first + rest
  }

  private func headings(_ index: Int) -> [String] {
    [equations[index].label, equations[index].role.rawValue]
  }

  private func prose(_ index: Int) -> [String] {
    let equation = equations[index]
    return [equation.section, equation.text, equation.condition].compactMap { $0 }
      + equation.factWords
  }

  /// The words as one finds equations by them, where some are nearly typed: `hidden error`.
  package func respelled(_ text: String) -> String? {
    let known = Set(
      equations.indices.filter { !equations[$0].isBeyondTheNotes }
        .flatMap { headings($0) + prose($0) }.flatMap { Document.words($0).map(String.init) })
    var words: [String] = []
    for word in Document.words(text) {
      if known.contains(where: { $0.hasPrefix(word) }) {
        words.append(String(word))
      } else {
        let long = known.filter { $0.count >= 4 }.sorted()
        guard let near = Spelling.nearest(to: String(word), among: long).first
        else { return nil }
        words.append(near)
      }
    }
    let respelled = words.joined(separator: " ")
    return respelled != text && !equations(about: respelled).isEmpty ? respelled : nil
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }

  /// Whether every word begins a word of the texts.
  private static func has(_ words: [Substring], in texts: [String]) -> Bool {
    let found = texts.flatMap { Document.words($0) }
    return words.allSatisfy { word in found.contains { $0.hasPrefix(word) } }
  }

  private func leftSide(_ index: Int) -> LeftSide? {
    (try? relation(index)).flatMap { LeftSide($0.left, self) }
  }
}

/// What stands left in a relation, without its indices.
private struct LeftSide {
  var top: String
  /// Of a derivative what stands below.
  var bottom: String?
  let document: Document

  init?(_ expression: Expression, _ document: Document) {
    self.document = document
    switch expression {
    case .reference(let reference): top = reference.name
    case .partial(let above, let below): (top, bottom) = (above.name, below.name)
    default: return nil
    }
  }

  /// `dE/dw`, `∂E/∂w[1][1,1]`, `delta`.
  init?(typed text: String, _ document: Document) {
    guard let expression = try? Parser.expression(text, vocabulary: document.vocabulary) else {
      return nil
    }
    self.init(expression, document)
  }

  func isSame(as other: LeftSide) -> Bool { top == other.top && bottom == other.bottom }

  /// Of the same quantities, whatever their letters: of e where E is asked for, of W̲ where w is.
  func isAlike(_ other: LeftSide) -> Bool {
    guard (bottom == nil) == (other.bottom == nil) else { return false }
    let own = [top, bottom].compactMap { $0 }.map { kind($0) }
    let wanted = [other.top, other.bottom].compactMap { $0 }.map { kind($0) }
    return !own.contains(nil) && own == wanted
  }

  private func kind(_ name: String) -> QuantityKind? {
    let element = document.arrays.first { $0.name == name }?.element?.name
    for declaration in document.declarations(of: element ?? name) {
      guard case .quantity(let kind, _) = declaration.binding else { continue }
      return kind == .cost || kind == .outputCost ? .totalCost : kind
    }
    return nil
  }
}
