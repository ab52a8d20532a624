import Backprop

// What the names of the costs, the activations and the facts mean, for help.

extension Setting {
  /// Rows of help on its values, where their names do not explain themselves.
  var details: [String] {
    switch name {
    case "cost":
      return ["y is the target, a the output; the sums run over the outputs."] + Cost.help
    case "activation": return Activation.help
    default: return []
    }
  }

  static let help: [String] =
    ["costs, with y the target, a the output, sums over the outputs:"]
    + Cost.help.map { "  " + $0 } + ["activations:"] + Activation.help.map { "  " + $0 }
}

extension Cost {
  fileprivate static let help = allCases.map { Columns80.left($0.rawValue, 22) + $0.formula }

  /// In the letters of most books.
  var formula: String {
    switch self {
    case .quadratic: return "½ Σ (y − a)²"
    case .squaredError: return "Σ (y − a)²"
    case .mse: return "the mean of (y − a)² over the outputs"
    case .logLikelihood: return "Σ (y log a + (1 − y) log(1 − a)), to be maximised"
    case .binaryCrossEntropy: return "−Σ (y log a + (1 − y) log(1 − a))"
    case .crossEntropy: return "−Σ y log a"
    }
  }
}

extension Activation {
  fileprivate static let help = allCases.map { Columns80.left($0.rawValue, 22) + $0.formula }

  private var formula: String {
    switch self {
    case .identity: return "z"
    case .sigmoid: return "1/(1 + exp(−z))"
    case .tanh: return "tanh z"
    case .relu: return "z if z > 0, else 0"
    case .leakyReLU: return "z if z > 0, else 0.01 z"
    case .softplus: return "log(1 + exp(z))"
    case .softmax: return "exp(z) / Σ exp(z), the sum over the layer"
    }
  }
}

extension Session {
  static let notesHelp = [
    "Notes of your own are a text file, no program. One to begin from is printed by",
    "  backprop-repl -e 'document example' > my.notes",
    "Change its letters and equations, then type: document lint my.notes,",
    "document load my.notes, net notes, step, verify all.",
    "A line of quantities binds a symbol to the network:",
    "  θ_jk^ℓ : weight to j from k, leaving layer ℓ = w[ℓ+1][j][k]",
    "Right of = stand z[l][j] a[l][j] delta[l][j] w[l][to][from] b[l][j] y[j] cost C",
    "eta, column j of …, matrix j, k of …. An equation is its label, role, formula:",
    "  (6) : hidden error",
    "    ε_j^ℓ = g'(z_j^ℓ) Σ_k θ_kj^ℓ ε_k^{ℓ+1}",
    "    where ℓ < L",
    "    if elementwise at ℓ",
    "where limits indices; if names facts of the network, with commas between:",
    "  quadratic cost, mean reduction, descent direction   help set has the names",
    "  sigmoid at ℓ, elementwise at ℓ    elementwise is every activation but softmax",
    "  bias, no bias, own bias, shared bias, frozen bias",
    "  one output, one hidden layer, more hidden layers, general network",
    "  targets sum to 1",
    "Layers count as the notes count them in formulas, where, if and tables; steps,",
    "until and activation count the layers of weights from 1.",
    "printed and misprint state what the page has instead. A longer line goes on",
    "indented by six blanks. Every part is in the example.",
  ]
}
