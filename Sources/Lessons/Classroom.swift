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
  /// The numbers of the file are the point, or a seed is for `init` alone.
  var numbersAreFixed = false
  /// Whether progress was written the last time.
  var isRemembered = false
  /// What was said of the file of progress, and what is still to be said.
  var notices: [String] = []
  var untold: [String] = []

  init() {}
}

extension Session {
  /// Nil in a session that has had nothing to do with lessons.
  var classroom: Classroom? { hasNoAnnex ? nil : self[Classroom.self] }

  var question: Question? {
    get { classroom?.question }
    set { self[Classroom.self].question = newValue }
  }

  var course: Course? {
    get { classroom?.course }
    set { self[Classroom.self].course = newValue }
  }

  /// The sheet whose answers take the place of the lesson's own.
  package var answerSheet: AnswerSheet? {
    get { classroom?.sheet }
    set { self[Classroom.self].sheet = newValue }
  }
}
