import Glibc
import REPL
import Terminal

/// The file that remembers how far a person has come. Nothing that happens to it is more than a
/// notice; one that is cut off, foreign or newer is kept aside.
struct ProgressFile {
  private static let limit = 4 << 20

  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// In the folder for a program's state.
  init() throws(StateFolder.Obstacle) {
    self.init(try StateFolder.path() + "/lessons.json")
  }

  /// What there is to go by.
  struct Contents {
    var progress = LearnerProgress()
    /// What is to be said of the file.
    var notice: String?
    /// Whether the file may be written; not one that could neither be used nor moved.
    var isOurs = true
  }

  func load() -> Contents {
    guard access(path, F_OK) == 0 else { return Contents() }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: ProgressFile.limit)
    } catch {
      if case .tooLarge = error.cause { return keptAside("it is too large") }
      return Contents(notice: "progress is not kept: \(error)", isOurs: false)
    }
    do throws(LearnerProgress.Refusal) {
      return Contents(progress: try LearnerProgress(reading: bytes))
    } catch {
      return keptAside(error.words)
    }
  }

  private func keptAside(_ reason: String) -> Contents {
    var number = 1
    var other = "\(path).aside"
    while access(other, F_OK) == 0, number < 1000 {
      number += 1
      other = "\(path).aside-\(number)"
    }
    let isMoved = access(other, F_OK) != 0 && rename(path, other) == 0
    let words =
      isMoved
      ? "it is kept as \(displayable(other)), and a new one begins"
      : "it stays where it is, and nothing is remembered"
    return Contents(
      notice: "progress could not be read (\(reason)); \(words)", isOurs: isMoved)
  }

  func save(_ progress: LearnerProgress) throws(StateFolder.Obstacle) {
    _ = try StateFolder.made()
    do throws(FileError) {
      try writeAtomically(Array(progress.text.utf8), to: path)
    } catch {
      throw .file(error)
    }
  }
}

extension Session {
  /// What a person has done so far.
  mutating func learnerProgress() -> LearnerProgress { progressContents().progress }

  /// What of the file there is to tell waits for the next answer.
  private mutating func progressContents() -> ProgressFile.Contents {
    // A script has done nothing so far.
    guard isInteractive else { return ProgressFile.Contents(isOurs: false) }
    do throws(StateFolder.Obstacle) {
      let contents = try ProgressFile().load()
      if let notice = contents.notice { tell(notice) }
      return contents
    } catch {
      tell("progress is not kept: \(error)")
      return ProgressFile.Contents(isOurs: false)
    }
  }

  /// Changes what is remembered: other sessions may have changed theirs meanwhile, and wait while this
  /// one does.
  mutating func changeProgress(_ change: (inout LearnerProgress) -> Void) {
    guard isInteractive else { return }
    self[Classroom.self].isRemembered = false
    do throws(StateFolder.Obstacle) {
      let lock = open(try StateFolder.made(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      defer { close(lock) }
      var attempts = 0
      while flock(lock, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, attempts < 200 {
        usleep(1000)
        attempts += 1
      }
      var contents = progressContents()
      guard contents.isOurs else { return }
      change(&contents.progress)
      try ProgressFile().save(contents.progress)
      self[Classroom.self].isRemembered = true
    } catch {
      tell("progress is not kept: \(error)")
    }
  }

  /// Whether the last change of what is remembered was written.
  var isRemembered: Bool { classroom?.isRemembered == true }

  /// Remembers where the lesson stands, and what became of the questions it has asked in this session;
  /// what another session knows of the others stays.
  mutating func keepProgress(isDone: Bool = false) {
    guard let course, course.review == nil else { return }
    let (lesson, records) = (course.lesson, course.records)
    changeProgress { progress in
      var known = progress.lessons[lesson.key] ?? LessonProgress(digest: lesson.digest)
      known.isDone = known.isDone || isDone
      known.place = isDone ? nil : course.screen
      known.digest = lesson.digest
      known.seed = course.seed
      known.records.merge(records) { $1 }
      progress.lessons[lesson.key] = known
      if !isDone {
        progress.latest = lesson.key
      } else if progress.latest == lesson.key {
        progress.latest = nil
      }
    }
  }

  /// A notice, once.
  private mutating func tell(_ notice: String) {
    guard !self[Classroom.self].notices.contains(notice) else { return }
    self[Classroom.self].notices.append(notice)
    self[Classroom.self].untold.append(notice)
  }

  mutating func untoldNotices() -> [Line] {
    let notices = self[Classroom.self].untold
    self[Classroom.self].untold = []
    return notices.flatMap { lines([$0]) }.map { Line($0.text, .warning) }
  }
}
