import Backprop
import IndexNotation

/// `check Q h`: the error of central differences as h falls.
struct StepSizeTable {
  private let session: Session
  private let rows: [(h: Int, error: Double, kinks: [GradientCheck.Kink])]

  /// From 1e−1 down to 1e−12.
  init(_ session: Session, _ setting: CheckSetting, _ seed: Seed, _ analytic: Double) {
    self.session = session
    rows = (1...12).map { power in
      let (central, kinks) = setting.check.central(seed, Double("1e-\(power)") ?? 0)
      return (power, GradientCheck.relativeError(analytic, central), kinks)
    }
  }

  func lines() -> [Line] {
    let best = rows.indices.min { rows[$0].error < rows[$1].error } ?? 0
    let glyph: Character = session.display.ascii ? "#" : "█"
    let isExact = rows.allSatisfy { $0.error == 0 }
    // A block a power of ten where two have no room.
    let isNarrow = session.display.effectiveWidth < 76
    var lines = [Line("    h        relative error")]
    for (index, row) in rows.enumerated() {
      let bars = isNarrow ? (bar(row.error) + 1) / 2 : bar(row.error)
      var text = " \(Columns80.left(session.plain("1e−\(row.h)"), 6))      "
      text += Columns80.left(session.size(row.error), 8) + " "
      text += Columns80.left(String(repeating: glyph, count: bars), isNarrow ? 14 : 28)
      if !isExact { text += remark(index, best) }
      lines.append(Line(text.trimmedAtEnd))
    }
    return lines + (isExact ? session.lines(["exact for every h"]) : [])
  }

  /// Two blocks a power of ten, from 1e−13 on.
  private func bar(_ error: Double) -> Int {
    guard error > 0 else { return 0 }
    var blocks = 0
    var limit = 1e-13
    while error > limit, blocks < 26 {
      blocks += 1
      limit *= 3.1622776601683795
    }
    return blocks
  }

  /// What the errors do around a row, told once where they do it.
  private func remark(_ index: Int, _ best: Int) -> String {
    if !rows[index].kinks.isEmpty { return "crosses a kink of ReLU" }
    if index == best { return "best" }
    let falling = falls(where: { 50 < $0 && $0 < 200 }, in: 0..<best)
    if index == falling.dropFirst(falling.count / 2).first {
      return session.plain("truncation, falls as h²")
    }
    let rising = falls(where: { 0.01 < $0 && $0 < 0.6 }, in: best..<rows.count - 1)
    if index == rising.dropFirst(rising.count / 2).first { return "round-off, rises as 1/h" }
    return ""
  }

  /// The rows whose error, over that of the next smaller h, is of a size.
  private func falls(where isMeant: (Double) -> Bool, in range: Range<Int>) -> [Int] {
    let found = range.filter { row in
      rows[row].error > 0 && rows[row + 1].error > 0
        && isMeant(rows[row].error / rows[row + 1].error)
    }
    // Of a rise the greater error is meant.
    return range.lowerBound == 0 ? found : found.map { $0 + 1 }
  }
}
