import TestSupport
import Testing

@Suite struct FuzzTests {
  /// Random lines in one process: it ends with status 1 and tells where each error is.
  @Test(arguments: [1, 2, 3] as [UInt64]) func randomLines(_ seed: UInt64) throws {
    let scratch = ScratchFolder()
    var random = Random(seed: seed)
    var lines = ["net 2 3 1", "data xor"]
    for _ in 0..<3000 { lines.append(random.line()) }
    lines.append("forwrd")
    let script = lines.joined(separator: "\n")
    let run = try runBinary(
      arguments: ["--keep-going", "--seed", "1"], input: .text(script), folder: scratch.path,
      timeout: 240)
    #expect(run.ending == .exited(1), "\(run.ending) \(run.error.suffix(400))")
    #expect(run.errorLines.contains("<stdin>:\(script.lines.count):1: error: no command 'forwrd'"))
    for line in run.errorLines + run.outputLines {
      guard line.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\u{7F}" }) else {
        Issue.record("\(line.debugDescription)")
        break
      }
    }
    let errors = run.errorLines.filter { $0.hasPrefix("<stdin>:") }
    #expect(errors.count > 500)
  }
}

/// splitmix64, and lines made with it.
private struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  private static let commands = [
    "net", "data", "data xor", "data load f targets", "init", "reinit", "set", "cost", "activation",
    "bias", "reduction", "direction", "rate", "digits", "detail", "size", "width", "ascii", "color",
    "step", "forward", "backward", "run", "until", "update", "train", "back", "goto", "restart",
    "undo", "redo", "example", "print", "value", "show", "where", "equations", "expect", "save f",
    "load f", "trace json", "source f", "help", "document", "p", "s", "b", "net 2 3 1", "net mazur",
    "net notes", "data 1 0 -> 1", "init xavier", "step 5 neuron", "run\nupdate", "train 3",
  ]
  private static let words = [
    "1", "2", "3", "0", "-1", "0.5", "1e300", "1e-300", "9223372036854775807",
    "-9223372036854775808", "99999999999999999999", "1e400", "nan", "inf", "xavier", "he", "seed",
    "uniform", "normal", "constant", "zeros", "relu", "tanh", "softmax", "identity", "2:relu",
    "mean", "sum", "per-example", "ascent", "descent", "shared", "none", "frozen", "quadratic",
    "mse",
    "cross-entropy", "log-likelihood", "full", "brief", "large", "on", "off", "layer", "neuron",
    "pass", "all", "forward", "backward", "cost", "->", "=", "within", "digits", "%", "gonzalez",
    "general-case", "softmax-matrix", "zero-indexed", "four-equations", "z", "a", "delta", "w",
    "gradient", "history", "network", "clear", "drop", "xor", "steps", "epochs", "\"x", "#", "\\",
  ]
  private static let pieces = [
    "a", "z", "w", "b", "y", "δ", "delta", "C", "E", "x", "h", "s", "W", "α", "η", "[1]", "[2]",
    "[1,1]", "[2,1]", "[l]", "[L]", "[l+1]", "[j]", "[l+9223372036854775807]", "[0]", "[-1]", "^l",
    "^L", "_j", "_jk", "^{l+1}", "_1", "₁", "²", "¹", "∂C/∂", "dC/d", "Σ_k ", "Σ_j ", "sum(k, ",
    "sigma(", "σ(", "sigma'(", "σ′(", "(", ")", "[", "]", "{", "}", ";", ",", "+", "-", "−", "*",
    "·", "/", "^", "⊙", "'", "ᵀ", "⊤", "‖", "∇_a ", " ", "1", "2", "0.5", "1e300", "½", "@2", "@0",
    "@9223372036854775807", "log ", "exp(", "abs(", "sqrt(", "=", "<", "9223372036854775807",
    "99999999999999999999", "lim", "∞", "δ_y", "f", "←",
  ]

  private mutating func pick(_ list: [String]) -> String { list.randomElement(using: &self) ?? "" }

  private mutating func scalars(_ count: Int) -> String {
    var text = ""
    for _ in 0..<count {
      let limit: UInt32 = Bool.random(using: &self) ? 0x250 : 0x1_0FFFF
      guard let scalar = Unicode.Scalar(UInt32.random(in: 1...limit, using: &self)),
        scalar != "\n", scalar != "\r"
      else { continue }
      text.unicodeScalars.append(scalar)
    }
    return text
  }

  private mutating func expression() -> String {
    (0..<Int.random(in: 1...10, using: &self)).map { _ in pick(Self.pieces) }.joined()
  }

  mutating func line() -> String {
    var line: String
    switch Int.random(in: 0..<10, using: &self) {
    case 0...3:
      line = pick(Self.commands)
      for _ in 0..<Int.random(in: 0...3, using: &self) { line += " " + pick(Self.words) }
    case 4...5: line = expression()
    case 6: line = expression() + " = " + expression()
    case 7: line = pick(["print ", "value ", "expect "]) + expression() + pick(["", " = 1"])
    case 8: line = scalars(Int.random(in: 1...20, using: &self))
    default:
      line = pick(Self.commands) + " " + expression() + scalars(2)
    }
    // A backslash would join the next line to this one, and the last one must stand alone.
    while line.hasSuffix("\\") { line.removeLast() }
    // Long training is the business of other tests.
    return line.hasPrefix("train") && line.contains("0") ? "train 2" : line
  }
}
