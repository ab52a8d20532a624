import IndexNotation
import REPL
import Terminal

/// The lessons inside the program, and those in files. `Shipped`, beside this file, is a link to the
/// folder `lessons`.
enum Shelf {
  /// Name and text of each shipped lesson, in their order.
  private static let shipped: [(name: String, bytes: @Sendable () -> [UInt8])] = [
    ("01-a-neuron-by-hand", { PackageResources._1_a_neuron_by_hand_bp }),
    ("02-forward-through-two-layers", { PackageResources._2_forward_through_two_layers_bp }),
    ("03-the-four-equations-backward", { PackageResources._3_the_four_equations_backward_bp }),
    ("04-the-same-network-other-names", { PackageResources._4_the_same_network_other_names_bp }),
    ("05-one-epoch-by-hand", { PackageResources._5_one_epoch_by_hand_bp }),
    ("06-the-3-3-2-1-network", { PackageResources._6_the_3_3_2_1_network_bp }),
    ("07-several-outputs-kept-apart", { PackageResources._7_several_outputs_kept_apart_bp }),
    ("08-one-output-one-hidden-layer", { PackageResources._8_one_output_one_hidden_layer_bp }),
    ("09-the-bias-is-neuron-0", { PackageResources._9_the_bias_is_neuron_0_bp }),
    ("10-softmax-and-cross-entropy", { PackageResources._0_softmax_and_cross_entropy_bp }),
    ("11-why-the-jacobian-cancels", { PackageResources._1_why_the_jacobian_cancels_bp }),
    ("12-relu-masks-and-dead-units", { PackageResources._2_relu_masks_and_dead_units_bp }),
    ("13-n-examples-in-one-matrix", { PackageResources._3_n_examples_in_one_matrix_bp }),
    ("14-one-network-five-notations", { PackageResources._4_one_network_five_notations_bp }),
    ("15-checking-a-gradient", { PackageResources._5_checking_a_gradient_bp }),
    ("16-hunt-the-misprints", { PackageResources._6_hunt_the_misprints_bp }),
    (
      "17-saturation-and-xor-that-will-not-learn",
      { PackageResources._7_saturation_and_xor_that_will_not_learn_bp }
    ),
    ("18-stale-weights-and-other-bugs", { PackageResources._8_stale_weights_and_other_bugs_bp }),
  ]

  static var names: [String] { shipped.map(\.name) }

  /// A shipped lesson by its place.
  static func lesson(at index: Int) throws(CommandError) -> Lesson {
    let text = String(decoding: shipped[index].bytes(), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    return try Lesson(
      name: shipped[index].name, path: nil, lines.map { (String($1), $0 + 1, $1.count) })
  }

  static func lessons() throws(CommandError) -> [Lesson] {
    var lessons: [Lesson] = []
    for index in shipped.indices { lessons.append(try lesson(at: index)) }
    return lessons
  }

  /// A lesson by its number, its name or the beginning of it, or its file.
  static func lesson(_ word: Word, path: String) throws(CommandError) -> Lesson {
    if word.text.hasSuffix(".bp") || word.text.contains("/") { return try read(path, word) }
    if let number = Int(word.text) {
      guard let index = names.firstIndex(where: { Lesson.number(of: $0) == number }) else {
        throw CommandError(
          "there is no lesson \(number)", at: word.columns,
          advice: "lesson list shows the \(shipped.count)")
      }
      return try lesson(at: index)
    }
    let wanted = word.text.lowercased()
    let exact = names.indices.filter { names[$0] == wanted || bare(names[$0]) == wanted }
    let found =
      exact.isEmpty
      ? names.indices.filter { names[$0].hasPrefix(wanted) || bare(names[$0]).hasPrefix(wanted) }
      : exact
    if found.count == 1 { return try lesson(at: found[0]) }
    guard found.isEmpty else {
      throw CommandError(
        "'\(Shown.text(word.text))' could be lesson \(found.map { "\($0 + 1)" }.joined(separator: " or "))",
        at: word.columns, advice: "type its number")
    }
    let near = Spelling.nearest(to: wanted, among: names.map(bare))
    throw CommandError(
      "there is no lesson '\(Shown.text(word.text))'", at: word.columns,
      advice: near.first.map { "did you mean \($0)?" }
        ?? "lesson list shows them; a file ends in .bp")
  }

  /// The name without its number.
  private static func bare(_ name: String) -> String {
    String(name.drop { $0.isNumber || $0 == "-" })
  }

  private static func read(_ path: String, _ word: Word) throws(CommandError) -> Lesson {
    let reader: LineReader
    do throws(FileError) {
      reader = try LineReader(path: path, waiting: .never)
    } catch {
      throw CommandError(error.description, at: word.columns)
    }
    var script = ScriptReader(reader, name: displayable(path))
    var lines: [Lesson.Source] = []
    while let line = try script.next() {
      lines.append((line.text, line.number, script.widest))
      guard lines.count <= lineLimit else {
        throw CommandError(
          "a lesson has at most \(lineLimit) lines", at: word.columns,
          advice: "\(displayable(path)) is longer")
      }
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.hasSuffix(".bp") ? String(file.dropLast(3)) : file
    // A later session may stand in another folder.
    return try Lesson(name: name, path: realPath(path) ?? path, lines)
  }

  private static let lineLimit = 10_000
}
