import CTerminal
import Glibc

/// A signal that stops a command or ends the program.
package enum Signal: Equatable, Sendable {
  case hangup, interrupt, terminate, brokenPipe

  package var number: Int32 {
    switch self {
    case .hangup: SIGHUP
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .brokenPipe: SIGPIPE
    }
  }

  init?(number: Int32) {
    switch number {
    case SIGHUP: self = .hangup
    case SIGINT: self = .interrupt
    case SIGTERM: self = .terminate
    case SIGPIPE: self = .brokenPipe
    default: return nil
    }
  }

  /// What a shell shows after a program died of this signal: 129, 130, 143 or 141.
  package var exitStatus: Int32 { 128 + number }

  /// Restores the terminal and dies of this signal, so that a shell's own loop stops too.
  /// Flush the output and save what is to be saved first.
  package func die() -> Never { terminal_die(number) }
}

/// Who gives the commands, which decides what Ctrl-C means.
package enum Operation: Equatable, Sendable {
  /// Ctrl-C stops the command; the terminal is restored whatever happens.
  case interactive
  /// Ctrl-C ends the program.
  case batch
}

/// The signals that have arrived. Handlers only set flags; a signal nobody takes is obeyed all the
/// same, after three seconds or at the third Ctrl-C.
package enum Signals {
  /// Installs the handlers and keeps descriptors 0, 1 and 2 from being reused for files: the
  /// program's first act. Returns the errno of a failure.
  @discardableResult
  package static func install(for operation: Operation, crashNote: StaticString = "") -> Int32 {
    // A stream closed by the caller (`>&-`) is held open the wrong way round, so that using it fails.
    let modes = [O_WRONLY, O_RDONLY, O_RDONLY]
    for stream in 0..<Int32(3) where fcntl(stream, F_GETFD) == -1 {
      _ = open("/dev/null", modes[Int(stream)])
    }
    let note = UnsafeRawPointer(crashNote.utf8Start).assumingMemoryBound(to: CChar.self)
    return terminal_install_signals(operation == .interactive, note)
  }

  /// Before a command runs, which no earlier Ctrl-C stops.
  package static func beginCommand() { terminal_begin_command() }

  /// Whether the present command must stop: Ctrl-C since it began, or the program is to end.
  package static var isStopped: Bool { terminal_is_stopped() }

  /// The signal that asks the program to end: TERM, HUP and, in a batch, Ctrl-C.
  package static var ending: Signal? { Signal(number: terminal_ending_signal()) }

  /// The next signal for whoever waits for input: `ending`, or a Ctrl-C not yet taken.
  static func take() -> Signal? {
    if let ending { return ending }
    return terminal_take_interrupt() ? .interrupt : nil
  }

  /// Waits until `descriptor` can be read, or a signal arrives.
  static func waitForInput(from descriptor: Int32) -> Signal? {
    let wake = terminal_signal_descriptor()
    guard wake >= 0 else { return nil }
    while true {
      if let signal = take() { return signal }
      var polled = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&polled, 2, -1)
      if ready < 0 { if errno == EINTR || errno == EAGAIN { continue } else { return nil } }
      if polled[1].revents != 0 { terminal_drain_signals() }
      if polled[0].revents != 0 { return take() }
    }
  }
}
