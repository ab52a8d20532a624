import Backprop
import TestSupport
import Testing

/// A case in the engine's own types.
extension Case {
  func makeNetwork() throws -> Network {
    let shape = try Shape(network.layers)
    var result = Network(
      shape: shape,
      activations: try network.activations.map { try #require(Activation(rawValue: $0)) },
      biasMode: network.biases == nil ? .none : .perNeuron)
    for l in 1...shape.last {
      for j in 1...shape.sizes[l] {
        for k in 1...shape.sizes[l - 1] {
          result.weights[shape.weight(l, j, k)] = network.weights[l - 1][k - 1][j - 1].value
        }
        if let biases = network.biases {
          result.biases[shape.bias(l, j)] = biases[l - 1][j - 1].value
        }
      }
    }
    return result
  }

  var reduction: Reduction {
    get throws { try #require(Reduction(rawValue: aggregation)) }
  }

  var engineDirection: Direction {
    get throws { try #require(Direction(rawValue: direction)) }
  }

  var engineCost: Cost {
    get throws {
      switch cost {
      case "mean-squared": .mse
      case "categorical-cross-entropy": .crossEntropy
      default: try #require(Cost(rawValue: cost))
      }
    }
  }

  var examples: [Example] {
    zip(data.inputs, data.targets).map { input, target in
      Example(input: input.map(\.value), target: target.map(\.value))
    }
  }
}
