import Backprop
import IndexNotation
import LectureNotes

// `errata [NUMBER|LABEL|all]`: the misprints of the notes, each proved on the network on screen.

extension Session {
  mutating func errata(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !document.errata.isEmpty else { return lines(["\(document.id) lists no misprints"]) }
    guard let word = arguments.words.first else { return errataList(all: false) }
    if arguments.words.count == 1, word.text == "all" { return errataList(all: true) }
    let found = try chosenErrata(arguments)
    guard !found.isEmpty else {
      return lines(["\(arguments.rest.trimmed) is right as printed; errata lists the misprints"])
    }
    var lines: [Line] = []
    for erratum in found {
      if !lines.isEmpty { lines.append(.blank) }
      lines += try ErratumPage(self, erratum).lines()
    }
    return lines + otherReading(word, found)
  }

  /// A bare number is that of a misprint; the equation of the same number may be meant.
  private func otherReading(_ word: Word, _ found: [Erratum]) -> [Line] {
    let label = "(\(word.text))"
    guard Int(word.text) != nil,
      let index = document.equations.firstIndex(where: { $0.label == label }),
      document.equations[index].misprints != found.map(\.number)
    else { return [] }
    return lines(["misprint \(word.text); for equation \(label) type: errata \(label)"])
  }

  private func chosenErrata(_ arguments: Arguments) throws(CommandError) -> [Erratum] {
    var text = arguments.rest.trimmed
    if text.hasPrefix("equation ") { text = String(text.dropFirst("equation ".count)).trimmed }
    let number = text.split(separator: "-").last.map(String.init) ?? text
    let bare = number.drop { $0 == "0" || $0 == "#" }
    if let one = document.errata.first(where: { $0.number == bare }) { return [one] }
    let labelled = document.equations(labelled: text)
    let numbers = labelled.flatMap { document.equations[$0].misprints }
    let found = document.errata.filter { numbers.contains($0.number) }
    if !labelled.isEmpty { return found }
    throw CommandError(
      "\(document.id) has no misprint '\(Shown.text(text))'", at: arguments.whole,
      advice:
        "they are \(document.errata.first?.number ?? "") to \(document.errata.last?.number ?? "")")
  }

  private func errataList(all: Bool) -> [Line] {
    let shown = document.errata.filter { all || $0.misleads }
    let whole = document.errata.count
    var lines = self.lines([
      all
        ? "\(document.id): \(count(whole, "misprint"))"
        : "\(document.id): \(shown.count) of its \(whole) misprints would mislead you; errata all has the rest"
    ])
    for erratum in shown { lines += row(erratum) }
    lines += self.lines([
      "errata \(shown.first?.number ?? "1") shows one with your numbers; † marks them where they occur"
    ])
    return lines
  }

  /// A formula as the notes' formulas are shown, where reading it loses nothing of what stands on the
  /// page; else as it stands.
  func formula(_ text: String) -> String {
    guard let relation = try? Parser.relation(text, vocabulary: document.vocabulary),
      Session.withoutBrackets(document.renderer.relation(relation, .linear) ?? "")
        == Session.withoutBrackets(text)
    else { return plain(text) }
    return rendered(relation)
  }

  private static func withoutBrackets(_ formula: String) -> String {
    var result = ""
    for character in formula {
      switch character {
      case " ", "{", "}", "(", ")", "[", "]", "·": continue
      case "−": result.append("-")
      default: result.append(character)
      }
    }
    return result
  }

  private func row(_ erratum: Erratum) -> [Line] {
    let head =
      "  \(Columns80.right(erratum.number, 2))  \(Columns80.left(erratum.kind.rawValue, 9))  "
    let width = display.effectiveWidth
    let printed = formula(erratum.printed)
    let corrected = formula(erratum.corrected)
    let arrow = display.ascii ? " -> " : " → "
    let one = "\(printed)\(arrow)\(corrected)"
    let place = plain(erratum.place)
    let first = head + place
    if first.columns + 2 + one.columns < width {
      return [Line(first + "  " + one)]
    }
    let indent = Columns80.spaces(head.columns)
    var lines = Wrapping.hanging(head, place, width: width)
    if indent.columns + one.columns < width { return lines + [Line(indent + one)] }
    lines += Wrapping.hanging(indent + "printed    ", printed, width: width)
    lines += Wrapping.hanging(indent + "corrected  ", corrected, width: width)
    return lines
  }
}

/// One misprint: both forms, and both on the network on screen.
struct ErratumPage {
  let session: Session
  let erratum: Erratum

  init(_ session: Session, _ erratum: Erratum) {
    self.session = session
    self.erratum = erratum
  }

  private var document: Document { session.document }
  private var width: Int { session.display.effectiveWidth }

  func lines() throws(CommandError) -> [Line] {
    let number = erratum.number.count == 1 ? "0\(erratum.number)" : erratum.number
    let name = session.plain("E-\(document.id)-\(number), \(erratum.kind.rawValue)")
    let place = session.plain(erratum.place)
    var lines: [Line]
    if name.columns + place.columns + 2 < width {
      lines = [Line(Columns80.edges(name, place, width: width), .heading)]
    } else {
      lines = [Line(name, .heading)] + row("place", erratum.place)
    }
    lines += row("printed", session.formula(erratum.printed))
    lines += row("corrected", session.formula(erratum.corrected))
    if !erratum.why.isEmpty { lines += row("why", erratum.why) }
    return lines + (try proof())
  }

  private func row(_ head: String, _ text: String) -> [Line] {
    Wrapping.hanging(Columns80.left("  " + head, 13), session.plain(text), width: width)
  }

