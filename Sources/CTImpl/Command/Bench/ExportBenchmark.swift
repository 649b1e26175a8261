internal import CTArchive
internal import CTArtifacts
internal import CTCrypto
internal import CTJSON
internal import CTStore
internal import Foundation
internal import Synchronization

/// How long an export of so many events takes while events keep coming, and what that does
/// to intake.
struct ExportBenchmark {
  let events: Int

  /// Senders, each of which sends an event, waits for the answer, and rests until its next turn.
  private static let senders = 32
  private static let turn = Duration.milliseconds(16)
  /// How long intake is watched without an export, before and behind it.
  private static let quiet = Duration.seconds(15)

  func run() async throws -> Int32 {
    let log = try await BenchmarkLog(events: events)
    let directory = log.directory
    defer { try? FileManager.default.removeItem(atPath: directory) }
    print("filled: \(events) events")
    let store = try await SQLiteStore.open(directory: directory)
    _ = try await store.systems(asOf: TowerClock.system.now())
    let before = try await watch(store, round: 0) { try await Task.sleep(for: Self.quiet) }
    let clock = ContinuousClock()
    let start = clock.now
    var took = Duration.zero
    let during = try await watch(store, round: 1) {
      // As the daily export does it.
      let reader = try StoreReader(directory: directory)
      let artifacts = try DirectoryArtifactStore(path: directory + "/artifacts")
      let target = ArtifactExportTarget(artifacts: artifacts, prefix: "exports/bench/")
      let manifest = try await Exporter(source: reader, target: target, now: TowerClock.system.now)
        .export(.log(after: 0, through: Int64(events)))
      await reader.close()
      took = clock.now - start
      print(
        "exported: \(manifest.files[0].count) events, \(manifest.files[0].size >> 20) MiB, in \(Self.words(took)) s")
    }
    let after = try await watch(store, round: 2) { try await Task.sleep(for: Self.quiet) }
    await store.close()
    for (name, latencies) in [("before", before), ("during", during), ("after", after)] {
      print(
        "intake \(name): \(latencies.count) events, p50 \(Self.milliseconds(latencies, 50)) ms, "
          + "p99 \(Self.milliseconds(latencies, 99)) ms")
    }
    let quiet = (before + after).sorted()
    if let p99 = Self.percentile(during, 99), let usual = Self.percentile(quiet, 99) {
      print("intake's p99 during the export is \(String((p99 / usual * 100).rounded() / 100)) of that without one")
    }
    return 0
  }

  private static func percentile(_ sorted: [Duration], _ percentile: Int) -> Duration? {
    sorted.isEmpty ? nil : sorted[min(sorted.count - 1, sorted.count * percentile / 100)]
  }

  private static func event(_ id: String, _ number: Int) -> EventRecord {
    var event = BenchmarkLog.event(number)
    event.eventId = id
    return event
  }

  private final class Watch: Sendable {
    let isOver = Atomic(false)
    let latencies = Mutex<[Duration]>([])
  }

  /// The latencies of appends while `body` runs, sorted.
  private func watch(
    _ store: SQLiteStore, round: Int, _ body: () async throws -> Void
  ) async throws -> [Duration] {
    let watch = Watch()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for sender in 0..<Self.senders {
        group.addTask {
          var number = 0
          var next = ContinuousClock.now + Self.turn * sender / Self.senders
          while !watch.isOver.load(ordering: .relaxed) {
            try await Task.sleep(until: next, clock: .continuous)
            next += Self.turn
            let start = ContinuousClock.now
            _ = try await store.append(Self.event("evt_watch_\(round)_\(sender)_\(number)", number))
            let latency = ContinuousClock.now - start
            watch.latencies.withLock { $0.append(latency) }
            number += 1
          }
        }
      }
      try await body()
      watch.isOver.store(true, ordering: .relaxed)
      try await group.waitForAll()
    }
    return watch.latencies.withLock { $0.sorted() }
  }

  private static func milliseconds(_ sorted: [Duration], _ percentile: Int) -> String {
    Self.percentile(sorted, percentile).map { words($0 * 1000) } ?? "–"
  }

  /// Seconds with two decimals.
  private static func words(_ duration: Duration) -> String {
    String((duration / .milliseconds(10)).rounded() / 100)
  }
}
