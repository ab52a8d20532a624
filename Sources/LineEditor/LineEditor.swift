import CLibEdit
import CTerminal
import Glibc
import Terminal

/// Lines from a person at a terminal, edited with libedit. Create it once, on the main thread, and
/// flush all other output before each line.
package final class LineEditor {
  /// Called at Tab with the text before the cursor.
  package var completer: ((_ textBeforeCursor: String) -> Completion)?

  let editor: OpaquePointer
  private let recall: OpaquePointer
  private var prompt: UnsafeMutablePointer<CChar>
  private(set) var promptColumns = 2
  private var history = History.unsaved
  private var isVi = false
  var input = KeyInput()

  /// Encloses the colour codes of a prompt.
  package static let bracket: Character = "\u{1}"

  /// Nil where a line cannot be edited: no terminal, or one without a movable cursor.
  package init?(programName: String, readsEditrc: Bool = true) {
    // The locale comes before el_init, which builds its key map from it; in the C locale a prompt
    // with a δ is a segmentation fault.
    guard Screen.isInteractive, Screen.useUTF8(), Signals.install(for: .interactive) == 0,
      let prompt = strdup("> "), let recall = history_init()
    else { return nil }
    guard let editor = libedit_init(programName) else {
      history_end(recall)
      return nil
    }
    self.prompt = prompt
    self.recall = recall
    self.editor = editor
    _ = libedit_history_limit(recall, Int32(History.limit))
    _ = libedit_history_skip_repeats(recall)
    connect()
    bindConveniences()
    // `bind -v` and `bind -e` in the user's file reset every map, so what is needed is bound after.
    if readsEditrc { _ = el_source(editor, nil) }
    isVi = libedit_is_vi(editor) != 0
    bindEssentials()
  }

  deinit {
    el_end(editor)
    history_end(recall)
    free(prompt)
  }

  private static func owner(of editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let owner = libedit_owner(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  private func connect() {
    _ = libedit_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = libedit_set_editor(editor, "emacs")
    // libedit's own handler would send the signal on to the whole process group.
    _ = libedit_set_signal(editor, 0)
    _ = libedit_set_history(editor, recall)
    _ = libedit_set_getc(editor) { LineEditor.owner(of: $0)?.readCharacter(into: $1) ?? -1 }
    _ = libedit_set_prompt(editor, { LineEditor.owner(of: $0)?.prompt }, 1)
    _ = libedit_add_function(editor, "bp-complete", "Complete the word") { editor, _ in
      LineEditor.owner(of: editor)?.complete() ?? UInt8(CC_ERROR)
    }
    _ = libedit_add_function(editor, "bp-paste", "Insert a paste") { editor, _ in
      LineEditor.owner(of: editor)?.paste() ?? UInt8(CC_ERROR)
    }
  }

  /// Asks the terminal to bracket pastes.
  func markPastes(_ isOn: Bool) {
    guard !isVi, libedit_edits(editor) != 0 else { return }
    _ = writeWhole(isOn ? "\u{1b}[?2004h" : "\u{1b}[?2004l", to: STDOUT_FILENO)
  }

  private func bindConveniences() {
    let keys = [
      ("^R", "em-inc-search-prev"), ("^W", "ed-delete-prev-word"),
      ("\u{1b}[3~", "ed-delete-next-char"),
      ("\u{1b}[1;5D", "ed-prev-word"), ("\u{1b}[1;5C", "em-next-word"),
      ("\u{1b}[H", "ed-move-to-beg"), ("\u{1b}[F", "ed-move-to-end"),
      ("\u{1b}[1~", "ed-move-to-beg"), ("\u{1b}[4~", "ed-move-to-end"),
    ]
    for (key, function) in keys { _ = libedit_bind(editor, key, function) }
  }

  private func bindEssentials() {
    _ = libedit_bind(editor, "^I", "bp-complete")
    // In vi mode a binding that begins with ESC makes ESC itself wait for the next key.
    if !isVi { _ = libedit_bind(editor, "\u{1b}[200~", "bp-paste") }
  }

  /// One row of text, each colour code between two `bracket`s.
  package func setPrompt(_ text: String) {
    // libedit mistakes a bracket at the very end.
    let whole = text.last == LineEditor.bracket ? text + " " : text
    guard let copy = strdup(whole) else { return }
    free(prompt)
    prompt = copy
    let visible = whole.split(separator: LineEditor.bracket, omittingEmptySubsequences: false)
    promptColumns = visible.indices.reduce(0) { sum, index in
      index.isMultiple(of: 2) ? sum + Screen.columns(of: visible[index]) : sum
    }
  }

  /// Recalls earlier sessions, and keeps this one. Returns a notice if that cannot be.
  package func loadHistory(_ environment: Environment = .process) -> String? {
    let history = History(environment)
    for line in history.entries { _ = libedit_history_enter(recall, line) }
    self.history = history
    return history.notice
  }

  /// Keeps a line to be recalled. Returns a notice when it cannot be written to the file, once.
  package func remember(_ line: String) -> String? {
    let (isNew, notice) = history.add(line)
    if isNew { _ = libedit_history_enter(recall, line) }
    return notice
  }

  package func readLine() -> LineResult {
    input.beginLine()
    fitWindow()
    terminal_begin_editing()
    markPastes(true)
    var count: Int32 = 0
    // Copied at once: el_get and el_line write over what el_gets returns.
    let typed = el_gets(editor, &count).map { String(cString: $0) }
    markPastes(false)
    terminal_end_editing()
    if let stop = input.stop {
      input.discard()
      return stop
    }
    guard var line = typed else {
      _ = writeWhole("\n", to: STDOUT_FILENO)  // libedit leaves the cursor after "^D"
      return .endOfInput
    }
    if line.utf8.last == 0x0A { line.unicodeScalars.removeLast() }
    return .line(line)
  }
}
