import Backprop
import REPL
import Testing

@Suite struct NetworkFileTests {
  static let mazur = """
    {
      "format": "backprop-repl/1",
      "network": {
        "layers": [2, 2, 2],
        "activations": ["sigmoid", "sigmoid"],
        "bias": "per-neuron",
        "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
        "biases": [[0.35, 0.35], [0.6, 0.6]]
      },
      "cost": "quadratic",
      "reduction": "sum",
      "direction": "descent",
      "learning_rate": 0.5,
      "examples": [{"input": [0.05, 0.1], "target": [0.01, 0.99]}]
    }

    """

  @Test func readsAndWritesTheExample() throws {
    let file = try NetworkFile(reading: Array(Self.mazur.utf8))
    #expect(file.network.weights == [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55])
    #expect(file.network.biases == [0.35, 0.35, 0.6, 0.6])
    #expect(file.learningRate == 0.5 && file.cost == .quadratic && file.reduction == .sum)
    #expect(file.examples == [Example(input: [0.05, 0.1], target: [0.01, 0.99])])
    #expect(file.text == Self.mazur)
  }

  @Test func roundTripToTheLastBit() throws {
    var network = Network(
      shape: try Shape([3, 40, 2]), activations: [.leakyReLU, .softmax], biasMode: .frozen)
    for i in network.weights.indices { network.weights[i] = 1 / Double(3 * i + 1) - 0.5 }
    network.weights[0] = -0.0
    network.weights[1] = .leastNonzeroMagnitude
    network.weights[2] = .greatestFiniteMagnitude
    network.weights[3] = 1e16
    network.biases[4] = 1e-5
    let file = NetworkFile(
      network: network, cost: .crossEntropy, reduction: .perExample, direction: .ascent,
      learningRate: 0.1, examples: [])
    let back = try NetworkFile(reading: Array(file.text.utf8))
    #expect(back == file)
    #expect(back.network.weights.map(\.bitPattern) == network.weights.map(\.bitPattern))
    #expect(file.text.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test func withoutBiases() throws {
    let absent = try read { $0.replacing(Self.biases, with: "") }
    #expect(absent.network.biasMode == .perNeuron && absent.network.biases == [0, 0, 0, 0])
    let none = try read {
      $0.replacing("per-neuron", with: "none").replacing(Self.biases, with: "")
    }
    #expect(none.network.biasMode == .none)
    #expect(!none.text.contains("biases"))
    #expect(try NetworkFile(reading: Array(none.text.utf8)) == none)
  }

  static let biases = ",\n    \"biases\": [[0.35, 0.35], [0.6, 0.6]]"

