internal import CTArtifacts
internal import CTCrypto
internal import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTRedaction
internal import CTRuntime
internal import CTScenario
internal import CTSchedule
internal import CTStore
internal import Synchronization

/// `control-tower demo`: fills a store with believable days, through the intake that requests take, with a clock that runs
/// ahead. What health decides on the way is decided as it would have been.
struct DemoCommand {
  private let directory: String
  private let days: Int
  private let seed: UInt64

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: ["--data", "--days", "--seed"])
    guard let directory = options["--data"] else { throw UsageError("demo needs --data DIR") }
    guard let days = Int(options["--days"] ?? "30"), 1...365 ~= days else {
      throw UsageError("--days is a number from 1 to 365")
    }
    guard let seed = UInt64(options["--seed"] ?? "2025") else { throw UsageError("--seed is a number from 0 on") }
    self.directory = directory
    self.days = days
    self.seed = seed
  }

  func run() async throws -> Int32 {
    let end = TowerClock.system.now()
    let instant = Mutex(end)
    let clock = TowerClock { instant.withLock { $0 } }
    var options = StoreOptions()
    options.now = clock.now
    let store = try await SQLiteStore.open(directory: directory, options: options, projections: Tower.projections)
    guard store.health.acknowledgedSeq == 0 else {
      await store.close()
      throw UsageError("\(directory) has events already; demo data goes into an empty directory")
    }
    let events = Scenario.recentDays(days, until: end, seed: seed).events.filter { $0.receivedAt <= end }
    instant.withLock { $0 = events.first?.receivedAt ?? end }
    let log = Log(level: .error, clock: clock)
    let monitor = HealthMonitor(store: store, policy: try HealthPolicy(nil), clock: clock, log: log)
    try await monitor.start()
    var configuration = HTTPServerConfiguration()
    configuration.host = "127.0.0.1"
    configuration.port = 0
    let tower = try Tower(bare: store, directory: directory, monitor: monitor, clock: clock)
    let artifacts = try DirectoryArtifactStore(path: "\(directory)/artifacts")
    let digest = DigestJob(desk: tower.digests, artifacts: artifacts).scheduled
    let scheduler = Scheduler(store: store, jobs: [digest], now: clock.now)
    let server = HTTPServer(configuration: configuration, handler: handler(tower, store, clock, log))
    do {
      let sender = try DemoSender(url: "http://\(try server.start())/events")
      try await send(events, sender, monitor, scheduler) { now in instant.withLock { $0 = now } }
      await server.shutdown(grace: .seconds(1))
      instant.withLock { $0 = end }
      await monitor.step()
      try await scheduler.runDue()
      let alerts = try await store.count(in: CTHealth.Alert.closedCollection)
      let digests = try await store.count(in: DigestDesk.collection)
      print(
        "\(events.count) events of \(days) days are in \(directory); \(alerts) alerts came and went, and there are "
          + "\(digests) daily digests")
      await store.close()
      return 0
    } catch {
      await store.close()
      throw error
    }
  }

  /// One event after the other; every minute it is looked at health, and whether a digest is due.
  private func send(
    _ events: [ScenarioEvent], _ sender: DemoSender, _ monitor: HealthMonitor, _ scheduler: Scheduler,
    _ setClock: (Timestamp) -> Void
  ) async throws {
    var minute: Int64?
    for event in events {
      // The time of arrival is the clock's.
      setClock(event.receivedAt)
      let next = Span.minuteNumber(event.receivedAt.microseconds)
      if next != minute {
        await monitor.step()
        try await scheduler.runDue()
      }
      minute = next
      try await sender.send(event)
    }
  }

  private func handler(_ tower: Tower, _ store: SQLiteStore, _ clock: TowerClock, _ log: Log) -> APIHandler {
    let key = store.keys.body
    return APIHandler(
      operations: tower.operations,
      environment: APIEnvironment(
        security: TokenTable.development(clock: clock), redactor: StandardRedactor(key: store.keys.redaction),
        digestBody: { key.tag($0) }, observer: RequestLog(log: log, clock: clock), bodyLimit: Limits().bodyBytes))
  }
}

/// Sends events as an owner who signs them.
private struct DemoSender {
  private let client = HTTPClient()
  private let key = HMACKey(Array(TokenTable.developmentSecret.utf8))
  private let url: URLParts

  init(url: String) throws(DemoFault) {
    guard let url = URLParts(url) else { throw DemoFault(description: "\(url) is no URL") }
    self.url = url
  }

  func send(_ event: ScenarioEvent) async throws {
    let body = event.body
    let fields: HTTPFields = [
      "Authorization": "Bearer DEV_TOKEN_OWNER", "Content-Type": "application/json",
      "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(key.tag(body).hex)"),
    ]
    let response = try await client.send(HTTPClientRequest(.post, url, fields: fields, body: body))
    guard response.status.code == 202 else {
      let reason = String(decoding: response.body.prefix(500), as: UTF8.self)
      throw DemoFault(description: "\(event.eventId) (\(event.type)) was answered \(response.status.code): \(reason)")
    }
  }
}

/// An event of the scenario that the tower does not take: a fault of the scenario.
struct DemoFault: Error, CustomStringConvertible {
  let description: String
}
