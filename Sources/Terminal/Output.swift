import Glibc

/// Standard output, of which every write is checked: a full disk must not end with status 0.
package final class Output {
  package enum Status: Equatable, Sendable {
    case open
    case failed(errno: Int32)
  }

  /// What became of the writes so far; after a failure the rest is dropped.
  package private(set) var status = Status.open

  private static let capacity = 65536
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Output.capacity)
  private var used = 0
  private let descriptor: Int32

  package init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

  deinit { buffer.deallocate() }

  package func write(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Writes what is buffered, and says whether all writes have succeeded.
  @discardableResult
  package func flush() -> Bool {
    send(UnsafeBufferPointer(rebasing: buffer[..<used]))
    used = 0
    return status == .open
  }

  /// Writes to standard error, after what was written here, so that `2>&1` keeps the order.
  package func writeError(_ text: String) {
    flush()
    _ = writeWhole(text, to: STDERR_FILENO)
  }

  /// Ends the program with `exitStatus`, or 74 and one line on standard error if output was lost.
  /// If the reader went away, dies of SIGPIPE without a word.
  package func exit(_ exitStatus: Int32) -> Never {
    flush()
    switch status {
    case .open: Glibc.exit(exitStatus)
    case .failed(EPIPE): Signal.brokenPipe.die()
    case .failed(let code):
      let cause = String(cString: strerror(code))
      writeError("backprop-repl: cannot write to standard output: \(cause)\n")
      Glibc.exit(74)
    }
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.count > Output.capacity - used { flush() }
    if bytes.count > Output.capacity { return send(bytes) }
    guard let source = bytes.baseAddress, let start = buffer.baseAddress else { return }
    (start + used).update(from: source, count: bytes.count)
    used += bytes.count
  }

  private func send(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard status == .open else { return }
    let code = writeWhole(bytes, to: descriptor)
    if code != 0 { status = .failed(errno: code) }
  }
}
