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
    case .number(let asked), .sign(let asked), .formula(let asked):
      let working = try working(of: asked, in: try completedState())
      var text = heading + working.symbol
      if case .formula = question.kind, let written = working.written { text += " = \(written)" }
      if let numbers = working.numbers { text += " = \(numbers)" }
      text += " = \(self.text(working.value))"
      return Wrapping.edges(text, working.label, width: width)
    case .choice:
      return question.options.enumerated().filter(\.element.isRight).flatMap { index, option in
        let remark = option.remark.map { "; \($0)" } ?? ""
        return Wrapping.hanging(
          heading, plain("\(Question.letter(index)), \(option.text)\(remark)"), width: width)
      }
    case .next:
      return Wrapping.hanging(heading, plain("next is \(nextStep.words())"), width: width)
    }
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
    if let written = working.written { rungs.append(("\(working.symbol) = \(written)", "")) }
    if case .number = question.kind, let numbers = working.numbers {
      rungs.append(("\(working.symbol) = \(numbers)", ""))
    }
    let index = rung - question.hints.count
    guard rungs.indices.contains(index) else { return nil }
    return Wrapping.edges("  " + rungs[index].text, rungs[index].label, width: width)
  }
}
