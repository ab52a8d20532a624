import Glibc

/// A folder for one test, removed with all it holds when the test is over.
package final class ScratchFolder {
  package let path: String

  package init() {
    var template = Array("/tmp/backprop-repl-test.XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit { if path != "/tmp" { removeAll(path) } }

  package subscript(name: String) -> String { "\(path)/\(name)" }

  package func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  package func write(_ bytes: [UInt8], to name: String) {
    let file = open(self[name], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  /// Nil if it is not there.
  package func read(_ name: String) -> [UInt8]? {
    let file = open(self[name], O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while case let count = Glibc.read(file, &block, block.count), count > 0 {
      bytes += block[..<count]
    }
    return bytes
  }

  package func text(_ name: String) -> String? {
    read(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The permission bits, nil if it is not there.
  package func mode(_ name: String) -> UInt32? {
    var information = stat()
    return stat(self[name], &information) == 0 ? information.st_mode & 0o7777 : nil
  }
}

private func removeAll(_ path: String) {
  if remove(path) == 0 { return }
  guard let folder = opendir(path) else { return }
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != "." && name != ".." { removeAll("\(path)/\(name)") }
  }
  closedir(folder)
  rmdir(path)
}
