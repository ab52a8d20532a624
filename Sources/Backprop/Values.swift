extension [Double] {
  /// The address of the values, which have to be `count`, for a body that writes them.
  @inline(__always)
  mutating func writing<Result, Failure: Error>(
    _ count: Int, _ body: (UnsafeMutablePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeMutableBufferPointer { values throws(Failure) in
      guard values.count == count, let start = values.baseAddress else {
        preconditionFailure("values of another shape")
      }
      return try body(start)
    }
  }

  /// The same for a body that only reads.
  @inline(__always)
  func reading<Result, Failure: Error>(
    _ count: Int, _ body: (UnsafePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { values throws(Failure) in
      guard values.count == count, let start = values.baseAddress else {
        preconditionFailure("values of another shape")
      }
      return try body(start)
    }
  }
}

extension UnsafePointer<Double> {
  /// Values k and k + 1.
  @inline(__always)
  subscript(pair k: Int) -> SIMD2<Double> {
    UnsafeRawPointer(self + k).loadUnaligned(as: SIMD2<Double>.self)
  }
}

extension UnsafeMutablePointer<Double> {
  /// Values k and k + 1.
  @inline(__always)
  subscript(pair k: Int) -> SIMD2<Double> {
    get { UnsafePointer(self)[pair: k] }
    nonmutating set {
      UnsafeMutableRawPointer(self + k).storeBytes(of: newValue, as: SIMD2<Double>.self)
    }
  }
}
