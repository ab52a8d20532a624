import IndexNotation
import LectureNotes
import Testing

@Suite struct DocumentTests {
  @Test(arguments: Library.shipped) func everyFormulaParses(id: String) throws {
    let document = try Library().document(id)
    for index in document.equations.indices {
      let equation = document.equations[index]
      do {
        _ = try document.relation(index)
        if let printed = equation.printed {
          _ = try Parser.relation(printed.text, vocabulary: document.vocabulary)
        }
      } catch {
        Issue.record(
          "\(id) \(equation.label): \(error.message) at \(error.columns.start) in \(equation.formula)"
        )
      }
    }
  }
}
