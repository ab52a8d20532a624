// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A program at a fixed address has no 42 000 pointers to mend at each start: a third of the time.
/// The C libraries beside it stay at random addresses.
let fixedAddress: [LinkerSetting] = [
  .unsafeFlags(
    ["-Xclang-linker", "-no-pie"], .when(platforms: [.linux], configuration: .release))
]

let package = Package(
  name: "backprop-repl",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "backprop-repl", targets: ["backprop-repl"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "Backprop", swiftSettings: strict),
    .target(name: "IndexNotation", swiftSettings: strict),
    .target(
      name: "LectureNotes", dependencies: ["Backprop", "IndexNotation"],
      resources: [.embedInCode("Documents")], swiftSettings: strict),
    .target(
      name: "REPL", dependencies: ["Backprop", "IndexNotation", "LectureNotes", "Terminal"],
      swiftSettings: strict),
    .target(
      name: "Lessons",
      dependencies: ["Backprop", "IndexNotation", "LectureNotes", "REPL", "Terminal"],
      resources: [.embedInCode("Shipped")],
      swiftSettings: strict),
    .systemLibrary(
      name: "CLibEdit", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
    .target(
      name: "CTerminal", cSettings: [.enableWarning("extra"), .treatAllWarnings(as: .error)]),
    .target(name: "Terminal", dependencies: ["CTerminal"], swiftSettings: strict),
    .target(
      name: "LineEditor", dependencies: ["CLibEdit", "CTerminal", "Terminal"],
      swiftSettings: strict),
    .executableTarget(
      name: "backprop-repl",
      dependencies: [
        "Lessons", "REPL", "LineEditor", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict, linkerSettings: fixedAddress),
    .target(
      name: "CBenchmark", path: "Tests/Benchmarks/c",
      cSettings: [.enableWarning("extra"), .treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "engine-benchmark", dependencies: ["Backprop", "CBenchmark"],
      path: "Tests/Benchmarks/engine",
      exclude: ["reference"], swiftSettings: strict),
    .executableTarget(
      name: "notes-benchmark",
      dependencies: ["Backprop", "CBenchmark", "LectureNotes", "REPL"],
      path: "Tests/Benchmarks/notes", swiftSettings: strict),
    .executableTarget(
      name: "timeline-benchmark", dependencies: ["Backprop", "CBenchmark", "REPL"],
      path: "Tests/Benchmarks/timeline", swiftSettings: strict),
    .target(
      name: "TestSupport", path: "Tests/Support",
      resources: [.copy("Cases"), .copy("Catalogue"), .copy("Demonstrations")],
      swiftSettings: strict),
    .testTarget(
      name: "BackpropTests", dependencies: ["Backprop", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "backprop-repl", "REPL", "Backprop", "IndexNotation", "LectureNotes", "Terminal",
        "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "TranscriptTests", dependencies: ["backprop-repl", "TestSupport"],
      exclude: ["Transcripts"], swiftSettings: strict),
    .testTarget(
      name: "IndexNotationTests", dependencies: ["IndexNotation", "LectureNotes", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "REPLTests",
      dependencies: ["REPL", "LectureNotes", "IndexNotation", "Backprop", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LessonsTests",
      dependencies: [
        "Lessons", "REPL", "LectureNotes", "IndexNotation", "Backprop", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "LectureNotesTests",
      dependencies: ["LectureNotes", "IndexNotation", "Backprop", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "LineEditor", "TestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
