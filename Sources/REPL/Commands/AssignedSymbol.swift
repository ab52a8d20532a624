import IndexNotation
import LectureNotes

// The left side of an assignment, and what to write where it is none.

extension Session {
  /// The symbol left of `=`.
  func assigned(_ left: String) throws(CommandError) -> Reference {
    do throws(CommandError) {
      return try parsed(offset: 0) { () throws(SyntaxError) -> Reference in
        var parser = try Parser(left, vocabulary: document.vocabulary)
        let reference = try parser.reference()
        try parser.finish()
        return reference
      }
    } catch {
      guard let advice = layerAdvice(left) else { throw error }
      let start = left.prefix { $0 == " " }.count
      throw CommandError(
        "'\(Shown.text(left.trimmed))' is no symbol of \(document.id)",
        at: Columns(start, start + left.trimmed.count), advice: advice)
    }
  }

  /// `W1`, `W(2)`, `W_2`: how these notes write the layer.
  func layerAdvice(_ left: String) -> String? {
    let text = left.trimmed
    guard let found = document.vocabulary.name(beginning: text) else { return nil }
    let name = String(found.typed)
    let rest = String(text.dropFirst(name.count))
    let digits = String(rest.filter { ("0"..."9").contains($0) })
    guard !digits.isEmpty, [digits, "(\(digits))", "_\(digits)", "_(\(digits))"].contains(rest)
    else { return nil }
    let forms = document.vocabulary.symbols[found.name] ?? []
    guard forms.contains(where: { $0.hasLayer || $0.hasUnwrittenLayer }) else { return nil }
    if digits.count > 1, let count = forms.map(\.lower).max(), count > 0 {
      let indices = repeatElement("1", count: count).joined(separator: ",")
      return "write \(name)[1][\(indices)] = …, the layer first"
    }
    let bracketed = "write \(name)[\(digits)] = …"
    guard forms.contains(where: \.hasLayer) else { return bracketed }
    let isInParentheses = document.styles[found.name]?.upperInParentheses ?? false
    return
      "\(bracketed), or \(name)^\(isInParentheses ? "(\(digits))" : digits) as the notes have it"
  }

  /// `rate = 0.5`.
  func settingNamed(_ left: String, _ right: String) -> CommandError? {
    let words = left.split(separator: " ").map(String.init)
    guard let first = words.first, !document.declares(first) else { return nil }
    let start = left.prefix { $0 == " " }.count
    let columns = Columns(start, start + first.count)
    guard words.count == 1, Setting.named(first) != nil else { return nil }
    return CommandError(
      "\(first) is a setting, and takes no =", at: columns,
      advice: "type: \(first) \(right.trimmed)")
  }
}

extension Document {
  /// Whether a word is a symbol of these notes, spelled or not.
  func declares(_ word: String) -> Bool {
    vocabulary.symbols[word] != nil || vocabulary.spellings[word] != nil
  }
}
