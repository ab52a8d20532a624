@main
enum Main {
  static func main() {
    // Setting up the parser takes as long as everything else of a start.
    if CommandLine.argc > 1 {
      BackpropREPL.main()
    } else {
      Program(Options()).run()
    }
  }
}
