/// What one typed line did: the moments it took away and those it put in their place.
struct LineRecord: Sendable {
  /// The moment on screen before and after.
  var before: Int
  var after: Int
  /// So many of the first moments the line left alone.
  var kept: Int
  var removed: Story?
  /// What an undo took away; while the line stands, it is all after `kept`.
  var added: Story?
  /// nil where the line left the view alone.
  var view: (before: View, after: View)?

  /// Whether it went on from the last moment and did nothing but add some, up to `current`.
  func isPlain(_ current: Int, of count: Int) -> Bool {
    before == kept - 1 && removed == nil && view == nil && current == count - 1
  }
}

/// Typed lines to undo or redo, the last on top.
///
/// Nearly all lines go on from the last moment and only add some: of these the number of moments
/// before them is enough.
struct LineStack: Sendable {
  /// The moments before a line, or `other`.
  private var kept: [Int32] = []
  private var others: [LineRecord] = []
  private static let other: Int32 = -1

  var isEmpty: Bool { kept.isEmpty }

  mutating func push(_ record: LineRecord, isPlain: Bool) {
    if isPlain, let count = Int32(exactly: record.kept) {
      kept.append(count)
    } else {
      kept.append(LineStack.other)
      others.append(record)
    }
  }

  mutating func pop() -> LineRecord? {
    guard let count = kept.popLast() else { return nil }
    guard count == LineStack.other else {
      return LineRecord(before: Int(count) - 1, after: -1, kept: Int(count))
    }
    return others.popLast()
  }

  mutating func thin() {
    for index in others.indices {
      others[index].removed?.thin()
      others[index].added?.thin()
    }
  }

  var checkpointBytes: Int {
    others.reduce(0) {
      $0 + ($1.removed?.checkpointBytes ?? 0) + ($1.added?.checkpointBytes ?? 0)
    }
  }
}
