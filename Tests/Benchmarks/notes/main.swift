// notes-benchmark parse|verify|print|first [DOCUMENT]
// notes-benchmark read
//
// The lecture notes at work, document by document: parsing their formulas, trying their relations on
// a network of shape 3-6-5-3 with one example, printing the equations of steps in full detail: `first`
// those no step before was like, `print` those of pass after pass. Prints
//   RESULT what document median-ns count reference-ns
// where `count` is the number of formulas, of compared numbers or of printed rows and the times are
// each for one of them. The reference is C: snprintf of one double with %.17g for parse and verify,
// one snprintf of the same row for print and first. `read` reads notes of 4000 symbols, a vector each,
// beside notes of 500: the times are for a symbol, and a ratio near 1 says that they grow alike.

import Backprop
import CBenchmark
import LectureNotes
import REPL

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The medians of two kinds of work done in turn, in nanoseconds for one of `counts`.
func medians(
  rounds: Int = 15, _ work: () throws -> Int, _ reference: () -> Int
) rethrows -> (count: Int, work: Double, reference: Double) {
  var (times, references, count) = ([Double](), [Double](), 0)
  for _ in 0..<rounds {
    var start = processor_time()
    count = try work()
    times.append((processor_time() - start) / Double(count))
    start = processor_time()
    let printed = reference()
    references.append((processor_time() - start) / Double(printed))
  }
  return (count, times.sorted()[rounds / 2], references.sorted()[rounds / 2])
}

func report(_ what: String, _ id: String, _ found: (count: Int, work: Double, reference: Double)) {
  print("RESULT", what, id, found.work, found.count, found.reference)
}

let numbers = (1...1000).map { CRow("%.17g", [1 / Double($0)]) }

func printNumbers() -> Int {
  for number in numbers { number.print() }
  return numbers.count
}

/// Every formula, parsed for the first time: a document keeps what it has parsed.
func parse(_ id: String) throws {
  let rounds = 15
  var fresh = try (0..<rounds).map { _ in try Library().document(id) }
  report(
    "parse", id,
    try medians(
      rounds: rounds,
      {
        let document = fresh.removeLast()
        var count = 0
        for index in document.equations.indices where !document.equations[index].formula.isEmpty {
          _ = try document.relation(index)
          count += 1
        }
        return count
      }, printNumbers))
}

/// The example of notes with further symbols.
func notes(symbols count: Int) -> String {
  let letters = Array("abcdefhqrstuvwxyz")
  let rows = (0..<count).map {
    let name = "\(letters[$0 % 17])\(letters[$0 / 17 % 17])\(letters[$0 / 289 % 17])"
    return "  \(name)q_j : one = z[1][j]\n  \(name)v : all = column j of \(name)q_j\n"
  }
  return Library.exampleText.replacing("  λ : ", with: rows.joined() + "  λ : ")
}

func read() throws {
  let (few, many) = (notes(symbols: 500), notes(symbols: 4000))
  report(
    "read", "4000-symbols",
    try medians(
      rounds: 5, { try DocumentReader.read(many).arrays.count },
      { (try? DocumentReader.read(few).arrays.count) ?? 0 }))
}

/// Every relation that can be tried on the network.
func verify(_ id: String) throws {
  let document = try Library().document(id)
  let verifier = Verifier(document, try definitions(for: document))
  report(
    "verify", id,
    try medians(
      {
        var compared = 0
        for index in document.equations.indices where document.equations[index].isEvaluable {
          compared += try verifier.verify(index).comparisons
        }
        return compared
      }, printNumbers))
}

func definitions(for document: Document) throws -> Definitions {
  let shape = try Shape([3, 6, 5, 3])
  let model = document.model
  var network = Network(
    shape: shape, activations: [model.hidden, model.hidden, model.output],
    biasMode: model.biasMode)
  for index in network.weights.indices { network.weights[index] = value(index) }
  for index in network.biases.indices { network.biases[index] = value(index + 100) }
  let facts = NetworkFacts(
    network: network, cost: model.cost, reduction: model.reduction, direction: model.direction,
    hasOneExample: true)
  return Definitions(
    network, examples: [Example(input: [1, 0.5, -1], target: [1, 0, 0])], cost: model.cost,
    reduction: model.reduction, rate: model.rate, facts: facts, example: 1)
}

/// Numbers in −1…1 without a pattern a sum could cancel by.
func value(_ number: Int) -> Double {
  let turned = Double(number + 1) * 0.618_033_988_749_895
  return 2 * (turned - turned.rounded(.down)) - 1
}

/// The rows with an equation of all steps of a pass in full detail, pass after pass; or of the first
/// pass of a session each time, where no step has been worded yet.
func printSteps(_ what: String, _ id: String, afterRestart: Bool) throws {
  var interpreter = Interpreter(try Session(document: id))
  for line in ["net 2 3 1", "init xavier seed 1", "data 1 0.5 -> 1", "detail full"] {
    _ = try interpreter.run(line)
  }
  let steps = [String](repeating: "step", count: 6) + (afterRestart ? ["restart"] : [])
  var rows: [CRow] = []
  for step in steps {
    rows += try interpreter.run(step).map(\.text).filter { $0.contains(" = ") }.map { CRow(of: $0) }
  }
  let passes = 20
  report(
    what, id,
    try medians(
      {
        for _ in 0..<passes {
          for step in steps { _ = try interpreter.run(step) }
        }
        return passes * rows.count
      },
      {
        for _ in 0..<passes { for row in rows { row.print() } }
        return passes * rows.count
      }))
}

let usage = "usage: notes-benchmark parse|verify|print|first [DOCUMENT], or read"
let arguments = CommandLine.arguments.dropFirst()
guard let what = arguments.first, arguments.count <= 2 else {
  print(usage)
  exit(2)
}
if what == "read" {
  try read()
  exit(0)
}
for id in arguments.count == 2 ? Array(arguments.suffix(1)) : Library.shipped {
  switch what {
  case "parse": try parse(id)
  case "verify": try verify(id)
  case "print": try printSteps(what, id, afterRestart: false)
  case "first": try printSteps(what, id, afterRestart: true)
  default:
    print(usage)
    exit(2)
  }
}
