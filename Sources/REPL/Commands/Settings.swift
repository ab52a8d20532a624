import Backprop
import IndexNotation
import LectureNotes

/// One setting: how it is shown, changed and completed. `set` may be left out.
package struct Setting: Sendable {
  /// What it sets: what is computed, or how it is shown.
  enum Subject: Sendable { case model, display }

  package let name: String
  package let usage: String
  package let choices: [String]
  var subject = Subject.display
  let show: @Sendable (Session) -> String
  let change: @Sendable (inout Session, [Word], Arguments) throws(CommandError) -> [Line]
}

extension Setting {
  /// Whether numbers depend on it.
  var isOfModel: Bool { subject == .model }

  package static let all: [Setting] = [
    Setting(
      name: "cost", usage: "cost \(Cost.allCases.map(\.rawValue).joined(separator: "|"))",
      choices: Cost.allCases.map(\.rawValue), subject: .model, show: { $0.state.cost.rawValue },
      change: { session, words, _ throws(CommandError) in
        let cost: Cost = try Typed.choice(words[0], "cost")
        return try session.setCost(cost)
      }),
    Setting(
      name: "activation",
      usage: "activation LAYER \(Activation.allCases.map(\.rawValue).joined(separator: "|"))",
      choices: Activation.allCases.map(\.rawValue),
      subject: .model,
      show: { session in
        session.state.network.map { $0.activations.map(\.rawValue).joined(separator: " ") } ?? "-"
      },
      change: { session, words, arguments throws(CommandError) in
        try session.setActivation(words, arguments)
      }),
    Setting(
      name: "bias", usage: "bias per-neuron|shared|frozen|none",
      choices: BiasMode.allCases.map(\.rawValue),
      subject: .model,
      show: { ($0.state.network?.biasMode ?? $0.document.model.biasMode).rawValue },
      change: { session, words, arguments throws(CommandError) in
        let mode: BiasMode = try Typed.choice(words[0], "bias mode")
        return try session.setBias(mode, arguments)
      }),
    Setting(
      name: "reduction", usage: "reduction per-example|sum|mean",
      choices: Reduction.allCases.map(\.rawValue), subject: .model,
      show: { $0.state.reduction.rawValue },
      change: { session, words, _ throws(CommandError) in
        let reduction: Reduction = try Typed.choice(words[0], "reduction")
        return session.setReduction(reduction)
      }),
    Setting(
      name: "direction", usage: "direction descent|ascent",
      choices: Direction.allCases.map(\.rawValue), subject: .model,
      show: { $0.state.direction.rawValue },
      change: { session, words, _ throws(CommandError) in
        session.state.direction = try Typed.choice(words[0], "direction")
        let moved = session.rewindStaleErrors()
        session.recordIfStarted("direction \(words[0].text)")
        return [Line("the network \(session.state.direction.verb)s its cost")] + moved
      }),
    Setting(
      name: "rate", usage: "rate NUMBER", choices: [],
      subject: .model, show: { NumberText.shortest($0.state.rate, minus: "-") },
      change: { session, words, _ throws(CommandError) in
        try session.setRate(try Typed.number(words[0]), words[0].columns)
      }),
    Setting(
      name: "digits", usage: "digits 2…17", choices: [], show: { String($0.display.digits) },
      change: { session, words, _ throws(CommandError) in
        let digits = try Typed.count(words[0], upTo: 17)
        guard (2...17).contains(digits) else {
          throw CommandError("digits needs a number from 2 to 17", at: words[0].columns)
        }
        session.display.digits = digits
        return [Line("\(digits) significant digits are shown; all are kept")]
      }),
    Setting(
      name: "detail", usage: "detail full|brief",
      choices: Display.Detail.allCases.map(\.rawValue), show: { $0.display.detail.rawValue },
      change: { session, words, _ throws(CommandError) in
        session.display.detail = try Typed.choice(words[0], "detail")
        return [
          Line(
            session.display.detail == .brief
              ? "a step is a table, one row a neuron" : "a step shows each relation and its rows")
        ]
      }),
    Setting(
      name: "printed", usage: "printed on|off", choices: ["on", "off"],
      show: { $0.display.showsPrinted ? "on" : "off" },
      change: { session, words, _ throws(CommandError) in
        session.display.showsPrinted = try Typed.isOn(words[0], "printed")
        return session.lines([
          session.display.showsPrinted
            ? "equations as the notes print them; the numbers are right all the same"
            : "equations as they should be; errata lists the misprints"
        ])
      }),
    Setting(
      name: "size", usage: "size normal|large", choices: Display.Size.allCases.map(\.rawValue),
      show: { $0.display.size.rawValue },
      change: { session, words, _ throws(CommandError) in
        session.display.size = try Typed.choice(words[0], "size")
        return [
          Line(
            "\(session.display.effectiveWidth) columns, \(session.display.effectiveDigits) digits")
        ]
      }),
    Setting(
      name: "width", usage: "width COLUMNS", choices: [], show: { String($0.display.width) },
      change: { session, words, _ throws(CommandError) in
        let width = try Typed.count(words[0])
        guard (40...1000).contains(width) else {
          throw CommandError("width needs a number from 40 to 1000", at: words[0].columns)
        }
        session.display.width = width
        return [Line("\(width) columns")]
      }),
    Setting(
      name: "color", usage: "color auto|always|never",
      choices: Display.Color.allCases.map(\.rawValue), show: { $0.display.color.rawValue },
      change: { session, words, _ throws(CommandError) in
        session.display.color = try Typed.choice(words[0], "color")
        return [Line("color \(session.display.color.rawValue)")]
      }),
    Setting(
      name: "ascii", usage: "ascii on|off", choices: ["on", "off"],
      show: { $0.display.ascii ? "on" : "off" },
      change: { session, words, _ throws(CommandError) in
        session.display.ascii = try Typed.isOn(words[0], "ascii")
        return [Line(session.display.ascii ? "ASCII alone" : "Greek letters and raised indices")]
      }),
  ]

