import CLibEdit
import CTerminal
import Glibc
import Terminal

/// Bytes from the terminal that have been read and not yet used, and why reading stopped.
struct KeyInput {
  private var bytes: [UInt8] = []
  private var position = 0
  /// Stays until the line is given up: libedit asks again when a search or a paste is cut short.
  private(set) var stop: LineResult?
  /// Whether all that was typed before the prompt has been read.
  private var hasCaughtUp = false

  mutating func beginLine() {
    stop = nil
    hasCaughtUp = false
  }

  mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func putBack() { if position > 0 { position -= 1 } }

  mutating func discard() {
    bytes = []
    position = 0
  }

  /// Reads up to `limit` bytes; more than one only where the rest cannot be meant for a command.
  /// Returns what `read` does.
  mutating func fill(limit: Int) -> Int {
    bytes = [UInt8](repeating: 0, count: limit)
    position = 0
    let count = read(STDIN_FILENO, &bytes, limit)
    bytes.removeLast(limit - max(0, count))
    // A Ctrl-D typed while a command ran, when the terminal was not raw, arrives as NUL.
    if !hasCaughtUp { bytes = bytes.map { $0 == 0 ? controlD : $0 } }
    return count
  }

  /// Waits for a key or a signal; returns whether there is a key. A failure is a reason to stop.
  mutating func wait() -> Bool {
    var polled = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: terminal_signal_descriptor(), events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&polled, 2, hasCaughtUp ? -1 : 0)
    if ready < 0, errno != EINTR, errno != EAGAIN { stop = .failed(errno: errno) }
    if ready <= 0 {
      hasCaughtUp = true
      return false
    }
    if polled[1].revents == 0 { return true }
    terminal_drain_signals()
    return false
  }

  mutating func end(_ reason: LineResult) { stop = reason }
}

extension LineEditor {
  /// One character for libedit: 1, 0 at the end of the input, -1 when the line is to be given up.
  func readCharacter(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let first = nextByte() else {
      character?.pointee = 0
      errno = EINTR
      return input.stop == .endOfInput ? 0 : -1
    }
    var bytes = [first]
    while bytes.count < length(ofSequence: first), let next = nextByte() {
      if next & 0xC0 != 0x80 {
        input.putBack()
        break
      }
      bytes.append(next)
    }
    let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first ?? "\u{FFFD}"
    character?.pointee = wchar_t(truncatingIfNeeded: scalar.value)
    return 1
  }

  private func length(ofSequence first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// Waits for a key; signals are obeyed here, in the open, not in a handler. Nil: see `input.stop`.
  func nextByte(readingAhead limit: Int = 1) -> UInt8? {
    while true {
      if let byte = input.next() { return byte }
      if input.stop == nil { obeySignals() }
      if input.stop != nil { return nil }
      if input.wait() { readKeys(limit) }
    }
  }

  private func readKeys(_ limit: Int) {
    let count = input.fill(limit: limit)
    if count > 0 { return }
    if count == 0 {
      // In raw mode Ctrl-D is a key: nothing at all means that the terminal has gone.
      input.end(libedit_edits(editor) != 0 ? .terminated(.hangup) : .endOfInput)
    } else if errno == EIO {
      input.end(.terminated(.hangup))
    } else if errno != EINTR && errno != EAGAIN {
      input.end(.failed(errno: errno))
    }
  }

  private func obeySignals() {
    if let signal = Signals.ending {
      input.end(.terminated(signal))
      leaveLine()
      return
    }
    if terminal_take_interrupt() {
      input.end(.interrupted)
      leaveLine(showing: "^C")
      return
    }
    if terminal_take_suspend() {
      leaveLine()
      markPastes(false)
      _ = libedit_set_raw(editor, 0)
      terminal_stop()
      if Signals.ending != nil { return obeySignals() }
      resume()
    }
    if terminal_take_continue() { resume() }
    if terminal_take_resize() { redraw() }
  }

  /// After `fg`: the shell has set modes of its own, and the window may be another.
  private func resume() {
    _ = terminal_take_continue()
    _ = terminal_take_resize()
    _ = libedit_set_raw(editor, 0)  // libedit thinks it is still raw, and would do nothing
    _ = libedit_set_raw(editor, 1)
    markPastes(true)
    fitWindow()
    _ = libedit_refresh(editor)
  }
}

private let controlD: UInt8 = 4
