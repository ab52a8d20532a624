import TestSupport
import Testing

@testable import Lessons

/// The file of progress: kept whole, and kept aside when it is not ours to read.
@Suite struct ProgressTests {
  private let scratch = ScratchFolder()
  private var file: ProgressFile { ProgressFile(scratch["lessons.json"]) }

  private let progress: LearnerProgress = {
    var progress = LearnerProgress()
    progress.latest = "03-the-four-equations-backward"
    progress.lessons["01-a-neuron-by-hand"] = LessonProgress(
      isDone: true, place: nil, digest: 1, seed: nil,
      records: [
        "a1": QuestionRecord(isRight: true), "ff": QuestionRecord(wrong: 2, isSkipped: true),
      ])
    progress.lessons["03-the-four-equations-backward"] = LessonProgress(
      isDone: false, place: 23, digest: .max, seed: .max,
      records: ["é \"x\"": QuestionRecord(isRight: true, wrong: 1, hints: 3, isReviewed: true)])
    return progress
  }()

  @Test func whatIsSavedIsLoaded() throws {
    let empty = file.load()
    #expect(empty.progress == LearnerProgress() && empty.notice == nil && empty.isOurs)
    try file.save(progress)
    let loaded = file.load()
    #expect(loaded.progress == progress)
    #expect(loaded.notice == nil && loaded.isOurs)
    #expect(progress.dueCount == 1)
  }

  /// Cut off after every byte, it is kept aside or read whole; never half.
  @Test func aTruncatedFileIsKeptAside() throws {
    let whole = Array(progress.text.utf8)
    for count in stride(from: 0, to: whole.count - 2, by: 7) {
      scratch.write(Array(whole[..<count]), to: "lessons.json")
      let contents = file.load()
      #expect(contents.progress == LearnerProgress() && contents.isOurs, "\(count)")
      #expect(contents.notice?.contains("kept as") == true, "\(count)")
      #expect(scratch.read("lessons.json") == nil)
      let number = count / 7 + 1
      let name = number == 1 ? "lessons.json.aside" : "lessons.json.aside-\(number)"
      #expect(scratch.read(name) == Array(whole[..<count]), "\(name)")
    }
  }

  @Test(arguments: [
    ("[]", "no file of progress"), ("{\"format\": \"backprop-repl/1\"}", "no file of progress"),
    (
      "{\"format\": \"backprop-lessons/2\", \"lessons\": []}",
      "another version, backprop-lessons/2"
    ),
    ("{\"format\": \"backprop-lessons/1\"}", "damaged"),
    ("{\"format\": \"backprop-lessons/1\", \"lessons\": [{\"name\": \"x\"}]}", "damaged"),
    (
      "{\"format\": \"backprop-lessons/1\", \"lessons\": [{\"name\": \"x\", \"done\": true, \"digest\": \"1\", \"line\": -3, \"questions\": []}]}",
      "damaged"
    ),
    (
      "{\"format\": \"backprop-lessons/1\", \"lessons\": [{\"name\": \"x\", \"done\": true, \"digest\": \"1\", \"seed\": \"xyz\", \"questions\": []}]}",
      "damaged"
    ),
    ("PK\u{3}\u{4}", "not JSON"),
  ]) func aForeignFileIsKeptAside(text: String, reason: String) {
    scratch.write(text, to: "lessons.json")
    let contents = file.load()
    #expect(contents.notice?.contains(reason) == true, "\(contents.notice ?? "")")
    #expect(scratch.read("lessons.json.aside") == Array(text.utf8))
    #expect(contents.progress == LearnerProgress())
  }

  @Test func aFolderInItsPlaceIsLeftAlone() {
    let contents = ProgressFile("/").load()
    #expect(contents.isOurs == false && contents.notice?.contains("not kept") == true)
  }

  /// A question is due until it was right at once in a review.
  @Test func whatIsDue() {
    #expect(!QuestionRecord(isRight: true, hints: 3).isDue)
    #expect(QuestionRecord(isRight: true, wrong: 1).isDue)
    #expect(QuestionRecord(isSkipped: true).isDue)
    #expect(!QuestionRecord(isRight: true, wrong: 1, isReviewed: true).isDue)
  }
}
