import REPL
import Testing

@Suite struct ErrataAnswerTests {
  /// The cost of general-case grows as the fit gets better: a step down lowers it.
  @Test func aSignShowsInAStep() throws {
    let session = try session("general-case", after: "net notes", "run")
    let lines = try session.answer("errata 9")
    let costs = try lines.suffix(3).map { line in
      try #require(line.split(separator: " ").last.flatMap { Double($0.replacing("−", with: "-")) })
    }
    #expect(costs.count == 3 && costs[1] < costs[0] && costs[0] < costs[2] && costs[2] < 0)
    #expect(!lines.contains { $0.contains("no value comes out") })
  }
}
