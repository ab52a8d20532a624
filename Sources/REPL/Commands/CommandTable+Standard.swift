// The rows of the one command table.

extension CommandTable {
  package static let standardGroups = [build, settingRows, step, look, keep, more]

  package static var standard: CommandTable { standardTable }
  private static let standardTable = CommandTable(standardGroups)

  private static let settingRows: [Command] = Setting.all.map { setting in
    Command(
      setting.name, group: .build, usage: setting.usage,
      summary: "a setting; set alone lists all", details: setting.details,
      completion: .words(setting.choices)
    ) { session, arguments throws(CommandError) in
      try session.change(setting, arguments.words, arguments)
    }
  }

  private static let build: [Command] = [
    Command(
      "document", group: .build, usage: "document [ID] | load FILE | lint FILE | example",
      summary: "the notes to speak: names, index order, labels; alone: the list",
      details: [
        "Changes no number; the present step is printed again in the new words.",
        "The next net takes its defaults (cost, reduction, direction) from these notes.",
        "document load FILE takes your own notes in, document lint FILE checks them,",
        "document example prints a file to begin from; help notes explains it.",
      ], completion: .documents
    ) { session, arguments throws(CommandError) in try session.documentCommand(arguments) },
    Command(
      "net", group: .build, usage: "net SIZES | NAME | notes",
      summary: "a network: net 2 3 1, net 2 3:tanh 1:sigmoid, net mazur; alone: the list",
      details: [
        "net 2 3 1            2 inputs, 3 hidden neurons, 1 output",
        "net 2 3:tanh 1       an activation after a colon",
        "net mazur            a published network, ready to step",
        "net notes            the example the notes themselves work through",
        "Everything else is the document's model; weights are 0 until set:",
        "W[1] = [0.1 0.2; 0.3 0.4], w[1][1,2] = 0.5, b[1] = 0.1, init xavier",
      ], completion: .networks
    ) { session, arguments throws(CommandError) in try session.net(arguments) },
    Command(
      "data", group: .build,
      usage: "data X… -> Y… | xor | and | or | load FILE targets N | drop N | clear",
      summary: "an example: data 0.05 0.10 -> 0.01 0.99; data xor; data load F.csv targets 1",
      details: [
        "data 1 0 -> 1               inputs, an arrow, targets",
        "data load F.csv targets N   one example a row, the last N columns targets",
        "data drop 2, data clear     take examples away",
      ], completion: .words(["xor", "and", "or", "load", "drop", "clear"])
    ) { session, arguments throws(CommandError) in try session.data(arguments) },
    Command(
      "init", group: .build,
      usage: "init zeros | constant V | uniform A B | normal S | xavier | he [seed N]",
      summary: "draws the weights; the seed is echoed",
      completion: .words(["zeros", "constant", "uniform", "normal", "xavier", "he", "seed"])
    ) { session, arguments throws(CommandError) in try session.initialise(arguments) },
    Command(
      "reinit", group: .build, usage: "reinit", summary: "the last init once more, the same seed"
    ) { session, arguments throws(CommandError) in try session.reinitialise(arguments) },
    Command(
      "set", group: .build, usage: "set [NAME [VALUE]]",
      summary: "all settings; set may be left out: cost quadratic, rate 0.5, digits 8",
      details: Setting.help,
      completion: .words(Setting.all.map(\.name))
    ) { session, arguments throws(CommandError) in try session.set(arguments) },
  ]

  private static let keep: [Command] = [
    Command(
      "save", group: .keep, usage: "save FILE", summary: "the network and its data, as JSON",
      completion: .files
    ) { session, arguments throws(CommandError) in try session.save(arguments) },
    Command(
      "load", group: .keep, usage: "load FILE", summary: "a saved network", completion: .files
    ) { session, arguments throws(CommandError) in try session.load(arguments) },
    Command(
      "trace", group: .keep, usage: "trace json [FILE]",
      summary: "every computed value, as JSON for programs", completion: .words(["json"])
    ) { session, arguments throws(CommandError) in try session.trace(arguments) },
    Command(
      "source", group: .keep, usage: "source FILE", summary: "runs a file of commands",
      completion: .files
    ) { session, arguments throws(CommandError) in try session.source(arguments) },
  ]

  private static let more: [Command] = [
    Command(
      "help", letter: "h", group: .more, usage: "help [TOPIC]",
      summary: "this page; help COMMAND, help names, expressions, keys, scripts",
      completion: .topics
    ) { session, arguments throws(CommandError) in try session.help(arguments) },
    Command(
      "quit", letter: "q", group: .more, usage: "quit [STATUS]", summary: "leaves (Ctrl-D)"
    ) { session, arguments throws(CommandError) in try session.quit(arguments) },
  ]
}
