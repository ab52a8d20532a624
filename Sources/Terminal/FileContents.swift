import Glibc

/// The whole of a file or an anonymous pipe, if it has at most `limit` bytes; Ctrl-C ends the wait for
/// a pipe's writer.
package func readFile(_ path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
  let descriptor = try openForReading(path, waiting: .never)
  defer { close(descriptor) }
  var contents: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65536)
  while true {
    guard Signals.waitForInput(from: descriptor) == nil else {
      throw FileError(.read, path, errno: EINTR)
    }
    let count = read(descriptor, &block, block.count)
    if count == 0 { return contents }
    guard count > 0 else {
      if errno == EINTR { continue }
      throw FileError(.read, path, errno: errno)
    }
    if contents.count + count > limit { throw FileError(.read, path, .tooLarge(limit: limit)) }
    contents += block[..<count]
  }
}

/// Whether opening may wait for another program to write into a pipe that has a name, and reading
/// for a person at a terminal.
package enum Waiting: Sendable {
  case never
  case allowed
}

/// A descriptor to read `path` with; a folder is refused at once.
func openForReading(_ path: String, waiting: Waiting) throws(FileError) -> Int32 {
  if path.utf8.contains(0) { throw FileError(.read, path, .nulInName) }
  let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY
  let descriptor = open(path, waiting == .never ? flags | O_NONBLOCK : flags)
  guard descriptor >= 0 else { throw FileError(.read, path, errno: errno) }
  if let cause = refusal(of: descriptor, waiting) {
    close(descriptor)
    throw FileError(.read, path, cause)
  }
  if waiting == .never { _ = fcntl(descriptor, F_SETFL, 0) }
  return descriptor
}

private func refusal(of descriptor: Int32, _ waiting: Waiting) -> FileError.Cause? {
  var information = stat()
  guard fstat(descriptor, &information) == 0 else { return nil }
  let kind = information.st_mode & S_IFMT
  if kind == S_IFDIR { return .system(errno: EISDIR) }
  guard waiting == .never else { return nil }
  if kind == S_IFIFO, !isAnonymousPipe(descriptor) { return .pipe }
  return kind == S_IFCHR && isatty(descriptor) == 1 ? .terminal : nil
}

/// A pipe without a name, as of `<(…)` or a pipeline, has a writer already.
private func isAnonymousPipe(_ descriptor: Int32) -> Bool {
  var name = [CChar](repeating: 0, count: 5)
  let count = readlink("/proc/self/fd/\(descriptor)", &name, name.count)
  return count == 5 && name.elementsEqual("pipe:".utf8.map { CChar($0) })
}
