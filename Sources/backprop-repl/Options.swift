import LectureNotes
import Terminal

/// What the command line says.
struct Options {
  var files: [String] = []
  var lines: [String] = []
  /// The file of a student's answers.
  var answers: String?
  var isDemo = false
  var quiet = false
  var keepGoing = false
  var echo = false
  var document = Library.standard
  var seed: UInt64?
  var ascii = false
  var color = ColorChoice.auto
  var width: Int?
}
