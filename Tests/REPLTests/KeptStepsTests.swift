import LectureNotes
import Testing

@testable import REPL

/// What was laid out for one step serves the next of its kind, and prints what a new one would.
@Suite struct KeptStepsTests {
  @Test(arguments: Library.shipped) func keptStepsPrintAsNewOnes(id: String) throws {
    let document = try Library().document(id)
    var networks = RandomNetworks(random: SplitMix64(seed: 5))
    for round in 0..<30 {
      var session = try Session(document: id)
      session.state = try networks.state()
      session.view.documentID = id
      session.display.ascii = round % 3 == 0
      session.display.width = round % 2 == 0 ? 80 : 60
      session.record("net")
      let (full, brief) = (FullSteps(), BriefSteps())
      for _ in 0..<14 {
        let before = session.state
        let computation = try session.advance(byNeuron: round % 5 == 0)
        let moment = session.moment(after: computation)
        let fresh = StepReport(
          computation, before: before, after: session.state, document: document,
          display: session.display)
        #expect(
          full.lines(of: moment, before: before, document, session.display) == fresh?.lines())
        #expect(
          brief.lines(of: moment, document, session.display)
            == BriefSteps().lines(of: moment, document, session.display))
      }
    }
  }

  /// A session begins before the standard notes are read.
  @Test func theStandardModelIsThatOfANewState() throws {
    let model = try Library().document(Library.standard).model
    let state = State()
    #expect(state.cost == model.cost && state.reduction == model.reduction)
    #expect(state.direction == model.direction && state.rate == model.rate)
  }
}
