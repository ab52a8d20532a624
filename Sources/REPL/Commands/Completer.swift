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
  private var table: CommandTable { session.table }

  package init(_ session: Session) {
    self.session = session
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
    let command: Command
    switch table.find(first) {
    case .command(let found): command = found
    case .ambiguous(let names):
      guard let chosen = table.chosen(among: names, before: "") else {
        return quantities(characters)
      }
      command = chosen
    case .none: return quantities(characters)
    }
    let word = String(characters[wordStart...])
    func words(_ list: [String]) -> Offer {
      Offer(start: wordStart, candidates: list.filter { $0.hasPrefix(word) }.sorted(), suffix: " ")
    }
    switch command.completion {
    case .none: return Offer(start: wordStart, candidates: [], suffix: "")
    case .words(let list):
      if command.name == "data", head == "data load" { return files(word, wordStart) }
      if command.name == "trace", head == "trace json" { return files(word, wordStart) }
      if command.name == "bug", head == "bug on" {
        return words(Misconception.allCases.map(\.rawValue) + ["any"])
      }
      if command.name == "set", head != "set" {
        let name = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        return words(Setting.named(name)?.choices ?? [])
      }
      return words(list)
    case .documents:
      if head == "document load" || head == "document lint" { return files(word, wordStart) }
      return words(head == first ? session.library.names + Document.words : [])
    case .networks: return words(PublishedNetwork.all.map(\.name) + ["notes"])
    case .topics: return words(Session.helpTopics + table.commands.map(\.name))
    case .stages:
      // A place, or the beginning of a condition.
      let places = words(head == first ? ["forward", "cost", "backward", "update"] : [])
      guard places.candidates.isEmpty else { return places }
      return quantities(characters)
    case .labels(let others):
      return labels(
        characters, after: first.count, session.document.printedLabels, others: others,
        ends: command.name == "equation" ? ["at", "latex", "mathml"] : [])
    case .misprints:
      return labels(
        characters, after: first.count, session.document.labelsWithMisprints,
        others: session.document.errata.map(\.number) + ["all"])
    case .quantitiesAndLabels:
      let labels = labels(characters, after: first.count, session.document.printedLabels)
      if head != first, session.document.beginsLabel(head.dropFirst(first.count)) { return labels }
      var both = quantities(characters)
      if both.candidates.isEmpty { return labels }
      if labels.start == both.start { both.candidates += labels.candidates }
      return both
    case .lessons(let orders, let names):
      switch head {
      case first: return words(orders())
      case "\(first) start", "\(first) resume": return words(names())
      case "\(first) reset": return words(names() + ["all"])
      case "\(first) lint": return files(word, wordStart)
      default: return words([])
      }
    case .files: return files(word, wordStart)
    case .quantities:
      var offer = quantities(characters)
      if command.name == "why", head != first, !word.isEmpty, "paths".hasPrefix(word) {
        offer.candidates.append("paths")
      }
      return offer
    }
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
