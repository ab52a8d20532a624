import CLibEdit
import Glibc
import Terminal

/// What Tab and a paste do. They return what libedit shall do next.
extension LineEditor {
  func complete() -> UInt8 {
    let text = textBeforeCursor()
    guard let completion = completer?(text) else { return UInt8(CC_ERROR) }
    switch completion.outcome(after: text) {
    case .nothing: return UInt8(CC_REFRESH_BEEP)
    case .insert(let rest, let removing):
      if removing > 0 { el_deletestr(editor, Int32(removing)) }
      return el_insertstr(editor, rest) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
    case .list:
      let size = Screen.size() ?? (rows: 24, columns: 80)
      let list = CandidateList(candidates: completion.candidates)
      show(list.lines(width: max(20, size.columns), height: size.rows))
      return UInt8(CC_NORM)
    }
  }

  /// Prints below the line, then draws the line again. CC_REDISPLAY would climb over the text when
  /// the line has several rows.
  private func show(_ lines: [String]) {
    leaveLine()
    _ = writeWhole(lines.map { $0 + "\r\n" }.joined(), to: STDOUT_FILENO)
    _ = libedit_refresh(editor)
  }

  private func textBeforeCursor() -> String {
    guard let line = el_line(editor)?.pointee else { return "" }
    let bytes = UnsafeRawBufferPointer(start: line.buffer, count: line.cursor - line.buffer)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Everything between `ESC [ 200 ~` and `ESC [ 201 ~` becomes text to edit, line feeds included:
  /// nothing runs before Enter.
  func paste() -> UInt8 {
    let end = Array("\u{1b}[201~".utf8)
    var bytes: [UInt8] = []
    var count = 0
    while let byte = nextByte(readingAhead: 4096) {
      bytes.append(byte)
      count += 1
      if byte == 0x7E, bytes.suffix(end.count).elementsEqual(end) {
        if count > pasteLimit {
          show(["This paste has more than \(pasteLimit >> 10) KiB: save it as a file instead."])
          return UInt8(CC_NORM)
        }
        let text = pastedText(bytes.dropLast(end.count))
        if text.isEmpty { return UInt8(CC_REFRESH) }
        return el_insertstr(editor, text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
      }
      if bytes.count > 2 * pasteLimit { bytes.removeFirst(pasteLimit) }
    }
    return UInt8(CC_ERROR)
  }
}

private let pasteLimit = 256 << 10

/// One kind of line end, none at the end; a tab is a blank, other control characters are dropped.
package func pastedText(_ bytes: some Collection<UInt8>) -> String {
  var text = String.UnicodeScalarView()
  var previous: Unicode.Scalar = " "
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    switch scalar {
    case "\n" where previous == "\r": break
    case "\r", "\n": text.append("\n")
    case "\t": text.append(" ")
    default: if scalar.properties.generalCategory != .control { text.append(scalar) }
    }
    previous = scalar
  }
  while text.last == "\n" { text.removeLast() }
  return String(text)
}