  /// The relations it touches, as printed and as corrected, on this network.
  private func proof() throws(CommandError) -> [Line] {
    let touched = document.equations.indices.filter {
      document.equations[$0].misprints.contains(erratum.number)
    }
    let evaluable = touched.filter {
      document.equations[$0].shownMisprints.contains(erratum.number)
    }
    guard !evaluable.isEmpty else {
      return row("here", words(whereNothingIsEvaluated: touched)) + (try stepsBothWays(touched))
    }
    guard session.state.network != nil, !session.state.examples.isEmpty else {
      return session.lines([
        "  with a network and an example, as by net notes, it is shown in numbers"
      ])
    }
    let verifier = try session.verifier()
    var lines: [Line] = []
    for index in evaluable.prefix(ErratumPage.shownLimit) {
      lines.append(.blank)
      lines += try comparison(index, verifier)
    }
    let rest = evaluable.dropFirst(ErratumPage.shownLimit).map { document.equations[$0].label }
    if !rest.isEmpty {
      lines.append(.blank)
      lines += row("also in", rest.joined(separator: "; ") + " (verify LABEL shows each)")
    }
    return lines
  }

  /// Relations shown with numbers; the others are named.
  private static let shownLimit = 2

  private func words(whereNothingIsEvaluated touched: [Int]) -> String {
    let labels = touched.map { document.equations[$0].label }
    let at = labels.isEmpty ? "" : " (\(labels.prefix(4).joined(separator: "; ")))"
    switch erratum.kind {
    case .notation: return "a slip of notation\(at): no value comes out of it"
    case .text: return "a slip of wording: no value comes out of it"
    case .omission: return "something left unsaid\(at): what is printed holds where it is meant"
    case .ambiguity: return "two readings\(at): this program takes the corrected one"
    case .sign where touched.contains { document.equations[$0].isEvaluable }:
      return "what is printed holds as it stands\(at); the sign tells which way to step"
    case .math, .index, .sign, .shape, .code:
      return touched.isEmpty
        ? "no equation carries it, so nothing is evaluated"
        : "no value comes out of the printed words\(at)"
    }
  }

  private func comparison(_ index: Int, _ verifier: Verifier) throws(CommandError) -> [Line] {
    let printed: Verification
    let corrected: Verification
    do throws(SyntaxError) {
      printed = try verifier.verify(index, .printed)
      corrected = try verifier.verify(index, .corrected)
    } catch {
      throw CommandError("\(document.equations[index].label): \(error.message)")
    }
    let label = document.equations[index].label
    switch printed.outcome {
    case .doesNotApply(let reason):
      guard corrected.comparisons > 0 else {
        return row("here", "\(label) is not meant for this network: \(reason)")
      }
      return row(
        "here",
        "\(label): as printed its left side exists nowhere; corrected it \(verdict(corrected))")
    case .holds:
      return session.lines([
        "  \(label): on this network both forms agree, in \(session.count(printed.comparisons, "value"))"
      ])
    case .fails: break
    }
    var rows: [Line] = []
    if let error = printed.error, printed.worst?.relative ?? 0 <= Verifier.tolerance {
      rows += session.lines(["  \(heading(index, error.place))"])
      rows += row2("as printed", "no value: \(error.message)")
      rows += row2("corrected", verdict(corrected))
      return rows
    }
    guard let worst = printed.worst else { return [] }
    rows += session.lines(["  \(heading(index, worst.place))"])
    let misses = session.text(abs(worst.left - worst.right))
    let texts = [worst.right, worst.left, worst.left].map { session.text($0) }
    let signed = texts.map { $0.hasPrefix("−") || $0.hasPrefix("-") ? $0 : " " + $0 }
    let column = (signed.map(\.columns).max() ?? 0) + 4
    rows += row2("as printed", Columns80.left(signed[0], column) + "misses by \(misses)")
    rows += row2("corrected", Columns80.left(signed[1], column) + verdict(corrected))
    rows += row2("derivative", Columns80.left(signed[2], column) + "by definition")
    return rows
  }

  private func row2(_ head: String, _ text: String) -> [Line] {
    let head = session.plain("    " + Columns80.left(head, 12))
    let text = session.plain(text)
    return head.columns + text.columns <= width
      ? [Line(head + text)] : Wrapping.hanging(head, text, width: width)
  }

  private func verdict(_ result: Verification) -> String {
    switch result.outcome {
    case .holds:
      return
        "holds to \(Session.ulps(result)) in \(session.count(result.comparisons, "value"))"
    case .fails: return "differs in \(session.count(result.failures, "value"))"
    case .doesNotApply(let reason): return "not meant here: \(reason)"
    }
  }

  /// The left side with its indices as numbers, and the label.
  private func heading(_ index: Int, _ place: Place) -> String {
    let label = document.equations[index].label
    var name = ""
    if let relation = try? document.printedRelation(index) ?? document.relation(index),
      let site = site(relation, index, place),
      let left = try? Expansion(site.reading, writesOutSums: false).of(relation.left, site.values)
    {
      name = session.text(left)
    }
    let example = place.example.map { session.state.examples.count > 1 ? ", example \($0)" : "" }
    let entry = place.entry.map { ", entry \($0)" } ?? ""
    return "\(name)\(entry) by \(label)\(example ?? "")"
  }

  private func site(_ relation: Relation, _ index: Int, _ place: Place) -> Verifier.Site? {
    guard let verifier = try? session.verifier() else { return nil }
    return verifier.places(of: relation, index).first { site in
      var other = place
      other.entry = nil
      return site.place == other
    }
  }
}
