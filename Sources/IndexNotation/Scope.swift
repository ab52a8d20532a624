/// Why an expression has no value here.
package enum EvaluationError: Error, Equatable, Sendable {
  /// A sentence and, if one thing helps, what to type.
  case fact(String, advice: String?)
  /// A quantity that the pass has not reached.
  case notKnown(String, advice: String?)
  case noValue(index: String)
  /// The person has pressed Ctrl-C.
  case interrupted
  /// An index beyond its range, with the index as written.
  case outOfRange(String, index: Int)
  case shapes(String, operation: String, String)

  package var message: String {
    switch self {
    case .fact(let text, _), .notKnown(let text, _), .outOfRange(let text, _): return text
    case .noValue(let index): return "\(index) has no value here"
    case .interrupted: return "stopped"
    case .shapes(let left, let operation, let right):
      return "(\(left)) \(operation) (\(right)) do not fit"
    }
  }

  /// The message with a subject, where nothing nearer names what is not known.
  package var sentence: String {
    if case .notKnown = self { return "a value it needs \(message)" }
    return message
  }

  package var advice: String? {
    switch self {
    case .fact(_, let advice), .notKnown(_, let advice): return advice
    case .noValue, .outOfRange, .shapes, .interrupted: return nil
    }
  }
}

extension EvaluationError {
  /// Said of an array instead of the element it is made of.
  package func renamed(from element: String, to array: String) -> EvaluationError {
    guard case .outOfRange(let text, let index) = self, text.hasPrefix(element + " ") else {
      return self
    }
    return .outOfRange(array + text.dropFirst(element.count), index: index)
  }
}

/// An evaluation error with the place it came from.
package struct LocatedError: Error, Equatable, Sendable {
  package var error: EvaluationError
  package var columns: Columns

  package init(_ error: EvaluationError, at columns: Columns) {
    self.error = error
    self.columns = columns
  }
}

/// Where symbols get their values: the pass being stepped, or the definitions.
package protocol Scope {
  /// The value of a quantity, a vector or matrix where the neuron indices are left out.
  func value(
    of reference: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value

  /// A derivative that the network has, such as ∂C/∂w.
  func partial(
    of top: Reference, by bottom: Reference, _ indices: IndexValues
  ) throws(EvaluationError) -> Value

  /// ∂top/∂bottom, each at its own values of the indices; 0 where one does not reach the other.
  func derivative(
    of top: Reference, _ indices: IndexValues, by bottom: Reference, _ outside: IndexValues
  ) throws(EvaluationError) -> Double

  /// `f(argument)` or its derivative, for a function the document declares.
  func apply(
    _ function: String, primes: Int, to argument: Expression, value: Value, _ indices: IndexValues
  ) throws(EvaluationError) -> Value

  /// The values an index without printed limits runs over in `body`.
  func range(
    of index: IndexName, in body: Expression, _ indices: IndexValues
  ) throws(EvaluationError) -> [IndexValue]

  /// The layer an index letter belongs to by its declaration, if any.
  func layer(of index: IndexName, _ indices: IndexValues) -> Int?

  /// A constant such as `L` or `N_l`.
  func constant(_ name: IndexName, _ indices: IndexValues) throws(EvaluationError) -> Int?
}

extension Scope {
  /// The integer an index stands for.
  package func integer(
    _ index: Index, _ indices: IndexValues
  ) throws(EvaluationError) -> Int {
    switch index {
    case .integer(let value): return value
    case .plus(let left, let right):
      return try Self.checked(
        try integer(left, indices).addingReportingOverflow(try integer(right, indices)))
    case .minus(let left, let right):
      return try Self.checked(
        try integer(left, indices).subtractingReportingOverflow(try integer(right, indices)))
    case .label(let text): throw .noValue(index: text)
    case .name(let name):
      if let bound = indices.value(of: try key(of: name, indices)) { return bound.value }
      if let constant = try constant(name, indices) { return constant }
      throw .noValue(index: Renderer.plain(.name(name)))
    }
  }

  private static func checked(
    _ result: (partialValue: Int, overflow: Bool)
  ) throws(EvaluationError) -> Int {
    if result.overflow { throw .fact("an index is too large to count with", advice: nil) }
    return result.partialValue
  }

  /// An index as a number where it has a value; else with the numbers its scripts have.
  package func written(_ index: Index, _ indices: IndexValues) -> Index {
    if let number = try? integer(index, indices) { return .integer(number) }
    switch index {
    case .integer, .label: return index
    case .plus(let left, let right):
      return .plus(written(left, indices), written(right, indices))
    case .minus(let left, let right):
      return .minus(written(left, indices), written(right, indices))
    case .name(let name): return .name(written(name, indices))
    }
  }

  package func written(_ name: IndexName, _ indices: IndexValues) -> IndexName {
    var copy = name
    copy.lower = name.lower.map { written($0, indices) }
    copy.upper = name.upper.map { written($0, indices) }
    return copy
  }

  /// The identity of an index variable: its letter and the value of its subscript.
  package func key(
    of name: IndexName, _ indices: IndexValues
  ) throws(EvaluationError) -> IndexKey {
    var lower: Int?
    if let subscriptIndex = name.lower { lower = try integer(subscriptIndex, indices) }
    return IndexKey(name.letter, primes: name.primes, lower: lower)
  }

  /// The values a sum runs over, limits obeyed as printed.
  package func values(
    of binder: Binder, in body: Expression, _ indices: IndexValues
  ) throws(EvaluationError) -> IndexRun {
    guard let from = binder.from, let to = binder.to else {
      return IndexRun(try range(of: binder.index, in: body, indices))
    }
    let first = try integer(from, indices)
    let last = try integer(to, indices)
    guard first <= last else { return IndexRun([]) }
    let (span, isHuge) = last.subtractingReportingOverflow(first)
    guard !isHuge, span < Work.termLimit else {
      throw .fact(
        "this sum has \(isHuge ? "too many" : "\(span + 1)") terms; the limit is \(Work.termLimit)",
        advice: nil)
    }
    return IndexRun(from: first, count: span + 1, layer: layer(of: binder.index, indices))
  }
}
