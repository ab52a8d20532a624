// engine-benchmark train|step|layers SHAPE SAMPLES [REPEATS]
//
// The workload of reference/scalar_net.c through the engine: online gradient descent, sigmoid,
// quadratic cost. `train` is one call; `step` calls the stepping functions sample by sample, `layers`
// layer by layer. Prints
//   RESULT name shape median-ns-a-sample least most ns-a-weight sum-of-weights

import Backprop
import CBenchmark

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

func train(_ network: inout Network, _ workload: Workload, samples: Int) {
  network.train(
    .steps(samples), on: workload.examples, cost: .quadratic, reduction: .perExample,
    direction: .descent, learningRate: workload.learningRate)
}

func step(_ network: inout Network, _ workload: Workload, samples: Int) throws(NumericFault) {
  let examples = workload.examples
  var pass = Pass(shape: network.shape, input: examples[0].input)
  var p = 0
  for _ in 0..<samples {
    pass.setInput(examples[p].input)
    let target = examples[p].target
    network.forward(in: &pass)
    try network.evaluateCost(.quadratic, target: target, in: &pass)
    network.backward(cost: .quadratic, target: target, in: &pass)
    network.update(by: pass, learningRate: workload.learningRate, direction: .descent)
    p = p + 1 == examples.count ? 0 : p + 1
  }
}

func stepLayers(
  _ network: inout Network, _ workload: Workload, samples: Int
) throws(NumericFault) {
  let examples = workload.examples
  let last = network.shape.last
  var pass = Pass(shape: network.shape, input: examples[0].input)
  var p = 0
  for _ in 0..<samples {
    pass.setInput(examples[p].input)
    let target = examples[p].target
    for l in 1...last { network.forward(layer: l, in: &pass) }
    try network.evaluateCost(.quadratic, target: target, in: &pass)
    for l in (1...last).reversed() {
      network.backward(layer: l, cost: .quadratic, target: target, in: &pass)
    }
    network.update(by: pass, learningRate: workload.learningRate, direction: .descent)
    p = p + 1 == examples.count ? 0 : p + 1
  }
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, ["train", "step", "layers"].contains(arguments[1]),
  let samples = Int(arguments[3])
else {
  print("usage: engine-benchmark train|step|layers SHAPE SAMPLES [REPEATS]")
  exit(2)
}
let shape = try Shape(arguments[2].split(separator: "-").compactMap { Int($0) })
let repeats = arguments.count > 4 ? Int(arguments[4]) ?? 5 : 5
let workload = Workload(shape)
var network = workload.network
var times: [Double] = []
var checksum = 0.0
for r in 0..<repeats {
  let start = processor_time()
  switch arguments[1] {
  case "train": train(&network, workload, samples: samples)
  case "step": try step(&network, workload, samples: samples)
  default: try stepLayers(&network, workload, samples: samples)
  }
  times.append((processor_time() - start) / Double(samples))
  if r == 0 { checksum = network.weights.reduce(0, +) }
}
times.sort()
let median = times[repeats / 2]
print(
  "RESULT", arguments[1], arguments[2], median, times[0], times[repeats - 1],
  median / Double(shape.parameterCount), checksum)
