import CTCrypto
import Glibc

/// Finds and ends processes of a run that nobody watches any more: those that a tower which was killed left behind, and
/// those that have left their process group.
///
/// They are known by the variable `CT_RUN_ID` in the environment with which they were started, or by a resource limit that
/// says which run they belong to and that those with an environment of their own have inherited, too. Both are surer than
/// their numbers: a number may be another process's by now.
enum Orphans {
  /// Ends every process of a run, again until there are none.
  /// - Returns: how many there were.
  @discardableResult static func end(runId: String) -> Int {
    var ended: Set<pid_t> = []
    // One that is being made while we look is found the next time; a process that cannot be killed is not ours.
    for _ in 0..<100 {
      let found = processes(of: runId)
      if found.isEmpty { break }
      for process in found where kill(process, SIGKILL) == 0 { ended.insert(process) }
      // SIGKILL takes effect when the kernel next runs the process.
      usleep(1000)
    }
    return ended.count
  }

  /// What the processes of a run have as their limit RLIMIT_RTTIME: large enough to mean nothing.
  static func mark(of runId: String) -> UInt64 {
    1 << 62 | (UInt64(SHA256.hash(Array(runId.utf8)).hex.prefix(15), radix: 16) ?? 0)
  }

  /// The processes of a run that are not dead already.
  static func processes(of runId: String) -> [pid_t] {
    let variable = Array("CT_RUN_ID=\(runId)".utf8)
    let limit = Array(String(mark(of: runId)).utf8)
    return numbers().filter { number in
      guard number != getpid() else { return false }
      if has(number, "environ", 0, variable) { return true }
      return has(number, "limits", UInt8(ascii: " "), limit) && !isDead(number)
    }
  }

  /// Whether one of the parts of a process's file is this one.
  private static func has(_ number: pid_t, _ file: String, _ separator: UInt8, _ part: [UInt8]) -> Bool {
    contents(of: "/proc/\(number)/\(file)").split(separator: separator).contains { $0.elementsEqual(part) }
  }

  /// Whether it has ended and its parent has not asked how; proc_pid_stat(5): the state comes after the name in brackets.
  private static func isDead(_ number: pid_t) -> Bool {
    let stat = contents(of: "/proc/\(number)/stat")
    return stat.lastIndex(of: UInt8(ascii: ")")).map { stat.dropFirst($0 + 2).first == UInt8(ascii: "Z") } ?? true
  }

  private static func numbers() -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var numbers: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let number = pid_t(name) { numbers.append(number) }
    }
    return numbers
  }

  /// Empty for a process that is dead, or another user's.
  private static func contents(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return bytes
  }
}
