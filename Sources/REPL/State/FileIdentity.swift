import Glibc

/// A file by device and inode, whatever it is called.
package struct FileIdentity: Equatable, Sendable {
  private let device: UInt
  private let inode: UInt

  /// nil if there is no such file.
  package init?(_ path: String) {
    var information = stat()
    guard !path.utf8.contains(0), stat(path, &information) == 0 else { return nil }
    device = UInt(information.st_dev)
    inode = UInt(information.st_ino)
  }
}

/// A script that is being read by `source`.
package struct IncludedFile: Equatable, Sendable {
  package var path: String
  package var identity: FileIdentity

  package init(path: String, identity: FileIdentity) {
    self.path = path
    self.identity = identity
  }
}

/// A path without links and dots; nil if there is no such file.
package func realPath(_ path: String) -> String? {
  guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(validatingCString: resolved)
}

func realPath(ofFolderOf path: String) -> String? {
  guard let slash = path.lastIndex(of: "/") else { return realPath(".") }
  return realPath(slash == path.startIndex ? "/" : String(path[..<slash]))
}
