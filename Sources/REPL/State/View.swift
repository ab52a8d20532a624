import LectureNotes

/// How a session is shown and where its runs stop. No number depends on it: going back in time
/// leaves it as it is, and undo takes back the line that changed it.
package struct View: Equatable, Sendable {
  package var documentID: String
  /// The notes taken in from files so far.
  package var loaded: [LoadedDocument] = []
  package var display = Display()
  package var stops = Stops()

  package init(documentID: String) {
    self.documentID = documentID
  }

  /// What the window is like stays as it is.
  mutating func adopt(_ other: View) {
    let (width, color) = (display.width, display.color)
    self = other
    (display.width, display.color) = (width, color)
  }
}

/// What is printed and how.
package struct Display: Equatable, Sendable {
  package enum Detail: String, CaseIterable, Sendable { case full, brief }
  package enum Size: String, CaseIterable, Sendable { case normal, large }
  package enum Color: String, CaseIterable, Sendable { case auto, always, never }
  package var digits = 6
  package var detail = Detail.full
  package var size = Size.normal
  package var color = Color.auto
  package var ascii = false
  package var width = 80
  /// Equations are shown as the notes print them, misprints and all.
  package var showsPrinted = false
  /// `step all`: no sum is elided.
  package var showsAllTerms = false

  package init() {}

  /// `size large`: at most 60 columns and 4 digits.
  package var effectiveWidth: Int { size == .large ? min(width, 60) : width }
  package var effectiveDigits: Int { size == .large ? min(digits, 4) : digits }
}
