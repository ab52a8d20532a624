import Backprop
import IndexNotation
import LectureNotes

/// What a step prints: each relation once, its rows, then what comes next and by which labels.
package struct StepReport {
  let document: Document
  let display: Display
  let before: State
  let after: State
  let computation: Computation
  let source: StoredPass
  let renderer: Renderer
  let script: Script
  let words: StepWords
  /// How far the step is pressed together so that it fits a screen.
  private(set) var density = Density.open

  enum Density: Int, CaseIterable, Comparable {
    case open
    /// Sums inside parentheses are printed as their values.
    case valuesOfInnerSums
    /// Sums in the relations lose their limits.
    case noLimits
    /// No blank line between blocks.
    case closed

    static func < (left: Density, right: Density) -> Bool { left.rawValue < right.rawValue }
  }

  /// A screen of 24 rows less the prompt.
  static let screenRows = 23

  /// - Parameters:
  ///   - before: the state the computation started from.
  ///   - after: the state it led to.
  package init?(
    _ computation: Computation, before: State, after: State, document: Document, display: Display
  ) {
    self.init(
      computation, before: before, after: after, document: document, display: display, facts: nil,
      words: StepWords())
  }

  /// - Parameters:
  ///   - facts: those of `after`, if they are known.
  ///   - words: of steps that differ from this one by numbers at most.
  init?(
    _ computation: Computation, before: State, after: State, document: Document, display: Display,
    facts: NetworkFacts?, words: StepWords
  ) {
    // An update reads the pass it used up; everything else reads what it has just computed.
    let read = computation.stage == .update ? before : after
    guard
      let source = StoredPass(
        read, digits: display.effectiveDigits, ascii: display.ascii, facts: facts)
    else { return nil }
    self.words = words
    self.document = document
    self.display = display
    self.before = before
    self.after = after
    self.computation = computation
    self.source = source
    renderer = document.renderer
    script = display.ascii ? .ascii : (document.hasGlyphs ? .unicode : .linear)
  }

  var shape: Shape { source.network.shape }
  var facts: NetworkFacts { source.facts }

  /// The step as open as fits a screen; a large layer is longer than that in any case.
  package func lines() -> [Line] {
    let open = arranged()
    guard open.count > StepReport.screenRows, open.count <= 2 * StepReport.screenRows else {
      return open
    }
    var report = self
    for density in Density.allCases.dropFirst() {
      report.density = density
      let lines = report.arranged()
      if lines.count <= StepReport.screenRows { return lines }
    }
    return open
  }

  /// The online loop of the notes goes on with the next example; here a person says which.
  var afterUpdate: String {
    let words = "forward 1, at the new weights"
    guard after.reduction == .perExample, after.examples.count > 1 else { return words }
    return words + "; to go on in turn type: example \(after.example % after.examples.count + 1)"
  }

  func arranged() -> [Line] {
    var cited: [Citation] = []
    let blocks = self.blocks(&cited)
    let frame = frame(cited)
    return frame.above + layout.lines(blocks, closed: density >= .closed) + frame.below
  }

  var layout: BlockLayout {
    BlockLayout(
      width: display.effectiveWidth, digits: display.effectiveDigits, ascii: display.ascii)
  }

  func frame(_ cited: [Citation]) -> StepWords.Frame {
    let key = StepWords.Key(subject: computation, density: density)
    if let known = words.frames[key] { return known }
    let frame = StepWords.Frame(above: header(cited), below: footnotes(cited) + next())
    words.frames[key] = frame
    return frame
  }

  func next() -> [Line] {
    var lines: [Line] = density < .closed ? [.blank] : []
    let next = NextStep(after, document: document, display: display)
    if computation.stage == .update {
      lines += Wrapping.lines("next: \(afterUpdate)", width: display.effectiveWidth)
        .map { Line($0.text, .next) }
    } else {
      lines += next.lines()
    }
    return lines
  }

  // MARK: header and footnotes

  func header(_ cited: [Citation]) -> [Line] {
    var left = StepReport.title(computation.stage, last: shape.last)
    if let neurons = computation.neurons, neurons.count == 1, !coversLayer(neurons) {
      left += ", neuron \(neurons.lowerBound)"
    }
    if let line = document.algorithmLine(computation.stage, facts) { left += ", \(line)" }
    var right = "\(document.id) · example \(after.example) of \(max(1, after.examples.count))"
    if let layer = commonLayer(cited) { right += " · \(layer)" }
    if display.ascii { right = right.replacing("·", with: "-").replacing("ℓ", with: "l") }
    let bug = after.bug.map { [Line("BUG on: \($0.words)", .warning)] } ?? []
    guard left.count + right.count + 2 < display.effectiveWidth else {
      return [Line(left, .heading), Line("  " + right, .heading)] + bug
    }
    return [Line(Columns80.edges(left, right, width: display.effectiveWidth), .heading)] + bug
  }

  func coversLayer(_ neurons: ClosedRange<Int>) -> Bool {
    switch computation.stage {
    case .forward(let layer), .backward(let layer): return neurons == 1...shape.sizes[layer]
    case .cost, .update: return true
    }
  }

  static func title(_ stage: Stage, last: Int) -> String {
    switch stage {
    case .forward(let layer): return "Forward, layer \(layer) (\(kind(layer, last)))"
    case .cost: return "Cost"
    case .backward(let layer): return "Backward, layer \(layer) (\(kind(layer, last)))"
    case .update: return "Update"
    }
  }

  static func kind(_ layer: Int, _ last: Int) -> String { layer == last ? "output" : "hidden" }

  /// `l = 2`, where every cited relation gives the notes' l one and the same value, and that is
  /// not the layer of the heading.
  func commonLayer(_ cited: [Citation]) -> String? {
    let layer: Int
    let kinds: [Target.Kind]
    switch computation.stage {
    case .forward(let stepped) where document.layerOrigin != 0:
      (layer, kinds) = (stepped, [.weightedInput, .activation])
    case .backward(let stepped):
      (layer, kinds) = (stepped, [.error, .biasGradient, .weightGradient])
    case .forward, .cost, .update: return nil
    }
    let reading = Reading(document, source, level: .example)
    var found: Set<String> = []
    for citation in cited {
      guard let relation = try? document.relation(citation.main) else { continue }
      for kind in kinds {
        guard
          let instance = reading.instances(
            relation.left, Target(kind: kind, layer: layer), firstOnly: true
          ).first
        else { continue }
        for (letter, meaning) in document.indices
        where meaning == .layer && !document.numbersCurrentLayer(letter) {
          if let value = instance.values.value(of: IndexKey(letter)) {
            found.insert("\(letter) = \(value.value)")
          }
        }
      }
    }
    guard found.count == 1, let only = found.first else { return nil }
    return only.hasSuffix(" = \(layer)") ? nil : only
  }

  func footnotes(_ cited: [Citation]) -> [Line] {
    var numbers: [String] = []
    var reasons: [String] = []
    var notes: [String] = []
    for citation in cited {
      for misprint in citation.misprints where !numbers.contains(misprint) {
        numbers.append(misprint)
      }
      if let reason = citation.failing, !reasons.contains(reason) { reasons.append(reason) }
      if let note = document.equations[citation.main].note, !notes.contains(note) {
        notes.append(note)
      }
    }
    numbers.sort { (Int($0) ?? 0) < (Int($1) ?? 0) }
    var lines: [Line] = []
    if !numbers.isEmpty {
      let mark = display.ascii ? "(+)" : "†"
      let shown = display.showsPrinted ? "shown so; the numbers are right" : "shown corrected"
      lines += Wrapping.lines(
        "\(mark) misprinted in the notes, \(shown): errata \(numbers.joined(separator: ", "))",
        indent: 2, width: display.effectiveWidth)
    }
    // Pressed for room, the label “beyond the notes” stands without its reason.
    if !reasons.isEmpty, density < .closed || notes.isEmpty {
      lines += Wrapping.lines(
        "beyond the notes: " + reasons.joined(separator: "; "), indent: 2,
        width: display.effectiveWidth)
    }
    for note in notes {
      lines += Wrapping.lines(note, indent: 2, width: display.effectiveWidth)
    }
    return lines
  }
}
