import IndexNotation
import LectureNotes

/// The rows of `verify`.
struct VerificationTable {
  let session: Session
  private var tried: [[String]] = []
  private var absent: [(label: String, reason: String)] = []
  private var details: [Line] = []
  private(set) var failures: [CommandError] = []
  private var holding = 0
  private var failingAsPrinted = 0
  /// Relations that were not come to before Ctrl-C.
  var stoppedBefore = 0
  var count: Int { holding + failures.count + absent.count }

  init(_ session: Session) {
    self.session = session
  }

  private var document: Document { session.document }

  mutating func add(
    _ index: Int, _ corrected: Verification, printed: Verification?
  ) throws(CommandError) {
    let equation = document.equations[index]
    switch corrected.outcome {
    case .doesNotApply(let reason):
      absent.append((equation.label, reason))
    case .holds:
      holding += 1
      let verdict = corrected.isNearCancellation ? "holds, near cancellation" : "holds"
      let extent = corrected.isPartial ? " in these; there are more" : ""
      tried.append(row(equation, corrected, verdict + extent + remark(equation)))
      detail(corrected)
    case .fails:
      tried.append(row(equation, corrected, "fails"))
      detail(corrected)
      var error = CommandError("\(equation.label): \(words(corrected))")
      error.kind = .doesNotHold
      failures.append(error)
    }
    if let printed, case .fails = printed.outcome {
      failingAsPrinted += 1
      tried.append(row(nil, printed, "fails as printed"))
      detail(printed)
    }
  }

  private func remark(_ equation: LectureNotes.Equation) -> String {
    guard !equation.misprints.isEmpty else { return "" }
    let numbers = equation.misprints.joined(separator: " ")
    return "; errata \(numbers)"
  }

  private func row(
    _ equation: LectureNotes.Equation?, _ result: Verification, _ verdict: String
  ) -> [String] {
    let hasNoValue = result.error != nil && result.worst?.relative ?? 0 <= Verifier.tolerance
    return [
      session.plain("  " + (equation?.label ?? "")), "\(result.comparisons)",
      hasNoValue || result.worstUlps > VerificationTable.ulpLimit
        ? "" : session.size(result.worstUlps.rounded()),
      hasNoValue ? "no value" : session.size(result.worst?.relative ?? 0), session.plain(verdict),
    ]
  }

  /// The place where the sides differ most.
  private mutating func detail(_ result: Verification) {
    let form = result.form == .printed ? " as printed" : ""
    let label = document.equations[result.equation].label + form
    let isExact = result.error == nil && result.worstUlps == 0
    let extent = result.isPartial ? "in all that were tried" : "everywhere"
    let words = words(result)
    let worst = words.hasPrefix("at ") ? "worst \(words)" : words
    let text = isExact ? "equal to the last digit \(extent)" : worst
    details.append(Line("  \(label): \(text)"))
  }

  private func words(_ result: Verification) -> String {
    result.words(document.renderer, exampleCount: session.state.examples.count) {
      session.text($0)
    }
  }

  func lines(all: Bool, one: Bool) -> [Line] {
    let width = session.display.effectiveWidth
    let sizes = session.state.network?.shape.sizes.map(String.init).joined(separator: "-") ?? ""
    let count = session.count(session.state.examples.count, "example")
    var lines = session.lines([
      "\(document.id) on \(sizes), \(count): left by definition, right by the notes"
    ])
    if !tried.isEmpty { lines += table(width: width) }
    if one { lines += details.flatMap { session.lines([$0.text]) } }
    if all || one {
      for (reason, labels) in reasons {
        lines += Wrapping.hanging(
          "  ", session.plain("not meant here, \(reason): \(labels.joined(separator: "; "))"),
          width: width)
      }
    }
    lines += session.lines([summary(all: all)])
    return lines
  }

  /// Values further apart than this are not the same number at all; a count of ulp says nothing.
  private static let ulpLimit = 1e6

  /// A verdict is given this much room: a longer one goes on below.
  private static let verdictRoom = 16

  /// Label, numbers, verdict; a label too wide for its column stands above its numbers.
  private func table(width: Int) -> [Line] {
    let rows = [["", "values", "ulp", "relative", ""]] + tried
    let widths = (0..<4).map { column in rows.map { $0[column].columns }.max() ?? 0 }
    let room = width - 1 - (widths[1] + widths[2] + widths[3] + 4 * 2)
    let labels = max(12, min(widths[0], room - VerificationTable.verdictRoom))
    return rows.flatMap { row -> [Line] in
      let isWide = row[0].columns > labels
      let numbers = (1..<4).map { Columns80.right(row[$0], widths[$0]) }
      let head = ([Columns80.left(isWide ? "" : row[0], labels)] + numbers)
        .joined(separator: "  ")
      return (isWide ? Wrapping.lines(row[0], indent: 2, width: width) : [])
        + Wrapping.hanging(head + "  ", row[4], width: width).map { Line($0.text.trimmedAtEnd) }
    }
  }

  /// Labels that share a reason, together.
  private var reasons: [(reason: String, labels: [String])] {
    var found: [(reason: String, labels: [String])] = []
    for (label, reason) in absent {
      if let index = found.firstIndex(where: { $0.reason == reason }) {
        if !found[index].labels.contains(label) { found[index].labels.append(label) }
      } else {
        found.append((reason, [label]))
      }
    }
    return found
  }

  private func summary(all: Bool) -> String {
    let total = holding + failures.count
    guard total > 0 else { return "no relation could be tried here" }
    let holds =
      failures.isEmpty
      ? (total == 1 ? "it holds" : "all hold")
      : "\(holding) \(holding == 1 ? "holds" : "hold"), "
        + "\(failures.count) \(failures.count == 1 ? "does" : "do") not"
    var text = "\(session.count(total, "relation")) tried, \(holds)"
    if failingAsPrinted > 0 {
      text += "; as printed \(failingAsPrinted) \(failingAsPrinted == 1 ? "fails" : "fail")"
    }
    if stoppedBefore > 0 { text += "; stopped, \(stoppedBefore) not tried" }
    if !absent.isEmpty { text += "; \(absent.count) not meant for this network" }
    if !all { text += "; verify all tries every one" }
    return text
  }
}
