/// Did-you-mean: Damerau–Levenshtein distance (insert, delete, replace, swap neighbours).
package enum Spelling {
  package static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let change = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }

  /// At most three, nearest first; how far depends on the length of the word.
  package static func nearest(to word: String, among candidates: [String]) -> [String] {
    guard word.count >= 3, word.count <= 40 else { return [] }
    let limit = word.count <= 4 ? 1 : (word.count <= 8 ? 2 : 3)
    return
      candidates
      .map { (distance($0.lowercased(), word.lowercased()), $0) }
      .filter { $0.0 <= limit }
      .sorted { $0 < $1 }
      .prefix(3).map(\.1)
  }
}
