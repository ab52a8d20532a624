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
    var replay = Replay(timeline, at: rows.first?.moments.lowerBound ?? 0)
    return lines + rows.map { line($0, &replay, width) } + memoryLines()
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

  private func line(_ row: HistoryRow, _ replay: inout Replay, _ width: Int) -> Line {
    let isCurrent = row.moments.contains(timeline.current)
    let mark = isCurrent ? (display.ascii ? "->" : " →") : "  "
    var text = "\(mark) \(Columns80.right(String(row.moments.lowerBound + 1), width))  "
    var cost: Double?
    if row.isTraining {
      text += trainingWords(row.moments)
      replay.go(to: row.moments.upperBound - 1)
      cost = replay.state.network.flatMap { batchCost(of: $0) }
    } else if let name = timeline.commandName(at: row.moments.lowerBound) {
      text += Shown.text(name)
      replay.go(to: row.moments.lowerBound)
    } else if let computation = replay.step(to: row.moments.lowerBound) {
      text += computation.name(in: replay.state)
      if computation.stage == .cost {
        cost = try? reading(of: replay.state).source.value(
          of: .cost, example: replay.state.example)
      }
    }
    guard let cost else { return Line(text) }
    return Line(
      Columns80.left(text, 34) + (text.count < 34 ? "" : "  ")
        + "\(costSymbol) = \(self.text(cost))")
  }

  /// `train 1088 steps, to moment 1094; here: step 1087`.
  private func trainingWords(_ moments: Range<Int>) -> String {
    let count = moments.count
    var words = "train \(count) step\(count == 1 ? "" : "s")"
    if count > 1 { words += ", to moment \(moments.upperBound)" }
    if moments.contains(timeline.current), timeline.current < moments.upperBound - 1 {
      words += "; here: step \(timeline.current - moments.lowerBound + 1)"
    }
    return words
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
