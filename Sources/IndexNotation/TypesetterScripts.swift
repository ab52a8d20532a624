// Symbols, their scripts and indices.

extension Typesetter {
  /// `δ`, `L̃`, `Δw` letter by letter; a word of several Latin letters upright.
  func name(_ name: String) -> Formula {
    if name.count > 1, name.allSatisfy({ $0.isASCII && $0.isLetter }) { return .word(name) }
    let letters = name.map { Formula.letter(Letter($0)) }
    return letters.count == 1 ? letters[0] : .row(letters)
  }

  func reference(_ reference: Reference) -> Formula {
    self.reference(reference, upper: upper(reference))
  }

  /// A symbol with its lower scripts, and an upper one in place of its own.
  func reference(_ reference: Reference, upper: Formula?) -> Formula {
    let lower = self.lower(reference)
    var formula = name(reference.name)
    if lower != nil || upper != nil {
      if case .row(let letters) = formula, let last = letters.last {
        // The scripts of Δw are those of w.
        formula = .row(letters.dropLast() + [.scripts(last, lower: lower, upper: upper)])
      } else {
        formula = .scripts(formula, lower: lower, upper: upper)
      }
    }
    guard let example = reference.example else { return formula }
    return .application(formula, .fence(.parentheses, index(example)))
  }

  func upper(_ reference: Reference) -> Formula? {
    if let layer = reference.layer { return .fence(.parentheses, index(layer)) }
    guard !reference.upper.isEmpty else { return nil }
    let list = Typesetter.joined(reference.upper.map(index), .comma)
    let formula = list.count == 1 ? list[0] : .row(list)
    let style = styles[reference.name] ?? SymbolStyle()
    return style.upperInParentheses ? .fence(.parentheses, formula) : formula
  }

  /// `jk`, `n_l n_{l+1}`, `i,j`: a comma where the notes have one, or numbers would run together.
  private func lower(_ reference: Reference) -> Formula? {
    let list = reference.lower.map(index)
    guard list.count > 1 else { return list.first }
    let style = styles[reference.name] ?? SymbolStyle()
    if style.commaInLower || reference.lower.contains(where: \.runsOn) {
      return .row(Typesetter.joined(list, .comma))
    }
    let isRun = reference.lower.allSatisfy(\.isOneCharacter)
    return .row(Typesetter.joined(list, isRun ? .run : .apart))
  }

  func index(_ index: Index) -> Formula {
    switch index {
    case .integer(let value):
      let number = Formula.number(String(value.magnitude))
      return value < 0 ? .row([.sign(.negative), number]) : number
    case .label(let label): return name(label)
    case .plus(let a, let b): return .row([self.index(a), .sign(.plus), self.index(b)])
    case .minus(.integer(0), let b): return .row([.sign(.negative), subtrahend(b)])
    case .minus(let a, let b): return .row([self.index(a), .sign(.minus), subtrahend(b)])
    case .name(let name): return self.name(name)
    }
  }

  private func subtrahend(_ index: Index) -> Formula {
    switch index {
    case .plus, .minus: return .fence(.parentheses, self.index(index))
    case .integer, .label, .name: return self.index(index)
    }
  }

  private func name(_ name: IndexName) -> Formula {
    var formula = self.name(name.letter)
    if name.primes > 0 { formula = .primed(formula, name.primes) }
    guard name.lower != nil || name.upper != nil else { return formula }
    let upper = name.upper.map { script in
      styles[name.letter]?.upperInParentheses ?? false
        ? .fence(.parentheses, index(script)) : index(script)
    }
    return .scripts(formula, lower: name.lower.map(index), upper: upper)
  }
}

extension Index {
  fileprivate var isOneCharacter: Bool {
    switch self {
    case .integer(let value): return (0...9).contains(value)
    case .label(let label): return label.count == 1
    case .name(let name): return name.lower == nil && name.upper == nil
    case .plus, .minus: return false
    }
  }

  /// Beside another index it would be misread: `12 3`, `j+1 k`.
  fileprivate var runsOn: Bool {
    switch self {
    case .integer(let value): return !(0...9).contains(value)
    case .plus, .minus: return true
    case .label, .name: return false
    }
  }
}
