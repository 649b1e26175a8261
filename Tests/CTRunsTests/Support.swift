import CTArtifacts
import CTHTTP
import CTJSON
import CTStore
import Glibc
import Synchronization

@testable import CTRuns

/// A clock that stands until the test moves it.
final class TestTime: Sendable {
  private let instant = Mutex(Timestamp("2025-09-27T10:00:00Z")!)

  var now: Timestamp { instant.withLock { $0 } }
  func advance(seconds: Int64) { instant.withLock { $0.microseconds += seconds * 1_000_000 } }
}

/// A temporary folder; removed with all that is in it when the value goes.
final class TestFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/ct-runs-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary folder")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { RunFolder.remove(path) }

  func read(_ name: String) -> String { Self.contents(of: "\(path)/\(name)") }

  /// Empty when there is no such file.
  static func contents(of path: String) -> String {
    guard let file = PlainFile(path) else { return "" }
    var bytes: [UInt8] = []
    while case let piece = file.piece(at: Int64(bytes.count)), !piece.isEmpty { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  func makePipe(_ name: String) { mkfifo("\(path)/\(name)", 0o600) }
}

/// The runs of a tower over a real store in a fresh folder; it may be stopped and started again.
final class TestRuns: Sendable {
  let folder: TestFolder
  let time = TestTime()
  let store: SQLiteStore
  let artifacts: DirectoryArtifactStore
  let service: RunService
  private let running: Task<Void, Never>

  static let trigger = "contract.regenerate"

  private init(
    _ triggers: [TriggerDefinition], _ folder: TestFolder, starts: Bool,
    change: (inout RunSettings) -> Void
  ) async throws {
    self.folder = folder
    store = try await SQLiteStore.open(directory: folder.path)
    artifacts = try DirectoryArtifactStore(path: folder.path + "/artifacts")
    var settings = RunSettings(data: folder.path, triggers: triggers)
    change(&settings)
    let time = time
    let service = RunService(store: store, artifacts: artifacts, settings: settings, now: { time.now })
    self.service = service
    running = Task { if starts { await service.dispatcher.run() } }
  }

  /// - Parameter starts: whether runs are started, or only wait.
  static func with(
    _ triggers: [TriggerDefinition], in folder: TestFolder = TestFolder(), starts: Bool = true,
    change: (inout RunSettings) -> Void = { _ in }, _ body: (TestRuns) async throws -> Void
  ) async throws {
    let runs = try await TestRuns(triggers, folder, starts: starts, change: change)
    do { try await body(runs) } catch {
      await runs.end()
      throw error
    }
    await runs.end()
  }

  private func end() async {
    await service.dispatcher.stop(drain: .zero)
    running.cancel()
    await running.value
    await store.close()
  }

  @discardableResult func start(_ inputs: String = "{}", key: String? = nil) async throws -> String {
    try await service.start(Self.trigger, inputs: Array(inputs.utf8), initiator: "tester", key: key)
  }

  /// The run when it is as asked for.
  @discardableResult func run(_ runId: String, when isRight: (RunRecord) -> Bool) async throws -> RunRecord {
    try await service.signals.following(runId) {
      while true {
        let version = service.signals.version(of: runId)
        if let run = try await service.book.find(runId), isRight(run) { return run }
        await service.signals.change(of: runId, after: version)
      }
    }
  }

  @discardableResult func ended(_ runId: String) async throws -> RunRecord {
    try await run(runId) { $0.status.isFinal }
  }

  /// The types of the run's events in the order of the log.
  func eventTypes(_ runId: String) async throws -> [String] {
    var filter = EventFilter()
    filter.correlationId = runId
    return try await store.events(matching: filter, limit: 1000).events.sorted { $0.seq < $1.seq }
      .map { String($0.record.type.dropFirst(4)) }
  }

  /// The texts of the log's lines.
  func log(_ runId: String) async throws -> [String] {
    var bytes: [UInt8] = []
    try await service.followLog(of: runId, skipping: 0) { bytes += $0 }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      (try? JSONValue(parsing: Array($0)))?["text"]?.string
    }
  }
}

/// A trigger that runs a shell script.
func shell(
  _ script: String, folder: String = "/",
  change: (inout TriggerDefinition, inout CommandDefinition) -> Void = { _, _ in }
) -> TriggerDefinition {
  var command = CommandDefinition(
    arguments: ["/bin/sh", "-c", script], directory: folder, environment: ["PATH": "/usr/bin:/bin"])
  command.grace = .seconds(30)
  var trigger = TriggerDefinition(name: TestRuns.trigger, work: .command(command))
  change(&trigger, &command)
  trigger.work = .command(command)
  return trigger
}

let result = #"echo '{"metrics":{"documentsGenerated":3}}'"#

extension TestRuns {
  private struct Found: Error {}

  /// Returns when the log of a run that is under way has this line.
  func waitForLine(_ line: String, of runId: String) async throws {
    do {
      try await service.followLog(of: runId, skipping: 0) { bytes in
        if String(decoding: bytes, as: UTF8.self).contains(#""text":"\#(line)""#) { throw Found() }
      }
    } catch is Found {}
  }
}

extension TestFolder {
  func write(_ name: String, _ text: String) {
    let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT, 0o600)
    _ = Glibc.write(descriptor, text, text.utf8.count)
    close(descriptor)
  }
}
