extension StringProtocol where SubSequence == Substring {
  /// The first (or last) place of a short mark.
  func range(of mark: String, last: Bool = false) -> Range<Index>? {
    var found: Range<Index>?
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(mark) {
        let range = place..<index(place, offsetBy: mark.count)
        if !last { return range }
        found = range
      }
      place = index(after: place)
    }
    return found
  }
}
