import Backprop
import Glibc
import IndexNotation
import LectureNotes

/// What Tab offers: commands, settings' words, documents, networks, files, quantities.
package struct Completer {
  package struct Offer: Equatable, Sendable {
    /// Characters before the word that is completed.
    package var start: Int
    package var candidates: [String]
    /// What follows a single candidate.
    package var suffix: String
  }

  let session: Session
  let table: CommandTable

  package init(_ session: Session, _ table: CommandTable = .standard) {
    self.session = session
    self.table = table
  }

  package func offer(_ text: String) -> Offer {
    let characters = Array(text)
    let wordStart = characters.lastIndex { $0 == " " || $0 == "\t" }.map { $0 + 1 } ?? 0
    let head = String(characters[..<wordStart]).trimmed
    if head.isEmpty {
      let word = String(characters[wordStart...])
      let commands = table.commands.map(\.name).filter { $0.hasPrefix(word) && !word.isEmpty }
      if word.contains("[") || commands.isEmpty, !word.isEmpty { return quantities(characters) }
      let all = word.isEmpty ? table.commands.map(\.name) : commands
      return Offer(start: wordStart, candidates: all.sorted(), suffix: " ")
    }
    let first = String(head.prefix { $0 != " " })
    guard case .command(let command) = table.find(first) else { return quantities(characters) }
    let word = String(characters[wordStart...])
    func words(_ list: [String]) -> Offer {
      Offer(start: wordStart, candidates: list.filter { $0.hasPrefix(word) }.sorted(), suffix: " ")
    }
    switch command.completion {
    case .none: return Offer(start: wordStart, candidates: [], suffix: "")
    case .words(let list):
      if command.name == "data", head == "data load" { return files(word, wordStart) }
      if command.name == "trace", head == "trace json" { return files(word, wordStart) }
      if command.name == "set", head != "set" {
        let name = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        return words(Setting.named(name)?.choices ?? [])
      }
      return words(list)
    case .documents:
      if head == "document load" || head == "document lint" { return files(word, wordStart) }
      return words(session.library.names + ["load", "lint"])
    case .networks: return words(PublishedNetwork.all.map(\.name) + ["notes"])
    case .topics: return words(Session.helpTopics + table.commands.map(\.name))
    case .stages: return words(["forward", "cost", "backward", "update"])
    case .labels: return words(["all"] + session.document.labels.filter { !$0.contains(" ") })
    case .files: return files(word, wordStart)
    case .quantities: return quantities(characters)
    }
  }

  private func quantities(_ characters: [Character]) -> Offer {
    var start = characters.count
    var depth = 0
    while start > 0 {
      let character = characters[start - 1]
      if character == "]" { depth += 1 }
      if character == "[" { depth -= 1 }
      if depth <= 0, " ()+-−*·=;@".contains(character) { break }
      if depth < -2 { break }
      start -= 1
    }
    let word = String(characters[start...])
    let plain = word.replacing("∂", with: "d")
    let names = typedQuantities(plain)
    let matches = names.filter { name in
      name.hasPrefix(word) || spelled(name).hasPrefix(plain)
    }
    let usesSpelling = !matches.contains { $0.hasPrefix(word) }
    return Offer(
      start: start,
      candidates: Array((usesSpelling ? matches.map(spelled) : matches).prefix(200)), suffix: "")
  }

  private func spelled(_ name: String) -> String {
    Renderer(styles: [:]).name(name, .ascii)
  }

  /// Every quantity of the network as it is typed; of a large one only those that begin alike.
  private func typedQuantities(_ word: String) -> [String] {
    guard let reading = try? session.reading() else {
      return session.document.vocabulary.symbols.keys.sorted()
    }
    let shape = reading.shape
    var quantities: [Quantity] = [.cost, .totalCost, .learningRate]
    for layer in 0...shape.last {
      for neuron in 1...min(shape.sizes[layer], 30) {
        quantities.append(.activation(layer: layer, neuron: neuron))
        guard layer > 0 else { continue }
        quantities.append(.weightedInput(layer: layer, neuron: neuron))
        quantities.append(.error(layer: layer, neuron: neuron))
        quantities.append(.bias(layer: layer, neuron: neuron))
        for from in 1...min(shape.sizes[layer - 1], 30) {
          quantities.append(.weight(layer: layer, to: neuron, from: from))
        }
      }
    }
    for neuron in 1...min(shape.outputCount, 30) { quantities.append(.target(neuron: neuron)) }
    var names = quantities.compactMap { quantity in
      reading.reference(for: quantity).map { Typing.text($0, in: session.document) }
    }
    if word.hasPrefix("d"), word.contains("/") {
      let cost = session.document.symbolName(of: .totalCost)
      names += names.filter { $0.hasPrefix("w") || $0.hasPrefix("b") || $0.hasPrefix("v") }
        .map { "d\(cost)/d\($0)" }
    }
    names += session.document.functionOrder
    return Array(Set(names)).sorted { ($0.count, $0) < ($1.count, $1) }
  }

  private func files(_ word: String, _ start: Int) -> Offer {
    let slash = word.lastIndex(of: "/")
    let folder = slash.map { String(word[...$0]) } ?? ""
    let part = slash.map { String(word[word.index(after: $0)...]) } ?? word
    var names: [String] = []
    guard let handle = opendir(folder.isEmpty ? "." : folder) else {
      return Offer(start: start, candidates: [], suffix: "")
    }
    defer { closedir(handle) }
    while let entry = readdir(handle), names.count < 500 {
      var raw = entry.pointee.d_name
      let name = withUnsafeBytes(of: &raw) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(part), !name.hasPrefix(".") || part.hasPrefix("."),
        name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }), !name.contains(" ")
      else { continue }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      names.append(folder + name + (isFolder ? "/" : ""))
    }
    let one = names.count == 1 && names[0].hasSuffix("/")
    return Offer(start: start, candidates: names.sorted(), suffix: one ? "" : " ")
  }
}
