import Glibc

/// The lines of a descriptor, as UTF-8 text, in flat memory. A line ends at LF, CRLF or a lone CR;
/// the last one may lack its end.
package final class LineReader {
  package enum Item: Equatable, Sendable {
    case line(String, number: Int)
    /// `column` counts characters from 1.
    case notUTF8(line: Int, column: Int, byte: UInt8)
    /// Hardly a text file: reading ends here.
    case nulByte(line: Int, column: Int)
    /// Longer than `lineLimit`; counting stops at `countingLimit`, and then reading too.
    case tooLong(line: Int, bytes: Int)
    /// Begins with the mark of UTF-16: reading ends here.
    case utf16(line: Int)
    case failed(errno: Int32)
    /// Ctrl-C not yet taken, or a signal to end.
    case signal(Signal)
    case end
  }

  /// In bytes, without the line's end.
  package static let lineLimit = 65536
  package static let countingLimit = 16 << 20

  /// The number of the last line given.
  package private(set) var line = 0

  private static let capacity = 2 * lineLimit
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: LineReader.capacity)
  private var start = 0
  private var end = 0
  private var followsCarriageReturn = false
  private var isFinished = false
  private let descriptor: Int32
  private let closes: Bool

  package init(descriptor: Int32) {
    self.descriptor = descriptor
    closes = false
  }

  /// Opens a script; a pipe such as `<(…)` will do.
  package init(path: String, waiting: Waiting = .allowed) throws(FileError) {
    descriptor = try openForReading(path, waiting: waiting)
    closes = true
  }

  deinit {
    buffer.deallocate()
    if closes { close(descriptor) }
  }

  /// The next line, or why there is none.
  package func next() -> Item {
    if isFinished { return .end }
    if let signal = Signals.take() { return .signal(signal) }
    var scanned = 0
    while true {
      if followsCarriageReturn, start < end {
        if buffer[start] == lineFeed { start += 1 }
        followsCarriageReturn = false
      }
      let stop = nextStop(from: start + scanned)
      scanned = stop - start
      if stop < end { return item(endingAt: stop) }
      if scanned > LineReader.lineLimit { return tooLong(scanned) }
      switch fill() {
      case .more: continue
      case .end:
        isFinished = true
        if start == end { return .end }
        return text(upTo: end)
      case .failed(let code):
        isFinished = true
        return .failed(errno: code)
      case .signal(let signal): return .signal(signal)
      }
    }
  }

  private func nextStop(from first: Int) -> Int {
    var index = first
    while index < end {
      let byte = buffer[index]
      if byte <= carriageReturn, byte == lineFeed || byte == carriageReturn || byte == 0 { break }
      index += 1
    }
    return index
  }

  private func item(endingAt stop: Int) -> Item {
    let byte = buffer[stop]
    let length = stop - start
    if length > LineReader.lineLimit, byte != 0 {
      line += 1
      pass(stop)
      return .tooLong(line: line, bytes: length)
    }
    let result = text(upTo: stop)
    pass(stop)
    guard byte == 0 else { return result }
    isFinished = true
    guard case .line(let before, let number) = result else { return result }
    return .nulByte(line: number, column: before.count + 1)
  }

  private func pass(_ stop: Int) {
    followsCarriageReturn = buffer[stop] == carriageReturn
    start = stop + 1
  }

  private func text(upTo stop: Int) -> Item {
    line += 1
    var bytes = UnsafeBufferPointer(rebasing: buffer[start..<stop])
    if line == 1 {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        isFinished = true
        return .utf16(line: line)
      }
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst(3))
      }
    }
    do {
      return .line(String(copying: try UTF8Span(validating: bytes.span)), number: line)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let column = String(decoding: bytes[..<offset], as: UTF8.self).count + 1
      return .notUTF8(line: line, column: column, byte: bytes[offset])
    }
  }

  /// Counts on to the line's end, keeping nothing.
  private func tooLong(_ counted: Int) -> Item {
    line += 1
    var bytes = counted
    start = end
    while bytes < LineReader.countingLimit {
      switch fill() {
      case .more: break
      case .end:
        isFinished = true
        return .tooLong(line: line, bytes: bytes)
      case .failed(let code):
        isFinished = true
        return .failed(errno: code)
      case .signal(let signal):
        isFinished = true
        return .signal(signal)
      }
      let stop = nextStop(from: start)
      bytes += stop - start
      start = stop
      if stop < end {
        if buffer[stop] == 0 { isFinished = true }
        pass(stop)
        return .tooLong(line: line, bytes: bytes)
      }
    }
    isFinished = true
    return .tooLong(line: line, bytes: LineReader.countingLimit)
  }

  private enum Filling { case more, end, failed(Int32), signal(Signal) }

  private func fill() -> Filling {
    guard let base = buffer.baseAddress else { return .end }
    if start > 0 {
      base.update(from: base + start, count: end - start)
      end -= start
      start = 0
    }
    while true {
      if let signal = Signals.waitForInput(from: descriptor) { return .signal(signal) }
      let count = read(descriptor, base + end, LineReader.capacity - end)
      if count > 0 {
        end += count
        return .more
      }
      if count == 0 || errno == EBADF { return .end }  // `<&-` counts as an empty file
      if errno != EINTR && errno != EAGAIN { return .failed(errno) }
    }
  }
}

private let lineFeed: UInt8 = 10
private let carriageReturn: UInt8 = 13
