import Glibc

/// Replaces the file at `path`: after any failure, or kill -9, the old content or the new is there,
/// whole. Follows symbolic links, keeps the file's mode, and gives a new file the usual one.
package func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
  if path.utf8.contains(0) { throw FileError(.write, path, .nulInName) }
  let file = try AtomicFile(path)
  file.removeLeftovers()
  try file.replace(with: bytes)
}

private struct AtomicFile {
  private let path: String
  private let target: String
  private let folder: String
  private let temporaryPrefix: String
  private let mode: mode_t?

  init(_ path: String) throws(FileError) {
    self.path = path
    target = try linkTarget(of: path)
    let (folder, name) = split(target)
    self.folder = folder
    temporaryPrefix = ".\(String(decoding: name.utf8.prefix(100), as: UTF8.self))."
    mode = try AtomicFile.mode(of: target, named: path)
  }

  private static func mode(of target: String, named path: String) throws(FileError) -> mode_t? {
    var information = stat()
    if stat(target, &information) != 0 {
      if errno == ENOENT { return nil }
      throw FileError(.write, path, errno: errno)
    }
    switch information.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(.write, path, errno: EISDIR)
    default: throw FileError(.write, path, .notRegular)
    }
    // rename would replace a file that its owner has protected.
    if access(target, W_OK) != 0 { throw FileError(.write, path, errno: errno) }
    return information.st_mode & 0o7777
  }

  func replace(with bytes: [UInt8]) throws(FileError) {
    let random = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    let temporary = "\(folder)/\(temporaryPrefix)\(getpid()).\(random).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let descriptor = open(temporary, flags, mode_t(mode == nil ? 0o666 : 0o600))
    guard descriptor >= 0 else { throw FileError(.create, path, errno: errno) }
    do {
      try fill(descriptor, with: bytes)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0 || errno == EINTR else {
      throw failure(.write, unlinking: temporary)
    }
    guard rename(temporary, target) == 0 else {
      throw failure(.replace, unlinking: temporary)
    }
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)  // so that the rename, too, outlives a power cut
      close(directory)
    }
  }

  private func failure(
    _ operation: FileError.Operation, unlinking temporary: String
  ) -> FileError {
    let code = errno
    unlink(temporary)
    return FileError(operation, path, errno: code)
  }

  private func fill(_ descriptor: Int32, with bytes: [UInt8]) throws(FileError) {
    let code = writeWhole(bytes, to: descriptor)
    if code != 0 { throw FileError(.write, path, errno: code) }
    if let mode, fchmod(descriptor, mode) != 0 { throw FileError(.keepMode, path, errno: errno) }
    while fsync(descriptor) != 0 {
      if errno != EINTR { throw FileError(.write, path, errno: errno) }
    }
  }

  /// Removes what a killed process left beside the file more than a minute ago.
  func removeLeftovers() {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(temporaryPrefix), name.hasSuffix(".tmp") else { continue }
      let parts = name.dropFirst(temporaryPrefix.count).split(separator: ".")
      guard parts.count == 3, let process = pid_t(parts[0]), process > 0,
        UInt32(parts[1], radix: 16) != nil, kill(process, 0) != 0, errno == ESRCH
      else { continue }
      let leftover = "\(folder)/\(name)"
      var information = stat()
      if lstat(leftover, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
        information.st_mtim.tv_sec < time(nil) - 60
      {
        unlink(leftover)
      }
    }
  }
}

/// Where a chain of symbolic links leads, if only to a file that is not there yet.
private func linkTarget(of path: String) throws(FileError) -> String {
  var target = path
  var room = [CChar](repeating: 0, count: Int(PATH_MAX))
  for _ in 0..<40 {
    let length = readlink(target, &room, room.count)
    if length < 0 { return target }
    let bytes = room[..<length].map { UInt8(bitPattern: $0) }
    guard let link = String(validating: bytes, as: UTF8.self) else {
      throw FileError(.write, path, errno: EILSEQ)
    }
    target = link.hasPrefix("/") ? link : "\(split(target).folder)/\(link)"
  }
  throw FileError(.write, path, errno: ELOOP)
}

/// By scalars: a combining mark after the slash would make one character of both.
private func split(_ path: String) -> (folder: String, name: String) {
  let scalars = path.unicodeScalars
  guard let slash = scalars.lastIndex(of: "/") else { return (".", path) }
  let name = String(scalars[scalars.index(after: slash)...])
  return (slash == scalars.startIndex ? "/" : String(scalars[..<slash]), name)
}
