/// A number, or a matrix with its shape; a column vector is n×1, a row 1×n.
package enum Value: Equatable, Sendable {
  case scalar(Double)
  case matrix(Matrix)

  package var shape: String {
    switch self {
    case .scalar: return "a number"
    case .matrix(let matrix): return matrix.shape
    }
  }

  /// A number is a 1×1 matrix.
  package var asMatrix: Matrix {
    switch self {
    case .scalar(let number): return Matrix(rows: 1, columns: 1, entries: [number])
    case .matrix(let matrix): return matrix
    }
  }

  /// A number is its own transpose.
  package var transposed: Value {
    switch self {
    case .scalar: return self
    case .matrix(let matrix): return .matrix(matrix.transposed)
    }
  }

  /// Whether every number of it is.
  package var isFinite: Bool {
    switch self {
    case .scalar(let number): return number.isFinite
    case .matrix(let matrix): return matrix.entries.allSatisfy(\.isFinite)
    }
  }

  /// The number, if it is one (a 1×1 matrix counts).
  package var number: Double? {
    switch self {
    case .scalar(let number): return number
    case .matrix(let matrix):
      return matrix.rows == 1 && matrix.columns == 1 ? matrix.entries[0] : nil
    }
  }
}

/// Entries row by row.
package struct Matrix: Equatable, Sendable {
  package var rows: Int
  package var columns: Int
  package var entries: [Double]

  package init(rows: Int, columns: Int, entries: [Double]) {
    self.rows = rows
    self.columns = columns
    self.entries = entries
  }

  package var shape: String { "\(rows)×\(columns)" }

  /// Another matrix at the right of this one.
  func beside(_ other: Matrix) -> Matrix? {
    guard rows == other.rows else { return nil }
    var joined: [Double] = []
    for row in 0..<rows {
      joined += entries[row * columns..<(row + 1) * columns]
      joined += other.entries[row * other.columns..<(row + 1) * other.columns]
    }
    return Matrix(rows: rows, columns: columns + other.columns, entries: joined)
  }

  /// Another matrix below this one.
  func above(_ other: Matrix) -> Matrix? {
    guard columns == other.columns else { return nil }
    return Matrix(rows: rows + other.rows, columns: columns, entries: entries + other.entries)
  }

  package static func column(_ entries: [Double]) -> Matrix {
    Matrix(rows: entries.count, columns: 1, entries: entries)
  }

  package subscript(row: Int, column: Int) -> Double {
    get { entries[row * columns + column] }
    set { entries[row * columns + column] = newValue }
  }

  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows, entries: entries)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j] }
    }
    return result
  }

  package func times(_ other: Matrix) -> Matrix? {
    guard columns == other.rows else { return nil }
    var result = Matrix(
      rows: rows, columns: other.columns,
      entries: [Double](repeating: 0, count: rows * other.columns))
    for i in 0..<rows {
      for j in 0..<other.columns {
        var sum = 0.0
        for k in 0..<columns { sum += self[i, k] * other[k, j] }
        result[i, j] = sum
      }
    }
    return result
  }

  package func map(_ transform: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, entries: entries.map(transform))
  }

  package func zipped(_ other: Matrix, _ combine: (Double, Double) -> Double) -> Matrix? {
    guard rows == other.rows, columns == other.columns else { return nil }
    return Matrix(
      rows: rows, columns: columns, entries: zip(entries, other.entries).map(combine))
  }
}
