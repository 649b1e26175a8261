import CLinux
import Glibc

/// A command that runs in a process group of its own, with pipes to its standard streams.
///
/// The thread that made it has to call ``end()``: when that thread ends earlier, the kernel kills the command.
struct ChildProcess: ~Copyable {
  let process: pid_t
  /// Readable when the process has ended.
  let ended: Descriptor
  /// The other ends of its standard input, output and error; they do not block.
  var input: Descriptor?
  var output: Descriptor?
  var error: Descriptor?

  /// - Parameters:
  ///   - ownedFolder: a folder that it may write to; it becomes its own where it runs as another user.
  ///   - mark: what its processes are known by, from ``Orphans/mark(of:)``.
  init(
    _ command: CommandDefinition, environment: [String: String], ownedFolder: String, mark: UInt64
  ) throws(StartError) {
    let user = try command.user.map { name throws(StartError) in try UserAccount(name: name) }
    if let user, chown(ownedFolder, user.user, user.group) != 0 {
      throw StartError(description: "cannot give \(ownedFolder) to \(command.user ?? ""): \(Self.reason)")
    }
    let program = try Self.find(command.arguments[0], path: environment["PATH"] ?? "")
    let (childInput, input) = try Self.pipe()
    let (output, childOutput) = try Self.pipe()
    let (error, childError) = try Self.pipe()
    let process = try CStrings.with(command.arguments) { arguments throws(StartError) in
      try CStrings.with(environment.map { "\($0)=\($1)" }.sorted()) { variables throws(StartError) in
        var child = ct_child()
        child.arguments = arguments
        child.environment = variables
        child.mark = mark
        (child.input, child.output, child.error) = (childInput.number, childOutput.number, childError.number)
        return try Self.start(&child, program, command.directory, ownedFolder, user)
      }
    }
    let ended = Descriptor(ct_process_descriptor(process))
    guard ended.number >= 0 else {
      let reason = Self.reason
      kill(-process, SIGKILL)
      waitpid(process, nil, 0)
      throw StartError(description: "cannot watch the command: \(reason)")
    }
    (self.process, self.ended) = (process, ended)
    (self.input, self.output, self.error) = (input, output, error)
  }

  private static func start(
    _ child: inout ct_child, _ program: String, _ directory: String, _ folder: String, _ user: UserAccount?
  ) throws(StartError) -> pid_t {
    var step: UnsafePointer<CChar>?
    let groups = user?.groups ?? []
    let process = program.withCString { program in
      directory.withCString { directory in
        folder.withCString { folder in
          groups.withUnsafeBufferPointer { groups in
            child.program = program
            child.directory = directory
            child.folder = folder
            child.changes_user = user == nil ? 0 : 1
            child.user = user?.user ?? 0
            child.group = user?.group ?? 0
            child.groups = groups.baseAddress
            child.group_count = groups.count
            return ct_start_child(&child, &step)
          }
        }
      }
    }
    guard process < 0 else { return process }
    let reason = Self.reason
    let name = step.map { String(cString: $0) } ?? "start"
    if name == "access" {
      throw StartError(
        description:
          "its user cannot reach \(folder) (\(reason)): every folder on the way has to let others pass (chmod o+x)")
    }
    throw StartError(description: "cannot start \(program) in \(directory): \(name): \(reason)")
  }

  /// Sends a signal to the whole group.
  func signal(_ number: Int32) { kill(-process, number) }

  /// Ends what is left of the group and takes the status of the process, which has ended.
  /// - Returns: as `waitpid(2)` has it.
  consuming func end() -> Int32 {
    // The group's number is the process's, which is not given away before its status is taken.
    ct_wait_ended(process)
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  // MARK: What it needs

  private static var reason: String { String(cString: strerror(errno)) }

  /// A pipe whose ends are above 2 and not inherited; the tower's end does not block.
  private static func pipe() throws(StartError) -> (reader: Descriptor, writer: Descriptor) {
    var ends: [Int32] = [-1, -1]
    guard ct_pipe(&ends) == 0 else { throw StartError(description: "no pipe: \(reason)") }
    return (Descriptor(above2: ends[0]), Descriptor(above2: ends[1]))
  }

  /// The program's path: as it is with a slash in it, else on the `PATH`.
  private static func find(_ name: String, path: String) throws(StartError) -> String {
    if name.contains("/") { return name }
    for folder in path.split(separator: ":") {
      let candidate = "\(folder)/\(name)"
      if access(candidate, X_OK) == 0 { return candidate }
    }
    throw StartError(description: "there is no program '\(name)' on the PATH (\(path))")
  }
}
