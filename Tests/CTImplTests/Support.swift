import CTArtifacts
import CTCrypto
import CTFigures
import CTGenerated
import CTHTTP
import CTHealth
import CTJSON
import CTRedaction
import CTRuns
import CTRuntime
import CTStore
import Glibc
import Synchronization

@testable import CTImpl

/// A clock that stands until the test moves it.
final class TestClock: Sendable {
  private let instant = Mutex(Timestamp("2025-09-27T10:00:00Z")!)

  var clock: TowerClock { TowerClock { self.now } }
  var now: Timestamp { instant.withLock { $0 } }
  func set(_ time: Timestamp) { instant.withLock { $0 = time } }
  func advance(seconds: Double) { instant.withLock { $0.microseconds += Int64(seconds * 1_000_000) } }
}

/// A tower over a store in a fresh directory, called as by HTTP but in this process.
final class TestTower: Sendable {
  let store: SQLiteStore
  let time = TestClock()
  let artifacts: DirectoryArtifactStore
  let runs: RunService
  let digests: DigestDesk
  let monitor: HealthMonitor
  let tower: Tower
  let handler: APIHandler
  private let directory: String

  init(
    _ configuration: Configuration? = nil, channels: [String] = [], triggers: [TriggerDefinition] = []
  ) async throws {
    var template = Array("/tmp/ct-tower-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    var options = StoreOptions()
    options.now = { [time] in time.now }
    store = try await SQLiteStore.open(directory: directory, options: options, projections: Tower.projections)
    let redactor = StandardRedactor(key: store.keys.redaction)
    artifacts = try DirectoryArtifactStore(path: directory + "/artifacts")
    runs = RunService(
      store: store, artifacts: artifacts,
      settings: RunSettings(
        data: directory, triggers: triggers, redactor: redactor, inputsKey: store.keys.runInputs, log: quietLog),
      now: time.clock.now)
    monitor = HealthMonitor(
      store: store, policy: try HealthPolicy(configuration, triggers: triggers), clock: time.clock, log: quietLog,
      channels: channels)
    try await monitor.start()
    digests = DigestDesk(store: store, health: monitor, plan: try DigestPlan(), clock: time.clock)
    tower = Tower(
      store: store, redactor: redactor, monitor: monitor, clock: time.clock, streamHeartbeat: .milliseconds(30),
      runs: runs, digests: digests)
    handler = APIHandler(
      operations: tower.operations,
      environment: APIEnvironment(
        security: TokenTable.development(clock: time.clock), redactor: redactor,
        digestBody: { SHA256.hash($0) }, observer: RequestLog(log: quietLog, clock: time.clock), bodyLimit: 1 << 18))
  }

  /// Runs `body`, closes the store, removes the directory.
  static func with<Result>(
    _ configuration: Configuration? = nil, channels: [String] = [], triggers: [TriggerDefinition] = [],
    _ body: (TestTower) async throws -> Result
  ) async throws -> Result {
    let tower = try await TestTower(configuration, channels: channels, triggers: triggers)
    do {
      let result = try await body(tower)
      await tower.end()
      return result
    } catch {
      await tower.end()
      throw error
    }
  }

  private func end() async {
    await store.close()
    RunFolder.remove(directory)
  }

  /// A server on a free port of this machine.
  func listen() throws -> (server: HTTPServer<APIHandler>, origin: HTTPOrigin) {
    var configuration = HTTPServerConfiguration()
    configuration.host = "127.0.0.1"
    configuration.port = 0
    let server = HTTPServer(configuration: configuration, handler: handler)
    let address = try server.start()
    return (server, URLParts("http://\(address)")!.origin)
  }
}

let quietLog = Log(level: .error)

/// An event as the store takes it.
func record(_ id: String, type: String = "finance.invoice.generated", payload: String = #"{"total":12.50}"#)
  -> EventRecord
{
  EventRecord(
    eventId: id, type: type, ts: Timestamp(microseconds: 1_000_000), source: "finance", payload: Array(payload.utf8),
    bodyDigest: SHA256.hash(payload.utf8), receivedAt: Timestamp(microseconds: 2_000_000))
}

/// A client with a well-known token.
func client(_ origin: HTTPOrigin, role: String) -> ControlTowerClient {
  ControlTowerClient(
    APIClient(
      transport: HTTPTransport(base: URLParts(origin: origin)),
      credentials: ClientCredentials(token: "DEV_TOKEN_\(role.uppercased())"), retries: 0))
}
