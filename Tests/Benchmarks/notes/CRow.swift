#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A row of text as C prints it: a format and its numbers.
struct CRow {
  private let format: String
  private let numbers: [Double]

  init(_ format: String, _ numbers: [Double]) {
    self.format = format
    self.numbers = numbers
  }

  /// The numbers of a printed row become arguments of its format, with the digits they have there.
  init(of text: String) {
    var (format, numbers, digits) = ("", [Double](), "")
    func end() {
      if let number = Double(digits), digits.contains(".") {
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

  func print() {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
      _ = withVaList(numbers) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
    }
  }
}
