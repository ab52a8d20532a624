import TestSupport
import Testing

/// Notes of one's own that count layers from 1, the inputs: every layer that is spoken of is theirs.
@Suite struct LayersFromOneTests {
  private let folder = ScratchFolder()

  private func answer(
    _ lines: String..., replacing old: String = "", by new: String = ""
  ) throws -> Run {
    let notes = old.isEmpty ? layersFromOne : layersFromOne.replacing(old, with: new)
    #expect(old.isEmpty || notes != layersFromOne)
    folder.write(notes, to: "own.notes")
    let script = ["document load own.notes", "net notes"] + lines
    return try reply(to: script.joined(separator: "\n"), folder: folder.path)
  }

  @Test func everyRelationHolds() throws {
    let run = try answer("verify all")
    #expect(run.outputLines.contains("14 relations tried on its example, all hold"))
    #expect(run.outputLines.last == "14 relations tried, all hold")
  }

  @Test func shapesAndErrorsCountAsTheNotesDo() throws {
    let run = try answer("show shapes", "dictionary w[2][1,2]", "print w[3][1,2]")
    let shapes = run.outputLines.map { $0.split(separator: " ").map(String.init) }
    #expect(shapes.contains(["Wˡ", "2×2", "2×1"]))
    #expect(shapes.contains(["hˡ", "2×1", "2×1", "1×1"]))
    #expect(run.outputLines.contains { $0.contains("the layer it enters in layers-from-1") })
    #expect(run.error.contains("layer 3 has neuron 1 alone, no 2"))
  }

  @Test func aFactSpeaksOfTheLayerOfTheNotes() throws {
    let run = try answer(
      "net 2 3:tanh 2:softmax", "data 1 0.5 -> 1 0", "equation (7.2)", "equation (7.5)")
    #expect(!run.output.contains("layer 2 is softmax"))
    #expect(run.output.contains("layer 3 is softmax, not elementwise"))
  }

  @Test func aStepMarksWhatDoesNotGiveItsNumbers() throws {
    let gradient = try answer("step 4", replacing: "2 (ŷ_k - t_k)\n", by: "(ŷ_k - t_k)\n")
    #expect(
      gradient.outputLines.contains("    (7.4), put in here, does not hold; type: verify (7.4)"))
    let turned = try answer("step 5", replacing: "Σ_k w_jk", by: "Σ_k w_kj")
    #expect(
      turned.outputLines.contains(
        "    (7.6) has no value here: layer 3 has neuron 1 alone, no 2"))
    #expect(turned.outputLines.contains("    type: verify (7.6)"))
    #expect(!(try answer("step 5").output).contains("type: verify"))
  }
}

private let layersFromOne = """
  document layers-from-1
  title Notes whose layers count from 1
  about a h; w enters its layer, from-to; e, 𝓛; layers from 1; (7.1) to (7.9)
  speaking a weighted input, h activation, e error; layers count from 1
  source written for the tests

  model
    cost squared-error
    reduction mean
    direction descent
    rate 0.1
    bias per-neuron
    hidden tanh
    output identity

  indices
    i j k : neuron
    ℓ : layer
    n : example

  constants
    L : number of the output layer = last + 1
    d^ℓ : number of units of layer ℓ = size[ℓ-1]
    N : number of examples = examples

  functions
    φ : activation of the layer of its argument

  quantities
    x_i : input = a[0][i]
    a_j^ℓ : weighted input = z[ℓ-1][j]
    a^ℓ : weighted inputs of layer ℓ = column j of a_j^ℓ
    h_j^ℓ : activation = a[ℓ-1][j]
    h^ℓ : activations of layer ℓ = column j of h_j^ℓ
    ŷ_k : output of the network = a[last][k]
    t_k : target = y[k]
    w_ij^ℓ : weight from i to j, entering layer ℓ = w[ℓ-1][j][i]
    W^ℓ : weights entering layer ℓ, from × to = matrix i, j of w_ij^ℓ
    b_j^ℓ : bias of unit j of layer ℓ = b[ℓ-1][j]
    b^ℓ : biases of layer ℓ = column j of b_j^ℓ
    e_j^ℓ : error = delta[ℓ-1][j]
    e^ℓ : errors of layer ℓ = column j of e_j^ℓ
    𝓛_n : loss of example n = cost@n
    𝓛 : loss = C
    η : learning rate = eta

  absences
    z : layers-from-1 writes the weighted input a
    δ : layers-from-1 writes the error e
    C : layers-from-1 writes the loss 𝓛

  example
    net 2 2 1
    W[2] = [0.1 0.4; -0.2 0.3]
    W[3] = [0.5; -0.7]
    b[2] = [0.1; -0.1]
    b[3] = 0.2
    data 1 0.5 -> 1
    data -1 2 -> 0

  relations
  section 7.1 Forward pass
  (7.1) : forward
    a_j^ℓ = Σ_{i=1}^{d^{ℓ-1}} w_ij^ℓ h_i^{ℓ-1} + b_j^ℓ
    where ℓ ≥ 2
    if bias
  (7.1), matrix : matrix
    a^ℓ = W^{ℓ⊤} h^{ℓ-1} + b^ℓ
    where ℓ ≥ 2
    if bias
  (7.2) : forward
    h_j^ℓ = φ(a_j^ℓ)
    where ℓ ≥ 2
    if elementwise at ℓ
  (7.3) : cost
    𝓛 = Σ_k (ŷ_k - t_k)^2
    if squared-error cost
  (7.3), all : batch cost
    𝓛 = 1/N Σ_n 𝓛_n
    if mean reduction

  section 7.2 Backward pass
  (7.4) : cost gradient
    ∂𝓛/∂ŷ_k = 2 (ŷ_k - t_k)
    if squared-error cost
  (7.5) : output error
    e_k^L = ∂𝓛/∂ŷ_k φ'(a_k^L)
    if elementwise at L
  (7.6) : hidden error
    e_j^ℓ = φ'(a_j^ℓ) Σ_k w_jk^{ℓ+1} e_k^{ℓ+1}
    where ℓ ≥ 2, ℓ < L
    if elementwise at ℓ
  (7.6), matrix : matrix
    e^ℓ = (W^{ℓ+1} e^{ℓ+1}) ⊙ φ'(a^ℓ)
    where ℓ ≥ 2, ℓ < L
    if elementwise at ℓ
  (7.7) : weight gradient
    ∂𝓛/∂w_ij^ℓ = h_i^{ℓ-1} e_j^ℓ
  (7.8) : bias gradient
    ∂𝓛/∂b_j^ℓ = e_j^ℓ
    if bias
  (7.7), batch : batch gradient
    ∂𝓛/∂w_ij^ℓ = 1/N Σ_n ∂𝓛_n/∂w_ij^ℓ
    if mean reduction

  section 7.3 Learning
  (7.9) : update
    w_ij^ℓ ← w_ij^ℓ - η ∂𝓛/∂w_ij^ℓ
    if descent direction
  (7.9), biases : update
    b_j^ℓ ← b_j^ℓ - η ∂𝓛/∂b_j^ℓ
    if descent direction, per-neuron bias

  """
