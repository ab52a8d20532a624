import IndexNotation
import LectureNotes

// Equations asked for by a word, where no label fits.

extension Session {
  /// The equations of a label, else those on a word, or an error that names the nearest label.
  func equations(of text: String, at columns: Columns) throws(CommandError) -> [Int] {
    let labelled = document.equations(labelled: text)
    return labelled.isEmpty ? try equations(about: text, at: columns) : labelled
  }

  /// What the notes have on a word, or an error that names the nearest label.
  func equations(about text: String, at columns: Columns) throws(CommandError) -> [Int] {
    let found = document.equations(about: text)
    guard found.isEmpty else { return found }
    let advice = nearest(text) ?? unknownLetter(text) ?? "type: equations all"
    throw CommandError(
      "\(document.id) has no equation '\(Shown.text(text.trimmed))'", at: columns, advice: advice)
  }

  /// The nearest labels, or words that find something and are nearer.
  private func nearest(_ text: String) -> String? {
    let labels = document.nearestLabels(to: text)
    let respelled = document.respelled(text)
    let distance = labels.first.map {
      Spelling.distance(Document.bare($0), Document.bare(text))
    }
    if let respelled, Spelling.distance(respelled, text.lowercased()) < distance ?? .max {
      return "did you mean \(respelled)?"
    }
    return labels.isEmpty ? nil : "did you mean \(labels.joined(separator: ", "))?"
  }

  /// The document's own word for a letter it lacks, in `dE/dw`.
  private func unknownLetter(_ text: String) -> String? {
    do throws(SyntaxError) {
      _ = try Parser.expression(text, vocabulary: document.vocabulary)
      return nil
    } catch {
      return error.unknownWords.lazy.compactMap { absence(of: $0) }.first
    }
  }

  /// Rows that leave room on a screen of 24 for the heading, the rest and the prompt.
  private static let matchLimit = 20

  /// The relations found, at most a screen of them.
  func matches(_ found: [Int], _ text: String) -> [Line] {
    var lines = [matchHeading(found, text)]
    var shown = 0
    for index in found {
      let rows = equationLine("", index, false, column: 0)
      if lines.count + rows.count > Session.matchLimit { break }
      lines += rows
      shown += 1
    }
    let rest = found.count - shown
    return lines
      + (rest > 0 ? self.lines(["and \(rest) more; equations \(text) lists them all"]) : [])
  }

  func matchHeading(_ found: [Int], _ text: String) -> Line {
    Line(
      plain(
        "\(document.id): \(found.count) of its \(count(document.ownEquationCount, "relation")) on “\(Shown.text(text))”"
      ), .heading)
  }
}
