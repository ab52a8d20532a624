// The rows of the one command table: computing, stopping, and going back.

extension CommandTable {
  static let step: [Command] = [
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
        "until backward 1            before it; also forward N, cost, update",
        "until C < 0.1               where it comes to hold, within this pass",
        "until abs(δ[1][j]) < 1e-3 for any j",
        "                            any or every j; help break",
      ], completion: .stages, takesEquals: true
    ) { session, arguments throws(CommandError) in try session.until(arguments) },
    Command(
      "break", group: .step, usage: "break PLACE | CONDITION",
      summary: "a stop for every run: at a place, or where a condition comes to hold",
      details: [
        "break backward 1            before that computation; training comes to no place",
        "break C < 0.001             at any step, and in training at any update",
        "break abs(δ[1][j]) < 1e-3 for any j",
        "                            the free index of any, or of every neuron",
        "break z[1][j] > 4 and w[1][j,1] > 0 for every j",
        "                            both, for each j",
        "A condition compares two expressions: < > = ≠ ≤ ≥ (or != <= >=). It stops where",
        "it comes to hold; in training C and δ are those of the pass at the new weights.",
        "show stops lists them, delete N takes one away, undo the last.",
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
      "delete", group: .step, usage: "delete N…|all", summary: "takes stops away",
      completion: .words(["all"])
    ) { session, arguments throws(CommandError) in try session.deleteStop(arguments) },
    Command(
      "update", group: .step, usage: "update", summary: "the document's update rule, once"
    ) { session, arguments throws(CommandError) in try session.update(arguments) },
    Command(
      "train", group: .step, usage: "train N [epochs|steps]",
      summary: "the update rule many times, N epochs; Ctrl-C stops at a whole step",
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
      "undo", group: .step, usage: "undo",
      summary: "takes back the last typed line that changed anything"
    ) { session, arguments throws(CommandError) in try session.undo(arguments) },
    Command(
      "redo", group: .step, usage: "redo", summary: "does it again"
    ) { session, arguments throws(CommandError) in try session.redo(arguments) },
    Command(
      "example", group: .step, usage: "example [N|all]",
      summary: "which example is printed; alone: the list"
    ) { session, arguments throws(CommandError) in try session.example(arguments) },
  ]
}
