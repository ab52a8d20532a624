import Backprop
import IndexNotation

/// Tries relations of a document on a network: the left side by its definition, the right side by
/// the formula, at every place where the left side exists and `where` holds.
///
/// Both sides read definitions, δ included, never the pass that is stepped. A place that does not
/// exist on the right is a failure.
package struct Verifier {
  package let document: Document
  package let definitions: Definitions
  /// More numbers than this are not compared for one relation.
  package var limit = Int.max
  /// So many values of free indices are looked at in search of the places of one relation.
  package var placeLimit = Int.max
  /// Shared by all relations that are tried, if it is to be limited.
  package var work: Work?

  package init(_ document: Document, _ definitions: Definitions) {
    self.document = document
    self.definitions = definitions
  }

  package func verify(
    _ index: Int, _ form: Form = .corrected
  ) throws(SyntaxError) -> Verification {
    var result = Verification(equation: index, form: form)
    if let claim = try document.shapeClaim(index) {
      verify(claim, index, &result)
      return result
    }
    let relation: Relation
    switch form {
    case .corrected:
      guard !document.equations[index].formula.isEmpty else {
        result.missing = "it states nothing to evaluate"
        return result
      }
      relation = try document.relation(index)
    case .printed:
      guard let printed = try document.printedRelation(index) else { return result }
      relation = printed
    }
    let search = search(relation, index, document.speaksOfAllExamples(relation)) { site in
      guard result.comparisons < limit else { return false }
      compare(relation, at: site, &result)
      return !result.isInterrupted
    }
    result.missing = search.missing
    result.isPartial = search.isCutOff
    if search.isInterrupted { result.isInterrupted = true }
    return result
  }

  private func evaluator(_ site: Site) -> Evaluator<Reading<Definitions>> {
    Evaluator(site.reading, work: work)
  }

  // MARK: comparing

  private func compare(_ relation: Relation, at site: Site, _ result: inout Verification) {
    for side in relation.sides {
      do throws(LocatedError) {
        let values = try bound(side.expression, site, result)
        let right = try evaluator(site).value(side.expression, values)
        compare(site.left, right, side.expression, site, values, &result)
      } catch {
        if error.error == .interrupted {
          result.isInterrupted = true
          return
        }
        result.comparisons += 1
        result.failures += 1
        result.error = result.error ?? (error.error.message, site.place)
      }
    }
  }

  /// The left side by its definition; of an assignment, the value it leads to.
  func left(_ relation: Relation, _ site: Site) throws(LocatedError) -> Value {
    guard relation.sides.first?.sign == .becomes else {
      return try evaluator(site).value(relation.left, site.values)
    }
    return try updated(relation.left, site)
  }

  private func updated(
    _ left: IndexNotation.Expression, _ site: Site
  ) throws(LocatedError) -> Value {
    switch left {
    case .reference(let reference):
      do throws(EvaluationError) {
        return try site.reading.updated(reference, site.values)
      } catch {
        throw LocatedError(error, at: reference.columns)
      }
    case .transpose(let inner):
      return try updated(inner, site).transposed
    default: return try evaluator(site).value(left, site.values)
    }
  }

  /// Values the page gives no index for, as the file states them for the printed form.
  private func bound(
    _ expression: IndexNotation.Expression, _ site: Site, _ result: Verification
  ) throws(LocatedError) -> IndexValues {
    guard result.form == .printed else { return site.values }
    var values = site.values
    for setting in document.equations[result.equation].printedValues {
      guard let key = try? site.reading.key(of: setting.name, values) else { continue }
      if values.value(of: key) == nil { values.bind(key, IndexValue(setting.value)) }
    }
    return values
  }

  private func compare(
    _ left: Value, _ right: Value, _ side: IndexNotation.Expression, _ site: Site,
    _ values: IndexValues, _ result: inout Verification
  ) {
    if case .scalar(let a) = left, case .scalar(let b) = right {
      compare(a, b, entry: nil, side, site, values, &result)
      return
    }
    let (a, b) = (left.asMatrix, right.asMatrix)
    guard a.rows == b.rows, a.columns == b.columns else {
      result.comparisons += 1
      result.failures += 1
      result.error =
        result.error ?? ("the left side is \(a.shape), the right side \(b.shape)", site.place)
      return
    }
    for position in a.entries.indices {
      compare(
        a.entries[position], b.entries[position],
        entry: a.entries.count > 1 ? position + 1 : nil, side, site, values, &result)
    }
  }

  private func compare(
    _ left: Double, _ right: Double, entry: Int?, _ side: IndexNotation.Expression, _ site: Site,
    _ values: IndexValues, _ result: inout Verification
  ) {
    result.comparisons += 1
    let sides = Sides(left: left, right: right)
    let relative = sides.relative
    result.worstUlps = max(result.worstUlps, sides.ulps)
    if relative > result.worst?.relative ?? -1 {
      var place = site.place
      place.entry = entry
      result.worst = Difference(sides: sides, place: place)
    }
    guard relative > Verifier.tolerance else { return }
    if !right.isFinite || result.form == .printed && result.failures > 0 {
      result.failures += 1
      return
    }
    let terms =
      (try? Magnitude(site.reading, work: work ?? Work()).of(side, values))?.asMatrix.entries ?? []
    let position = (entry ?? 1) - 1
    let size = position < terms.count ? terms[position] : 0
    if abs(left - right) <= Verifier.roundOff * size {
      result.isNearCancellation = true
    } else {
      result.failures += 1
    }
  }

  /// Two sides that agree to this, relative to the greater, hold.
  package static let tolerance = 1e-11
  /// Near cancellation they hold if they differ by no more than this part of the terms, whatever is
  /// left of them: where all cancels, no number of digits can agree.
  package static let roundOff = 1e-13

  // MARK: shapes

  private func verify(_ claim: ShapeClaim, _ index: Int, _ result: inout Verification) {
    let relation = Relation(left: claim.array, sides: [])
    let search = search(relation, index, true) { site in
      let matrix = site.left.asMatrix
      for (size, wanted) in [(matrix.rows, claim.rows), (matrix.columns, claim.columns)] {
        result.comparisons += 1
        guard let number = try? site.reading.integer(wanted, site.values), number == size else {
          result.failures += 1
          result.error = result.error ?? ("it is \(matrix.shape) here", site.place)
          continue
        }
      }
      return true
    }
    result.missing = search.missing
  }
}
