/// One moment: all numbers and settings after a command or a computation.
package struct Moment: Sendable {
  package var state: State
  /// What made it, as `show history` lists it: `net mazur`, `backward 2`.
  package var name: String
  /// The computation, if the moment is one.
  package var computation: Computation?

  package init(state: State, name: String, computation: Computation? = nil) {
    self.state = state
    self.name = name
    self.computation = computation
  }
}

/// The moments so far, and one record a typed line for undo and redo.
package struct Timeline: Sendable {
  package private(set) var moments: [Moment] = []
  /// The moment on screen.
  package private(set) var current = -1

  /// What one typed line did: the moments it took away and those it put in their place.
  private struct LineRecord: Sendable {
    var before: Int
    var kept: Int
    var removed: [Moment]
    var added: [Moment]
    var after: Int
  }
  private var undone: [LineRecord] = []
  private var done: [LineRecord] = []
  private var open: LineRecord?

  package init() {}

  package var count: Int { moments.count }

  /// Before a typed line runs.
  package mutating func beginLine() {
    open = nil
  }

  /// After a typed line: it can be undone if it changed anything.
  package mutating func endLine() {
    guard var record = open else { return }
    record.added = Array(moments[record.kept...])
    record.after = current
    done.append(record)
    undone = []
    open = nil
  }

  /// After a typed line that failed: nothing of it remains.
  package mutating func abandonLine() {
    guard let record = open else { return }
    moments.removeLast(moments.count - record.kept)
    moments += record.removed
    current = record.before
    open = nil
  }

  private mutating func touch(keeping kept: Int) {
    if open == nil {
      open = LineRecord(
        before: current, kept: kept, removed: Array(moments[kept...]), added: [], after: current)
    } else if let record = open, kept < record.kept {
      open?.removed = Array(moments[kept..<record.kept]) + record.removed
      open?.kept = kept
    }
  }

  /// A new moment after the one on screen; later ones are gone (undo has them).
  package mutating func append(_ moment: Moment) {
    touch(keeping: current + 1)
    moments.removeLast(moments.count - (current + 1))
    moments.append(moment)
    current += 1
  }

  /// Goes to another moment without changing any.
  package mutating func go(to index: Int) {
    touch(keeping: moments.count)
    current = index
  }

  /// Takes back the last typed line; false if there is none.
  package mutating func undo() -> Bool {
    guard let record = done.popLast() else { return false }
    moments.removeLast(moments.count - record.kept)
    moments += record.removed
    current = record.before
    undone.append(record)
    return true
  }

  package mutating func redo() -> Bool {
    guard let record = undone.popLast() else { return false }
    moments.removeLast(moments.count - record.kept)
    moments += record.added
    current = record.after
    done.append(record)
    return true
  }
}
