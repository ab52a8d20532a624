import Glibc

/// The executable of this package that was built beside the tests, debug or release.
package func builtBinary(_ name: String = "backprop-repl") -> String {
  var room = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = max(0, readlink("/proc/self/exe", &room, room.count))
  var test = String(decoding: room[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  // The tests run in a tool of Swift's own on some systems, which is given the bundle's path.
  if let bundle = CommandLine.arguments.first(where: { $0.hasSuffix(".xctest") }) { test = bundle }
  guard let slash = test.lastIndex(of: "/") else { return name }
  return test[...slash] + name
}

/// Where a program's standard input comes from.
package enum Input: ExpressibleByStringLiteral, Sendable {
  case text(String)
  case bytes([UInt8])
  case file(String)
  case closed

  package init(stringLiteral text: String) { self = .text(text) }
}

/// Where a program's standard output or error goes.
package enum Destination: Sendable {
  case pipe
  case file(String)
  case closed
  /// A pipe whose reader goes away after the first bytes.
  case head
}

package struct Run: Sendable {
  package let ending: Ending
  package let outputBytes: [UInt8]
  package let errorBytes: [UInt8]

  /// As a shell shows it.
  package var status: Int32 { ending.status }
  package var output: String { String(decoding: outputBytes, as: UTF8.self) }
  package var error: String { String(decoding: errorBytes, as: UTF8.self) }
}

/// A signal to send, and when, in seconds.
package struct TimedSignal: Sendable {
  package let number: Int32
  package let delay: Double

  package init(_ number: Int32, after delay: Double) {
    self.number = number
    self.delay = delay
  }
}

/// Runs a program to its end with no terminal. Its environment is only what is given here.
package func runBinary(
  _ path: String = builtBinary(), arguments: [String] = [], input: Input = "",
  environment: [String: String] = [:], folder: String? = nil, output: Destination = .pipe,
  error: Destination = .pipe, signal: TimedSignal? = nil, timeout: Double = 60
) throws(SpawnError) -> Run {
  // Shared by all tests: writing to a program that has ended must not end them.
  _ = Glibc.signal(SIGPIPE, SIG_IGN)
  var exchange = Exchange()
  defer { exchange.closeAll() }
  let streams = [
    try exchange.source(input), try exchange.sink(output), try exchange.sink(error),
  ]
  let process = try spawn(
    path, arguments: arguments, environment: environment, folder: folder, streams: streams,
    newSession: false)
  exchange.closeChildEnds()
  let ending = exchange.run(process, signal: signal, timeout: timeout)
  return Run(
    ending: ending, outputBytes: exchange.received(0), errorBytes: exchange.received(1))
}
