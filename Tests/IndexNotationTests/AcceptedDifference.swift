/// Why a formula of ours need not read as the page has it.
enum AcceptedDifference: String {
  case words = "the page has words, code or a symbol alone; the document keeps it as text"
  case amongWords = "the page has the formula among words"
  case code = "the page has code; ours is what the code computes"
  case entries = "the page writes a vector or matrix entry by entry"
  case rows = "the rows of the page are columns of ours, transposed"
  case numbers = "the page counts the neurons of its example from 0"
  case arguments = "the page writes what a function depends on"
  case boundLetter = "the catalogue keeps one letter for two indices"
  case letters = "the page has other letters for the same"
  case indexLeftOut = "the page leaves an index out, which the language needs"
  case layerForm = "the page writes this layer without its parentheses"
  case factorOrder = "the page has the factors in another order"
  case limits = "the page has limits on the sum"
  case parentheses = "the page has parentheses around a whole side"
  case marks = "the page has other marks or signs, of print or of reading"
  case shorterChain = "ours lacks a side of the chain"
  case part = "the page has a part of a formula"
  case restated = "ours says the same by another formula"
  case consequence = "ours puts the misprint into a formula that has a value"
  case zeros = "the catalogue adds the derivatives that are 0"
  case direction = "the catalogue turns the sign; ours keeps it and ascends"

  /// By document, then by label.
  static let all: [String: [String: AcceptedDifference]] = [
    "general-case": [
      "I1": .words, "I2": .words, "I3": .words, "I4": .words, "I6": .words, "I7": .words,
      "(1b), printed": .indexLeftOut, "(2a)": .arguments, "(4)": .boundLetter,
      "(7)": .boundLetter, "I8": .direction, "I10": .shorterChain, "(11a)": .zeros,
      "(13b), printed": .indexLeftOut, "(17b)": .letters,
    ],
    "gonzalez": [
      "U5": .arguments, "U5, printed": .arguments, "I1": .letters, "I2": .words,
      "U10a, printed": .consequence,
      "U10b, printed": .consequence, "U11": .words, "U12": .words, "U13": .letters,
      "U14": .restated, "U14, printed": .restated, "(2e)": .limits, "A1": .words, "A2": .words,
      "A3": .words, "A4": .words, "A5": .amongWords, "A6": .amongWords, "A7": .words,
      "A8": .amongWords, "A9": .amongWords,
    ],
    "four-equations": [
      "I1": .words, "I2": .words, "U2": .entries, "U2, printed": .entries, "U3": .entries,
      "U3, printed": .entries, "U4": .rows, "U4, printed": .rows, "U5": .rows,
      "U5, printed": .rows, "I3": .words, "I4": .words, "I5": .words, "I7": .words,
      "I8": .words, "I9": .rows, "I9, printed": .rows, "U10": .amongWords, "U11": .parentheses,
      "I11": .part, "I11, printed": .part, "I12": .words, "(3')": .indexLeftOut,
      "(4')": .letters, "(4'), printed": .letters, "(4'')": .amongWords, "I13": .restated,
      "U13b": .factorOrder, "C1": .code, "C2a, printed": .code, "C2b": .code,
      "C2b, printed": .code, "C2c": .code, "C2": .words, "C3a": .numbers, "C3b": .code,
      "C3c": .code, "I14": .words, "C4a, printed": .code, "C4b": .code, "C4b, printed": .code,
      "C4c": .code, "C5a, printed": .code, "C5b": .code, "C5c": .code, "C6": .entries,
      "C7": .entries, "C8": .entries, "C9": .entries, "C10": .entries, "C11": .entries,
      "C12": .entries, "C13": .entries, "C14": .entries, "C15, printed": .code, "C16": .code,
      "C17, printed": .code,
    ],
    "softmax-matrix": [
      "I1": .words, "(6)": .parentheses, "T1.1": .marks, "T1.4": .marks, "T1.7": .marks,
      "T1.10": .marks, "I6": .words, "I8": .part, "I9": .words, "(32), printed": .layerForm,
      "(34), printed": .layerForm, "I10": .words, "(36)": .shorterChain, "(40), printed": .marks,
    ],
    "zero-indexed": [
      "§1.0a": .words, "§1.0b": .words, "§1.0c": .words, "§1.3": .amongWords, "§1.4": .words,
      "§1.6": .words, "§1.7, printed": .consequence, "§1.8": .words,
      "§3 P1.3b, printed": .consequence, "§3 P1.3c, printed": .consequence,
      "§3 P2.2b, printed": .letters, "§5.1, printed": .consequence, "§5.2": .restated,
    ],
  ]
}
