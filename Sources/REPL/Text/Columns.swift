extension StringProtocol {
  /// The columns of a text: its `count`, told from the bytes where no scalar can join another.
  ///
  /// Letters, Greek, and the raised and lowered glyphs of the notes stand alone; a text with anything
  /// else, such as the tilde of L̃, is counted by characters.
  package var columns: Int {
    let known = utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      var count = 0
      var place = 0
      while place < bytes.count {
        switch bytes[place] {
        case 0x20...0x7E: place += 1
        case 0xC2, 0xC3, 0xCE, 0xCF: place += 2
        case 0xE1 where 0xB4...0xB5 ~= bytes[place + 1]: place += 3  // phonetic letters
        case 0xE2 where standsAlone(bytes[place + 1], bytes[place + 2]): place += 3
        default: return nil
        }
        count += 1
      }
      return count
    }
    return (known ?? nil) ?? count
  }

  /// Whether U+2000 to U+2FFF of these bytes is no joiner and no mark that combines.
  private func standsAlone(_ second: UInt8, _ third: UInt8) -> Bool {
    switch second {
    case 0x80: 0x90...0xA7 ~= third || third >= 0xB0
    case 0x81: third < 0xA0 || third >= 0xB0
    case 0x82, 0x84...0x8F: true
    default: false
    }
  }
}
