// The rows of the one command table: looking at values, and at what they come of.

extension CommandTable {
  static let look: [Command] = [
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
}
