import Backprop
import IndexNotation
import LectureNotes

// `diff [N M]`: what changed between two moments, largest first.

extension Session {
  mutating func diff(_ arguments: Arguments) throws(CommandError) -> [Line] {
    try arguments.expectAtMost(2, usage: "diff [N M]")
    guard timeline.count > 0 else { throw Session.noNetwork(at: arguments.commandColumns) }
    let (from, to) = try moments(arguments)
    let (before, after) = (timeline.state(at: from), timeline.state(at: to))
    let heading = lines([
      "moment \(from + 1), \(Shown.text(name(of: from))) \(arrow) moment \(to + 1), \(Shown.text(name(of: to)))"
    ])
    let settings = settingChanges(before, after)
    guard let old = before.network, let new = after.network, old.shape == new.shape else {
      return heading + settings + lines(["they are of networks of different shapes"])
    }
    // Symbols are those of the moments compared, whatever is on screen.
    var session = self
    session.state = after
    let differences = Differences(session, before, after)
    let body = differences.lines()
    if body.isEmpty, settings.isEmpty { return heading + ["nothing differs"] }
    return heading + settings + body
  }

  private func moments(_ arguments: Arguments) throws(CommandError) -> (Int, Int) {
    let range = "the moments are 1 to \(timeline.count)"
    guard !arguments.words.isEmpty else {
      guard timeline.current > 0 else {
        throw CommandError(
          "there is no moment before this one", at: arguments.commandColumns,
          advice: "diff N M compares any two; show history lists them")
      }
      return (timeline.current - 1, timeline.current)
    }
    var numbers: [Int] = []
    for word in arguments.words {
      let number = try Typed.count(word, upTo: .max, advice: range)
      guard number <= timeline.count else { throw CommandError(range, at: word.columns) }
      numbers.append(number - 1)
    }
    return (numbers[0], numbers.count > 1 ? numbers[1] : timeline.current)
  }

  private func settingChanges(_ before: State, _ after: State) -> [Line] {
    let (old, new) = (shown(before), shown(after))
    return zip(old, new).filter { $0.value != $1.value }.flatMap {
      lines(["  \($0.name)  \($0.value) \(arrow) \($1.value)"])
    }
  }

  private func shown(_ state: State) -> [(name: String, value: String)] {
    var session = self
    session.state = state
    var values = Setting.all.filter { $0.isOfModel }.map {
      (name: $0.name, value: $0.show(session))
    }
    values.append(("bug", state.bug?.words ?? "off"))
    values.append(("example", String(state.example)))
    values.append(("examples", String(state.examples.count)))
    return values
  }
}

/// The quantities of two states of one shape that differ.
struct Differences {
  private struct Change {
    var quantity: Quantity
    var example: Int?
    var before: Double?
    var after: Double?
  }

  private let session: Session
  private var changed: [Change] = []
  private var appeared: [Change] = []
  private var vanished: [Change] = []

  private static let rowLimit = 20

  init(_ session: Session, _ before: State, _ after: State) {
    self.session = session
    guard let old = StoredPass(before, digits: 6, ascii: true),
      let new = StoredPass(after, digits: 6, ascii: true)
    else { return }
    for (quantity, example) in Differences.quantities(after) {
      let number = example ?? after.example
      let known = example.map { $0 <= before.examples.count } ?? true
      add(
        Change(
          quantity: quantity, example: example,
          before: known ? try? old.value(of: quantity, example: number) : nil,
          after: try? new.value(of: quantity, example: number)))
    }
    changed.sort { Differences.size($0) > Differences.size($1) }
  }

  private mutating func add(_ change: Change) {
    switch (change.before, change.after) {
    case (let before?, let after?):
      if before.bitPattern != after.bitPattern { changed.append(change) }
    case (nil, .some): appeared.append(change)
    case (.some, nil): vanished.append(change)
    case (nil, nil): break
    }
  }

  private static func size(_ change: Change) -> Double {
    let difference = abs((change.after ?? 0) - (change.before ?? 0))
    return difference.isNaN ? .infinity : difference
  }

  /// Parameters, then what each example has.
  private static func quantities(_ state: State) -> [(Quantity, Int?)] {
    guard let network = state.network else { return [] }
    let sizes = network.shape.sizes
    var list: [(Quantity, Int?)] = []
    for layer in 1...network.shape.last {
      for to in 1...sizes[layer] {
        for from in 1...sizes[layer - 1] {
          list.append((.weight(layer: layer, to: to, from: from), nil))
        }
        if network.biasMode != .none { list.append((.bias(layer: layer, neuron: to), nil)) }
      }
    }
    for example in 1...max(1, state.examples.count) where !state.examples.isEmpty {
      for neuron in 1...sizes[0] { list.append((.activation(layer: 0, neuron: neuron), example)) }
      for output in 1...sizes[network.shape.last] {
        list.append((.target(neuron: output), example))
      }
      for layer in 1...network.shape.last {
        for neuron in 1...sizes[layer] {
          list.append((.weightedInput(layer: layer, neuron: neuron), example))
          list.append((.activation(layer: layer, neuron: neuron), example))
          list.append((.error(layer: layer, neuron: neuron), example))
        }
      }
      list.append((.cost, example))
    }
    return list
  }

  // MARK: rows

  func lines() -> [Line] {
    rows(changed, "") + rows(appeared, "known now:") + gone
  }

  private func rows(_ changes: [Change], _ title: String) -> [Line] {
    guard !changes.isEmpty else { return [] }
    let shown = changes.prefix(Differences.rowLimit)
    let before = NumberColumn.aligned(shown.map { $0.before.map { session.text($0) } ?? "" })
    let after = NumberColumn.aligned(shown.map { $0.after.map { session.text($0) } ?? "" })
    let step = NumberColumn.aligned(
      shown.map { change in
        guard let old = change.before, let new = change.after else { return "" }
        return (new > old ? "+" : "") + session.text(new - old)
      })
    let arrow = session.arrow
    let widths = [before, after, step].map { $0.map(\.columns).max() ?? 0 }
    let symbols = shown.map { symbol($0) }
    let symbolWidth = symbols.map(\.columns).max() ?? 0
    var lines = title.isEmpty ? [] : [Line(title)]
    for index in symbols.indices {
      var text = "  \(Columns80.left(symbols[index], symbolWidth))  "
      if widths[0] > 0 { text += "\(Columns80.right(before[index], widths[0])) \(arrow) " }
      text += Columns80.right(after[index], widths[1])
      if widths[0] > 0 { text += "   \(Columns80.right(step[index], widths[2]))" }
      lines.append(Line(text.trimmedAtEnd))
    }
    if changes.count > shown.count {
      lines += session.lines(["  and \(changes.count - shown.count) more"])
    }
    return lines
  }

  private func symbol(_ change: Change) -> String {
    let symbol = session.symbolText(change.quantity)
    guard let example = change.example, session.state.examples.count > 1 else { return symbol }
    return "\(symbol) @\(example)"
  }

  private var gone: [Line] {
    guard !vanished.isEmpty else { return [] }
    let names = vanished.prefix(Differences.rowLimit).map { symbol($0) }
    let more = vanished.count > names.count ? " and \(vanished.count - names.count) more" : ""
    return session.lines(["no longer known: \(names.joined(separator: " "))\(more)"])
  }
}
