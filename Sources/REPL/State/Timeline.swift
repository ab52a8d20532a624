import Backprop

/// The moments so far, and one record a typed line for undo and redo.
///
/// States are kept for commands and about every quarter of a millisecond of work; all others are
/// computed again from them.
package struct Timeline: Sendable {
  private var story: Story
  /// The moment on screen, from 0; −1 before the first.
  package private(set) var current = -1
  private var undone = LineStack()
  private var done = LineStack()
  private var open: LineRecord?
  /// What all checkpoints hold, those that undo would bring back included.
  private var checkpointBytes = 0
  /// How much sparser checkpoints have become than at first.
  private var stride = 1

  private let pace: CheckpointPace

  /// The timeline before a script that is included.
  private final class Before: Sendable {
    let timeline: Timeline
    init(_ timeline: Timeline) { self.timeline = timeline }
  }
  private var beforeScript: Before?
  /// While a script runs: how many of the first moments it has left alone.
  private var untouched = 0

  package init(_ pace: CheckpointPace = CheckpointPace()) {
    self.pace = pace
    story = Story(pace)
  }

  package var count: Int { story.count }

  // MARK: typed lines

  /// Before a typed line runs.
  package mutating func beginLine() {
    open = nil
  }

  /// After a typed line: it can be undone if it changed anything.
  ///
  /// - Parameter view: if it has changed, as it was before and is now.
  /// - Returns: whether it made moments or went to another, and the moments that are gone by it.
  @discardableResult
  mutating func endLine(view: (before: View, after: View)? = nil) -> (
    hasMoved: Bool, lost: Range<Int>
  ) {
    let hasMoved = open != nil
    if let view {
      touch(keeping: story.count)
      open?.view = view
    }
    guard var record = open else { return (false, 0..<0) }
    open = nil
    record.after = current
    let lost = record.removed.map { record.kept..<record.kept + $0.count } ?? 0..<0
    done.push(record, isPlain: record.isPlain(current, of: story.count))
    if !undone.isEmpty { undone = LineStack() }
    return (hasMoved, lost)
  }

  /// After a typed line that failed: nothing of it remains.
  mutating func abandonLine() {
    guard let record = open else { return }
    open = nil
    _ = story.cut(to: record.kept)
    if let removed = record.removed { story.append(removed) }
    current = record.before
  }

  /// Takes back the last typed line, which is returned.
  mutating func undo() -> LineRecord? {
    guard var record = done.pop() else { return nil }
    untouched = min(untouched, record.kept)
    record.after = current
    record.added = story.cut(to: record.kept)
    if let removed = record.removed { story.append(removed) }
    current = record.before
    undone.push(record, isPlain: false)
    return record
  }

  mutating func redo() -> LineRecord? {
    guard var record = undone.pop() else { return nil }
    untouched = min(untouched, record.kept)
    _ = story.cut(to: record.kept)
    if let added = record.added { story.append(added) }
    current = record.after
    record.added = nil
    done.push(record, isPlain: record.isPlain(current, of: story.count))
    return record
  }

  // MARK: scripts

  /// The lines of a script: a later one can undo them one by one, the line that includes the script
  /// all together.
  /// - Returns: false within a script that is included already, to which these lines belong.
  mutating func beginScript() -> Bool {
    guard beforeScript == nil else { return false }
    beforeScript = Before(self)
    untouched = story.count
    (done, undone) = (LineStack(), LineStack())
    return true
  }

  /// The line that included the script is what all its lines did.
  mutating func endScript() {
    guard let before = beforeScript?.timeline else { return }
    beforeScript = nil
    let isChanged = !done.isEmpty || !undone.isEmpty
    (done, undone) = (before.done, before.undone)
    guard isChanged else { return }
    open = LineRecord(
      before: before.current, after: current, kept: untouched,
      removed: untouched < before.story.count ? before.story.suffix(from: untouched) : nil)
  }

  /// After a script that failed: nothing of it remains.
  mutating func abandonScript() {
    if let before = beforeScript?.timeline { self = before }
  }

  // MARK: changing

  private mutating func touch(keeping kept: Int) {
    untouched = min(untouched, kept)
    if open == nil { open = LineRecord(before: current, after: current, kept: story.count) }
    guard let record = open, kept < record.kept else { return }
    // What this line added itself is no loss.
    _ = story.cut(to: max(kept, record.kept))
    var removed = story.cut(to: kept)
    if let later = record.removed { removed.append(later) }
    if !removed.isEmpty { open?.removed = removed }
    open?.kept = kept
  }

  /// Makes the present moment the last one; undo has those after it.
  private mutating func beginMoment() {
    if open == nil || current + 1 < story.count {
      touch(keeping: current + 1)
      if current + 1 < story.count { _ = story.cut(to: current + 1) }
    }
  }

  /// A new moment after the one on screen; later ones are gone (undo has them).
  ///
  /// - Parameter documentID: the notes whose letters the command is in.
  mutating func append(
    command name: String, in documentID: String, isView: Bool, _ state: State
  ) {
    beginMoment()
    story.append(command: name, in: documentID, isView: isView, state)
    current += 1
  }

  /// A computation that has led to `state`.
  mutating func append(computation kind: MomentKind, _ state: State) {
    beginMoment()
    let bytes = story.append(computation: kind, state, stride: stride)
    current += 1
    if bytes > 0 { keep(bytes) }
  }

  /// One or more updates, as they were recorded.
  mutating func append(training first: MomentKind, steps: Int, _ recorder: TrainingRecorder) {
    beginMoment()
    stride = recorder.stride
    keep(story.append(training: first, steps: steps, recorder.checkpoints))
    current += steps
  }

  /// How a training is to be recorded here.
  func recorder(_ start: State) -> TrainingRecorder {
    TrainingRecorder(start, after: current, limit: pace.bytes, stride: stride)
  }

  private mutating func keep(_ bytes: Int) {
    checkpointBytes += bytes
    guard checkpointBytes > pace.bytes else { return }
    // Some may have gone since they were counted.
    checkpointBytes = countedBytes
    while checkpointBytes > pace.bytes {
      let before = checkpointBytes
      story.thin()
      open?.removed?.thin()
      done.thin()
      undone.thin()
      stride *= 2
      checkpointBytes = countedBytes
      guard checkpointBytes < before else { return }
    }
  }

  private var countedBytes: Int {
    story.checkpointBytes + (open?.removed?.checkpointBytes ?? 0) + done.checkpointBytes
      + undone.checkpointBytes
  }

  /// Goes to another moment without changing any.
  package mutating func go(to index: Int) {
    touch(keeping: story.count)
    current = index
  }

  // MARK: reading

  /// All numbers and settings of a moment, exactly.
  package func state(at index: Int) -> State { story.state(at: index) }

  func kind(at index: Int) -> MomentKind { story.kinds[index] }

  /// The computation that led to a moment, with the states around it; nil for other moments.
  func step(at index: Int) -> (before: State, after: State, computation: Computation)? {
    let kind = story.kinds[index]
    switch kind {
    case .command, .view, .firstOfEpochs, .firstOfSteps, .trained: return nil
    case .layer, .neuron:
      let before = story.state(at: index - 1)
      var after = before
      guard let computation = try? after.advance(byNeuron: kind == .neuron) else { return nil }
      return (before, after, computation)
    }
  }

  /// What `show history` calls a command, and the notes it was typed in; nil for a computation.
  func command(at index: Int) -> (name: String, documentID: String)? {
    let anchor = story.anchor(before: index)
    guard !kind(at: index).isComputation, let name = anchor.name, let id = anchor.documentID
    else { return nil }
    return (name, id)
  }

  /// The updates up to this one in its training, from 1.
  func trainedSteps(at index: Int) -> Int { index - story.firstOfTraining(index) + 1 }

  func firstOfTraining(_ index: Int) -> Int { story.firstOfTraining(index) }

  /// The last kept state at or before a moment.
  func anchor(before index: Int) -> (index: Int, state: State) {
    let anchor = story.anchor(before: index)
    return (anchor.index, anchor.state)
  }

  /// How some moments came about, those alike together.
  func stretches(_ range: Range<Int>) -> [(kind: MomentKind, count: Int)] {
    story.kinds.stretches(range)
  }

  /// The last moment at or before `index` that is more than another view of the one before it.
  func lastNumbers(before index: Int) -> Int {
    story.kinds.last(atOrBefore: index) { $0 != .view } ?? 0
  }

  /// The last computation at or before a moment.
  func lastComputation(before index: Int) -> Int? {
    story.kinds.last(atOrBefore: index) { $0.isComputation }
  }

  /// Where a state is kept that is no command's.
  var checkpointIndices: [Int] { story.anchors.filter(\.isCheckpoint).map(\.index) }

  /// The moments, and what of them is kept only to compute others from.
  package var memory: (moments: Int, checkpoints: Int, bytes: Int) {
    (story.count, story.checkpointCount, story.checkpointBytes)
  }
}