  package static func named(_ name: String) -> Setting? { all.first { $0.name == name } }
}

extension Session {
  mutating func set(_ arguments: Arguments) throws(CommandError) -> [Line] {
    guard let first = arguments.words.first else {
      return Setting.all.map { setting in
        var line = "\(setting.name) \(setting.show(self))"
        if setting.name == "activation" {
          guard let network = state.network else { return Line("# activation: no network yet") }
          return Line(
            network.activations.enumerated().map {
              "activation \($0.offset + 1) \($0.element.rawValue)"
            }
            .joined(separator: "\n"))
        }
        if setting.name == "rate" {
          line =
            Columns80.left(line, 22)
            + "# \(document.renderer.name(document.symbolName(of: .learningRate), script)) in \(document.id)"
        }
        return Line(line)
      }.flatMap { line in line.text.split(separator: "\n").map { Line(String($0)) } }
    }
    guard let setting = Setting.named(first.text) else {
      let near = Spelling.nearest(to: first.text, among: Setting.all.map(\.name))
      let value = arguments.words.dropFirst().map(\.text).joined(separator: " ")
      let symbol =
        document.declares(first.text)
        ? "type: \(first.text) = \(value.isEmpty ? "…" : value)" : absence(of: first.text)
      throw CommandError(
        "there is no setting '\(Shown.text(first.text))'", at: first.columns,
        advice: symbol ?? near.first.map { "did you mean '\($0)'?" } ?? "set alone lists them")
    }
    return try change(setting, Array(arguments.words.dropFirst()), arguments)
  }

  /// A setting without value shows itself; extra words are refused.
  mutating func change(
    _ setting: Setting, _ words: [Word], _ arguments: Arguments
  ) throws(CommandError) -> [Line] {
    guard !words.isEmpty else {
      return [Line("\(setting.name) \(setting.show(self))"), Line("usage: \(setting.usage)")]
    }
    let most = setting.name == "activation" ? 2 : 1
    if words.count > most {
      throw CommandError(
        "unexpected '\(Shown.text(words[most].text))'", at: words[most].columns,
        advice: "usage: \(setting.usage)")
    }
    return try setting.change(&self, words, arguments)
  }

  /// Before there is a network a setting is no moment.
  mutating func recordIfStarted(_ name: String) {
    if state.network != nil { record(name) }
  }
}
