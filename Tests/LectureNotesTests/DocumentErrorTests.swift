import IndexNotation
import LectureNotes
import Testing

/// A file of notes with one thing wrong: what is said, and the line and column it points to.
@Suite struct DocumentErrorTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    var from: String
    var to: String
    var message: String
    /// The text that is marked.
    var mark: String

    init(_ from: String, _ to: String, _ message: String, mark: String) {
      (self.from, self.to, self.message, self.mark) = (from, to, message, mark)
    }

    var testDescription: String { to }
  }

  @Test(arguments: [
    Wrong(
      "  x_k : input = a[0][k]\n", "  x_k : input = a[0][k]\n  x_k : input = a[0][k]\n",
      "x_k is declared twice, first in line", mark: "x_k"),
    Wrong("column j of z_j^ℓ", "column j of h^ℓ", "no single number of the network", mark: "z"),
    Wrong("column j of z_j^ℓ", "column j of z^ℓ", "no single number of the network", mark: "z"),
    Wrong("h_k^ℓ + β_j^ℓ", "q_k^ℓ + β_j^ℓ", "these notes have no 'q'", mark: "q"),
    Wrong("(6) : hidden error", "(6) : hiden error", "no role of a relation", mark: "hiden error"),
    Wrong("(6) : hidden error", "(6) hidden error", "LABEL : ROLE", mark: "(6) hidden error"),
    Wrong(
      "if elementwise at L", "if elementwize at L", "no fact about a network",
      mark: "elementwize at L"),
    Wrong("where ℓ < L", "where ℓ is L", "where compares two indices", mark: "ℓ is L"),
    Wrong("= w[ℓ+1][j][k]", "= w[ℓ+1][j]", "w has 3 brackets, not 2", mark: "w[ℓ+1][j]"),
    Wrong("= delta[ℓ][j]", "= dleta[ℓ][j]", "'dleta' is no quantity", mark: "dleta"),
    Wrong("i j k : neuron", "i j i : neuron", "the index i is declared twice", mark: "i"),
    Wrong("m : number", "L : number", "the constant L is declared twice", mark: "L"),
    Wrong("cost quadratic", "cost quadratik", "there is no cost 'quadratik'", mark: "quadratik"),
    Wrong("\nrelations\n", "\nrelation\n", "no section is called 'relation'", mark: "relation"),
    Wrong(
      "1 index : (6)", "1 slip : (6)", "a misprint begins with",
      mark: "1 slip : (6), the weights"),
    Wrong("    why The", "    becuase The", "a misprint has no 'becuase'", mark: "becuase"),
    Wrong("½ Σ_k (ŷ_k - y_k)^2", "½ Σ_k (ŷ_k - y_k^2", "this ( is never closed", mark: "("),
    Wrong(
      "  J = ½ Σ_k (ŷ_k - y_k)^2\n", "  J = ½ Σ_k\n      (ŷ_k – y_k)^2\n", "not a minus sign",
      mark: "–"),
  ]) func oneThingWrong(_ wrong: Wrong) throws {
    let text = Library.exampleText
    try #require(text.contains(wrong.from))
    let changed = text.replacing(wrong.from, with: wrong.to, maxReplacements: 1)
    let error = try #require(Self.error(changed))
    #expect(error.message.contains(wrong.message), "\(error.message)")
    let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
    let line = Array(lines[error.line - 1])
    let end = min(line.count, error.columns.end)
    let marked = String(line[min(error.columns.start, end)..<end])
    #expect(marked == wrong.mark, "line \(error.line): \(marked)")
  }

  /// The first thing wrong, in the file's structure or in a formula.
  private static func error(_ text: String) -> DocumentError? {
    do throws(DocumentError) {
      return DocumentLint(try DocumentReader.read(text)).errors.first
    } catch {
      return error
    }
  }

  @Test(arguments: ["", "\n\n", "document", "document a b", "# words alone", "relations"])
  func noDocument(_ text: String) {
    #expect(Self.error(text) != nil)
  }

  /// Prefixes of a right file, lines left out of it, brackets put into it: no trap, and what is not
  /// read is said to be wrong within the file.
  @Test func brokenFilesAreReadOrRefused() {
    func check(_ text: String) {
      guard let error = Self.error(text) else { return }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.indices.contains(error.line - 1) && !error.message.isEmpty)
      guard lines.indices.contains(error.line - 1) else { return }
      #expect((0...lines[error.line - 1].count).contains(error.columns.start))
    }
    let lines = Library.exampleText.split(separator: "\n", omittingEmptySubsequences: false)
    for count in stride(from: 0, to: lines.count, by: 3) {
      check(lines.prefix(count).joined(separator: "\n"))
      var without = lines
      without.remove(at: min(count, lines.count - 1))
      check(without.joined(separator: "\n"))
    }
    let characters = Array(Library.exampleText)
    for place in stride(from: 0, to: characters.count, by: 37) {
      var changed = characters
      changed[place] = place % 2 == 0 ? "[" : "}"
      check(String(changed))
    }
  }

  @Test func theExampleIsSound() throws {
    let document = try DocumentReader.read(Library.exampleText)
    let lint = DocumentLint(document)
    #expect(lint.errors.isEmpty && lint.warnings.isEmpty)
  }
}
