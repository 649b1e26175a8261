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
import CTSchedule
import CTStore
import Foundation
import Glibc
import Synchronization
import Testing

@testable import CTImpl

/// A tower with its archive, on a server of its own; the clock stands until the test moves it.
final class ArchiveTower: Sendable {
  let time: TestClock
  let store: SQLiteStore
  let archive: CTImpl.Archive
  let origin: HTTPOrigin
  let directory: String
  private let server: HTTPServer<APIHandler>

  private init(_ configuration: CTGenerated.Archive, at start: Timestamp?) async throws {
    // In memory where there is such a place: what is tested here does not depend on how fast a disk syncs.
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/ct-tower-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    let time = TestClock()
    if let start { time.advance(seconds: Double(start.microseconds - time.now.microseconds) / 1_000_000) }
    self.time = time
    var options = StoreOptions()
    options.now = { time.now }
    store = try await SQLiteStore.open(
      directory: directory, options: options, projections: Tower.projections)
    let monitor = HealthMonitor(store: store, policy: try HealthPolicy(nil), clock: time.clock, log: quietLog)
    try await monitor.start()
    // Health is judged minute by minute: for digests over a year that takes too long, and says nothing about them.
    let digests = DigestDesk(store: store, health: NobodyHeard(), plan: try DigestPlan(), clock: time.clock)
    archive = try ArchiveSetup(
      store: store, directory: directory, configuration: configuration, clock: time.clock, log: quietLog
    ).make { [DigestJob(desk: digests, artifacts: $0).scheduled] }
    let keys = store.keys
    let redactor = StandardRedactor(key: keys.redaction)
    let runs = RunService(
      store: store, artifacts: archive.artifacts,
      settings: RunSettings(
        data: directory, triggers: [], redactor: redactor, inputsKey: keys.runInputs, log: quietLog),
      now: time.clock.now)
    let tower = Tower(
      store: store, redactor: redactor, monitor: monitor, clock: time.clock, runs: runs, digests: digests,
      archive: archive)
    var environment = APIEnvironment(
      security: TokenTable.development(clock: time.clock), redactor: redactor,
      digestBody: { keys.body.tag($0) }, observer: RequestLog(log: quietLog, clock: time.clock), bodyLimit: 1 << 18)
    if configuration.originals == .sealed { environment.sealBody = OriginalVault.sealer(keys) }
    var server = HTTPServerConfiguration()
    server.host = "127.0.0.1"
    server.port = 0
    self.server = HTTPServer(
      configuration: server, handler: APIHandler(operations: tower.operations, environment: environment))
    origin = URLParts("http://\(try self.server.start())")!.origin
  }

  static func with(
    _ configuration: CTGenerated.Archive = CTGenerated.Archive(), at start: Timestamp? = nil,
    _ body: (ArchiveTower) async throws -> Void
  ) async throws {
    let tower = try await ArchiveTower(configuration, at: start)
    do {
      try await body(tower)
      await tower.end()
    } catch {
      await tower.end()
      throw error
    }
  }

  private func end() async {
    await server.shutdown(grace: .seconds(1))
    await store.close()
    try? FileManager.default.removeItem(atPath: directory)
  }

  func client(_ role: String) -> ControlTowerClient { CTImplTests.client(origin, role: role) }

  /// A plain request, without the generated client.
  func send(
    _ method: HTTPMethod = .get, _ path: String, _ fields: HTTPFields = [:], body: [UInt8]? = nil
  ) async throws -> HTTPClientResponse {
    try await HTTPClient().send(
      HTTPClientRequest(method, URLParts("http://\(origin.authority)\(path)")!, fields: fields, body: body))
  }

  /// Sends an event as its producer does.
  func post(_ body: String) async throws -> HTTPClientResponse {
    let signature = HMACKey(TokenTable.developmentSecret.utf8).tag(body.utf8).hex
    return try await send(
      .post, "/events",
      [
        "Authorization": "Bearer DEV_TOKEN_FINANCE", "Content-Type": "application/json",
        "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(signature)"),
      ], body: Array(body.utf8))
  }
}

/// For a branch that must not be taken.
func unexpected() { Issue.record("another answer was expected") }
