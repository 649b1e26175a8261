import CSQLite
import CTCrypto
import CTJSON
import Glibc
import Testing

@testable import CTStore

/// Durable appends beside a bare floor on the same machine; run with
///
///     CT_BENCH=1 swift test -c release -Xswiftc -enable-testing --filter IntakeBenchmark
@Suite(.enabled(if: getenv("CT_BENCH") != nil), .serialized) struct IntakeBenchmark {
  private static let batches = 400
  private static let batchCount = 64

  /// Like the load generator's body: about 450 bytes.
  private static func record(_ number: Int) -> EventRecord {
    event(
      "evt_load_4711_1700000000_\(number % 64)_\(number)", ts: 1_700_000_000_000_000 + Int64(number),
      body: #"{"invoiceId":"INV-2025-0912","period":"2025-09","total":1234.56,"note":""#
        + String(repeating: "x", count: 240) + #""}"#)
  }

  /// Processor time that the process has used, in seconds.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// The statements of the floor program: one row by its id, one index entry, nothing else.
  @Test func floorTransactions() throws {
    for _ in 0..<3 {
      let directory = TemporaryDirectory()
      let connection = try Connection(path: directory.database, mode: .readWrite)
      try connection.execute(
        """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;
        CREATE TABLE events(event_id TEXT PRIMARY KEY, type TEXT, ts INT, source TEXT, payload TEXT, received_at INT)
        WITHOUT ROWID; CREATE INDEX e1 ON events(source,type,ts)
        """)
      let insert = try connection.prepare("INSERT OR IGNORE INTO events VALUES(?,?,?,?,?,?)")
      let time = try Self.seconds {
        for batch in 0..<Self.batches {
          try connection.transaction { () throws(StoreError) in
            for number in 0..<Self.batchCount {
              let record = Self.record(batch * Self.batchCount + number)
              try insert.run([
                .text(record.eventId), .text(record.type), .integer(1), .text(record.source),
                .text(String(decoding: record.payload, as: UTF8.self)), .integer(2),
              ])
            }
          }
        }
      }
      print("floor transactions: \(Int(Double(Self.batches * Self.batchCount) / time)) events/s")
    }
  }

  @Test(arguments: [
    "", "DROP INDEX events_by_stream", "DROP TRIGGER events_refuse_replace",
    "CREATE INDEX x1 ON events (ts); CREATE INDEX x2 ON events (stream, ts, event_id)",
  ])
  func ownTransactions(change: String) throws {
    for _ in 0..<3 {
      let directory = TemporaryDirectory()
      var options = StoreOptions()
      options.vfs = nil
      let session = try WriterSession(
        file: DatabaseFile(directory: directory.path, options: options), projections: [SystemsProjection()])
      try session.connection.execute(change)
      let time = try Self.seconds {
        for batch in 0..<Self.batches {
          try session.connection.transaction { () throws(StoreError) in
            for number in 0..<Self.batchCount {
              _ = try session.log.append(Self.record(batch * Self.batchCount + number))
            }
          }
          try session.checkpoint(over: 4000)
        }
      }
      print("own transactions [\(change)]: \(Int(Double(Self.batches * Self.batchCount) / time)) events/s")
    }
  }

  @Test(arguments: [1000, 4000]) func closedLoop(checkpointFrames: Int) async throws {
    var options = StoreOptions()
    options.checkpointFrames = checkpointFrames
    for _ in 0..<3 {
      try await withStore(options) { store, _ async throws in
        let start = ContinuousClock.now
        let processorStart = Self.processorTime
        let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
          for client in 0..<64 {
            group.addTask {
              var latencies: [Duration] = []
              for number in 0..<2000 {
                let begin = ContinuousClock.now
                _ = try await store.append(Self.record(client + 64 * number))
                latencies.append(ContinuousClock.now - begin)
              }
              return latencies
            }
          }
          return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
        let time = (ContinuousClock.now - start) / .seconds(1)
        let health = store.health
        print(
          "closed loop of 64, checkpoint at \(checkpointFrames): \(Int(Double(latencies.count) / time)) events/s,",
          "p50 \(latencies[latencies.count / 2]),",
          "p99 \(latencies[latencies.count * 99 / 100]), p99.9 \(latencies[latencies.count * 999 / 1000]),",
          "max \(latencies[latencies.count - 1]),",
          "\(Int((Self.processorTime - processorStart) / Double(latencies.count) * 1e9)) ns of processor an event,",
          "\(health.accepted / health.commits) events a commit,",
          "projected \(health.projectedSeq)")
      }
    }
  }

  @Test func openOnAnEmptyDirectory() async throws {
    for _ in 0..<3 {
      let directory = TemporaryDirectory()
      let begin = ContinuousClock.now
      let store = try await SQLiteStore.open(directory: directory.path)
      print("open on an empty directory: \(ContinuousClock.now - begin)")
      await store.close()
    }
  }

  @Test func hmac() {
    let key = HMACKey("replace-with-CT_WEBHOOK_SECRET".utf8)
    let body = [UInt8](repeating: 97, count: 450)
    let tag = key.tag(body)
    let begin = ContinuousClock.now
    var valid = 0
    for _ in 0..<200_000 where key.isValid(tag, for: body) { valid += 1 }
    print("hmac over 450 bytes: \((ContinuousClock.now - begin) / valid)")
  }

  @Test func verifyAndPages() async throws {
    try await withStore { store, _ async throws in
      for start in stride(from: 0, to: 200_000, by: 1000) {
        _ = try await store.commit((start..<start + 1000).map { .append(Self.record($0)) })
        if start == 10_000 || start == 199_000 {
          let begin = ContinuousClock.now
          for _ in 0..<100 { _ = try await store.events(matching: EventFilter(source: "finance"), limit: 100) }
          print("page of 100 at \(start) events: \((ContinuousClock.now - begin) / 100)")
          let now = ContinuousClock.now
          for _ in 0..<100 { _ = try await store.systems(asOf: Timestamp(microseconds: 0)) }
          print("systems at \(start) events: \((ContinuousClock.now - now) / 100)")
        }
      }
      let begin = ContinuousClock.now
      let report = try await store.verifyChain()
      print("verify \(report.events) events: \(ContinuousClock.now - begin)")
    }
  }
}