  @Test(arguments: [
    (
      "0.25, 0.3]", "0.25, 0.3,]",
      "not JSON: a comma with nothing after it at line 7, column 41, inside network.weights[0][1]"
    ),
    (
      "\"sum\",", "\"sum\",\n  \"cost\": \"mse\",",
      "the key “cost” is there twice, again at line 12, column 3"
    ),
    (
      "\"sum\",", "\"sum\",\n  \"\\u0063ost\": \"mse\",",
      "the key “cost” is there twice, again at line 12, column 3"
    ),
    ("\"sum\"", "sum", "not JSON: unexpected “s” at line 11, column 16, inside reduction"),
    (
      "0.15", "NaN",
      "not JSON: unexpected “N” at line 7, column 19, inside network.weights[0][0][0]"
    ),
    ("0.15", "01", "not JSON: not a number at line 7, column 19, inside network.weights[0][0][0]"),
    ("0.15", "1.", "not JSON: not a number at line 7, column 21, inside network.weights[0][0][0]"),
    (
      "0.15", "+1",
      "not JSON: unexpected “+” at line 7, column 19, inside network.weights[0][0][0]"
    ),
    ("0.15", "1e999", "network.weights[0][0][0] is not a finite number"),
    ("0.15", "\"nan\"", "network.weights[0][0][0] is not a finite number"),
    ("0.15", "null", "network.weights[0][0][0] is not a number"),
    (
      "0.15, 0.2]", "0.15]",
      "weights of layer 1, neuron 1, one for each neuron of the layer below: expected 2, found 1"
    ),
    (
      "[[0.4, 0.45], [0.5, 0.55]]", "[[0.4, 0.45]]",
      "rows of weights of layer 2, one for each neuron: expected 2, found 1"
    ),
    ("[0.6, 0.6]", "[0.6]", "biases of layer 2: expected 2, found 1"),
    ("[0.6, 0.6]", "0.6", "network.biases[1] is not a list […]"),
    ("[0.05, 0.1]", "[0.05]", "input values of example 1: expected 2, found 1"),
    (
      "[\"sigmoid\", \"sigmoid\"]", "[\"sigmoid\"]",
      "activations, one for each layer after the input: expected 2, found 1"
    ),
    (
      "\"sigmoid\", \"sigmoid\"", "\"sigmoid\", \"relu6\"",
      "network.activations[1] is “relu6”; it can be identity, sigmoid, tanh, relu, leaky-relu, softplus, softmax"
    ),
    (
      "backprop-repl/1", "backprop-repl/3",
      "made by a newer backprop-repl (format 3, this reads 1)"
    ),
    (
      "backprop-repl/1", "backprop-trace/1",
      "the format is “backprop-trace/1”, not “backprop-repl/1”"
    ),
    (
      "\"format\": \"backprop-repl/1\",", "",
      "not a network file: no \"format\": \"backprop-repl/1\""
    ),
    ("\"cost\": \"quadratic\",", "", "the key “cost” is missing"),
    ("\"layers\": [2, 2, 2],", "", "the key “network.layers” is missing"),
    (
      "[2, 2, 2]", "[2, 4000000000, 2]",
      "network.layers: 20000000002 weights and biases; the most is 1000000"
    ),
    ("[2, 2, 2]", "[2, 4e300, 2]", "network.layers: too many weights; the most is 1000000"),
    ("[2, 2, 2]", "[2, 2.5, 2]", "network.layers[1] is not a whole number"),
    ("[2, 2, 2]", "[2, -1, 2]", "network.layers: layer 1 needs at least 1 neuron"),
    (
      "[2, 2, 2]", "[]",
      "network.layers: a network has an input and an output layer at least, not 0 layers"
    ),
    ("0.99]}]\n}\n", "0.99]}]\n}\nx", "not JSON: more text after the end, at line 16, column 1"),
    (
      "0.5, 0.55]]]", "0.5,\n 0.55]]",
      "not JSON: unexpected “:” at line 9, column 13, inside network.weights"
    ),
  ]) func refuses(_ old: String, _ new: String, _ message: String) throws {
    #expect(Self.mazur.contains(old))
    let error = #expect(throws: NetworkFileError.self) {
      try read { $0.replacing(old, with: new) }
    }
    #expect(error?.message == message)
  }

  @Test func sharedBiasesAreEqual() {
    #expect(throws: NetworkFileError.unequalSharedBiases(layer: 2)) {
      try read {
        $0.replacing("per-neuron", with: "shared").replacing("[0.6, 0.6]", with: "[0.6, 0.7]")
      }
    }
  }

  @Test func cutOffAnywhere() throws {
    let bytes = Array(Self.mazur.utf8)
    for count in 0..<bytes.count - 2 {
      do throws(NetworkFileError) {
        _ = try NetworkFile(reading: Array(bytes[..<count]))
        Issue.record("\(count) bytes")
      } catch {
        guard case .notJSON(let fault) = error else {
          Issue.record("\(error)")
          continue
        }
        // Inside a number the text so far may be no number at all.
        #expect(fault.reason == .endsTooSoon, "\(count)")
      }
    }
    let half = Self.mazur.prefix(upTo: try #require(Self.mazur.firstRange(of: "0.45")).lowerBound)
    let error = #expect(throws: NetworkFileError.self) {
      try NetworkFile(reading: Array(half.utf8))
    }
    #expect(
      error?.message == "the file ends too soon, at line 7, column 52, inside "
        + "network.weights[1][0]: it was cut off")
    let empty = #expect(throws: NetworkFileError.self) { try NetworkFile(reading: []) }
    #expect(empty?.message == "the file is empty")
  }

  @Test func oddBytes() throws {
    #expect(
      try NetworkFile(reading: [0xEF, 0xBB, 0xBF] + Array(Self.mazur.utf8)).cost == .quadratic)
    let crlf = Self.mazur.replacing("\n", with: "\r\n")
    #expect(try NetworkFile(reading: Array(crlf.utf8)).cost == .quadratic)
    let broken = #expect(throws: NetworkFileError.self) {
      try NetworkFile(reading: Array("{\n \"é".utf8) + [0xFF, 0x22])
    }
    #expect(broken?.message == "not text in UTF-8, from line 2, column 4 on")
    let deep = #expect(throws: NetworkFileError.self) {
      try NetworkFile(reading: [UInt8](repeating: 0x5B, count: 100_000))
    }
    #expect(deep?.message == "nested deeper than 32 at line 1, column 34")
  }

  @discardableResult
  private func read(_ edit: (String) -> String) throws -> NetworkFile {
    try NetworkFile(reading: Array(edit(Self.mazur).utf8))
  }
}
