import CTSpec
import Glibc
import Testing

/// `openapi-gen` as a process of its own.
enum Tool {
  struct Result {
    var status: Int32
    /// Standard output and standard error.
    var output: String
  }

  /// Runs a command line with its output into a pipe, in a folder if one is given.
  static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String] = []
  ) throws -> Result {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let place = folder.map { ["/usr/bin/env", "-C", $0] } ?? []
    let process = try spawn(place + [path] + arguments, environment + ["PATH=/usr/bin:/bin"], output: ends[1])
    close(ends[1])
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(ends[0], &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Result(status: status & 0x7F == 0 ? status >> 8 : -1, output: String(decoding: bytes, as: UTF8.self))
  }

  private static func spawn(_ arguments: [String], _ environment: [String], output: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
    var pointers = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in pointers + variables { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, arguments[0], &actions, nil, &pointers, &variables)
    try #require(code == 0, "\(arguments[0])")
    return process
  }

  /// The executable beside the test bundle.
  private static var path: String {
    let executable = (try? FileReader.disk.read("/proc/self/cmdline")).map { $0.split(separator: 0) } ?? []
    for part in executable {
      let path = String(decoding: part, as: UTF8.self)
      guard path.hasSuffix(".xctest"), let slash = path.lastIndex(of: "/") else { continue }
      return path[..<slash] + "/openapi-gen"
    }
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    return "\(root)/.build/debug/openapi-gen"
  }
}

/// A folder that is gone when nobody holds it any more.
final class TemporaryFolder {
  let path: String

  /// Makes it, with some files in it by name; a name may have folders in it.
  init(_ files: [String: String] = [:]) throws {
    var template = Array("/tmp/ct-generate-XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    try #require(isMade)
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    for (name, content) in files { try write(content, to: name) }
  }

  func write(_ content: String, to name: String) throws {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o777)
    }
    let file = try #require(fopen("\(path)/\(name)", "w"))
    fputs(content, file)
    fclose(file)
  }

  func link(_ name: String, to target: String) throws { try #require(symlink(target, "\(path)/\(name)") == 0) }

  func names() throws -> [String] { try #require(Self.names(in: path)) }

  private static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  deinit { Self.remove(path) }

  /// Links are removed and not followed.
  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(in: path) ?? [] { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
