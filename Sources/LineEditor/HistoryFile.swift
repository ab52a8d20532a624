import Glibc
import Terminal

/// A plain UTF-8 file, one command a line, which several sessions append to.
struct HistoryFile {
  let path: String
  /// The user's choice may be another program's file: it is never shortened.
  let isChosen: Bool

  /// More than this is not read: the file may be anything.
  private static let tail = 1 << 20

  /// The last valid lines, oldest first; none if there is no file.
  func load() throws(History.Obstacle) -> [String] {
    do {
      guard try size() > 0 else { return [] }
      let contents = try read()
      return lines(of: contents)
    } catch {
      throw .file(error)
    }
  }

  /// Nil for a device such as /dev/null, where nothing is to be kept.
  func forAppending() throws(History.Obstacle) -> HistoryFile? {
    var information = stat()
    if stat(path, &information) == 0 {
      if information.st_mode & S_IFMT == S_IFCHR { return nil }
      if access(path, W_OK) == 0 { return self }
    } else if errno == ENOENT, access(folder, W_OK | X_OK) == 0 {
      return self
    }
    throw .file(FileError(.write, path, .system(errno: errno)))
  }

  private var folder: String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// 0 for a device, too.
  private func size() throws(FileError) -> Int {
    var information = stat()
    if stat(path, &information) != 0 {
      if errno == ENOENT { return 0 }
      throw FileError(.read, path, .system(errno: errno))
    }
    switch information.st_mode & S_IFMT {
    case S_IFREG: return Int(information.st_size)
    case S_IFCHR: return 0
    case S_IFDIR: throw FileError(.read, path, .system(errno: EISDIR))
    default: throw FileError(.read, path, .notRegular)
    }
  }

  private struct Contents {
    var bytes: [UInt8]
    var isWhole: Bool
  }

  private func read() throws(FileError) -> Contents {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(.read, path, .system(errno: errno)) }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    let start = max(0, Int(end) - HistoryFile.tail)
    var bytes = [UInt8](repeating: 0, count: max(0, Int(end) - start))
    var count = 0
    while count < bytes.count {
      let part = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count, off_t(start + count))
      }
      if part == 0 { break }
      if part > 0 {
        count += part
      } else if errno != EINTR {
        throw FileError(.read, path, .system(errno: errno))
      }
    }
    bytes.removeLast(bytes.count - count)
    return Contents(bytes: bytes, isWhole: start == 0)
  }

  private func lines(of contents: Contents) -> [String] {
    var pieces = contents.bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
    if !contents.isWhole, !pieces.isEmpty { pieces.removeFirst() }
    var lines: [String] = []
    for piece in pieces.reversed() {
      if lines.count == History.limit { break }
      if let line = command(piece) { lines.append(line) }
    }
    if !isChosen, contents.isWhole, pieces.count > 2 * History.limit { trim() }
    lines.reverse()
    return lines
  }

  private func command(_ piece: ArraySlice<UInt8>) -> String? {
    guard piece.count <= LineReader.lineLimit, let line = String(validating: piece, as: UTF8.self),
      isDisplayable(line)
    else { return nil }
    return line
  }

  func append(_ text: String) throws(FileError) {
    let descriptor = try openLocked(waiting: 50)
    defer { close(descriptor.number) }
    var last: UInt8 = 0x0A
    let end = lseek(descriptor.number, 0, SEEK_END)
    // A full disk may have cut the last line.
    if end > 0 { _ = pread(descriptor.number, &last, 1, end - 1) }
    let code = writeWhole(last == 0x0A ? text : "\n" + text, to: descriptor.number)
    if code != 0 { throw FileError(.write, path, .system(errno: code)) }
  }

  /// Opens the file that has the name now, not one that another session is replacing. Without the
  /// lock (a network folder may have none) O_APPEND alone still keeps every line.
  private func openLocked(
    waiting attempts: Int
  ) throws(FileError) -> (number: Int32, isLocked: Bool) {
    let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    var attempt = 0
    while true {
      let descriptor = open(path, flags, mode_t(0o600))
      guard descriptor >= 0 else { throw FileError(.write, path, .system(errno: errno)) }
      let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
      let mayUnlock = isLocked || errno == EWOULDBLOCK
      let isCurrent = isNamed(descriptor)
      if isLocked && isCurrent { return (descriptor, true) }
      if attempt >= attempts || isCurrent && !mayUnlock { return (descriptor, false) }
      close(descriptor)
      attempt += 1
      usleep(1000)
    }
  }

  private func isNamed(_ descriptor: Int32) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  /// Keeps only the last lines, which nobody can add to meanwhile.
  private func trim() {
    guard let descriptor = try? openLocked(waiting: 0) else { return }
    defer { close(descriptor.number) }
    guard descriptor.isLocked, let contents = try? read(), contents.isWhole else { return }
    let kept = contents.bytes.split(separator: 0x0A).suffix(History.limit)
    try? writeAtomically(Array(kept.joined(separator: [0x0A])) + [0x0A], to: path)
  }
}
