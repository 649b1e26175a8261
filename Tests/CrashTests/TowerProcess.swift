import CTHTTP
import Glibc
import Synchronization

/// The built `control-tower serve`, as a process that can be killed.
final class TowerProcess: Sendable {
  private let process: pid_t
  private let output: Int32
  private let isGone = Atomic(false)

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts a tower on a free port; does not wait until it listens.
  /// - Parameter triggers: a file that says what triggers are bound to.
  init(data: String, triggers: String? = nil) throws {
    let program = try Self.program
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, data + "/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let arguments =
      [program, "serve", "--dev", "--data", data, "--port", "0"] + (triggers.map { ["--triggers", $0] } ?? [])
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var number: pid_t = 0
    let status = posix_spawn(&number, program, &actions, nil, &pointers, environ)
    close(ends[1])
    guard status == 0 else {
      throw Failure(description: "cannot start \(program): \(String(cString: strerror(status)))")
    }
    process = number
  }

  deinit { close(output) }

  /// The program that the tests were built with.
  private static var program: String {
    get throws {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = buffer.withUnsafeMutableBytes {
        readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
      }
      let own = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      let program = own[..<(own.lastIndex(of: "/") ?? own.endIndex)] + "/control-tower"
      guard access(String(program), X_OK) == 0 else { throw Failure(description: "\(program) is not built") }
      return String(program)
    }
  }

  /// Waits until the tower says where it listens.
  func origin() async throws -> HTTPOrigin {
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<4000 {
      let count = read(output, &buffer, buffer.count)
      if count > 0 { said += buffer.prefix(count) }
      let text = String(decoding: said, as: UTF8.self)
      if let start = text.firstRange(of: "http://")?.lowerBound,
        let end = text[start...].firstIndex(where: \.isWhitespace), let url = URLParts(String(text[start..<end]))
      {
        return url.origin
      }
      if count == 0 { break }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw Failure(description: "the tower did not say where it listens, but: \(String(decoding: said, as: UTF8.self))")
  }

  /// Lets no file of the process grow beyond so many bytes; `nil` lifts the limit.
  func limitFiles(to bytes: Int?) throws {
    // The call is missing in the Glibc module; the program of the same name is in util-linux, which every system has.
    let limit = bytes.map(String.init) ?? "unlimited"
    try Self.run(["prlimit", "--pid", "\(process)", "--fsize=\(limit):"])
  }

  /// Runs one of the tower's own commands to its end, in silence.
  static func command(_ arguments: [String]) throws { try run([program] + arguments) }

  /// Runs a program to its end, in silence.
  static func run(_ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var number: pid_t = 0
    var status: Int32 = 0
    guard posix_spawnp(&number, arguments[0], &actions, nil, &pointers, environ) == 0,
      waitpid(number, &status, 0) == number, status == 0
    else { throw Failure(description: "\(arguments.joined(separator: " ")) failed") }
  }

  /// Ends the process at once, with nothing of its own being run; returns when it is gone.
  func kill() {
    // A second time the number may be another's.
    if isGone.exchange(true, ordering: .sequentiallyConsistent) { return }
    Glibc.kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
  }
}
