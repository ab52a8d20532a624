import IndexNotation

/// Which form of a relation is meant.
package enum Form: Hashable, Sendable {
  case corrected
  case printed
}

/// One value of a relation's left side and that of a right side.
package struct Sides: Equatable, Sendable {
  package var left: Double
  package var right: Double

  /// |left − right| over the greater of the two; 0 for equal numbers.
  package var relative: Double {
    if left == right { return 0 }
    let size = max(abs(left), abs(right))
    let difference = abs(left - right)
    return difference.isFinite ? difference / size : .infinity
  }

  /// |left − right| in units of the last digit of the greater.
  package var ulps: Double {
    if left == right { return 0 }
    let unit = max(abs(left), abs(right)).ulp
    let difference = abs(left - right) / unit
    return difference.isNaN ? .infinity : difference
  }
}

/// The two sides of a relation at a place.
package struct Difference: Equatable, Sendable {
  package var sides: Sides
  package var place: Place

  package var left: Double { sides.left }
  package var right: Double { sides.right }
  package var relative: Double { sides.relative }
}

/// Where a relation was tried: values of its free indices, and the example.
package struct Place: Equatable, Sendable {
  package var indices: [(name: IndexName, value: Int)]
  /// nil where the relation speaks of all examples.
  package var example: Int?
  /// Of a vector or matrix the entry, row after row from 1.
  package var entry: Int?

  package static func == (left: Place, right: Place) -> Bool {
    left.example == right.example && left.entry == right.entry
      && left.indices.count == right.indices.count
      && zip(left.indices, right.indices).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }

  /// `l=1 j=2`.
  package func words(_ renderer: Renderer) -> String {
    var words = indices.map { "\(renderer.text(.name($0.name)))=\($0.value)" }
    if let entry { words.append("entry \(entry)") }
    return words.joined(separator: " ")
  }
}

/// What came of trying a relation on a network: its left side by definition against its right.
package struct Verification: Sendable {
  package enum Outcome: Equatable, Sendable {
    case holds
    /// Some right side differs, or has no value.
    case fails
    /// A fact it needs fails, or it has no place on this network; in words.
    case doesNotApply(String)
  }

  package var equation: Int
  package var form: Form
  /// Numbers compared: every place, every side of a chain, every entry of a matrix.
  package var comparisons = 0
  package var failures = 0
  /// The greatest relative difference.
  package var worst: Difference?
  package var worstUlps = 0.0
  /// Some values are small differences of large terms and agree only to what that leaves.
  package var isNearCancellation = false
  /// Ctrl-C ended it.
  package var isInterrupted = false
  /// Not every place was tried, for there are too many.
  package var isPartial = false
  /// Why a right side has no value somewhere, and where.
  package var error: (message: String, place: Place)?
  /// A fact or a place that is missing, in words.
  package var missing: String?

  package init(equation: Int, form: Form) {
    self.equation = equation
    self.form = form
  }

  /// Where the sides differ most, and both there: `at l=2 j=1: left 0.1, right 0.2`.
  /// - Parameter exampleCount: of one example there is no need to say which.
  package func words(
    _ renderer: Renderer, exampleCount: Int, number: (Double) -> String
  ) -> String {
    func at(_ place: Place) -> String {
      let words = place.words(renderer)
      let example = place.example.map { exampleCount > 1 ? ", example \($0)" : "" } ?? ""
      return words.isEmpty
        ? example.dropFirst(2) + (example.isEmpty ? "" : ": ") : "at \(words)\(example): "
    }
    if let error { return "\(at(error.place))\(error.message)" }
    guard let worst else { return "" }
    return "\(at(worst.place))left \(number(worst.left)), right \(number(worst.right))"
  }

  package var outcome: Outcome {
    if failures > 0 { return .fails }
    if comparisons > 0 { return .holds }
    return .doesNotApply(missing ?? "it has no place on this network")
  }
}
