import Backprop
import IndexNotation
import LectureNotes

// `equations [all|WORDS]`: what stepping cites, every relation of the notes, or those on a word.

extension Session {
  mutating func equations(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard !arguments.words.isEmpty else { return steppingEquations() }
    let text = arguments.rest.trimmed
    guard text != "all" else { return allEquations() }
    let found = try equations(of: text, at: arguments.whole)
    return [matchHeading(found, text)] + bySection { found.contains($0) }
  }

  func equationLine(
    _ left: String, _ index: Int, _ marked: Bool, _ label: String? = nil, column: Int = 11
  ) -> [Line] {
    let equation = document.equations[index]
    guard let body = shownText(index) else { return [] }
    let mark = marked ? (display.ascii ? "> " : "▸ ") : "  "
    var name = label ?? equation.label
    if !name.isEmpty, document.isMarked(index) { name += display.ascii ? " (+)" : " †" }
    if display.ascii { name = PlainText.ascii(name) }
    let head = mark + Columns80.left(left, column)
    if head.columns + body.columns + name.columns + 2 <= display.effectiveWidth {
      return [Line(Columns80.edges(head + body, name, width: display.effectiveWidth))]
    }
    let layout = BlockLayout(
      width: display.effectiveWidth, digits: display.effectiveDigits, ascii: display.ascii)
    var lines = layout.lines([
      Block(headings: [.init(text: body, label: name)], rows: [])
    ]).dropFirst()
    if left.isEmpty, let first = lines.first {
      lines[lines.startIndex] = Line(mark + first.text.trimmed)
    }
    return (left.isEmpty ? [] : [Line((mark + left).trimmedAtEnd)]) + lines
  }

  /// What stepping cites on this network, the next step's marked.
  private func steppingEquations() -> [Line] {
    guard let facts = state.facts else { return allEquations() }
    let last = facts.shape.last
    var lines = Wrapping.lines(
      "\(document.id), what stepping uses here; equations all lists the rest",
      width: display.effectiveWidth)
    var seen: Set<Int> = []
    func add(_ name: String, _ kind: Target.Kind, _ layer: Int, _ stage: Stage) {
      guard
        let citation = document.citation(of: Target(kind: kind, layer: layer), facts: facts),
        seen.insert(citation.main).inserted
      else { return }
      let marked = stage == state.next
      var head = name
      for matrix in citation.matrices {
        lines += equationLine(head, matrix, marked)
        head = ""
      }
      lines += equationLine(
        head, citation.main, marked, citation.matrices.isEmpty ? nil : "")
    }
    for layer in 1...min(last, 3) {
      add("forward", .weightedInput, layer, .forward(layer))
      add("", .activation, layer, .forward(layer))
    }
    add("cost", .costTerm, last, .cost)
    add("cost", .cost, last, .cost)
    if state.examples.count > 1 { add("all", .batchCost, last, .cost) }
    add("output", .error, last, .backward(last))
    add("", .costGradient, last, .backward(last))
    if last > 1 { add("hidden", .error, last - 1, .backward(last - 1)) }
    if facts.biasMode != .none { add("bias", .biasGradient, last, .backward(last)) }
    add("weight", .weightGradient, last, .backward(last))
    if last > 1 { add("", .weightGradient, last - 1, .backward(last - 1)) }
    add("update", .weightUpdate, last, .update)
    return lines
      + Wrapping.lines(
        display.ascii
          ? "> the next step uses these; (+) misprinted, shown corrected"
          : "▸ the next step uses these · † misprinted, shown corrected",
        width: display.effectiveWidth)
  }

  /// A relation as it is shown, or what stands on the page where there is nothing to evaluate.
  private func shownText(_ index: Int) -> String? {
    let equation = document.equations[index]
    if display.showsPrinted || !equation.isEvaluable, let text = equation.text {
      return plain(text)
    }
    if let claim = try? document.shapeClaim(index) {
      let sizes = [claim.rows, claim.columns].map { document.renderer.text($0, script) }
      return "\(text(claim.array)) : \(sizes.joined(separator: plain(" × ")))"
    }
    return document.shown(index, printed: display.showsPrinted).map { rendered($0) }
  }

  private func allEquations() -> [Line] {
    [Line("\(document.id): \(count(document.ownEquationCount, "relation"))", .heading)]
      + bySection { _ in true }
  }

  /// The relations of the notes in the order of the pages, each section with its title.
  private func bySection(_ isWanted: (Int) -> Bool) -> [Line] {
    var lines: [Line] = []
    for (section, relations) in document.sections {
      let wanted = relations.filter(isWanted)
      guard !wanted.isEmpty else { continue }
      if let section {
        lines += Wrapping.lines(plain(section), width: display.effectiveWidth).map {
          Line($0.text, .heading)
        }
      }
      for index in wanted { lines += equationLine("", index, false, column: 0) }
    }
    return lines
  }
}

extension Document {
  /// Whether its misprint would mislead a reader who computes with it.
  func isMarked(_ index: Int) -> Bool {
    equations[index].misprintChangesValue
      || equations[index].shownMisprints.contains { number in
        errata.contains { $0.number == number && $0.misleads }
      }
  }

  /// A relation as it should be, or as the notes print it.
  func shown(_ index: Int, printed: Bool) -> Relation? {
    if printed, let relation = try? printedRelation(index) { return relation }
    return equations[index].formula.isEmpty ? nil : try? relation(index)
  }
}
