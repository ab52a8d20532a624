import TestSupport
import Testing

/// Exercises that grade themselves: a student's answers, and what is handed in before a key.
@Suite struct GradingTests {
  private let scratch = ScratchFolder()

  private static let lesson = """
    title Three numbers
    document four-equations
    minutes 5
    net mazur
    until backward 2
    ask δ[2][1]: the error of the first output?
    answer 0.138499
    ask δ[1][1]: the error of the first hidden neuron?
    answer 0.00877135
    ask choice: which rule?
    wrong the sum
    right the product
    answer b
    step

    """

  private func grade(_ answers: String, _ options: [String] = []) throws -> Run {
    scratch.write(GradingTests.lesson, to: "three.bp")
    scratch.write(answers, to: "ada.txt")
    return try runBinary(
      arguments: options + ["--answers", "ada.txt", "three.bp"], folder: scratch.path)
  }

  @Test func aMarkAQuestion() throws {
    let right = try grade(
      "0.138\nw[2][1,1] δ[2][1] σ'(z[1][1]) + w[2][2,1] δ[2][2] σ'(z[1][1])\nb\n")
    #expect(right.status == 0 && right.error.isEmpty)
    #expect(right.outputLines.last == "3 of 3 answers are right")
    let wrong = try grade("# Ada\n0.741\n0.00923\na\n")
    #expect(wrong.status == 1)
    #expect(
      wrong.outputLines == [
        " 1  wrong    δ₁², the error of the first output?",
        "             0.741 is ∂C/∂a₁² alone; one factor is missing, the slope (M3)",
        " 2  wrong    δ₁¹, the error of the first hidden neuron?",
        "             0.00923 takes w₁₂² where w₂₁² belongs: the sum runs over layer 2",
        "             (M7)",
        " 3  wrong    which rule?",
        "             it is not a",
        "0 of 3 answers are right",
      ])
  }

  /// Left out, unreadable, too many: each is said, none ends the marking.
  @Test func answersThatAreNone() throws {
    let run = try grade("\n0,0088\nb\n7\n")
    #expect(run.status == 1)
    #expect(run.outputLines.contains("             no answer"))
    #expect(run.output.contains(" 2  unread   δ₁¹"))
    #expect(run.output.contains("0,0088: 0,0088 is not a number here"))
    #expect(
      run.outputLines.last
        == "1 of 3 answers are right; 1 could not be read; 1 more than questions")
    // An answer is read and never carried out.
    let evil = try grade("quit 0\nW[2] = [0 0; 0 0]\nsource three.bp\n")
    #expect(
      evil.status == 1
        && evil.outputLines.last == "0 of 3 answers are right; 3 could not be read")
    let short = try grade("0.138\n")
    #expect(short.status == 1 && short.outputLines.last == "1 of 3 answers are right")
    let missing = try runBinary(
      arguments: ["--answers", "nobody.txt", "three.bp"], folder: scratch.path)
    #expect(missing.status == 66 && missing.error.contains("nobody.txt"))
  }

  /// The same questions, and other numbers for each student: the numbers of the file are wrong then,
  /// and the equations of the notes are right.
  @Test func otherNumbers() throws {
    let numbers = "0.138499\n0.00877135\nb\n"
    let formulas = """
      (a[2][1] - y[1]) a[2][1] (1 - a[2][1])
      (w[2][1,1] δ[2][1] + w[2][2,1] δ[2][2]) a[1][1] (1 - a[1][1])
      b

      """
    var sheets: Set<String> = []
    for seed in ["1", "2"] {
      let run = try grade(numbers, ["--seed", seed])
      #expect(run.status == 1 && run.outputLines.last == "1 of 3 answers are right")
      let good = try grade(formulas, ["--seed", seed])
      #expect(good.status == 0, "\(good.output)")
      let sheet = try runBinary(arguments: ["--seed", seed, "three.bp"], folder: scratch.path)
      #expect(sheet.status == 0 && sheet.output.contains("with other numbers:"))
      sheets.insert(sheet.output)
    }
    #expect(sheets.count == 2)
  }

  /// Whatever a handed-in script does, the key after it is run and what fails there counts.
  @Test(arguments: [
    "quit 0\n", "net mazur\nrun\nquit 0\n", "net mazur\nrun\nexpect C = 0.298371\nquit\n",
    "net mazur\nrun\nforwrd\n", "net mazur\nrun\nask C: what?\n", "net mazur\nrun\nstep \\",
    "title mine\nnet mazur\nrun\n", "net mazur\nbug on any seed 1\nrun\n",
    "net mazur\nbreak C > 0\nrun\n", "lesson start 1\n", "lesson start 1\nlesson quit\n",
    "source key.bp\n", "source hand.bp\n", "net mazur\nrun\n\u{0}", "net mazur\nundo\nundo\n",
    "document gonzalez\nnet mazur\nrun\n",
  ]) func nothingSparesTheKey(handedIn: String) throws {
    scratch.write(handedIn, to: "hand.bp")
    scratch.write("document four-equations\nexpect 1 = 2\n", to: "key.bp")
    let run = try runBinary(arguments: ["-q", "hand.bp", "key.bp"], folder: scratch.path)
    #expect(run.status == 1)
    #expect(run.error.contains("key.bp:2:"), "\(run.error)")
    let open = handedIn.contains("ask")
    #expect(run.error.contains("has no answer") == open)
  }

  /// Notes that were handed in are not those of the key; and a network without data ends nothing.
  @Test func theKeySpeaksItsOwnNotes() throws {
    let example = try runBinary(arguments: ["-e", "document example"])
    scratch.write(example.output, to: "mine.notes")
    scratch.write("net 1 1\ndata 1 -> 1\ndocument load mine.notes\n", to: "hand.bp")
    scratch.write("run\nexpect δ[1][1] = (a[1][1] - y[1]) sigma'(z[1][1])\n", to: "key.bp")
    let run = try runBinary(arguments: ["-q", "hand.bp", "key.bp"], folder: scratch.path)
    #expect(run.status == 0, "\(run.error)")
    scratch.write("net 2 1\n", to: "hand.bp")
    scratch.write("expect w[1][1,1] = 2\n", to: "key.bp")
    let bare = try runBinary(arguments: ["-q", "hand.bp", "key.bp"], folder: scratch.path)
    #expect(bare.status == 1 && bare.error.contains("w₁₁¹ is 0, not 2"), "\(bare.error)")
  }

  /// The key finds the network as it was handed in, and right.
  @Test func theKeyReadsTheSameNetwork() throws {
    scratch.write("net mazur\nrun\nexpect δ[1][1] = 0.00877\n", to: "hand.bp")
    scratch.write("expect dC/dw[2][2,1] = (a[2][2] - y[2]) sigma'(z[2][2]) a[1][1]\n", to: "key.bp")
    let run = try runBinary(arguments: ["-q", "hand.bp", "key.bp"], folder: scratch.path)
    #expect(run.status == 0 && run.output == "2 of 2 expectations hold\n")
  }
}
