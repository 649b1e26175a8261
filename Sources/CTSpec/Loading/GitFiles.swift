internal import Glibc

/// Files as they were in a revision, by `git show`.
package enum GitFiles {
  /// Reads by paths from the repository's root, as git does; the repository is the one that a folder lies in.
  package static func reader(revision: String, in folder: String = ".") -> FileReader {
    FileReader { path throws(FileReader.Failure) in try show("\(revision):\(path)", in: folder) }
  }

  /// A path from the repository's root: one that begins with `./` or `../` is seen from the folder (gitrevisions(7)), which a
  /// reference from that file to another would no longer tell.
  package static func rooted(_ path: String, in folder: String = ".") -> String {
    guard path.hasPrefix("./") || path.hasPrefix("../"),
      let output = try? run(["rev-parse", "--show-prefix"], in: folder), output.status == 0
    else { return path }
    let prefix = String(decoding: output.bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return URIReference.resolve(path, from: prefix)
  }

  private static func show(_ object: String, in folder: String) throws(FileReader.Failure) -> [UInt8] {
    let (bytes, status) = try run(["show", object], in: folder)
    guard status == 0 else { throw FileReader.Failure("git has no '\(object)'") }
    guard bytes.count <= FileReader.maximumSize else { throw FileReader.Failure("too large") }
    return bytes
  }

  private static func run(
    _ arguments: [String], in folder: String
  ) throws(FileReader.Failure) -> (bytes: [UInt8], status: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw FileReader.Failure(String(cString: strerror(errno)).lowercased()) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process = spawn(["git", "-C", folder] + arguments, output: ends[1])
    close(ends[1])
    guard let process else { throw FileReader.Failure("git cannot be started") }
    let bytes = drain(ends[0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return (bytes, status)
  }

  private static func spawn(_ arguments: [String], output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var pointers = arguments.map { strdup($0) } + [nil]
    var variables = environment().map { strdup($0) } + [nil]
    defer { for pointer in pointers + variables { free(pointer) } }
    var process: pid_t = 0
    return posix_spawnp(&process, "git", &actions, nil, &pointers, &variables) == 0 ? process : nil
  }

  /// The variables that this process was started with: C's `environ` is a global that anybody may change, which Swift 6
  /// refuses.
  private static func environment() -> [String] {
    let bytes = (try? FileReader.disk.read("/proc/self/environ")) ?? []
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func drain(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      // What is beyond the limit is read and not kept, so that git can end.
      if bytes.count <= FileReader.maximumSize { bytes += chunk[..<count] }
    }
  }
}
