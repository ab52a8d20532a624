import IndexNotation
import LectureNotes
import Testing

@Suite struct ParserTests {
  /// What is printed can be read: every rendering of a relation, corrected or as printed, gives the
  /// tree of the file, names included.
  @Test(arguments: Library.shipped) func renderingsReadBack(id: String) throws {
    let document = try Library().document(id)
    var count = 0
    for index in document.equations.indices {
      let relations = [try? document.relation(index), try document.printedRelation(index)]
      for relation in relations.compactMap({ $0 }) {
        for script in [Script.unicode, .linear, .ascii] {
          guard let text = document.renderer.relation(relation, script) else { continue }
          count += 1
          do throws(SyntaxError) {
            let again = try Parser.relation(text, vocabulary: document.vocabulary)
            // In ASCII a vector's underline is lost; its letter alone is the same vector.
            let same =
              again == relation
              || (script == .ascii && document.renderer.relation(again, .ascii) == text)
            #expect(same, "\(id) \(document.equations[index].label): \(text)")
          } catch {
            Issue.record(
              "\(id) \(document.equations[index].label): \(error.message) at \(error.columns.start) of \(text)"
            )
          }
        }
      }
    }
    #expect(count > 100)
  }

  private func error(_ text: String) throws -> SyntaxError? {
    let document = try Library().document("four-equations")
    do throws(SyntaxError) {
      _ = try Parser.expression(text, vocabulary: document.vocabulary)
      return nil
    } catch {
      return error
    }
  }

  @Test func nestingIsLimited() throws {
    let deep = String(repeating: "(", count: 100_000)
    #expect(try error(deep)?.message.contains("nested too deep") == true)
    let brackets = "a[" + String(repeating: "(", count: 5000) + "1"
    #expect(try error(brackets)?.message.contains("nested too deep") == true)
    let fine = String(repeating: "(", count: 30) + "1" + String(repeating: ")", count: 30)
    #expect(try error(fine) == nil)
  }

  @Test(arguments: [
    ("δ[2][1", 4, "never closed"), ("(1 + 2", 0, "never closed"), ("a[2][1] +", 9, "too early"),
    ("q + 1", 0, "no 'q'"), ("1e400", 0, "too large"), ("a[1][1] – 2", 8, "not a minus sign"),
    ("a[1.5][1]", 2, "whole number"), ("0x10", 0, "not a number"), ("1_000", 0, "not a number"),
    ("1 ) 2", 2, "unexpected"), ("0.15 0.20", 5, "two numbers side by side"),
    ("[1 - 2 3]", 3, "a difference or two numbers"), ("[2-3 1]", 2, "a difference or two numbers"),
    ("[1/2 3]", 5, "two numbers side by side"),
    // Nobody typed the braces around a raised run.
    ("a¹⁺", 3, "the expression ends too early"), ("a²⁽", 3, "the expression ends too early"),
    ("a²⁽¹ + 1", 2, "this ( is never closed"), ("a_1²⁺ + 1", 5, "the expression ends too early"),
  ])
  func errorsPointIntoTheLine(text: String, column: Int, words: String) throws {
    let found = try #require(try error(text))
    #expect(found.message.contains(words), "\(found.message)")
    #expect(found.columns.start == column, "\(found.message) at \(found.columns.start)")
  }

  /// The advice has as many indices as the symbol takes.
  @Test(arguments: [
    ("δ[1,1]", "write δ[1][1]"), ("w[1,2]", "write w[layer][1,2]"),
    ("w[2,1,3]", "write w[2][1,3]"), ("δ[1,2,3]", "write δ[layer][1]"),
  ])
  func adviceFollowsTheForm(text: String, advice: String) throws {
    let found = try #require(try error(text))
    #expect(found.message.contains("needs its layer first"))
    #expect(found.advice == advice)
  }

  /// Spelled, raised and bracketed forms of one quantity.
  @Test func spellingsAgree() throws {
    let document = try Library().document("four-equations")
    func tree(_ text: String) throws -> IndexNotation.Expression {
      try Parser.expression(text, vocabulary: document.vocabulary)
    }
    let whole = try tree("w[2][1,3]")
    for text in ["w^2_13", "w₁₃²", "w_{1,3}^2", "w_{1 3}^{2}"] { #expect(try tree(text) == whole) }
    #expect(try tree("delta[2][1]") == tree("δ₁²"))
    #expect(try tree("dC/dw[1][1,1]") == tree("∂C/∂w₁₁¹"))
    #expect(try tree("2 a[1][1]") != tree("2 a[1][2]"))
    #expect(try tree("sigma'(z[2][1])") == tree("σ′(z₁²)"))
  }
}
