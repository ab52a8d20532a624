import REPL

/// What lessons keep with a session.
struct Classroom: SessionAnnex {
  /// The question that waits for its answer.
  var question: Question?
  /// A student's answers, which take the place of a lesson's own.
  var sheet: AnswerSheet?
  /// The lesson that is being taken at the prompt.
  var course: Course?
  /// The lesson runs with other numbers than its file has.
  var otherNumbers: OtherNumbers?
  /// A seed is for `init` alone: the lesson keeps the numbers of its file.
  var keepsNumbers = false
  /// What was said of the file of progress, and what is still to be said.
  var notices: [String] = []
  var untold: [String] = []

  init() {}
}
