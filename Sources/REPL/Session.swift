import Backprop
import IndexNotation
import LectureNotes

/// A session: the present state, the moments that led to it, and how it is shown.
///
/// A command maps it to the next and returns lines; nothing here prints. A command that fails
/// leaves it as it was.
package struct Session {
  package var state = State() {
    didSet {
      knownSetting = nil
      isTouched = true
    }
  }
  /// What the running line is to be compared with: undo and redo bring a view of their own.
  var viewBefore = View(documentID: Library.standard)
  /// Whether the running line has had its hands on the state.
  var isTouched = false
  /// What the words of steps depend on, if nothing but computations has changed the state since.
  private var knownSetting: StepSetting?
  package var timeline = Timeline()
  package var view = View(documentID: Library.standard)
  package var display: Display {
    get { view.display }
    set { view.display = newValue }
  }
  package var stops: Stops {
    get { view.stops }
    set { view.stops = newValue }
  }
  private let store = DocumentStore()
  package var library: Library {
    get { Library(store, loaded: view.loaded) }
    set { view.loaded = newValue.loaded }
  }
  /// For every `init` without a seed of its own.
  package var seed: UInt64?
  /// Reports a running computation, at a terminal only.
  package var showProgress: ((String) -> Void)?
  /// Whether the running line reported progress, which is to be wiped.
  package var usedProgress = false
  package var expectations = Expectations()
  /// What has been told and still is the case.
  var diagnosed: Set<Diagnosis> = []
  /// Expectations that failed inside an included file, for the runner to report.
  package var failures: [CommandError] = []
  /// Every command there is; the program adds those of other modules.
  package let table: CommandTable
  /// Whether a person types the lines.
  package var isInteractive = false
  /// Who reads the lines before the command table does.
  package var dialogue: Dialogue?
  /// What other modules keep with a session.
  private var annexes: [ObjectIdentifier: any SessionAnnex] = [:]
  /// What Enter on an empty line repeats.
  package var repeatable: String?
  /// Set by `quit`: the file ends, with this status.
  package var quitStatus: Int?
  /// The folder that names in an included script are relative to, and the scripts around it.
  package var includes: [IncludedFile] = []
  /// How many `source` lines are being carried out, one in another.
  package var includeDepth = 0
  /// Whether the lines are a lesson's, perhaps a stranger's: they reach files beside it or below, and
  /// write none.
  package var isLesson = false
  /// Steps laid out before, for steps like them.
  let briefSteps = BriefSteps()
  let fullSteps = FullSteps()

  package init(
    document: String = Library.standard, table: CommandTable? = nil
  ) throws(DocumentError) {
    self.table = table ?? .standard
    // The standard notes are read when first asked for: their model is that of a new State.
    guard document != Library.standard else { return }
    _ = try library.document(document)
    view.documentID = document
    adoptModel()
  }

  /// Whether no other module keeps anything here.
  package var hasNoAnnex: Bool { annexes.isEmpty }

  /// What another module keeps with the session.
  package subscript<Annex: SessionAnnex>(_: Annex.Type) -> Annex {
    get { annexes[ObjectIdentifier(Annex.self)] as? Annex ?? Annex() }
    set { annexes[ObjectIdentifier(Annex.self)] = newValue }
  }

  /// The notes in use.
  package var document: Document {
    do throws(DocumentError) {
      return try library.document(view.documentID)
    } catch {
      preconditionFailure("\(view.documentID), line \(error.line): \(error.message)")
    }
  }

  /// The defaults of the next network are the document's.
  package mutating func adoptModel() {
    let model = document.model
    state.cost = model.cost
    state.reduction = model.reduction
    state.direction = model.direction
    state.rate = model.rate
  }

  package mutating func speak(_ id: String) throws(CommandError) {
    do throws(DocumentError) {
      _ = try library.document(id)
    } catch {
      throw CommandError("\(id), line \(error.line): \(error.message)")
    }
    view.documentID = id
  }

  // MARK: moments

  /// Records the state as a new moment.
  package mutating func record(_ name: String) {
    // What an edit leads to is new.
    diagnosed = []
    timeline.append(command: name, in: view.documentID, isView: false, state)
  }

  /// Records that another example is in view, with the same numbers.
  package mutating func recordExample() {
    timeline.append(
      command: "example \(state.example)", in: view.documentID, isView: true, state)
  }

  /// Carries out the next computation and records the state it leads to.
  mutating func advance(byNeuron: Bool) throws(ComputationFault) -> Computation {
    let setting = setting
    let computation = try state.advance(byNeuron: byNeuron)
    knownSetting = setting
    timeline.append(computation: byNeuron ? .neuron : .layer, state)
    return computation
  }

  private var setting: StepSetting {
    mutating get {
      if let knownSetting { return knownSetting }
      let setting = StepSetting(state)
      knownSetting = setting
      return setting
    }
  }

  /// The present state, with the computation that has led to it.
  package mutating func moment(after computation: Computation) -> Moment {
    Moment(state, computation, setting)
  }

  /// Puts the moment on screen that the timeline points to.
  package mutating func restore() {
    guard timeline.current < 0 else {
      state = timeline.state(at: timeline.current)
      return
    }
    state = State()
    adoptModel()
  }

  /// The last moment that is more than another view of the one before it.
  var presentMoment: Int {
    timeline.current < 0 ? -1 : timeline.lastNumbers(before: timeline.current)
  }

  // MARK: typed lines

  /// What a line that fails leads back to.
  struct LineStart {
    var view: View
    var diagnosed: Set<Diagnosis>
    /// The state, where no moment holds it yet.
    var state: State?
  }

  mutating func beginLine() -> LineStart {
    timeline.beginLine()
    isTouched = false
    viewBefore = view
    return LineStart(
      view: view, diagnosed: diagnosed, state: timeline.current < 0 ? state : nil)
  }

  /// - Returns: what is shown of a line besides its own answer.
  mutating func endLine() -> [Line] {
    let line = timeline.endLine(view: viewBefore == view ? nil : (viewBefore, view))
    guard line.hasMoved else { return [] }
    return lostLines(line.lost) + (stops.displays.isEmpty ? [] : displayed())
  }

  private func lostLines(_ lost: Range<Int>) -> [Line] {
    guard !lost.isEmpty else { return [] }
    let moments =
      lost.count == 1
      ? "moment \(lost.upperBound) is" : "moments \(lost.lowerBound + 1) to \(lost.upperBound) are"
    return lines(["\(moments) gone (undo returns)"])
  }

  /// Leaves nothing of a line that failed.
  mutating func abandonLine(_ start: LineStart) {
    timeline.abandonLine()
    view = start.view
    diagnosed = start.diagnosed
    guard isTouched else { return }
    if let before = start.state { state = before } else { restore() }
  }

  /// Asked during long computations: has the person pressed Ctrl-C?
  func isInterrupted() -> Bool { Interruption.isAsked() }

  // MARK: what is on screen

  package func reading(_ level: Reading<StoredPass>.Level = .batch) throws(CommandError)
    -> Reading<StoredPass>
  {
    guard
      let source = StoredPass(state, digits: display.effectiveDigits, ascii: display.ascii)
    else { throw Session.noNetwork() }
    return Reading(document, source, level: level)
  }

  package static func noNetwork(at columns: Columns? = nil) -> CommandError {
    CommandError("no network yet", at: columns, advice: "type: net 2 3 1, or: net mazur")
  }

  /// The prompt names the next computation: `bp backward 2>`.
  package var prompt: String {
    if let prompt = dialogue?.prompt { return prompt }
    let name = state.bug == nil ? "bp" : "bp BUG"
    guard state.network != nil, !state.examples.isEmpty else { return "\(name)> " }
    return "\(name) \(state.next.words)> "
  }

  package var nextStep: NextStep { NextStep(state, document: document, display: display) }

  /// Numbers as rows of text have them.
  package func text(_ value: Double) -> String {
    NumberText.significant(
      value, digits: display.effectiveDigits, minus: display.ascii ? "-" : "−")
  }

  /// From one value to another.
  var arrow: String { display.ascii ? "->" : "→" }

  package var script: Script {
    display.ascii ? .ascii : (document.hasGlyphs ? .unicode : .linear)
  }

  package func text(_ reference: Reference) -> String {
    document.renderer.reference(reference, script)
      ?? document.renderer.reference(reference, .linear) ?? reference.name
  }

  package func text(_ expression: IndexNotation.Expression) -> String {
    document.renderer.expression(expression, script)
      ?? document.renderer.expression(expression, .linear) ?? ""
  }

  /// The document's own letter for a quantity: `α`, `E`.
  package func symbol(_ quantity: Quantity) -> String {
    guard let reading = try? reading(), let reference = reading.reference(for: quantity) else {
      return document.symbolName(of: quantity.kind)
    }
    return text(Reference(reference.name))
  }
}

extension Document {
  /// The letter alone, where there is no network yet.
  package func symbolName(of kind: QuantityKind) -> String {
    for declaration in declarations {
      if case .quantity(kind, _) = declaration.binding { return declaration.name }
    }
    return kind.rawValue
  }
}

/// How many expectations were stated, and how many held.
package struct Expectations: Equatable, Sendable {
  package var stated = 0
  package var held = 0

  package init() {}
}
