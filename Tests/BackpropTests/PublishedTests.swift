import Backprop
import Testing

/// Worked examples from books and the web, with their errors corrected.
@Suite struct PublishedTests {
  /// Mazur, “A Step by Step Backpropagation Example”: the error after n updates.
  @Test(arguments: [
    (1, 0.291027773694), (2, 0.283547133122), (10, 0.220918592054), (100, 0.0200468282494),
    (1000, 0.00111434945373), (9999, 3.51085481225e-05), (10_000, 3.51018778298e-05),
  ])
  func mazur(_ steps: Int, _ error: Double) throws {
    var (network, example) = try Self.mazur(.frozen)
    network.train(
      .steps(steps), on: [example], cost: .quadratic, reduction: .perExample,
      direction: .descent, learningRate: 0.5)
    let pass = try network.fullPass(example, .quadratic)
    #expect(abs(pass.cost - error) <= 1e-11 * error)
    if steps == 10_000 {
      expect(Array(pass.a.suffix(2)), [0.015913620, 0.984064274], within: 1e-9)
    }
  }

  @Test func mazurFirstStep() throws {
    var (network, example) = try Self.mazur(.frozen)
    let pass = try network.fullPass(example, .quadratic)
    expect(
      pass.z, [0, 0, 0.3775, 0.3925, 1.105905967, 1.2249214041], within: 1e-9)
    expect(pass.a.suffix(4), [0.593269992, 0.596884378, 0.75136507, 0.772928465], within: 1e-9)
    expect(pass.costTerms, [0.274811083, 0.023560026], within: 1e-9)
    expect(
      pass.delta.suffix(4), [0.00877135469, 0.00995425471, 0.138498562, -0.0380982365],
      within: 1e-9)
    let gradient = network.gradient(of: pass)
    expect(
      gradient.weights,
      [
        0.000438567734, 0.000877135469, 0.000497712735, 0.000995425471, 0.0821670406,
        0.0826676278, -0.0226025405, -0.0227402422,
      ], within: 1e-10)
    network.update(by: gradient, learningRate: 0.5, direction: .descent)
    expect(
      network.weights,
      [
        0.149780716, 0.19956143, 0.24975114, 0.29950229, 0.35891648, 0.408666186, 0.511301270,
        0.561370121,
      ], within: 1e-8)
  }

  @Test(arguments: [
    (BiasMode.perNeuron, [0.3456143227, 0.3450228726, 0.5307507192, 0.6190491183], 0.280471446791),
    (.shared, [0.3406371953, 0.3406371953, 0.5497998374, 0.5497998374], 0.285750886699),
  ])
  func mazurWithTrainedBiases(_ mode: BiasMode, _ biases: [Double], _ error: Double) throws {
    var (network, example) = try Self.mazur(mode)
    network.train(
      .steps(1), on: [example], cost: .quadratic, reduction: .sum, direction: .descent,
      learningRate: 0.5)
    expect(network.biases, biases, within: 1e-10)
    expect([try network.fullPass(example, .quadratic).cost], [error], within: 1e-12)
  }

  /// Han and Kamber, Data Mining, 3-2-1; their error is −δ.
  @Test func hanKamber() throws {
    var network = Network(shape: try Shape([3, 2, 1]), activations: [.sigmoid, .sigmoid])
    network.weights = [0.2, 0.4, -0.5, -0.3, 0.1, 0.2, -0.3, -0.2]
    network.biases = [-0.4, 0.2, 0.1]
    let example = Example(input: [1, 0, 1], target: [1])
    let pass = try network.fullPass(example, .quadratic)
    expect(pass.z.suffix(3), [-0.7, 0.1, -0.104539505845], within: 1e-12)
    expect(pass.a.suffix(3), [0.331812227832, 0.524979187479, 0.473888898824], within: 1e-12)
    expect(
      pass.delta.suffix(3), [0.00872456196543, 0.00654208506417, -0.131169078214], within: 1e-12)
    network.update(by: network.gradient(of: pass), learningRate: 0.9, direction: .descent)
    expect(
      network.weights, [0.192, 0.4, -0.508, -0.306, 0.1, 0.194, -0.261, -0.138], within: 5e-4)
    expect(network.biases, [-0.408, 0.194, 0.218], within: 5e-4)
    expect([try network.fullPass(example, .quadratic).cost], [0.117492274512], within: 1e-12)
  }

