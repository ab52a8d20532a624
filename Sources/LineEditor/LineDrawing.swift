import CLibEdit
import Glibc
import Terminal

/// Where the line stands on the screen.
extension LineEditor {
  /// Tells libedit how large the window is now.
  func fitWindow() { el_resize(editor) }

  private var windowColumns: Int {
    guard let size = Screen.size(), size.columns > 1 else { return 80 }
    return size.columns
  }

  /// The row and column, counted from the prompt's first row, of a position in the line.
  private func place(
    of position: UnsafePointer<wchar_t>, in line: LineInfoW, columns: Int
  ) -> (row: Int, column: Int) {
    var row = 0
    var column = promptColumns
    for character in UnsafeBufferPointer(start: line.buffer, count: position - line.buffer) {
      let value = UInt32(truncatingIfNeeded: character)
      if value == 0x0A {
        row += column / columns + 1
        column = 0
        continue
      }
      let width = keyWidth(value)
      // A wide character does not fit in the last column.
      if width == 2, value > 0x7F, column % columns == columns - 1 { column += 1 }
      column += width
    }
    return (row + column / columns, column % columns)
  }

  /// libedit shows a control character as ^X.
  private func keyWidth(_ value: UInt32) -> Int {
    if value < 0x20 || value == 0x7F { return 2 }
    guard let scalar = Unicode.Scalar(value) else { return 1 }
    return Screen.columns(of: String(scalar))
  }

  /// After a resize the terminal has wrapped our text anew: climbs from the cursor to the prompt by
  /// the new width, erases and draws again. libedit's own way leaves the old rows behind.
  func redraw() {
    guard let line = el_wline(editor)?.pointee else { return }
    let cursor = place(of: line.cursor, in: line, columns: windowColumns)
    libedit_flush()
    let up = cursor.row > 0 ? "\u{1b}[\(cursor.row)A" : ""
    _ = writeWhole("\(up)\r\u{1b}[J", to: STDOUT_FILENO)
    fitWindow()
    _ = libedit_refresh(editor)
  }

  /// Puts the cursor below the line, after `mark` at its end.
  func leaveLine(showing mark: String = "") {
    guard let line = el_wline(editor)?.pointee else { return }
    let columns = windowColumns
    let cursor = place(of: line.cursor, in: line, columns: columns)
    let end = place(of: line.lastchar, in: line, columns: columns)
    libedit_flush()
    let down = end.row > cursor.row ? "\u{1b}[\(end.row - cursor.row)B" : ""
    _ = writeWhole("\(down)\u{1b}[\(end.column + 1)G\(mark)\r\n", to: STDOUT_FILENO)
  }
}
