import IndexNotation
import LectureNotes

/// What steps in full detail print besides their numbers, kept for the next step of the kind.
package final class FullSteps {
  private var setting: StepSetting?
  private var document: Document?
  private var display = Display()
  private var words = StepWords()

  package init() {}

  func lines(
    of moment: Moment, before: State, _ document: Document, _ display: Display
  ) -> [Line] {
    guard let computation = moment.computation else { return [] }
    if moment.setting !== setting || document !== self.document || display != self.display {
      (setting, self.document, self.display) = (moment.setting, document, display)
      words = StepWords()
    }
    let report = StepReport(
      computation, before: before, after: moment.state, document: document, display: display,
      facts: moment.setting.facts, words: words)
    return report?.lines() ?? []
  }
}

/// The words of steps: relations with the symbols of their rows, and what stands around them.
final class StepWords {
  struct Key<Subject: Hashable>: Hashable {
    var subject: Subject
    var density: StepReport.Density
  }

  /// One relation of a step.
  struct Part {
    var citation: Citation
    var relation: Relation
    var headings: [Block.Heading]
    var level: Reading<StoredPass>.Level
    var rows: [Row]
  }

  struct Row {
    var instance: Instance
    var symbol: String
    /// The right side, where it is one symbol.
    var plain: String?
    let recollection = Recollection()
  }

  /// The lines above and below the relations.
  struct Frame {
    var above: [Line]
    var below: [Line]
  }

  /// nil where the notes have no relation.
  var parts: [Key<Target>: Part?] = [:]
  var frames: [Key<Computation>: Frame] = [:]
}
