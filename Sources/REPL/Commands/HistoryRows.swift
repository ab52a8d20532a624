import Backprop
import IndexNotation
import LectureNotes

// `show history`: numbered and named moments.

extension Session {
  /// Rows beyond these are left to `goto`.
  private static let historyLimit = 200

  /// Numbered and named moments, the one on screen marked; a training is one row.
  package func history() -> [Line] {
    guard timeline.count > 0 else { return ["no moments yet; they begin with a network"] }
    let rows = historyRows()
    var lines: [Line] = []
    if let first = rows.first, first.moments.lowerBound > 0 {
      lines.append(
        Line("moments 1 to \(first.moments.lowerBound) are not listed; goto reaches them"))
    }
    let width = max(4, String(timeline.count).count)
    var replay = Replay(timeline, at: max(0, (rows.first?.moments.lowerBound ?? 0) - 1))
    return lines + rows.flatMap { self.lines($0, &replay, width) } + memoryLines()
  }

  private struct HistoryRow {
    var moments: Range<Int>
    var isTraining: Bool
  }

  private func historyRows() -> [HistoryRow] {
    var rows: [HistoryRow] = []
    var end = timeline.count
    while end > 0, rows.count < Session.historyLimit {
      let isTraining = timeline.kind(at: end - 1).isTraining
      let first = isTraining ? timeline.firstOfTraining(end - 1) : end - 1
      rows.append(HistoryRow(moments: first..<end, isTraining: isTraining))
      end = first
    }
    return rows.reversed()
  }

  private func lines(_ row: HistoryRow, _ replay: inout Replay, _ width: Int) -> [Line] {
    let first = row.moments.lowerBound
    guard row.isTraining else {
      if let name = commandName(of: first) {
        replay.go(to: first)
        return line(first, Shown.text(name), cost: "", width)
      }
      guard let computation = replay.step(to: first) else { return [] }
      let state = replay.state
      let cost =
        computation.stage == .cost
        ? try? reading(of: state).source.value(of: .totalCost, example: state.example) : nil
      return line(
        first, computation.name(in: state), cost: costWords(costSymbol, nil, cost), width)
    }
    // The present step of a training has a row of its own.
    var here: [Line] = []
    let end = row.moments.upperBound
    if row.moments.contains(timeline.current), timeline.current < end - 1 {
      replay.go(to: timeline.current)
      here = line(
        timeline.current, "step \(timeline.current - first + 1) of it",
        cost: wholeCost(replay.state),
        width)
    }
    replay.go(to: end - 1)
    let words = trainingName(
      row.moments.count, inEpochs: timeline.kind(at: first) == .firstOfEpochs, replay.state)
    return line(
      first, row.moments.count > 1 ? "\(words), to moment \(end)" : words,
      cost: wholeCost(replay.state), width,
      isCurrent: here.isEmpty && row.moments.contains(timeline.current)) + here
  }

  private func wholeCost(_ state: State) -> String {
    costWords(wholeCostSymbol(state), nil, state.wholeCost)
  }

  private func line(
    _ moment: Int, _ words: String, cost right: String, _ width: Int, isCurrent: Bool? = nil
  ) -> [Line] {
    let mark =
      isCurrent ?? (moment == timeline.current) ? (display.ascii ? "->" : " →") : "  "
    let text = "\(mark) \(Columns80.right(String(moment + 1), width))  \(words)"
    guard !right.isEmpty else { return [Line(text)] }
    let column = 34
    guard max(text.columns + 2, column) + right.columns < display.effectiveWidth else {
      return [Line(text), Line(Columns80.spaces(8 + width) + right)]
    }
    return [Line(Columns80.left(text, max(text.columns + 2, column)) + right)]
  }

  /// What is kept, once there is more than the commands.
  private func memoryLines() -> [Line] {
    let memory = timeline.memory
    guard memory.checkpoints > 0 else { return [] }
    let states = memory.checkpoints == 1 ? "1 checkpoint" : "\(memory.checkpoints) checkpoints"
    return lines([
      "\(memory.moments) moments, computed again from \(states) (\(Session.size(memory.bytes)))"
    ])
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1 << 20 ? "\(max(1, bytes >> 10)) kB" : "\(bytes >> 20) MB"
  }
}
