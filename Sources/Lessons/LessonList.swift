import IndexNotation
import REPL
import Terminal

// `lesson list`.

extension Session {
  mutating func lessonList() throws(CommandError) -> [Line] {
    let progress = learnerProgress()
    let lessons = try Shelf.lessons()
    let width = display.effectiveWidth
    let titleColumn = (lessons.map(\.title.columns).max() ?? 0) + 2
    let (check, arrow) = display.ascii ? ("x", ">") : ("✓", "▸")
    var rows = [overview(progress, lessons)]
    for lesson in lessons {
      let known = progress.lessons[lesson.key]
      let mark = (known?.isDone == true ? check : " ") + (known?.place != nil ? arrow : " ")
      let documents = lesson.documentWords
      let due = known.map { $0.dueCount > 0 ? "\($0.dueCount) due" : "" } ?? ""
      let head = "\(Columns80.right("\(lesson.number ?? 0)", 4))  \(mark) "
      guard width >= 78 else {
        rows.append(Line(head + plain(lesson.title) + (due.isEmpty ? "" : ", \(due)")))
        continue
      }
      let tail =
        "\(Columns80.left(documents, 16))\(Columns80.right("\(lesson.minutes)", 2)) min  \(due)"
      rows.append(
        Line(Columns80.left(head + plain(lesson.title), titleColumn + 9) + tail.trimmedAtEnd))
    }
    for key in progress.lessons.keys.sorted() where !lessons.contains(where: { $0.key == key }) {
      guard let known = progress.lessons[key] else { continue }
      let mark = (known.isDone ? check : " ") + (known.place != nil ? arrow : " ")
      let due = known.dueCount > 0 ? ", \(known.dueCount) due" : ""
      rows.append(Line("      \(mark) \(displayable(key, limit: width - 20))\(due)"))
    }
    return rows
      + lines([
        "lesson start N · lesson resume · review asks what you missed · lesson reset N"
      ])
  }

  private func overview(_ progress: LearnerProgress, _ lessons: [Lesson]) -> Line {
    let done = lessons.count { progress.lessons[$0.key]?.isDone == true }
    guard isInteractive else { return Line("\(lessons.count) lessons", .heading) }
    var right = "\(done) of \(lessons.count) done"
    if progress.dueCount > 0 { right += ", \(progress.dueCount) to review" }
    let left =
      progress.latest.map { latest in
        let file = latest.split(separator: "/").last.map(String.init) ?? latest
        let number = lessons.first { $0.key == latest }?.number.map(String.init) ?? file
        return "lesson resume goes on with \(number)"
      } ?? "\(lessons.count) lessons"
    return Line(Columns80.edges(plain(left), right, width: display.effectiveWidth), .heading)
  }
}
