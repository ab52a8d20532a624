import Glibc
import Synchronization

package struct SpawnError: Error, CustomStringConvertible {
  package let path: String
  package let code: Int32
  package var description: String { "cannot run \(path): \(String(cString: strerror(code)))" }
}

/// What a child's descriptor becomes.
enum ChildStream {
  case descriptor(Int32)
  case open(String, flags: Int32)
  case closed
}

/// Starts a program with the usual signals, in a session of its own if it gets a terminal.
func spawn(
  _ path: String, arguments: [String], environment: [String: String], folder: String? = nil,
  streams: [ChildStream], newSession: Bool
) throws(SpawnError) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (number, stream) in zip(Int32(0)..., streams) {
    switch stream {
    case .descriptor(let source): posix_spawn_file_actions_adddup2(&actions, source, number)
    case .open(let path, let flags):
      posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
    case .closed: posix_spawn_file_actions_addclose(&actions, number)
    }
  }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var usual = sigset_t()
  sigemptyset(&usual)
  posix_spawnattr_setsigmask(&attributes, &usual)
  for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP] { sigaddset(&usual, signal) }
  posix_spawnattr_setsigdefault(&attributes, &usual)
  var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
  if newSession { flags |= 0x80 }  // POSIX_SPAWN_SETSID, which Glibc does not show to Swift
  posix_spawnattr_setflags(&attributes, Int16(flags))

  // What would change the folder between the two is not shown to Swift either.
  let command = folder.map { ["/usr/bin/env", "-C", $0, path] } ?? [path]
  var words = (command + arguments).map { strdup($0) } + [nil]
  var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for text in words + variables { free(text) } }
  var process: pid_t = 0
  let code = descriptors.withLock { _ in
    posix_spawn(&process, command[0], &actions, &attributes, &words, &variables)
  }
  if code != 0 { throw SpawnError(path: path, code: code) }
  return process
}

/// Nil while the program runs.
func ending(of process: pid_t) -> Ending? {
  var status: Int32 = 0
  while true {
    let ended = waitpid(process, &status, WNOHANG)
    if ended == process { return Ending(waitStatus: status) }
    if ended == 0 { return nil }
    if errno != EINTR { return .timedOut }
  }
}

/// Held while descriptors are made that the child of another test must not inherit.
private let descriptors = Mutex(())

/// A pipe that no other child inherits.
func makePipe() throws(SpawnError) -> (read: Int32, write: Int32) {
  var ends: [Int32] = [-1, -1]
  let code = descriptors.withLock { _ in
    if pipe(&ends) != 0 { return errno }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return 0
  }
  if code != 0 { throw SpawnError(path: "a pipe", code: code) }
  return (ends[0], ends[1])
}
