import Glibc

/// Environment variables: those of the process, or a table.
package struct Environment: Sendable {
  private let table: [String: String]?

  package static let process = Environment(table: nil)

  package init(_ table: [String: String]) { self.init(table: table) }

  private init(table: [String: String]?) { self.table = table }

  /// The value, nil if it is unset or not UTF-8.
  package subscript(name: String) -> String? {
    if let table { return table[name] }
    guard let value = getenv(name) else { return nil }
    return String(validatingCString: value)
  }

  /// The value, nil if it is empty.
  package func text(_ name: String) -> String? {
    guard let value = self[name], !value.isEmpty else { return nil }
    return value
  }
}
