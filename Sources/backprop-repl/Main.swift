@main
enum Main {
  static func main() {
    // Setting up the parser takes as long as everything else of a start.
    if CommandLine.argc > 1 {
      do {
        var command = try BackpropREPL.parseAsRoot()
        try command.run()
      } catch {
        BackpropREPL.end(with: error)
      }
    } else {
      Program(Options()).run()
    }
  }
}
