import TestSupport
import Testing

/// What the commands of the notes answer, on networks whose numbers are found by hand.
@Suite struct NotesAnswersTests {
  /// a = 2x, y = 1: the costs are ½ and 4½, the derivatives x (a − y) = 1 and 2 · 3.
  private let twoExamples = """
    net 1 1
    activation 1 identity
    w[1][1,1] = 2
    data 1 -> 1
    data 2 -> 1
    run

    """

  private func answer(_ lines: String) throws -> [String] {
    let run = try reply(to: twoExamples + lines)
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    return run.outputLines
  }

  @Test func whyOfAMeanOpensWithTheMean() throws {
    let lines = try answer("why dC/dw[1][1,1]\n")
    let first = "∂C/∂w₁₁¹ = 1/n (∂C₁/∂w₁₁¹ + ∂C₂/∂w₁₁¹) = 1/2 (1.00000 + 6.00000) = 3.50000"
    #expect(lines.contains(first))
    #expect(lines.contains { $0.hasPrefix("├─ ∂C₁/∂w₁₁¹ = a₁⁰ δ₁¹ = 1 · 1.00000 = 1.00000 ") })
    #expect(lines.contains { $0.hasPrefix("└─ ∂C₂/∂w₁₁¹ = a₁⁰ δ₁¹ = 2 · 3.00000 = 6.00000 ") })
    #expect(lines.contains { $0.contains("a₁⁰ = 2 ") && $0.hasSuffix("input 1") })
  }

  @Test func whyOfACostOfAllHasABranchAnExample() throws {
    let lines = try answer("why C\n")
    #expect(
      lines.contains {
        $0.hasPrefix("C = 1/n (C₁ + C₂) = 1/2 (0.500000 + 4.50000) = 2.50000 ")
          && $0.hasSuffix("“Goal”")
      })
    #expect(lines.contains { $0.hasPrefix("└─ C₂ = ½ (y₁ − a₁¹)² = ½ (1 − 4.00000)² = 4.50000") })
  }

  @Test func printOfAMean() throws {
    let lines = try answer("print dC/dw[1][1,1]\nprint dC/dw[1][1,1] @2\n")
    #expect(lines.contains("  ∂C/∂w₁₁¹ = 1/2 (1.00000 + 6.00000)"))
    #expect(lines.contains("  ∂C/∂w₁₁¹ @2 = 2 · 3.00000"))
  }

  @Test func pathsAreThoseOfOneExample() throws {
    let lines = try answer("example 2\nwhy w[1][1,1] paths\n")
    #expect(lines.contains("1 path from w₁₁¹ to C₂, example 2"))
    #expect(lines.contains { $0.contains("w₁₁¹ → z₁¹ → a₁¹ → C₂") && $0.hasSuffix("=  6.00000") })
    #expect(lines.contains("  ∂C₂/∂w₁₁¹ by (4) is 6.00000; they agree to 0 ulp"))
  }

  @Test func dictionaryOfAMeanHasNoFormulaOfOneExample() throws {
    let lines = try answer("dictionary dC/dw[1][1,1]\ndictionary δ[1][1]\n")
    #expect(lines.contains { $0.hasPrefix("∂C/∂w₁₁¹ = 3.50000 ") })
    let softmax = try #require(lines.first { $0.contains("softmax-matrix") })
    #expect(softmax.contains("1/N Σ_{p=1}^2 ∂e_p/∂w_{1,1}^(1)"))
    #expect(softmax.hasSuffix("(9)"))
    #expect(lines.contains { $0.hasPrefix("δ₁¹ = 1.00000, example 1 ") })
  }

  @Test func aBareNumberIsAMisprintAndSaysSo() throws {
    let lines = try answer("errata 3\nerrata (3)\nerrata (1)\n")
    #expect(lines.contains { $0.hasPrefix("E-four-equations-03, shape") })
    #expect(lines.contains("misprint 3; for equation (3) type: errata (3)"))
    #expect(lines.contains { $0.hasPrefix("E-four-equations-23, ambiguity") })
    #expect(lines.contains("(1) is right as printed; errata lists the misprints"))
  }

  /// With θ from row to column z₂ = 3 · 1; with its indices turned the file says 2 · 1.
  @Test func aRelationOfOnesOwnThatDoesNotHoldIsMarked() throws {
    let folder = ScratchFolder()
    let sample = try reply(to: "document example\n").output
    let right = "θ_jk^ℓ h_k^ℓ"
    #expect(sample.contains(right))
    folder.write(sample.replacing(right, with: "θ_kj^ℓ h_k^ℓ"), to: "turned.notes")
    folder.write(sample, to: "right.notes")
    let script = """
      net 2 2 1
      θ[0] = [1 2; 3 4]
      data 1 0 -> 1
      step

      """
    let turned = try reply(
      to: "document load turned.notes\n" + script, folder: folder.path)
    let warning = "does not hold here: its right side is"
    #expect(turned.output.contains("\(warning) 2.00000"))
    let sound = try reply(to: "document load right.notes\n" + script, folder: folder.path)
    #expect(sound.status == 0)
    #expect(!sound.output.contains(warning))
    let narrow = try reply(
      to: "width 60\ndocument load turned.notes\n" + script + "verify all\n",
      folder: folder.path)
    let rows = narrow.outputLines
    #expect(rows.contains { $0.contains(warning) })
    #expect(rows.allSatisfy { $0.count <= 60 }, "\(rows.filter { $0.count > 60 })")
    let failing = try #require(rows.first { $0.hasSuffix("fails") })
    #expect(failing.split(separator: " ").suffix(3) == ["3", "0.33", "fails"], "\(failing)")
    #expect(rows.joined(separator: " ").contains("hold, 1 does not"))
  }

  /// 0 · log(−9) has no value: the cost stops, and no relation is said to be wrong for it.
  @Test func aCostOutsideItsRangeStops() throws {
    let network = """
      document gonzalez
      net 2 1:identity
      w[1][1,1] = 5
      w[1][1,2] = 2.5
      data 1 2 -> 1

      """
    let stepped = try reply(to: network + "step\nstep\n")
    #expect(stepped.error.contains("log of −9.00000 at output 1, example 1"))
    let verified = try reply(to: network + "verify all\n")
    #expect(verified.status == 0, "\(verified.error)")
    #expect(verified.output.contains("its left side is not finite here"))
  }

  /// Each step of the online loop takes the example after the last, whatever the lines.
  @Test func trainingGoesOnWithTheNextExample() throws {
    let network = """
      document zero-indexed
      net 2 2 1
      init uniform -1 1 seed 4
      data 0.5 -1.2 -> 1
      data -0.7 0.9 -> 0

      """
    let value = "value w[0][1,1]\n"
    let once = try reply(to: network + "train 2 steps\n" + value)
    let twice = try reply(to: network + "train 1 steps\ntrain 1 steps\n" + value)
    let stepped = try reply(to: network + "step pass\nexample 2\nstep pass\n" + value)
    #expect(once.outputLines.last == twice.outputLines.last)
    #expect(once.outputLines.last == stepped.outputLines.last)
    let epoch = try reply(to: network + "train 1\n" + value)
    #expect(once.outputLines.last == epoch.outputLines.last)
    #expect(stepped.output.contains("to go on in turn type: example 2"))
  }
}
