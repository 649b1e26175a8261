internal import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import Glibc

/// `control-tower run NAME`: starts a trigger, and with `--follow` shows what it does until it has ended.
struct RunCommand {
  private let trigger: String
  private let inputs: [UInt8]
  private let key: String?
  private let follows: Bool
  private let access: TowerAccess

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let trigger = arguments.first, !trigger.hasPrefix("-") else {
      throw UsageError("run needs the name of a trigger; 'control-tower triggers' lists them")
    }
    self.trigger = trigger
    let options = try CommandLineArguments(
      arguments.dropFirst(), options: TowerAccess.options.union(["--input", "--key"]), flags: ["--follow"])
    inputs = try Self.inputs(options["--input"] ?? "{}")
    key = options["--key"]
    follows = options.flags.contains("--follow")
    access = try TowerAccess(options, for: "run")
  }

  /// - Parameter text: a JSON object; or `@` and the path of a file that has it, or `-` for standard input.
  private static func inputs(_ text: String) throws(UsageError) -> [UInt8] {
    var bytes = Array(text.utf8)
    if text == "-" {
      bytes = try read("/dev/stdin")
    } else if text.hasPrefix("@") {
      bytes = try read(String(text.dropFirst()))
    }
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch { throw UsageError("--input is no JSON: \(error)") }
    guard value.members != nil else { throw UsageError("--input is no JSON object, such as {\"contractId\":\"K456\"}") }
    return bytes
  }

  private static func read(_ path: String) throws(UsageError) -> [UInt8] {
    guard let file = fopen(path, "r") else {
      throw UsageError("--input: cannot read \(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  /// - Returns: 0 when the run has been started or, with `--follow`, has succeeded.
  func run() async throws -> Int32 {
    let runId = try await access.client.startTrigger(
      body: RawJSON(checked: inputs), name: trigger, idempotencyKey: key
    ).runId
    print(runId)
    guard follows else { return 0 }
    return try await RunFollower(access: access).follow(runId)
  }
}
