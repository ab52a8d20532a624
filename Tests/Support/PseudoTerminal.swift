import Glibc

/// A program on a terminal of its own, and the person in front of it.
package final class PseudoTerminal {
  /// A terminal's modes, to be compared.
  package struct Modes: Equatable, Sendable {
    package let input, output, control, local: UInt32
    package let characters: [UInt8]

    package var isRaw: Bool { local & UInt32(ICANON) == 0 }
  }

  /// All that the program has written.
  package private(set) var transcript = ""
  package let process: pid_t

  private let controller: Int32
  /// Held open, so that the modes can be seen after the program's end.
  private let terminal: Int32
  private var isOpen = true
  private var bytes: [UInt8] = []
  private var searched = 0
  private var ending: Ending?

  /// Starts a program whose environment is only what is given here, and TERM.
  package init(
    _ path: String = builtBinary(), arguments: [String] = [],
    environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws(SpawnError) {
    let controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var locked: Int32 = 0
    guard controller >= 0, ioctl(controller, unlockTerminal, &locked) == 0,
      ioctl(controller, numberOfTerminal, &number) == 0
    else { throw SpawnError(path: "a pseudo-terminal", code: errno) }
    let name = "/dev/pts/\(number)"
    self.controller = controller
    terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    PseudoTerminal.setSize(of: controller, rows: rows, columns: columns)
    _ = fcntl(controller, F_SETFL, O_NONBLOCK)
    // The first terminal that the leader of a session opens becomes its own.
    process = try spawn(
      path, arguments: arguments,
      environment: ["TERM": "xterm-256color"].merging(environment) { $1 },
      streams: Array(repeating: .open(name, flags: O_RDWR), count: 3),
      newSession: true)
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    hangUp()
    close(terminal)
  }

  package func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    let deadline = now() + 10
    while !rest.isEmpty, now() < deadline {
      let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      receive(for: 0.001)
    }
  }

  /// Text as a terminal sends it when it is pasted.
  package func paste(_ text: String) { send("\u{1b}[200~\(text)\u{1b}[201~") }

  /// Waits until the program has written `text` after what earlier waits found. Returns whether it
  /// did; if not, `transcript` tells what it wrote instead.
  package func wait(for text: String, timeout: Double = 10) -> Bool {
    let wanted = Array(text.utf8)
    let deadline = now() + timeout
    while true {
      if let end = find(wanted) {
        searched = end
        return true
      }
      if now() >= deadline { return false }
      receive(for: 0.02)
    }
  }

  /// Reads what comes within so many seconds of silence.
  package func settle(_ silence: Double = 0.1) {
    var count = -1
    while count != bytes.count {
      count = bytes.count
      receive(for: silence)
    }
  }

  package func resize(rows: Int, columns: Int) {
    PseudoTerminal.setSize(of: controller, rows: rows, columns: columns)
  }

  package func signal(_ number: Int32) { kill(process, number) }

  /// Closes the window.
  package func hangUp() {
    if isOpen { close(controller) }
    isOpen = false
  }

  package func waitForExit(timeout: Double = 10) -> Ending {
    let deadline = now() + timeout
    while ending == nil {
      receive(for: 0.01)
      ending = TestSupport.ending(of: process)
      if ending == nil, now() >= deadline { return .timedOut }
    }
    settle(0.02)
    return ending ?? .timedOut
  }

  /// Nil after `hangUp`.
  package var modes: Modes? {
    var termios = termios()
    guard tcgetattr(terminal, &termios) == 0 else { return nil }
    let characters = withUnsafeBytes(of: &termios.c_cc) { Array($0) }
    return Modes(
      input: termios.c_iflag, output: termios.c_oflag, control: termios.c_cflag,
      local: termios.c_lflag, characters: characters)
  }

  private static func setSize(of descriptor: Int32, rows: Int, columns: Int) {
    var size = winsize()
    size.ws_row = UInt16(clamping: rows)
    size.ws_col = UInt16(clamping: columns)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  private func receive(for seconds: Double) {
    guard isOpen else {
      usleep(UInt32(seconds * 1e6))
      return
    }
    var polled = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, Int32(max(1, seconds * 1000))) > 0 else { return }
    var block = [UInt8](repeating: 0, count: 65536)
    let count = read(controller, &block, block.count)
    guard count > 0 else {
      usleep(1000)
      return
    }
    bytes += block[..<count]
    transcript = String(decoding: bytes, as: UTF8.self)
  }

  private func find(_ wanted: [UInt8]) -> Int? {
    guard bytes.count - searched >= wanted.count else { return nil }
    for start in searched...(bytes.count - wanted.count)
    where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
      return start + wanted.count
    }
    return nil
  }
}

// TIOCSPTLCK and TIOCGPTN of Linux.
private let unlockTerminal: UInt = 0x4004_5431
private let numberOfTerminal: UInt = 0x8004_5430
