import Glibc

/// The pipes of a running program, all served at once: neither side ever waits for the other.
struct Exchange {
  private struct Receiver {
    var descriptor: Int32
    var bytes: [UInt8] = []
    let stopsEarly: Bool
  }

  private var sender: Int32 = -1
  private var unsent: ArraySlice<UInt8> = []
  private var receivers: [Receiver] = []
  private var childEnds: [Int32] = []

  mutating func source(_ input: Input) throws(SpawnError) -> ChildStream {
    switch input {
    case .closed: return .closed
    case .file(let path): return .open(path, flags: O_RDONLY)
    case .text(let text): unsent = Array(text.utf8)[...]
    case .bytes(let bytes): unsent = bytes[...]
    }
    let pipe = try makePipe()
    sender = pipe.write
    _ = fcntl(sender, F_SETFL, O_NONBLOCK)
    childEnds.append(pipe.read)
    return .descriptor(pipe.read)
  }

  mutating func sink(_ destination: Destination) throws(SpawnError) -> ChildStream {
    var stopsEarly = false
    switch destination {
    case .closed, .file: receivers.append(Receiver(descriptor: -1, stopsEarly: false))
    case .head: stopsEarly = true
    case .pipe: break
    }
    if case .closed = destination { return .closed }
    if case .file(let path) = destination {
      return .open(path, flags: O_WRONLY | O_CREAT | O_TRUNC)
    }
    let pipe = try makePipe()
    receivers.append(Receiver(descriptor: pipe.read, stopsEarly: stopsEarly))
    childEnds.append(pipe.write)
    return .descriptor(pipe.write)
  }

  func received(_ index: Int) -> [UInt8] { receivers[index].bytes }

  mutating func closeChildEnds() {
    for end in childEnds { close(end) }
    childEnds = []
  }

  mutating func closeAll() {
    closeChildEnds()
    closeSender()
    for index in receivers.indices { closeReceiver(index) }
  }

  private mutating func closeSender() {
    if sender >= 0 { close(sender) }
    sender = -1
  }

  private mutating func closeReceiver(_ index: Int) {
    if receivers[index].descriptor >= 0 { close(receivers[index].descriptor) }
    receivers[index].descriptor = -1
  }

  mutating func run(_ process: pid_t, signal: TimedSignal?, timeout: Double) -> Ending {
    let start = now()
    var signal = signal
    while true {
      let isOpen = sender >= 0 || receivers.contains { $0.descriptor >= 0 }
      if isOpen { serve() } else { usleep(1000) }
      if !isOpen, let ending = ending(of: process) { return ending }
      if let due = signal, now() - start >= due.delay {
        kill(process, due.number)
        signal = nil
      }
      if now() - start > timeout {
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return .timedOut
      }
    }
  }

  private mutating func serve() {
    if sender >= 0, unsent.isEmpty { closeSender() }
    var polled = [pollfd(fd: sender, events: Int16(POLLOUT), revents: 0)]
    polled += receivers.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&polled, nfds_t(polled.count), 20) > 0 else { return }
    if polled[0].revents != 0 { send() }
    for index in receivers.indices where polled[index + 1].revents != 0 { receive(index) }
  }

  private mutating func send() {
    let count = unsent.withUnsafeBytes { write(sender, $0.baseAddress, $0.count) }
    if count >= 0 {
      unsent = unsent.dropFirst(count)
    } else if errno != EAGAIN && errno != EINTR {
      closeSender()
    }
  }

  private mutating func receive(_ index: Int) {
    var block = [UInt8](repeating: 0, count: 65536)
    let count = read(receivers[index].descriptor, &block, block.count)
    if count > 0 {
      receivers[index].bytes += block[..<count]
      if receivers[index].stopsEarly { closeReceiver(index) }
    } else if count == 0 || errno != EINTR {
      closeReceiver(index)
    }
  }
}
