import Backprop
import IndexNotation
import LectureNotes

/// The rows of `check`: each derivative by the engine, by dual numbers and by central differences.
struct CheckTable {
  private let session: Session
  private let setting: CheckSetting
  private let entries: [GradientCheck.Entry]
  private let total: Int

  /// More entries are not listed one by one.
  private static let rowLimit = 30
  private static let worstShown = 20
  /// The columns of central differences, given up first where the screen is narrow.
  private static let central = 4...5

  init(_ session: Session, _ setting: CheckSetting, _ entries: [GradientCheck.Entry], of total: Int)
  {
    (self.session, self.setting, self.entries, self.total) = (session, setting, entries, total)
  }

  private var failed: [GradientCheck.Entry] { entries.filter { $0.verdict.isFailure } }

  func lines() -> [Line] {
    var shown = entries
    var lines = session.lines([heading])
    if entries.count > CheckTable.rowLimit {
      shown = Array(
        entries.sorted { counted($0) > counted($1) }.prefix(CheckTable.worstShown))
      lines += session.lines(["the \(shown.count) that differ most, of \(entries.count):"])
    }
    return lines + table(shown) + kinkLines(shown) + session.lines([verdict])
  }

  /// How far an entry is off, as the verdict counts it: not by what rounding may do.
  private func counted(_ entry: GradientCheck.Entry) -> Double {
    switch entry.verdict {
    case .right: return entry.error <= 1e-7 ? entry.error : 0
    case .kink, .notFinite: return 0
    case .close, .suspect, .wrong: return entry.error
    }
  }

  private var heading: String {
    let labels = NextStep.joined(labels)
    let by = labels.isEmpty ? "" : " by \(labels)"
    return "the gradient\(by) against dual numbers, which share no code with it"
  }

  /// The labels of the derivatives by weights and biases, the notes' own only, in their order.
  private var labels: [String] {
    guard let facts = setting.state.facts else { return [] }
    let document = session.document
    var found: [Int: String] = [:]
    for entry in entries {
      let kinds: [Target.Kind]
      switch entry.seed {
      case .weight: kinds = [.batchGradient, .weightGradient]
      case .bias: kinds = [.batchBiasGradient, .biasGradient]
      case .weightedInput, .activation: continue
      }
      // Of several examples the notes may have a relation of its own.
      let cited = (setting.examples.count > 1 ? kinds : Array(kinds.dropFirst())).lazy.compactMap {
        kind -> (Int, String)? in
        let target = Target(kind: kind, layer: entry.seed.quantity.layer ?? 1)
        guard let label = session.label(of: target, setting.state),
          let citation = document.citation(of: target, facts: facts)
        else { return nil }
        return (citation.main, label)
      }
      if let (main, label) = cited.first { found[main] = label }
    }
    var labels: [String] = []
    for (_, label) in found.sorted(by: { $0.key < $1.key }) where !labels.contains(label) {
      labels.append(label)
    }
    return labels
  }

  private func table(_ entries: [GradientCheck.Entry]) -> [Line] {
    let analytic = NumberColumn.aligned(entries.map { session.text($0.analytic) })
    let dual = NumberColumn.aligned(entries.map { session.text($0.dual) })
    let central = NumberColumn.aligned(entries.map { session.text($0.central) })
    let h = session.plain("h = 1e−5")
    let head = ["", "by the engine", "by duals", "error", h, "error", ""]
    let rows = entries.enumerated().map { index, entry in
      [
        session.symbolText(entry.seed.quantity), analytic[index], dual[index],
        errorText(entry.error), central[index],
        errorText(entry.centralError), session.plain(remark(entry)),
      ]
    }
    let whole = Table(head: head, rows: rows)
    let narrow = Table(
      head: head.enumerated().filter { !CheckTable.central.contains($0.offset) }.map(\.element),
      rows: rows.map { row in
        row.enumerated().filter { !CheckTable.central.contains($0.offset) }.map(\.element)
      })
    let width = session.display.effectiveWidth
    return (whole.fits(width) ? whole : narrow).lines(width: width).map { Line($0) }
  }

  /// Two digits, of 2 as of 2.01.
  private func errorText(_ error: Double) -> String {
    guard error != 0 else { return "0" }
    return NumberText.significant(error, digits: 2, minus: session.display.ascii ? "-" : "−")
  }

  private func remark(_ entry: GradientCheck.Entry) -> String {
    switch entry.verdict {
    case .right:
      if !entry.kinks.isEmpty { return "kink" }
      return entry.error > 1e-7 ? "rounding" : ""
    case .close: return "close"
    case .suspect: return "suspect"
    case .wrong: return "wrong"
    case .kink: return "kink"
    case .notFinite: return "no number"
    }
  }

  /// ReLU neurons whose weighted input changes its side within h.
  private func kinkLines(_ entries: [GradientCheck.Entry]) -> [Line] {
    var named: [String] = []
    for kink in entries.flatMap(\.kinks) {
      var name = session.symbolText(.weightedInput(layer: kink.layer, neuron: kink.neuron))
      if setting.examples.count > 1 { name += " of example \(kink.example)" }
      if !named.contains(name) { named.append(name) }
    }
    guard !named.isEmpty else { return [] }
    let list = named.prefix(6).joined(separator: ", ") + (named.count > 6 ? ", …" : "")
    return session.lines([
      "kink: within h ReLU changes its side at \(list); central differences are no judge there"
    ])
  }

  /// `8 weights`, `1 bias`, `13 weights and biases`.
  private func counted(_ count: Int) -> String {
    let biases = entries.filter { if case .bias = $0.seed { true } else { false } }.count
    switch (biases, entries.count - biases) {
    case (0, _): return session.count(count, "weight")
    case (_, 0): return count == 1 ? "1 bias" : "\(count) biases"
    default: return "\(count) weights and biases"
    }
  }

  private var verdict: String {
    let part = entries.count < total ? " (of \(total), evenly spread)" : ""
    let undecided = entries.filter { $0.verdict == .notFinite }.count
    guard undecided < entries.count else {
      return "no verdict: none of these is a finite number"
    }
    let rest = undecided > 0 ? "; \(undecided) are no numbers and have no verdict" : ""
    guard !failed.isEmpty else {
      let kinks = entries.filter { $0.verdict == .kink }.count
      let worst = entries.map { counted($0) }.max() ?? 0
      let at = kinks > 0 ? "; \(kinks) at a kink have no derivative" : ""
      return
        "right: \(entries.count - kinks - undecided) of \(counted(entries.count))\(part) agree, worst \(session.size(worst))\(at)\(rest)"
    }
    let bands: [(GradientCheck.Verdict, String)] = [
      (.wrong, "wrong (beyond 1e−2)"), (.suspect, "suspect (1e−4 to 1e−2)"),
      (.close, "close (1e−7 to 1e−4)"),
    ]
    let words = bands.compactMap { band, words in
      let count = failed.filter { $0.verdict == band }.count
      return count > 0 ? "\(count) \(words)" : nil
    }
    return "of \(counted(entries.count))\(part): \(words.joined(separator: ", "))\(rest)"
  }

  /// For a script whose engine should be sound.
  var failure: CommandError {
    var error = CommandError("check: \(verdict)")
    error.kind = .doesNotHold
    return error
  }
}
