import LectureNotes
import REPL
import Testing

@Suite struct CompleterTests {
  // MARK: labels

  /// As the notes print them and in their order: (9) before (10), no alias.
  @Test func labelsAreThoseOfThePages() throws {
    let session = try session("softmax-matrix")
    let offered = session.tab("equation ").candidates
    let numbers = offered.compactMap { label in
      label.hasPrefix("(") && label.hasSuffix(")") ? Int(label.dropFirst().dropLast()) : nil
    }
    #expect(numbers == Array(1...42))
    let three = try #require(offered.firstIndex(of: "(3)"))
    #expect(offered.firstIndex(of: "before (3)") == three - 1)
    let aliases = Set(session.document.equations.flatMap(\.aliases))
      .subtracting(session.document.equations.map(\.label))
    #expect(!aliases.isEmpty && aliases.isDisjoint(with: offered))
    #expect(session.tab("verify ").candidates == ["all"] + offered)
  }

  @Test(arguments: [
    ("equation 29", "(29)"), ("equation (29", "(29)"), ("equation N tr", "“N training examples”"),
    ("equation “N tr", "“N training examples”"), ("equation n training e", "“N training examples”"),
    ("equation before (23", "before (23)"), ("verify before 2", "before (2), before (23)"),
    ("dictionary 29", "(29)"), ("dictionary N tr", "“N training examples”"), ("eq 29", "(29)"),
  ])
  func aLabelIsFoundAsItIsTyped(_ text: String, _ labels: String) throws {
    let offer = try session("softmax-matrix").tab(text)
    #expect(offer.candidates.joined(separator: ", ") == labels)
    let words = text.split(separator: " ", maxSplits: 1)
    #expect(offer.start == words[0].count + 1)
  }

  @Test func labelsThatBeginAlike() throws {
    let session = try session("softmax-matrix")
    let tens = session.tab("equation 3").candidates
    #expect(tens.prefix(2) == ["(3)", "(3), lines 2–4"] && tens.contains("(30)"))
    #expect(!tens.contains("(13)") && !tens.contains("before (3)"))
    let before = session.tab("equation be").candidates
    #expect(before.count == 11 && before.allSatisfy { $0.hasPrefix("before (") })
  }

  @Test func whatFollowsALabel() throws {
    let session = try session("softmax-matrix")
    #expect(session.tab("equation (3) ").candidates == ["at", "latex", "mathml"])
    #expect(session.tab("verify (5) ").candidates == [])
    #expect(session.tab("dictionary (5) ").candidates == [])
  }

  @Test func wordsOfCommands() throws {
    let session = try session("four-equations")
    #expect(session.tab("document ex").candidates == ["example"])
    #expect(session.tab("document l").candidates == ["lint", "list", "load"])
    #expect(session.tab("document example ").candidates == [])
    #expect(session.tab("why C pa").candidates == ["paths"])
    #expect(session.tab("why pa").candidates == [])
  }

  @Test func errataOffersNumbersAndLabelsWithMisprints() throws {
    let session = try session("four-equations")
    let offered = session.tab("errata ").candidates
    let numbers = session.document.errata.map(\.number)
    #expect(Array(offered.prefix(numbers.count)) == numbers)
    #expect(offered.contains("(4)") && !offered.contains("(1)"))
    for label in offered.dropFirst(numbers.count + 1) {
      _ = try session.answer("errata \(label)")
    }
  }

  /// Every label that is offered is taken.
  @Test(arguments: Library.shipped) func labelsAreAccepted(id: String) throws {
    let session = try session(id, after: "net notes", "run")
    for label in session.tab("equation ").candidates {
      #expect(throws: Never.self) { try session.answer("equation \(label)") }
    }
  }

  // MARK: quantities

  @Test(arguments: [
    ("four-equations", "why dC", "dC/dw[1][1,1]"), ("gonzalez", "why dE", "dE/dv[1]"),
    ("softmax-matrix", "why ∂E/∂w[2]", "∂E/∂w[2][2,3]"),
    ("zero-indexed", "why dL~", "dL~/dw[0][1,1]"),
    ("general-case", "print d", "dC/dw[1][0,2]"), ("softmax-matrix", "W", "W[1]"),
    ("softmax-matrix", "theta", "theta("), ("four-equations", "print del", "delta[2][1]"),
    ("four-equations", "dictionary dC/d", "dC/dw[3][1,2]"),
    ("softmax-matrix", "print De", "Delta[2]"),
  ])
  func quantitiesAsTheyAreTyped(_ id: String, _ text: String, _ name: String) throws {
    let session = try session(id, after: "net notes")
    #expect(session.tab(text).candidates.contains(name), "\(session.tab(text))")
  }

  @Test func aCurlyDerivativeIsNoError() throws {
    let session = try session(after: "net notes")
    let offered = session.tab("why ∂").candidates
    #expect(!offered.isEmpty && offered.allSatisfy { $0.hasPrefix("∂C/∂") })
    #expect(session.tab("why d").candidates.contains { $0.hasPrefix("delta[") })
  }

  /// Many are listed by their beginnings, and the next Tab goes on from there.
  @Test func manyAreListedByTheirBeginnings() throws {
    let session = try session(after: "net 9 9 9")
    let all = session.tab("print ").candidates
    #expect(all.contains("dC/dw[") && all.contains("w[") && all.contains("δ["))
    #expect(all.count < 30 && Set(all).count == all.count)
    #expect(session.tab("print w[").candidates == ["w[1][", "w[2][", "w[1]", "w[2]"])
  }

  /// Whatever is offered for a quantity has a value.
  @Test(arguments: Library.shipped) func quantitiesAreAccepted(id: String) throws {
    let session = try session(id, after: "net notes", "run")
    for letter in ["d", "w", "W", "a", "x", "z", "s", "b", "y", "del", "C", "E", "o", "v"] {
      let offered = session.tab("print \(letter)").candidates
      for name in offered where !name.hasSuffix("(") && !name.hasSuffix("[") {
        #expect(throws: Never.self, "\(id) \(name)") { try session.answer("print \(name)") }
      }
    }
  }
}
