import IndexNotation
import REPL

// The right answer with what it is made of, and the hints that lead to it.

extension Session {
  /// The right answer to a question, with the factors that make it and the label of the notes.
  ///
  /// - Parameter heading: what stands before it, such as `yes: `.
  func explanation(of question: Question, heading: String) throws(CommandError) -> [Line] {
    let width = display.effectiveWidth
    switch question.kind {
    case .sign(let asked):
      // Its value may be the next question, so that the factors stand in symbols.
      let working = try working(of: asked, in: try completedState())
      let sign = working.value == 0 || working.isNoise ? "= 0" : (working.value < 0 ? "< 0" : "> 0")
      let factors = working.written.map { " = \($0)" } ?? ""
      return labelled("\(heading)\(working.symbol)\(factors) \(sign)", working.label)
    case .number(let asked), .formula(let asked):
      let working = try working(of: asked, in: try completedState())
      var text = heading + working.symbol
      if case .formula = question.kind, let written = working.written ?? own(question) {
        text += " = \(written)"
      }
      if let numbers = working.numbers { text += " = \(numbers)" }
      if working.isNoise {
        text += " = 0, but for rounding"
      } else {
        text += " = \(working.result)"
      }
      return labelled(text, working.label)
    case .choice:
      return question.options.enumerated().filter(\.element.isRight).flatMap { index, option in
        let remark = option.remark.map { "; \($0)" } ?? ""
        return Wrapping.hanging(
          heading, plain("\(question.mark(index)), \(option.text)\(remark)"), width: width)
      }
    case .next:
      return Wrapping.hanging(heading, plain("next is \(nextStep.words())"), width: width)
    }
  }

  /// One rung for the open question; empty above the last.
  package func spokenHint(_ rung: Int) throws(CommandError) -> [Line] {
    guard let question else { return [] }
    return try hint(rung, for: question) ?? []
  }

  /// One rung of the ladder of hints: the author's, the equation, its factors, their numbers; nil
  /// above the last, where the answer itself is shown.
  func hint(_ rung: Int, for question: Question) throws(CommandError) -> [Line]? {
    let width = display.effectiveWidth
    if rung < question.hints.count {
      return Wrapping.lines(plain(question.hints[rung]), indent: 2, width: width)
    }
    guard let asked = question.expression else { return nil }
    let working = try working(of: asked, in: try completedState())
    var rungs: [(text: String, label: String)] = []
    if let relation = working.relation { rungs.append((relation, working.label)) }
    // Written out, a formula would be the answer.
    var asksFormula = false
    if case .formula = question.kind { asksFormula = true }
    if let written = working.written, !asksFormula {
      rungs.append(("\(working.symbol) = \(written)", ""))
    }
    if case .number = question.kind, let numbers = working.numbers {
      rungs.append(("\(working.symbol) = \(numbers)", ""))
    }
    let index = rung - question.hints.count
    guard rungs.indices.contains(index) else { return nil }
    return labelled("  " + rungs[index].text, rungs[index].label)
  }

  /// The author's formula, where the notes have none for what is asked.
  private func own(_ question: Question) -> String? {
    guard let source = question.ownAnswer, let formula = try? expression(source, offset: 0) else {
      return nil
    }
    return self.text(formula)
  }

  /// Text and a label at the right edge of its last row; further rows are indented.
  private func labelled(_ text: String, _ label: String) -> [Line] {
    let width = display.effectiveWidth
    let indent = text.prefix { $0 == " " }.count
    var rows = Wrapping.lines(text, indent: indent, further: indent + 2, width: width)
    guard !label.isEmpty, let last = rows.popLast() else { return rows }
    guard last.text.columns + label.columns + 2 < width else {
      return rows + [last, Line(Columns80.edges("", label, width: width))]
    }
    return rows + [Line(Columns80.edges(last.text, label, width: width))]
  }
}
