// The relations of a document in the order of its pages.

extension Document {
  /// The relations of the notes by section, as a reader meets them.
  package var sections: [(title: String?, relations: [Int])] {
    var found: [(title: String?, relations: [Int])] = []
    for index in equations.indices where !equations[index].isBeyondTheNotes {
      let title = equations[index].section
      if let place = found.firstIndex(where: { $0.title == title }) {
        found[place].relations.append(index)
      } else {
        found.append((title, [index]))
      }
    }
    return found.map { ($0.title, inPageOrder($0.relations)) }
      .enumerated().sorted {
        (Document.number(of: $0.element.0), $0.offset)
          < (Document.number(of: $1.element.0), $1.offset)
      }
      .map { (title: $0.element.0, relations: $0.element.1) }
  }

  /// `§1.0.3` before `§2`; a section without a number is where the file has it.
  private static func number(of section: String?) -> String {
    guard let section, section.hasPrefix("§") else { return "" }
    return String(section.dropFirst().prefix { $0.isNumber || $0 == "." })
  }

  /// By the number in the label, `before (4)` between `(3)` and `(4)`; what has none stays with the
  /// one before it in the file.
  private func inPageOrder(_ relations: [Int]) -> [Int] {
    var last = 0.0
    let keyed = relations.enumerated().map { offset, index in
      last = Document.position(of: equations[index].label) ?? last
      return (key: last, offset: offset, index: index)
    }
    return keyed.sorted { ($0.key, $0.offset) < ($1.key, $1.offset) }.map(\.index)
  }

  private static func position(of label: String) -> Double? {
    guard let open = label.firstIndex(of: "("),
      let number = Double(String(label[label.index(after: open)...].prefix { $0.isNumber }))
    else { return nil }
    if label.hasPrefix("before ") { return number - 0.5 }
    if label.hasPrefix("after ") { return number + 0.5 }
    return label.hasPrefix("(") ? number : nil
  }
}
