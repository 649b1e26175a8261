internal import CTArtifacts
internal import CTCrypto
internal import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTRedaction
internal import CTRuns
internal import CTRuntime
internal import CTScenario
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
    let server = HTTPServer(configuration: configuration, handler: handler(tower, store, clock, log))
    do {
      let address = try server.start()
      var replay = DemoReplay(
        monitor: monitor, sender: try DemoSender(url: "http://\(address)/events"),
        runs: DemoRuns(RunBook(store: store, now: clock.now), seed: seed),
        digests: DigestJob(desk: tower.digests, artifacts: try DirectoryArtifactStore(path: "\(directory)/artifacts")),
        plan: tower.digests.plan
      ) { now in instant.withLock { $0 = now } }
      try await replay.play(events, until: end)
      await server.shutdown(grace: .seconds(1))
      let alerts = try await store.count(in: CTHealth.Alert.closedCollection)
      let digests = try await store.count(in: DigestDesk.collection)
      print(
        "\(events.count) events of \(days) days are made; \(alerts) alerts came and went, and there are "
          + "\(digests) daily digests")
      await store.close()
      return 0
    } catch {
      await store.close()
      throw error
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
