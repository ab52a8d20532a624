// The rows of the one command table.

extension CommandTable {
  package static let standardCommands: [Command] = build + step + look + keep + more

  package static var standard: CommandTable { standardTable }
  private static let standardTable = CommandTable(standardCommands)

  private static let settingRows: [Command] = Setting.all.map { setting in
    Command(
      setting.name, group: .build, usage: setting.usage,
      summary: "a setting; set alone lists all", details: setting.details,
      completion: .words(setting.choices)
    ) { session, arguments throws(CommandError) in
      try session.change(setting, arguments.words, arguments)
    }
  }

  private static let build: [Command] =
    [
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
    ] + settingRows

  private static let step: [Command] = [
    Command(
      "step", letter: "s", group: .step, usage: "step [N] [layer|neuron|pass|all]",
      summary: "the next computation, a layer by default (Enter repeats it)",
      details: [
        "step            the next layer, the cost, or the update",
        "step 3          three of them",
        "step neuron     one neuron of the layer",
        "step pass       to the end of the update",
        "step all        the next layer, no sum elided",
      ], completion: .words(["layer", "neuron", "pass", "all"]), repeats: true
    ) { session, arguments throws(CommandError) in try session.step(arguments) },
    Command(
      "forward", group: .step, usage: "forward", summary: "to the cost, in one row"
    ) { session, arguments throws(CommandError) in try session.forward(arguments) },
    Command(
      "backward", group: .step, usage: "backward", summary: "from the cost to the gradients"
    ) { session, arguments throws(CommandError) in try session.backward(arguments) },
    Command(
      "run", group: .step, usage: "run",
      summary: "forward, cost and backward, of every example at the present weights"
    ) { session, arguments throws(CommandError) in try session.run(arguments) },
    Command(
      "until", group: .step, usage: "until PLACE | CONDITION",
      summary: "runs to before a place, or to where a condition comes to hold",
      details: [
        "until backward 1          before that computation; also forward N, cost, update",
        "until C < 0.1             where it comes to hold, within this pass",
        "until abs(δ[1][j]) < 1e-3 for any j",
      ], completion: .stages, takesEquals: true
    ) { session, arguments throws(CommandError) in try session.until(arguments) },
    Command(
      "break", group: .step, usage: "break PLACE | CONDITION",
      summary: "a stop for every run: at a place, or where a condition comes to hold",
      details: [
        "break backward 1          before that computation",
        "break C < 0.001           at any step, and in training at any update",
        "break abs(δ[1][j]) < 1e-3 for any j",
        "break z[1][j] > 4 and σ'(z[1][j]) < 0.01 for every j",
        "A condition compares two expressions: < > = ≠ ≤ ≥ (or != <= >=). It stops where it",
        "comes to hold; in training C and δ are those of the pass at the new weights.",
        "show stops, delete N; help watch, help continue.",
      ], completion: .stages, takesEquals: true
    ) { session, arguments throws(CommandError) in try session.breakpoint(arguments) },
    Command(
      "watch", group: .step, usage: "watch EXPRESSION",
      summary: "a stop where a value changes: old → new, by which step and equation",
      details: [
        "watch w[1][1,1]      run, step and train stop where it changes",
        "continue back        then goes to the last change before",
      ], completion: .quantities
    ) { session, arguments throws(CommandError) in try session.watch(arguments) },
    Command(
      "display", group: .step, usage: "display EXPRESSION",
      summary: "shows a value after each step; delete N ends it", completion: .quantities
    ) { session, arguments throws(CommandError) in try session.display(arguments) },
    Command(
      "continue", letter: "c", group: .step, usage: "continue [back]",
      summary: "to the next stop, or the end of the pass; back: to the one before",
      details: [
        "continue             to where a stop is met, at most to the end of the pass",
        "continue back        to the last moment before this one that met a stop",
      ], completion: .words(["back"]), repeats: true
    ) { session, arguments throws(CommandError) in try session.continueRun(arguments) },
    Command(
      "delete", group: .step, usage: "delete N|all", summary: "takes a stop away",
      completion: .words(["all"])
    ) { session, arguments throws(CommandError) in try session.deleteStop(arguments) },
    Command(
      "update", group: .step, usage: "update", summary: "the document's update rule, once"
    ) { session, arguments throws(CommandError) in try session.update(arguments) },
    Command(
      "train", group: .step, usage: "train N [epochs|steps]",
      summary: "the update rule many times; Ctrl-C stops at a whole step",
      completion: .words(["10", "100", "1000"])
    ) { session, arguments throws(CommandError) in try session.train(arguments) },
    Command(
      "back", letter: "b", group: .step, usage: "back [N]",
      summary: "N computations back, exactly; through a training step by step",
      repeats: true
    ) { session, arguments throws(CommandError) in try session.back(arguments) },
    Command(
      "goto", group: .step, usage: "goto N", summary: "any moment; show history lists them"
    ) { session, arguments throws(CommandError) in try session.goto(arguments) },
    Command(
      "restart", group: .step, usage: "restart", summary: "before forward 1, at the present weights"
    ) { session, arguments throws(CommandError) in try session.restart(arguments) },
    Command(
      "undo", group: .step, usage: "undo", summary: "takes back the last typed line"
    ) { session, arguments throws(CommandError) in try session.undo(arguments) },
    Command(
      "redo", group: .step, usage: "redo", summary: "does it again"
    ) { session, arguments throws(CommandError) in try session.redo(arguments) },
    Command(
      "example", group: .step, usage: "example [N|all]",
      summary: "which example is printed; alone: the list"
    ) { session, arguments throws(CommandError) in try session.example(arguments) },
  ]

