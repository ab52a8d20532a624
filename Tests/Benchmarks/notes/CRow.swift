import CBenchmark

/// A row of text as C prints it: a format and its numbers.
struct CRow {
  private let format: [CChar]
  private let numbers: [Double]

  init(_ format: String, _ numbers: [Double]) {
    self.format = Array(format.utf8CString)
    let spare = [Double](repeating: 0, count: Int(ROW_NUMBERS) - numbers.count)
    self.numbers = numbers + spare
  }

  /// The numbers of a printed row become arguments of its format, with the digits they have there; of
  /// more than C takes here the last ones stay text.
  init(of text: String) {
    var (format, numbers, digits) = ("", [Double](), "")
    func end() {
      if let number = Double(digits), digits.contains("."),
        numbers.count < Int(ROW_NUMBERS)
      {
        numbers.append(number)
        format += "%.\(digits.split(separator: ".").last?.count ?? 0)f"
      } else {
        format += digits
      }
      digits = ""
    }
    for character in text {
      if character.isASCII, character.isNumber || character == "." {
        digits.append(character)
        continue
      }
      end()
      format += character == "%" ? "%%" : String(character)
    }
    end()
    self.init(format, numbers)
  }

  func print() { print_row(format, numbers) }
}
