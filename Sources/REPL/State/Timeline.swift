import LectureNotes

/// One moment: all numbers and settings after a command or a computation.
///
/// A class only so that a timeline of many thousand is a list of pointers.
package final class Moment: Sendable {
  package let state: State
  /// The computation, if the moment is one.
  package let computation: Computation?
  /// The same numbers, seen otherwise.
  package let isView: Bool
  package let setting: StepSetting
  private let command: String

  package init(state: State, name: String, isView: Bool = false) {
    self.state = state
    self.isView = isView
    command = name
    computation = nil
    setting = StepSetting(state)
  }

  /// - Parameter setting: that of the moment before, as a computation changes none.
  package init(state: State, _ computation: Computation, _ setting: StepSetting? = nil) {
    self.state = state
    self.computation = computation
    self.setting = setting ?? StepSetting(state)
    isView = false
    command = ""
  }

  /// What made it, as `show history` lists it: `net mazur`, `backward 2`.
  package var name: String {
    guard let computation else { return command }
    var name = computation.stage.words
    if let neurons = computation.neurons, neurons != layer(of: computation) {
      name += ", neuron \(neurons.lowerBound)"
    }
    if state.reduction == .perExample, state.examples.count > 1 {
      name += ", example \(state.example)"
    }
    return name
  }

  private func layer(of computation: Computation) -> ClosedRange<Int>? {
    switch computation.stage {
    case .forward(let layer), .backward(let layer):
      return state.network.map { 1...$0.shape.sizes[layer] }
    case .cost, .update: return computation.neurons
    }
  }
}

/// The notes in use, and those that were loaded.
package struct NotesInUse: Equatable, Sendable {
  var documentID: String
  var loaded: [LoadedDocument]

  init(_ state: State) {
    documentID = state.documentID
    loaded = state.loaded
  }
}

/// The moments so far, and one record a typed line for undo and redo.
package struct Timeline: Sendable {
  package private(set) var moments: [Moment] = []
  /// The moment on screen.
  package private(set) var current = -1
  /// The notes in use before the first moment.
  private(set) var origin: NotesInUse

  /// What one typed line did: the moments it took away and those it put in their place. Nearly all
  /// lines only add moments, and their records are four words.
  private struct LineRecord: Sendable {
    var before: Int
    var kept: Int
    var after: Int
    private var rest: Rest?

    init(before: Int, kept: Int, after: Int, removed: [Moment], originChange: OriginChange? = nil) {
      (self.before, self.kept, self.after) = (before, kept, after)
      if !removed.isEmpty { self.removed = removed }
      if originChange != nil { self.originChange = originChange }
    }

    var removed: [Moment] {
      get { rest?.removed ?? [] }
      set { rest = Rest(newValue, added, originChange) }
    }
    /// What an undo took away; while the line stands, it is all after `kept`.
    var added: [Moment] {
      get { rest?.added ?? [] }
      set { rest = Rest(removed, newValue, originChange) }
    }
    /// nil where the line left the notes before the first moment alone.
    var originChange: OriginChange? {
      get { rest?.originChange }
      set { rest = Rest(removed, added, newValue) }
    }

    private final class Rest: Sendable {
      let removed: [Moment]
      let added: [Moment]
      let originChange: OriginChange?

      init(_ removed: [Moment], _ added: [Moment], _ originChange: OriginChange?) {
        (self.removed, self.added, self.originChange) = (removed, added, originChange)
      }
    }
  }

  private struct OriginChange: Sendable {
    let before: NotesInUse
    let after: NotesInUse

    init?(_ before: NotesInUse, _ after: NotesInUse) {
      guard before != after else { return nil }
      (self.before, self.after) = (before, after)
    }
  }
  private var undone: [LineRecord] = []
  private var done: [LineRecord] = []
  private var open: LineRecord?

  /// The timeline before a script that is included.
  private final class Before: Sendable {
    let timeline: Timeline
    init(_ timeline: Timeline) { self.timeline = timeline }
  }
  private var beforeScript: Before?
  /// While a script runs: how many of the first moments it has left alone.
  private var untouched = 0

  package init(_ state: State = State()) {
    origin = NotesInUse(state)
  }

  package var count: Int { moments.count }

  /// Before a typed line runs.
  package mutating func beginLine() {
    open = nil
  }

  /// After a typed line: it can be undone if it changed anything.
  package mutating func endLine() {
    guard var record = open else { return }
    record.after = current
    done.append(record)
    if !undone.isEmpty { undone = [] }
    open = nil
  }

  /// After a typed line that failed: nothing of it remains.
  package mutating func abandonLine() {
    guard let record = open else { return }
    moments.removeLast(moments.count - record.kept)
    moments += record.removed
    current = record.before
    origin = record.originChange?.before ?? origin
    open = nil
  }

  /// The lines of a script: a later one can undo them one by one, the line that includes the script
  /// all together.
  /// - Returns: false within a script that is included already, to which these lines belong.
  mutating func beginScript() -> Bool {
    guard beforeScript == nil else { return false }
    beforeScript = Before(self)
    untouched = moments.count
    (done, undone) = ([], [])
    return true
  }

  mutating func endScript() {
    guard let before = beforeScript?.timeline else { return }
    beforeScript = nil
    let isChanged = !done.isEmpty || !undone.isEmpty
    (done, undone) = (before.done, isChanged ? [] : before.undone)
    guard isChanged else { return }
    done.append(
      LineRecord(
        before: before.current, kept: untouched, after: current,
        removed: Array(before.moments[untouched...]),
        originChange: OriginChange(before.origin, origin)))
  }

  /// After a script that failed: nothing of it remains.
  mutating func abandonScript() {
    if let before = beforeScript?.timeline { self = before }
  }

  private mutating func touch(keeping kept: Int) {
    untouched = min(untouched, kept)
    if open == nil {
      open = LineRecord(
        before: current, kept: kept, after: current,
        removed: kept < moments.count ? Array(moments[kept...]) : [])
    } else if let record = open, kept < record.kept {
      open?.removed = Array(moments[kept..<record.kept]) + record.removed
      open?.kept = kept
    }
  }

  /// Speaks other notes before the first moment.
  mutating func begin(with notes: NotesInUse) {
    guard notes != origin else { return }
    touch(keeping: moments.count)
    let before = open?.originChange?.before ?? origin
    open?.originChange = OriginChange(before, notes)
    origin = notes
  }

  /// A new moment after the one on screen; later ones are gone (undo has them).
  package mutating func append(_ moment: Moment) {
    touch(keeping: current + 1)
    if moments.count > current + 1 { moments.removeLast(moments.count - (current + 1)) }
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
    guard var record = done.popLast() else { return false }
    untouched = min(untouched, record.kept)
    record.added = Array(moments[record.kept...])
    moments.removeLast(moments.count - record.kept)
    moments += record.removed
    current = record.before
    origin = record.originChange?.before ?? origin
    undone.append(record)
    return true
  }

  package mutating func redo() -> Bool {
    guard let record = undone.popLast() else { return false }
    untouched = min(untouched, record.kept)
    moments.removeLast(moments.count - record.kept)
    moments += record.added
    current = record.after
    origin = record.originChange?.after ?? origin
    done.append(record)
    return true
  }
}
