// timeline-benchmark
//
// Time travel through `train 1000000` of a 2-2-1 network on XOR. Prints
//   RESULT train median-ns-recorded median-ns-alone   for one update, both measured in turn
//   RESULT back median-ns most-ns                     of `back` from places all over the training
//   RESULT memory moments bytes checkpoint-bytes      a million typed steps, as the heap grows

import Backprop
import CBenchmark
import REPL

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

let updates = 1_000_000
let rounds = 9

func prepared() throws -> Interpreter {
  var interpreter = Interpreter(try Session())
  for line in ["net 2 2 1", "data xor", "init xavier seed 3", "detail brief"] {
    _ = try interpreter.run(line)
  }
  return interpreter
}

/// Of a command's time, the reference takes what is left without a timeline.
func training() throws {
  var (recorded, alone) = ([Double](), [Double]())
  for _ in 0..<rounds {
    var interpreter = try prepared()
    let state = interpreter.session.state
    guard var network = state.network else { return }
    var start = processor_time()
    _ = try interpreter.run("train \(updates)")
    recorded.append((processor_time() - start) / Double(updates))
    start = processor_time()
    network.train(
      .steps(updates), on: state.examples, cost: state.cost, reduction: state.reduction,
      direction: state.direction, learningRate: state.rate)
    alone.append((processor_time() - start) / Double(updates))
    guard network == interpreter.session.state.network else {
      print("recorded training differs from training alone")
      exit(1)
    }
  }
  print("RESULT", "train", recorded.sorted()[rounds / 2], alone.sorted()[rounds / 2])
}

func stepsBack() throws {
  var interpreter = try prepared()
  _ = try interpreter.run("train \(updates)")
  var times: [Double] = []
  for place in 0..<200 {
    if place > 0 { _ = try interpreter.run("goto \(updates - place * 4_987)") }
    let start = processor_time()
    _ = try interpreter.run("back")
    times.append(processor_time() - start)
  }
  times.sort()
  print("RESULT", "back", times[times.count / 2], times[times.count - 1])
}

func memory() throws {
  var interpreter = try prepared()
  let before = heap_in_use()
  for _ in 0..<updates { _ = try interpreter.run("step") }
  let after = heap_in_use()
  let memory = interpreter.session.timeline.memory
  print("RESULT", "memory", memory.moments, Int(after) - Int(before), memory.bytes)
}

try training()
try stepsBack()
try memory()
