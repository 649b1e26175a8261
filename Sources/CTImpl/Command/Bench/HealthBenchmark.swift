internal import CTCrypto
internal import CTGenerated
internal import CTHealth
internal import CTJSON
internal import CTRuntime
internal import CTStore
internal import Glibc

/// `control-tower bench health`: what objectives and alerts cost for each event, and what a question costs. Times are
/// those of the processor, but for questions.
struct HealthBenchmark {
  private let events: Int

  init(events: Int) throws(UsageError) {
    guard events >= 10_000 else { throw UsageError("bench health needs --events 10000 at least") }
    self.events = events
  }

  func run() async throws -> Int32 {
    try measureEngine(errorEvery: nil)
    try measureEngine(errorEvery: 1)
    try measureReplay()
    let plain = try await measureStore(projections: [])
    let full = try await measureStore(projections: [HealthProjection()])
    print("projecting in the store: \(Self.text(full - plain)) an event more with the health projection than without")
    return 0
  }

  private static let start = Timestamp("2026-01-05T00:00:00Z")!
  private static let sources = ["portal", "backend", "finance", "desktop", "website", "github"]

  private func event(_ number: Int, isError: Bool) -> HealthEvent {
    let at = Timestamp(microseconds: Self.start.microseconds + Int64(number) * 50_000)
    var event = HealthEvent(
      source: isError ? "backend" : Self.sources[number % 6], type: isError ? "backend.fn.error" : "x",
      ts: Timestamp(microseconds: at.microseconds - Int64(number % 977) * 1000), receivedAt: at, isError: isError)
    if isError { event.detail = .init(eventId: "e", payload: Self.severe) }
    return event
  }

  private static let severe = JSONValue.object([.init(key: "severity", value: .string("high"))])

  /// The engine alone, with all default rules on: twenty events a second from six systems.
  private func measureEngine(errorEvery: Int?) throws {
    var engine = HealthEngine(try HealthPolicy(nil))
    engine.start(at: Self.start)
    let list = (0..<events).map { number in
      event(number, isError: errorEvery.map { number % $0 == 0 } ?? false)
    }
    let duration = ProcessorTime.measure {
      for event in list {
        engine.observe(event)
        _ = engine.takeChanges()
      }
    }
    let name = errorEvery == nil ? "engine" : "engine, every event a severe error"
    print("\(name): \(Self.text(duration / events)) an event, \(engine.keptMinutes) minutes kept")
  }

  /// A week of heartbeats, with everything that is due in it.
  private func measureReplay() throws {
    var engine = HealthEngine(try HealthPolicy(nil))
    engine.start(at: Self.start)
    let duration = ProcessorTime.measure {
      for step in 0..<(7 * 288) {
        let at = Timestamp(microseconds: Self.start.microseconds + Int64(step) * 5 * Span.minute)
        for source in Self.sources { engine.observe(HealthEvent(source: source, type: "x", ts: at, receivedAt: at)) }
      }
      engine.advance(to: Timestamp(microseconds: Self.start.microseconds + 7 * Span.day))
    }
    print("a week of six systems: \(duration)")
  }

  /// - Returns: what projecting an event costs.
  private func measureStore(projections: [any Projection]) async throws -> Duration {
    let directory = try BenchDirectory.make()
    defer { BenchDirectory.remove(directory) }
    var options = StoreOptions()
    // Nothing is projected until it is asked for.
    options.projectionDelay = 3_600_000
    let store = try await SQLiteStore.open(directory: directory, options: options, projections: projections)
    let last = Timestamp(microseconds: Self.start.microseconds + Int64(events) * 50_000)
    let clock = TowerClock { last }
    let monitor = HealthMonitor(
      store: store, policy: try HealthPolicy(nil), clock: clock, log: Log(level: .error, clock: clock))
    let tower = try Tower(bare: store, directory: directory, monitor: monitor, clock: clock)
    var projecting = Duration.zero
    var reading = Duration.zero
    let slice = 2000
    let count = min(events, 300_000)
    for start in stride(from: 0, to: count, by: slice) {
      _ = try await store.commit((start..<start + slice).map { .append(record($0)) })
      projecting += try await ProcessorTime.measuring {
        _ = try await store.projected { connection throws(StoreError) in try connection.integer("SELECT 1") }
      }
      guard !projections.isEmpty else { continue }
      reading += await ProcessorTime.measuring { await monitor.catchUp() }
      if start + slice == 10_000 || start + slice == count { await measureHealth(tower, start + slice) }
    }
    if !projections.isEmpty { print("following the log: \(Self.text(reading / count)) an event, reading included") }
    await store.close()
    return projecting / count
  }

  private func measureHealth(_ tower: Tower, _ count: Int) async {
    let times = 1000
    let duration = await ContinuousClock().measure {
      for _ in 0..<times { _ = await tower.healthState().health.json(for: .everyone) }
    }
    print("/health at \(count) events: \(duration / times)")
  }

  private func record(_ number: Int) -> EventRecord {
    let event = event(number, isError: false)
    let payload = Array(#"{"number":\#(number)}"#.utf8)
    return EventRecord(
      eventId: "evt_bench_\(number)", type: event.type, ts: event.ts, source: event.source, payload: payload,
      bodyDigest: SHA256.hash(payload), receivedAt: event.receivedAt)
  }

  private static func text(_ duration: Duration) -> String {
    "\(Int((duration / .nanoseconds(1)).rounded())) ns"
  }
}

/// What the process has kept the processor busy for: other work on the machine does not count.
private enum ProcessorTime {
  static func measure(_ body: () throws -> Void) rethrows -> Duration {
    let start = now
    try body()
    return now - start
  }

  static func measuring(_ body: () async throws -> Void) async rethrows -> Duration {
    let start = now
    try await body()
    return now - start
  }

  private static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

/// A directory for a store that is measured.
private enum BenchDirectory {
  static func make() throws(UsageError) -> String {
    var template = Array("/tmp/ct-bench-XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) != nil }) else {
      throw UsageError("cannot make a temporary directory")
    }
    return template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  static func remove(_ directory: String) {
    for name in ["tower.db", "tower.db-wal", "tower.db-shm", "tower.lock", "digest.key"] {
      unlink("\(directory)/\(name)")
    }
    rmdir(directory)
  }
}
