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
      if let name = timeline.commandName(at: first) {
        replay.go(to: first)
        return line(first, Shown.text(name), cost: nil, width)
      }
      guard let computation = replay.step(to: first) else { return [] }
      let isCost = computation.stage == .cost
      let cost =
        isCost
        ? try? reading(of: replay.state).source.value(of: .cost, example: replay.state.example)
        : nil
      return line(first, computation.name(in: replay.state), cost: cost, width)
    }
    // The present step of a training has a row of its own.
    var here: [Line] = []
    let end = row.moments.upperBound
    if row.moments.contains(timeline.current), timeline.current < end - 1 {
      replay.go(to: timeline.current)
      here = line(
        timeline.current, "step \(timeline.current - first + 1) of it",
        cost: replay.state.wholeCost, width)
    }
    replay.go(to: end - 1)
    let steps = "train \(count(row.moments.count, "step"))"
    return line(
      first, row.moments.count > 1 ? "\(steps), to moment \(end)" : steps,
      cost: replay.state.wholeCost, width,
      isCurrent: here.isEmpty && row.moments.contains(timeline.current)) + here
  }

  private func line(
    _ moment: Int, _ words: String, cost: Double?, _ width: Int, isCurrent: Bool? = nil
  ) -> [Line] {
    let mark =
      isCurrent ?? (moment == timeline.current) ? (display.ascii ? "->" : " →") : "  "
    let text = "\(mark) \(Columns80.right(String(moment + 1), width))  \(words)"
    guard let cost else { return [Line(text)] }
    let isMean = timeline.kind(at: moment).isTraining
    let right = "\(isMean ? meanCostSymbol : costSymbol) = \(self.text(cost))"
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
