/// Who reads typed lines before the command table does: a lesson that waits for an answer.
package struct Dialogue: Sendable {
  /// Carries a line out, or returns nil: then it is an ordinary one. The session stays as it was if it
  /// throws.
  package typealias Take = @Sendable (inout Session, String) throws(CommandError) -> [Line]?

  /// What stands before the lines; nil for the usual prompt.
  package var prompt: String?
  package var take: Take

  package init(prompt: String? = nil, take: @escaping Take) {
    (self.prompt, self.take) = (prompt, take)
  }
}

/// What a module keeps with a session.
package protocol SessionAnnex {
  /// As a session begins.
  init()
}