  private static let look: [Command] = [
    Command(
      "print", letter: "p", group: .look, usage: "print EXPRESSION",
      summary: "symbols, numbers, result; an expression alone prints too",
      details: [
        "print δ[2][1]        also δ₁² as printed, or delta[2][1]",
        "print dC/dw[2][1,3]  ∂C/∂w of layer 2, in the index order of the notes",
        "print a[1]           without neuron indices: the vector; w[2] the matrix",
        "print (a[2][1] - y[1]) sigma'(z[2][1])",
      ], completion: .quantities
    ) { session, arguments throws(CommandError) in try session.print(arguments) },
    Command(
      "value", group: .look, usage: "value EXPRESSION…",
      summary: "bare numbers for scripts, all digits, one a line", completion: .quantities
    ) { session, arguments throws(CommandError) in try session.value(arguments) },
    Command(
      "show", group: .look, usage: "show [\(Session.showTopics.joined(separator: "|"))]",
      summary: "tables of all values; show history: the moments",
      details: [
        "show z              a letter of the notes, else of this list: z weighted inputs,",
        "                    a activations, delta errors, w weights, b biases",
        "show activations    the same in words, whatever the letters",
        "show gradient       weights and biases, and the derivatives by them",
        "show network        sizes, activations and settings, as net tells them",
      ],
      completion: .words(Session.showTopics)
    ) { session, arguments throws(CommandError) in try session.show(arguments) },
    Command(
      "where", group: .look, usage: "where", summary: "where the pass stands"
    ) { session, arguments throws(CommandError) in try session.whereabouts(arguments) },
    Command(
      "equations", group: .look, usage: "equations [all|WORDS]",
      summary: "the relations that stepping cites, in the notes' words",
      details: [
        "equations all            every relation of the notes, by section",
        "equations hidden error   those with these words in their role, title, text or",
        "                         conditions: equations softmax, equations bias",
        "equations dE/dw          those with this left side, in the letters of the notes",
      ],
      completion: .words(["all"])
    ) { session, arguments throws(CommandError) in try session.equations(arguments) },
    Command(
      "equation", group: .look, usage: "equation LABEL [at l=1 j=2 …] [latex|mathml]",
      summary: "one equation: its symbols, its terms, your numbers",
      details: [
        "equation (2)             the label as the notes print it; 2 will do",
        "equation (2) at l=1 j=2  for these values of its free indices",
        "equation Goal            a place in words; equations all lists every label",
        "equation hidden error    by words of its role, title, text; or by its left side: δ",
        "equation (2) latex       for another text: in symbols, and with your numbers",
      ], completion: .labels(or: []), takesEquals: true
    ) { session, arguments throws(CommandError) in try session.equation(arguments) },
    Command(
      "why", group: .look, usage: "why QUANTITY [paths]",
      summary: "how a value came about, factor by factor, each by its equation",
      details: [
        "why dC/dw[1][1,1]     the tree of its factors, down to weights and inputs",
        "why w[1][1,1] paths   every path from a weight to the cost, and their sum",
      ], completion: .quantities
    ) { session, arguments throws(CommandError) in try session.why(arguments) },
    Command(
      "dictionary", group: .look, usage: "dictionary [QUANTITY|LABEL]",
      summary: "the same thing in every set of notes, with labels",
      details: [
        "dictionary           letters, index order, layers, costs",
        "dictionary δ[1][1]   one quantity: its symbol, its equation, its label",
        "dictionary (2)       one equation in all of them",
      ], completion: .quantitiesAndLabels
    ) { session, arguments throws(CommandError) in try session.dictionary(arguments) },
    Command(
      "errata", group: .look, usage: "errata [NUMBER|LABEL|all]",
      summary: "the misprints of the notes, each with your numbers",
      details: [
        "errata           those that would mislead you",
        "errata all       the rest too: notation, wording, things left unsaid",
        "errata 6         one as printed and as corrected, and what the derivative says",
        "errata (9a)      those of an equation",
        "set printed on   shows every equation as the notes print it",
      ], completion: .misprints, takesEquals: true
    ) { session, arguments throws(CommandError) in try session.errata(arguments) },
    Command(
      "verify", group: .look, usage: "verify [LABEL|WORDS|all]",
      summary: "the equations, each against the definition of its left side",
      details: [
        "verify           what stepping cites on this network",
        "verify (2)       one equation, and the place where its sides differ most",
        "verify bias      those on a word",
        "verify all       every equation of the notes, and why some are not meant here",
        "Left sides are taken by definition: derivatives by dual numbers on a forward",
        "pass that shares no code with the backward pass; right sides by the formula.",
        "Shown are how many values were compared, and their worst difference in ulp, the",
        "step from one double to the next, and relative to the value. It holds to 1e-11.",
      ], completion: .labels(or: ["all"]), takesEquals: true
    ) { session, arguments throws(CommandError) in try session.verify(arguments) },
    Command(
      "check", group: .look, usage: "check [QUANTITY] [h]",
      summary: "the gradient computed another way, and which rule looks wrong",
      details: [
        "check                all weights and trained biases",
        "check w[1][1,1]      one of them; check W[2], b[1]: those of a matrix",
        "check w[1][1,1] h    central differences for h from 1e-1 to 1e-12",
        "The verdict is by dual numbers on a forward pass that shares no code with the",
        "backward pass. Relative error, as cs231n has the bands: to 1e-7 right, to 1e-4",
        "close (fine where there are kinks), to 1e-2 suspect, beyond wrong. Both 0 agree.",
        "Kink: a ReLU whose weighted input changes its sign within h.",
      ], completion: .quantities
    ) { session, arguments throws(CommandError) in try session.check(arguments) },
    Command(
      "perturb", group: .look, usage: "perturb QUANTITY CHANGE",
      summary: "what if: the cost's change against what the derivative said",
      details: [
        "perturb w[2][1,1] 0.1   a rehearsal; nothing on screen is changed",
        "Also b, an input x, a weighted input z, a hidden activation a: of one example.",
      ], completion: .quantities
    ) { session, arguments throws(CommandError) in try session.perturb(arguments) },
    Command(
      "sweep", group: .look, usage: "sweep QUANTITY FROM TO [N]",
      summary: "the cost along one quantity, with the tangent at its present value",
      details: ["sweep w[2][1,1] -4 4 9   9 values from -4 to 4; nothing is changed"],
      completion: .quantities
    ) { session, arguments throws(CommandError) in try session.sweep(arguments) },
    Command(
      "diff", group: .look, usage: "diff [N [M]]",
      summary: "what changed between two moments, largest first",
      details: [
        "diff                 between the moment before and this one",
        "diff 4 9             from moment 4 to moment 9; diff 4: from 4 to this one",
      ]
    ) { session, arguments throws(CommandError) in try session.diff(arguments) },
    Command(
      "bug", group: .look, usage: "bug list | on NAME | on any [seed N] | off",
      summary: "the engine with one rule deliberately wrong, for check to find",
      details: [
        "bug list             one for each misconception that is a rule",
        "bug on stale-weights the prompt says BUG until bug off; save leaves it out",
        "bug on any           hides which; check finds it, bug off names it",
      ], completion: .words(["list", "on", "off"])
    ) { session, arguments throws(CommandError) in try session.bug(arguments) },
    Command(
      "expect", group: .look, usage: "expect EXPR = EXPR [within TOL]",
      summary: "in scripts: fails the script if it does not hold",
      details: [
        "expect δ[2][1] = 0.138499              met if it rounds to these digits",
        "expect dC/dw[1][1,1] = a[0][1] δ[1][1]   a formula: to 1e-12",
        "expect C = 0.3 within 1%               or within 1e-6, within 3 digits",
      ], completion: .quantities, takesEquals: true
    ) { session, arguments throws(CommandError) in try session.expect(arguments) },
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
