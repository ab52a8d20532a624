import Glibc
import TestSupport
import Terminal
import Testing

@Suite struct LineReaderTests {
  private let folder = ScratchFolder()

  private func items(_ bytes: [UInt8]) throws -> [LineReader.Item] {
    folder.write(bytes, to: "script")
    let reader = try LineReader(path: folder["script"])
    var items: [LineReader.Item] = []
    while case let item = reader.next(), item != .end { items.append(item) }
    #expect(reader.next() == .end)
    return items
  }

  private func items(_ text: String) throws -> [LineReader.Item] { try items(Array(text.utf8)) }

  private func lines(_ texts: String...) -> [LineReader.Item] {
    texts.enumerated().map { .line($0.element, number: $0.offset + 1) }
  }

  @Test(arguments: ["a\nδ\n\nb\n", "a\r\nδ\r\n\r\nb\r\n", "a\rδ\r\rb\r", "a\rδ\n\r\nb"])
  func anyLineEnd(_ text: String) throws {
    #expect(try items(text) == lines("a", "δ", "", "b"))
  }

  @Test func nothing() throws {
    #expect(try items("") == [])
    #expect(try items("\n") == lines(""))
  }

  @Test func noOtherCharacterEndsALine() throws {
    let text = "a\u{2028}b\u{85}c\u{B}d\u{C}e"
    #expect(try items(text + "\n") == lines(text))
  }

  @Test func byteOrderMarkOnLineOneOnly() throws {
    #expect(try items("\u{FEFF}net\n\u{FEFF}\n") == lines("net", "\u{FEFF}"))
  }

  @Test func invalidUTF8() throws {
    let bytes: [UInt8] = Array("a\nδ∂".utf8) + [0xFF] + Array("x\nb".utf8)
    #expect(
      try items(bytes) == [
        .line("a", number: 1), .notUTF8(line: 2, column: 3, byte: 0xFF), .line("b", number: 3),
      ])
  }

  @Test(
    arguments: [[0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5]] as [[UInt8]])
  func brokenSequence(_ sequence: [UInt8]) throws {
    #expect(try items([0x61] + sequence) == [.notUTF8(line: 1, column: 2, byte: sequence[0])])
  }

  @Test func nulEndsReading() throws {
    #expect(try items("a\nδ\0b\nc\n") == [.line("a", number: 1), .nulByte(line: 2, column: 2)])
  }

  @Test(arguments: [[0xFF, 0xFE, 0x6E, 0], [0xFE, 0xFF, 0, 0x6E], [0xFF, 0xFE]] as [[UInt8]])
  func utf16(_ bytes: [UInt8]) throws {
    #expect(try items(bytes) == [.utf16(line: 1)])
  }

  @Test func lineLimit() throws {
    let longest = String(repeating: "a", count: LineReader.lineLimit)
    #expect(try items(longest + "\nb") == lines(longest, "b"))
    #expect(try items(longest + "\r\nb") == lines(longest, "b"))
    #expect(
      try items("x\n" + longest + "a\nb") == [
        .line("x", number: 1), .tooLong(line: 2, bytes: 65537), .line("b", number: 3),
      ])
    let million = String(repeating: "a", count: 1 << 20)
    #expect(
      try items(million + "\nb") == [.tooLong(line: 1, bytes: 1 << 20), .line("b", number: 2)])
  }

  @Test(arguments: ["/dev/zero", "/dev/urandom"])
  func endlessFile(_ path: String) throws {
    let reader = try LineReader(path: path)
    for _ in 0..<1000 {
      switch reader.next() {
      case .nulByte, .utf16, .end: return
      case .line, .notUTF8, .tooLong: continue
      case let item:
        Issue.record("\(item)")
        return
      }
    }
    Issue.record("still reading after a thousand lines")
  }

  @Test func unreadable() throws {
    #expect(throws: FileError("/tmp", .system(errno: EISDIR))) { try LineReader(path: "/tmp") }
    #expect(throws: FileError("/no/such", .system(errno: ENOENT))) {
      try LineReader(path: "/no/such")
    }
    #expect(LineReader(descriptor: -1).next() == .end)
  }

  @Test func piecesOfAnySize() throws {
    let text = "δ = 1\r\n日本\rnet 2 3 1\n\nlast"
    for size in 1...7 {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      let reader = LineReader(descriptor: ends[0])
      var items: [LineReader.Item] = []
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let part = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
        #expect(write(ends[1], part, part.count) == part.count)
        // A line is given as soon as its end is there, without waiting for what follows it.
        if [10, 13].contains(part.last), part != [10] || items.last != .line("δ = 1", number: 1) {
          items.append(reader.next())
        }
      }
      close(ends[1])
      while case let item = reader.next(), item != .end { items.append(item) }
      close(ends[0])
      #expect(items == lines("δ = 1", "日本", "net 2 3 1", "", "last"), "pieces of \(size)")
    }
  }

  @Test func randomBytes() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet: [UInt8] = [0, 10, 13, 0x41, 0x41, 0x41, 0xCE, 0xB4, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE]
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...60)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      let items = try items(bytes)
      let number = items.last.flatMap(lineNumber) ?? 0
      #expect(number == items.count, "\(bytes)")
      for case .line(let text, _) in items {
        #expect(!text.utf8.contains { [0, 10, 13].contains($0) }, "\(bytes)")
      }
    }
  }

  private func lineNumber(_ item: LineReader.Item) -> Int? {
    switch item {
    case .line(_, let number): number
    case .notUTF8(let line, _, _), .nulByte(let line, _), .tooLong(let line, _), .utf16(let line):
      line
    case .failed, .signal, .end: nil
    }
  }
}

extension FileError {
  fileprivate init(_ path: String, _ cause: Cause) { self.init(.read, path, cause) }
}
