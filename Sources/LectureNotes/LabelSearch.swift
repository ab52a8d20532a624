import IndexNotation

// A label as a person types it, and the equations it names.

extension Document {
  /// The numbers of the equations with a label, in the order of the file; beyond-the-notes ones have
  /// none.
  package func equations(labelled text: String) -> [Int] {
    let wanted = Document.bare(text)
    guard !wanted.isEmpty else { return [] }
    let own = equations.indices.filter { !equations[$0].isBeyondTheNotes }
    let exact = own.filter { bareLabels[$0].contains(wanted) }
    guard exact.isEmpty else { return exact }
    // (9) names the lines (9a), (9b), (9c); Theorem 2 the place §3, Theorem 2.
    let parts = own.filter { index in
      ([equations[index].label] + equations[index].aliases).contains { label in
        let bare = Document.bare(label)
        if bare.hasPrefix(wanted), bare.count == wanted.count + 1,
          wanted.last?.isNumber == true, bare.last?.isLetter == true
        {
          return true
        }
        return label.split(separator: ",").contains { Document.bare(String($0)) == wanted }
      }
    }
    return parts
  }

  /// Every label and alias, once.
  package var labels: [String] {
    var seen: Set<String> = []
    return equations.filter { !$0.isBeyondTheNotes }.flatMap { [$0.label] + $0.aliases }
      .filter { seen.insert($0).inserted }
  }

  /// The labels as they are printed, in the order of the pages, each once; no alias.
  package var printedLabels: [String] { printedLabels { _ in true } }

  /// Those of equations that have misprints.
  package var labelsWithMisprints: [String] { printedLabels { !$0.misprints.isEmpty } }

  /// Whether a label begins like that.
  package func beginsLabel(_ text: some StringProtocol) -> Bool {
    let wanted = Document.bare(String(text))
    return printedLabels.contains { Document.bare($0).hasPrefix(wanted) }
  }

  private func printedLabels(where isWanted: (Equation) -> Bool) -> [String] {
    var seen: Set<String> = []
    return sections.flatMap(\.relations).map { equations[$0] }.filter(isWanted).map(\.label)
      .filter { seen.insert($0).inserted }
  }

  package func nearestLabels(to text: String) -> [String] {
    let bare = labels.map { Document.bare($0) }
    let near = Spelling.nearest(to: Document.bare(text), among: bare)
    return near.compactMap { word in bare.firstIndex(of: word).map { labels[$0] } }
  }

  /// Without quotes, parentheses and case: `(2)`, `2`, `“Goal”` and `goal` are what the eye finds.
  package static func bare(_ label: String) -> String {
    var result = ""
    for character in label.lowercased() {
      switch character {
      case "(", ")", "“", "”", "\"", ".": continue
      case "′", "’": result.append("'")
      default: result.append(character)
      }
    }
    if result.hasPrefix("section ") { result = "§" + result.dropFirst("section ".count) }
    return result.split(separator: " ").joined(separator: " ")
  }
}
