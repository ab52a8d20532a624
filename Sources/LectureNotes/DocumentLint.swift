import IndexNotation

/// What is wrong or doubtful in a document's file, formula by formula.
package struct DocumentLint {
  package private(set) var errors: [DocumentError] = []
  package private(set) var warnings: [DocumentError] = []

  package init(_ document: Document) {
    for index in document.equations.indices { check(index, document) }
    warnOfMissingRoles(document)
    let numbers = Set(document.errata.map(\.number))
    let labels = Set(document.equations.map(\.label))
    for equation in document.equations {
      for number in equation.misprints where !numbers.contains(number) {
        warnings.append(
          DocumentError(
            "misprint \(number) of \(equation.label) is not listed under errata",
            line: equation.line, columns: Columns(0, equation.label.count)))
      }
      for label in equation.componentOf + [equation.restates].compactMap({ $0 })
      where !labels.contains(label) {
        errors.append(
          DocumentError(
            "\(equation.label) speaks of \(label), which no relation is called",
            line: equation.line, columns: Columns(0, equation.label.count)))
      }
    }
  }

  /// Relations of one label of which none is said to be a form of the other; vectors are one.
  package func repetitions(in document: Document) -> [DocumentError] {
    var first: [String: Int] = [:]
    var found: [DocumentError] = []
    for (index, equation) in document.equations.enumerated()
    where !equation.isBeyondTheNotes && equation.componentOf.isEmpty && equation.restates == nil {
      let form = equation.role == .matrix ? "vectors" : "components"
      let key = "\(Document.bare(equation.label)) \(form)"
      guard let other = first[key] else {
        first[key] = index
        continue
      }
      found.append(
        DocumentError(
          "\(equation.label) is the label of another relation, in line \(document.equations[other].line)",
          line: equation.line, columns: Columns(0, equation.label.count),
          advice: "verify and equation show both; a letter tells them apart, as in: (2a), (2b)"))
    }
    return found
  }

  private static let steppedRoles: [Role] = [
    .forward, .cost, .outputError, .hiddenError, .biasGradient, .weightGradient, .update,
  ]

  /// What stepping asks the notes for and they do not have.
  private mutating func warnOfMissingRoles(_ document: Document) {
    guard !document.equations.isEmpty else { return }
    for role in Self.steppedRoles
    where !document.equations.contains(where: { $0.role == role }) {
      if role == .biasGradient, document.model.biasMode == .none { continue }
      if role == .cost, document.equations.contains(where: { $0.role == .costTerm }) { continue }
      warnings.append(
        DocumentError(
          "no relation is the \(role.rawValue): steps show its values as beyond the notes",
          line: document.line, columns: Columns(0, 8),
          advice: "under relations, its label, then: \(role.rawValue)"))
    }
  }

  private mutating func check(_ index: Int, _ document: Document) {
    let equation = document.equations[index]
    for (text, read) in [
      (
        equation.formula,
        { () throws(SyntaxError) -> Relation? in
          equation.formula.isEmpty ? nil : try document.relation(index)
        }
      ),
      (
        equation.printed ?? PlacedText(),
        { () throws(SyntaxError) -> Relation? in try document.printedRelation(index) }
      ),
    ] {
      do throws(SyntaxError) {
        guard let relation = try read() else { continue }
        if relation.sides.isEmpty {
          throw SyntaxError(
            "a relation has two sides, with = or ← between them", at: Columns(0, text.text.count),
            advice: "as in: z_j = Σ_k w_jk a_k")
        }
        warn(relation, text)
      } catch {
        errors.append(DocumentError(error, in: text))
      }
    }
    do throws(SyntaxError) {
      _ = try document.shapeClaim(index)
    } catch {
      errors.append(DocumentError(error, in: equation.shape ?? PlacedText()))
    }
  }

  /// A bound name that hides another is read as the inner one; two letters say it better.
  private mutating func warn(_ relation: Relation, _ text: PlacedText) {
    let free = relation.left.freeIndices
    for side in relation.sides {
      for name in side.expression.hiddenNames(inside: free) {
        let (line, column) = text.place(of: 0)
        warnings.append(
          DocumentError(
            "Σ over \(Renderer.plain(.name(name))) hides the \(Renderer.plain(.name(name))) outside it",
            line: line, columns: Columns(column, column + text.text.count),
            advice: "sum over another letter"))
      }
    }
  }
}

extension Expression {
  /// The bound names of a tree that stand for something else outside it.
  fileprivate func hiddenNames(inside outer: [IndexName]) -> [IndexName] {
    switch self {
    case .sum(let binder, let body):
      return (outer.contains(binder.index) ? [binder.index] : [])
        + body.hiddenNames(inside: outer + [binder.index])
    case .addition(let terms): return terms.flatMap { $0.expression.hiddenNames(inside: outer) }
    case .product(let factors): return factors.flatMap { $0.expression.hiddenNames(inside: outer) }
    case .hadamard(let left, let right, _), .power(let left, let right):
      return left.hiddenNames(inside: outer) + right.hiddenNames(inside: outer)
    case .transpose(let inner), .norm(let inner), .group(let inner), .derivative(let inner, _):
      return inner.hiddenNames(inside: outer)
    case .call(_, _, let arguments, _): return arguments.flatMap { $0.hiddenNames(inside: outer) }
    case .matrix(let rows, _):
      return rows.flatMap { $0.flatMap { $0.hiddenNames(inside: outer) } }
    case .cases(let list): return list.flatMap { $0.value.hiddenNames(inside: outer) }
    case .number, .reference, .partial, .gradient, .index: return []
    }
  }
}
