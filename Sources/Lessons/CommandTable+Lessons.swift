import REPL

// The rows of the command table that teach.

extension CommandTable {
  /// Every command of the REPL, and those of lessons.
  package static let withLessons = CommandTable(standardGroups + [learn, directives])

  private static let learn: [Command] = [
    Command(
      "lesson", group: .learn, usage: Session.lessonUsage,
      summary: "a lesson at the prompt; alone: the list",
      details: [
        "lesson start 3       from its beginning; also a file of your own",
        "lesson resume [NAME] where you left, also days later; or back from the sandbox",
        "lesson next, Enter   goes on",
        "lesson hint          the equation, then its factors, then their numbers",
        "lesson skip          shows the answer and goes on; review asks it again",
        "lesson play          a sandbox: everything goes, lesson resume puts all back",
        "lesson reset 3       forgets what you did in it; lesson reset all",
        "lesson quit          back to your own network",
        "lesson lint FILE     checks a lesson you write; help ask",
        "While a lesson waits, next, hint, skip and play may be typed alone.",
      ],
      completion: .lessons(
        orders: { LessonOrder.allCases.map(\.rawValue) }, names: { Shelf.names })
    ) { session, arguments throws(CommandError) in try session.lesson(arguments) },
    Command(
      "answer", group: .learn, usage: "answer VALUE",
      summary: "answers the open question: a number, a formula, an option, a label",
      takesEquals: true
    ) { session, arguments throws(CommandError) in
      try session.answer(arguments)
    },
    Command(
      "predict", group: .learn, usage: "predict Q VALUE | sign Q +|-|0 | next LABEL",
      summary: "weighs a guess on a copy: shows no value and takes no step",
      details: [
        "predict δ[1][1] 0.0088      to 3 significant digits; a formula will do",
        "predict sign dC/db[1][1] -  its sign alone",
        "predict next (2)            which equation comes next",
        "A wrong one is told what it is, where that is known.",
      ], completion: .quantities, takesEquals: true
    ) { session, arguments throws(CommandError) in try session.predict(arguments) },
    Command(
      "review", group: .learn, usage: "review",
      summary: "asks again what you missed in lessons, with other numbers"
    ) { session, arguments throws(CommandError) in try session.review(arguments) },
  ]

  private static let directives: [Command] = [
    directive(
      "ask", usage: Session.askUsage, summary: "a question of a lesson file",
      details: [
        "ask δ[2][1]: the error of the first output, by (1)?",
        "ask δ[2][1] within 2 digits: …        3 significant digits without it",
        "ask sign δ[1][1]: does more of z₁¹ raise the cost?",
        "ask formula δ[1][1]: …                in symbols, whatever the numbers",
        "ask choice: …                         its options: right TEXT, wrong TEXT: WHY NOT",
        "ask next: which equation comes next?",
        "Below it: wrong EXPR: WHY NOT, hint WORDS; then answer VALUE, which ends it.",
        "Also in a lesson file: title, minutes, prerequisites, numbers fixed.",
      ], run: { session, arguments throws(CommandError) in try session.ask(arguments) }),
    directive(
      "right", usage: "right TEXT[: REMARK]", summary: "the right option of ask choice",
      run: { session, arguments throws(CommandError) in try session.rightOption(arguments) }),
    directive(
      "wrong", usage: "wrong TEXT|EXPR: REMARK",
      summary: "a wrong option of ask choice, or a wrong value that is foreseen",
      run: { session, arguments throws(CommandError) in try session.wrongOption(arguments) }),
    directive(
      "hint", usage: "hint WORDS", summary: "a hint of a lesson file, before those of the notes",
      run: { session, arguments throws(CommandError) in try session.hintLine(arguments) }),
    heading(.title, usage: "title WORDS", summary: "the title of a lesson file"),
    heading(.minutes, usage: "minutes N", summary: "about how long a lesson takes"),
    heading(.prerequisites, usage: "prerequisites NAME…", summary: "lessons to take before it"),
    heading(
      .numbers, usage: "numbers fixed",
      summary: "a lesson whose numbers are the point: --seed and review leave them"),
  ]

  private static func directive(
    _ name: String, usage: String, summary: String, details: [String] = [],
    run: @escaping Command.Run
  ) -> Command {
    Command(
      name, group: .learn, usage: usage, summary: summary, details: details, takesEquals: true,
      isDirective: true, run: run)
  }

  private static func heading(_ name: Heading.Name, usage: String, summary: String) -> Command {
    directive(name.rawValue, usage: usage, summary: summary) {
      session, arguments throws(CommandError) in try session.heading(name, arguments)
    }
  }
}
