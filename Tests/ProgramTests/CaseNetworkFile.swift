import TestSupport

extension Case {
  /// The same network for the program's `load`, its decimals as they are written.
  var networkFile: String {
    var fields = [
      "\"layers\": \(network.layers)", "\"activations\": \(network.activations)",
      "\"bias\": \"\(network.biases == nil ? "none" : "per-neuron")\"",
    ]
    let layers = zip(network.weights, network.layers.dropFirst()).map { rows, size in
      list((0..<size).map { to in list(rows.map { $0[to].text }) })
    }
    fields.append("\"weights\": \(list(layers))")
    if let biases = network.biases {
      fields.append("\"biases\": \(list(biases.map { list($0.map(\.text)) }))")
    }
    let examples = zip(data.inputs, data.targets).map { input, target in
      "{\"input\": \(list(input.map(\.text))), \"target\": \(list(target.map(\.text)))}"
    }
    return """
      {"format": "backprop-repl/1", "network": {\(fields.joined(separator: ", "))},
      "cost": "\(costName)", "reduction": "\(aggregation)", "direction": "\(direction)",
      "learning_rate": \(learningRate.text), "examples": \(list(examples))}
      """
  }

  private var costName: String {
    switch cost {
    case "mean-squared": "mse"
    case "categorical-cross-entropy": "cross-entropy"
    default: cost
    }
  }

  private func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }
}
