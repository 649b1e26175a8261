internal import CTArtifacts
internal import CTCrypto
internal import CTFigures
internal import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTRedaction
internal import CTRuns
internal import CTRuntime
internal import CTStore

/// What reading costs from a log of ten thousand events and from a large one, over HTTP: it is to be the same.
///
/// The two take turns, request by request, so that whatever else the machine does falls on both; medians are compared.
struct ReadBenchmark {
  let events: Int
  private static let small = 10_000
  private static let rounds = 400

  func run() async throws -> Int32 {
    let start = ContinuousClock.now
    let small = try await BenchmarkLog(events: Self.small)
    defer { small.remove() }
    let large = try await BenchmarkLog(events: events)
    defer { large.remove() }
    print("filled: \(events) events, \(large.size >> 20) MiB, in \(VerifyBenchmark.seconds(.now - start)) s")
    var towers: [ServedLog] = []
    for log in [small, large] { towers.append(try await ServedLog(log)) }
    print("projections made, after \(VerifyBenchmark.seconds(.now - start)) s")
    print("medians of \(Self.rounds) requests in microseconds, from \(Self.small) and from \(events) events")
    for read in ServedLog.Read.allCases { try await measure(read, towers) }
    for tower in towers { await tower.stop() }
    return 0
  }

  private func measure(_ read: ServedLog.Read, _ towers: [ServedLog]) async throws {
    var times: [[Double]] = [[], []]
    for round in 0..<Self.rounds + 20 {
      for (index, tower) in towers.enumerated() {
        let start = ContinuousClock.now
        try await tower.send(read, round)
        // The first ones warm caches up.
        if round >= 20 { times[index].append((.now - start) / .microseconds(1)) }
      }
    }
    let medians = times.map { $0.sorted()[Self.rounds / 2] }
    let ratio = Int((medians[1] / medians[0] * 100).rounded())
    let name = read.rawValue + String(repeating: " ", count: 40 - read.rawValue.count)
    print("\(name) \(Int(medians[0]))  \(Int(medians[1]))  \(ratio) %")
  }
}

/// A tower that serves a log, and a reader on one connection.
private struct ServedLog: Sendable {
  enum Read: String, CaseIterable {
    case page = "GET /events"
    case filtered = "GET /events?source=&type="
    case run = "GET /events?correlationId="
    case middle = "GET /events?to= (the middle of the log)"
    case next = "that page and the one after it"
    case event = "GET /events/{eventId}"
    case health = "GET /health"
    case systems = "GET /systems"
  }

  private let log: BenchmarkLog
  private let store: SQLiteStore
  private let server: HTTPServer<APIHandler>
  private let origin: HTTPOrigin
  private let client = HTTPClient()

  init(_ log: BenchmarkLog) async throws {
    self.log = log
    store = try await SQLiteStore.open(
      directory: log.directory, projections: Tower.projections)
    // What is derived from so many events takes a while to make, longer than a client waits.
    _ = try await store.projected { _ in }
    let clock = TowerClock.system
    let key = store.keys.body
    let monitor = HealthMonitor(store: store, policy: try HealthPolicy(nil), clock: clock, log: Log(level: .error))
    try await monitor.start()
    let tower = try Tower(bare: store, directory: log.directory, monitor: monitor, clock: clock)
    var configuration = HTTPServerConfiguration()
    configuration.host = "127.0.0.1"
    configuration.port = 0
    server = HTTPServer(
      configuration: configuration,
      handler: APIHandler(
        operations: tower.operations,
        environment: APIEnvironment(
          security: TokenTable.development(clock: clock), redactor: tower.redactor, digestBody: { key.tag($0) },
          observer: RequestLog(log: Log(level: .error), clock: clock), bodyLimit: 1 << 18)))
    guard let url = URLParts("http://\(try server.start())") else { throw UsageError("the server has no address") }
    origin = url.origin
  }

  func stop() async {
    await server.shutdown(grace: .seconds(1))
    await store.close()
  }

  /// Other places of the log in every round, so that it is the log that is read and not one page of it.
  func send(_ read: Read, _ round: Int) async throws {
    let place = 1000 + Int((UInt64(round) &* 0x9E37_79B9_7F4A_7C15) % UInt64(log.events - 2000))
    let middle = "/events?to=\(Timestamp(microseconds: BenchmarkLog.start + Int64(place) * 1_000_000))"
    switch read {
    case .page: try await get("/events")
    case .filtered: try await get("/events?source=portal&type=portal.upload.received")
    case .run: try await get("/events?correlationId=run_\(place / 1000)")
    case .middle: try await get(middle)
    case .next: try await get(try await next(after: middle))
    case .event: try await get("/events/\(BenchmarkLog.id(place))")
    case .health: try await get("/health")
    case .systems: try await get("/systems")
    }
  }

  private func next(after page: String) async throws -> String {
    let link = try await get(page).fields.value(of: "link") ?? ""
    return String(link.dropFirst().prefix { $0 != ">" })
  }

  @discardableResult private func get(_ target: String) async throws -> HTTPClientResponse {
    let response = try await client.send(
      HTTPClientRequest(
        .get, URLParts(origin: origin, target: target), fields: ["Authorization": "Bearer DEV_TOKEN_MAINTAINER"]))
    guard response.status == .ok else { throw UsageError("\(target) answered \(response.status.code)") }
    return response
  }
}
