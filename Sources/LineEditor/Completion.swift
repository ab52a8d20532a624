/// What the word before the cursor could become.
package struct Completion: Equatable, Sendable {
  /// Where the word begins, in characters.
  package var start: Int
  package var candidates: [String]
  /// What follows a single candidate: a blank, or nothing if the word may go on.
  package var suffix: String

  package init(start: Int, candidates: [String], suffix: String = " ") {
    self.start = start
    self.candidates = candidates
    self.suffix = suffix
  }

  package enum Outcome: Equatable {
    case nothing
    /// Replaces the `removing` scalars before the cursor.
    case insert(String, removing: Int)
    case list
  }

  package func outcome(after text: String) -> Outcome {
    guard let first = candidates.first else { return .nothing }
    let typed = String(text.dropFirst(start)).unicodeScalars
    var common = first.unicodeScalars[...]
    for candidate in candidates.dropFirst() {
      let agreed = zip(common, candidate.unicodeScalars).prefix { $0 == $1 }.count
      common = common.prefix(agreed)
    }
    let end = candidates.count == 1 ? suffix : ""
    if common.starts(with: typed) {
      let rest = String(common.dropFirst(typed.count)) + end
      if !rest.isEmpty { return .insert(rest, removing: 0) }
    } else if candidates.count == 1 || common.count > typed.count {
      return .insert(String(common) + end, removing: typed.count)
    }
    return candidates.count == 1 ? .nothing : .list
  }
}
