import Glibc

/// The whole of a file, a pipe or a device, if it has at most `limit` bytes.
package func readFile(_ path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
  let descriptor = try openForReading(path)
  defer { close(descriptor) }
  var contents: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65536)
  while true {
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

/// A descriptor to read `path` with; a folder is refused at once.
func openForReading(_ path: String) throws(FileError) -> Int32 {
  if path.utf8.contains(0) { throw FileError(.read, path, .nulInName) }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(.read, path, errno: errno) }
  var information = stat()
  if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFDIR {
    close(descriptor)
    throw FileError(.read, path, errno: EISDIR)
  }
  return descriptor
}
