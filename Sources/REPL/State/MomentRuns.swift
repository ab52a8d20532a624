/// The kinds of moments in a row, those that are alike together: a word each.
struct MomentRuns: Sendable {
  /// One kind, and the index behind its last moment.
  struct Run: Sendable {
    private var word: UInt64

    init(_ kind: MomentKind, to end: Int) {
      word = UInt64(kind.rawValue) << 56 | UInt64(end)
    }

    var kind: MomentKind {
      guard let kind = MomentKind(rawValue: UInt8(word >> 56)) else {
        preconditionFailure("only kinds are put in")
      }
      return kind
    }

    var end: Int { Int(word & 0xff_ffff_ffff_ffff) }
  }

  private var runs: [Run] = []

  var count: Int { runs.last?.end ?? 0 }

  mutating func append(_ kind: MomentKind, count added: Int = 1) {
    guard added > 0 else { return }
    let end = count + added
    if let last = runs.last, last.kind == kind {
      runs[runs.count - 1] = Run(kind, to: end)
    } else {
      runs.append(Run(kind, to: end))
    }
  }

  mutating func append(_ other: MomentRuns) {
    var start = 0
    for run in other.runs {
      append(run.kind, count: run.end - start)
      start = run.end
    }
  }

  /// Takes the moments from `count` on away; what is returned counts from 0.
  mutating func cut(to count: Int) -> MomentRuns {
    var removed = MomentRuns()
    guard count < self.count else { return removed }
    let first = place(of: count)
    var start = count
    for run in runs[first...] {
      removed.append(run.kind, count: run.end - start)
      start = run.end
    }
    let kind = runs[first].kind
    runs.removeLast(runs.count - first)
    append(kind, count: count - self.count)
    return removed
  }

  /// Where the run of a moment stands.
  private func place(of index: Int) -> Int { runs.partitioningIndex { $0.end > index } }

  subscript(index: Int) -> MomentKind { runs[place(of: index)].kind }

  /// The moments of one kind around a moment.
  func run(around index: Int) -> Range<Int> {
    let place = place(of: index)
    return (place == 0 ? 0 : runs[place - 1].end)..<runs[place].end
  }

  /// The stretches of one kind that make up some moments.
  func stretches(_ range: Range<Int>) -> [(kind: MomentKind, count: Int)] {
    var found: [(kind: MomentKind, count: Int)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(run(around: start).upperBound, range.upperBound)
      found.append((self[start], end - start))
      start = end
    }
    return found
  }

  /// The last moment at or before `index` whose kind is meant.
  func last(atOrBefore index: Int, where isMeant: (MomentKind) -> Bool) -> Int? {
    var index = index
    while index >= 0 {
      if isMeant(self[index]) { return index }
      index = run(around: index).lowerBound - 1
    }
    return nil
  }
}

extension Array {
  /// The first index whose element belongs, where all behind it do.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
