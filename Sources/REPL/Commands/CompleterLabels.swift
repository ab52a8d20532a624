import LectureNotes

// Labels as the notes print them, in the order of their pages; what is typed needs no quotation
// marks, no parentheses, no capitals.

extension Completer {
  /// - Parameters:
  ///   - others: words that may stand in place of a label.
  ///   - ends: words that may follow one.
  func labels(
    _ characters: [Character], after first: Int, _ labels: [String], others: [String] = [],
    ends: [String] = []
  ) -> Offer {
    let blanks = characters.prefix { $0 == " " }.count
    var start = blanks + first
    while start < characters.count, characters[start] == " " { start += 1 }
    let typed = String(characters[start...])
    let wanted = Document.bare(typed)
    let isWhole = typed.hasSuffix(" ") && labels.contains { Document.bare($0) == wanted }
    guard !isWhole else { return rest(of: wanted, characters.count, labels, ends) }
    let matches = labels.filter { Document.bare($0).hasPrefix(wanted) }
    return Offer(
      start: start, candidates: others.filter { $0.hasPrefix(typed) } + matches,
      suffix: " ")
  }

  /// After a whole label: how a longer one goes on, and the words that may follow.
  private func rest(
    of wanted: String, _ start: Int, _ labels: [String], _ ends: [String]
  ) -> Offer {
    let count = wanted.split(separator: " ").count
    let longer = labels.filter { Document.bare($0).hasPrefix(wanted + " ") }
      .map { $0.split(separator: " ").dropFirst(count).joined(separator: " ") }
    return Offer(start: start, candidates: longer + ends, suffix: " ")
  }
}