  /// g-eoj, the two-layer network of cs231n: ReLU, then softmax with cross-entropy.
  @Test func reluAndSoftmax() throws {
    var network = Network(shape: try Shape([2, 2, 3]), activations: [.relu, .softmax])
    network.weights = [0.18, 0.1, 0.04, 0.22, 0.19, -0.02, -0.1, -0.01, 0.1, 0.04]
    let example = Example(input: [16, -6], target: [0, 0, 1])
    let pass = try network.fullPass(example, .crossEntropy)
    expect(pass.z.suffix(5), [2.28, -0.68, 0.4332, -0.228, 0.228], within: 1e-14)
    expect([pass.cost], [1.0513754685043635], within: 1e-11)
    let outputs = [0.429052723714, 0.221490524653, -0.650543248367]
    expect(pass.delta.suffix(5), [-0.005683359796, 0] + outputs, within: 1e-11)
    let gradient = network.gradient(of: pass)
    expect(
      gradient.weights,
      [
        -0.090933756736, 0.034100158776, 0, 0,
        0.978240210068, 0, 0.504998396209, 0, -1.483238606277, 0,
      ], within: 1e-11)
    expect(gradient.biases, [-0.005683359796, 0] + outputs, within: 1e-11)
  }

  /// AI by Hand, 4-3-4-3, two examples summed, with the ReLU mask its sheet leaves out.
  @Test func aiByHand() throws {
    var network = Network(shape: try Shape([4, 3, 4, 3]), activations: [.relu, .relu, .softmax])
    network.weights = [
      1, 0, -1, 1, 0, 1, 1, 0, 1, -1, 0, 0,
      0, -1, 2, -1, 1, 0, 0, 1, 1, -1, 0, 0,
      0, -1, -1, 2, -1, 0, 0, 0, -1, 0, 1, 0,
    ]
    network.biases = [1, 1, 0, 1, 2, 1, 3, 5, 2, -4]
    let passes = [
      try network.fullPass(Example(input: [2, 1, 2, 1], target: [0, 0, 1]), .crossEntropy),
      try network.fullPass(Example(input: [-1, 1, 1, 2], target: [0, 1, 0]), .crossEntropy),
    ]
    #expect(passes[0].z.suffix(10) == [2, 4, 1, -1, 4, 6, 1, -3, 2, 2])
    #expect(passes[1].z.suffix(10) == [1, 3, -2, -2, 4, 4, 2, 1, 2, 0])
    let gradient = network.gradient(of: passes, reduction: .sum)
    expect(
      gradient.weights,
      [
        0.238013147802, -0.248086132681, -0.251443794308, -0.492814603736,
        -0.617361939193, -0.907820523005, -1.416214677072, -1.307246891945,
        -1.01007298488, -0.50503649244, -1.01007298488, -0.50503649244,
        0, 0, 0, -0.2514437943, -0.7476160597, -0.0033576616,
        -1.1647708828, -2.4842396634, -0.5050364924, 0.5028875886, 1.4952321193, 0.0067153233,
        0, 0.992344530725, 0.999059853978, 0.492814603736,
        0, 0.654248499846, 1.650890838220, -0.171196919264,
        0, -1.646593030571, -2.649950692198, -0.321617684472,
      ], within: 1e-9)
    expect(
      gradient.biases,
      [
        -0.248086132681, -0.907820523005, -0.50503649244, 0, -0.2480861327, -0.6597343903,
        0.4961722654, 0.248086132681, 0.163562124962, -0.411648257643,
      ], within: 1e-9)
  }

  private static func mazur(_ biasMode: BiasMode) throws -> (Network, Example) {
    var network = Network(
      shape: try Shape([2, 2, 2]), activations: [.sigmoid, .sigmoid], biasMode: biasMode)
    network.weights = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]
    network.biases = [0.35, 0.35, 0.60, 0.60]
    return (network, Example(input: [0.05, 0.10], target: [0.01, 0.99]))
  }

  private func expect(
    _ got: some Sequence<Double>, _ expected: [Double], within tolerance: Double
  ) {
    let got = Array(got)
    #expect(got.count == expected.count)
    for (g, e) in zip(got, expected) { #expect(abs(g - e) <= tolerance, "\(g), not \(e)") }
  }
}
