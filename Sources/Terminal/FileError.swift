import Glibc

/// What could not be done with a file, and why.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Operation: String, Sendable {
    case read, write
    case create = "create a file beside"
    case replace
    case keepMode = "keep the mode of"
    case makeFolder = "make the folder"
  }

  package enum Cause: Equatable, Sendable {
    case system(errno: Int32)
    /// A pipe, a socket or a device.
    case notRegular
    case tooLarge(limit: Int)
    case nulInName
    /// A pipe with a name of its own, which may have no writer.
    case pipe
    case terminal
  }

  package let operation: Operation
  package let path: String
  package let cause: Cause

  package init(_ operation: Operation, _ path: String, _ cause: Cause) {
    self.operation = operation
    self.path = path
    self.cause = cause
  }

  init(_ operation: Operation, _ path: String, errno code: Int32) {
    self.init(operation, path, .system(errno: code))
  }

  package var description: String {
    "cannot \(operation.rawValue) '\(displayable(path))': \(cause)"
  }
}

extension FileError.Cause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(EINTR): "stopped"
    case .system(EISDIR): "is a directory"
    case .system(ENOENT): "no such file or folder"
    case .system(EACCES), .system(EPERM): "permission denied"
    case .system(ELOOP): "its symbolic links go in a circle"
    case .system(let code): String(cString: strerror(code))
    case .notRegular: "is not a regular file"
    case .tooLarge(let limit): "is larger than \(limit >> 20) MiB"
    case .pipe: "is a pipe, not a file"
    case .terminal: "is a terminal, not a file"
    case .nulInName: "the name holds a NUL character"
    }
  }
}
