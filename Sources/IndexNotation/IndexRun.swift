/// The values a sum runs over, in order: a list, or numbers between printed limits, which are counted
/// and not kept.
package struct IndexRun: RandomAccessCollection, Sendable {
  private let listed: [IndexValue]
  private let first: Int
  private let layer: Int?
  package let count: Int

  init(_ listed: [IndexValue]) {
    (self.listed, first, layer) = (listed, 0, nil)
    count = listed.count
  }

  /// - Parameter layer: the layer the bound letter belongs to by its declaration.
  init(from first: Int, count: Int, layer: Int?) {
    (listed, self.first, self.layer) = ([], first, layer)
    self.count = count
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(position: Int) -> IndexValue {
    listed.isEmpty ? IndexValue(first + position, layer: layer) : listed[position]
  }
}
