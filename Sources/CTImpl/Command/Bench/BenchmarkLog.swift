internal import CTCrypto
internal import CTJSON
internal import CTStore
internal import Glibc

/// A log of made-up events in a temporary directory, removed by ``remove()``.
struct BenchmarkLog {
  let directory: String
  let events: Int

  private static let files = ["tower.db", "tower.db-wal", "tower.db-shm", "tower.lock", "digest.key"]

  /// Makes and fills the directory, below `TMPDIR` where that is set.
  init(events: Int) async throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/ct-bench-XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) != nil }) else {
      throw UsageError("cannot make a temporary directory in \(parent)")
    }
    directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    self.events = events
    do { try await fill() } catch {
      remove()
      throw error
    }
  }

  func remove() {
    for name in Self.files { unlink("\(directory)/\(name)") }
    rmdir(directory)
  }

  /// Bytes of the database.
  var size: Int {
    var status = stat()
    return stat("\(directory)/tower.db", &status) == 0 ? Int(status.st_size) : 0
  }

  private func fill() async throws {
    let store = try await SQLiteStore.open(directory: directory)
    for start in stride(from: 0, to: events, by: 1000) {
      _ = try await store.commit((start..<min(events, start + 1000)).map { .append(Self.event($0)) })
      if start % 100_000 == 0 { _ = try await store.makeCheckpoint() }
    }
    await store.close()
  }

  private static let streams: [(source: String, type: String)] = [
    ("finance", "finance.invoice.generated"), ("finance", "finance.payment.webhook"), ("backend", "backend.fn.error"),
    ("backend", "excel.timesheet.ingested"), ("portal", "portal.upload.received"),
    ("website", "website.form.submitted"),
    ("github", "ci.workflow.failed"), ("desktop", "desktop.trigger.contract"), ("portal", "system.heartbeat"),
    ("finance", "event.corrected"),
  ]

  private static let note = String(repeating: "x", count: 240)
  static let start: Int64 = 1_700_000_000_000_000

  /// An event of about 450 bytes, one a second; each hundredth belongs to a run, each tenth corrects the one before.
  static func event(_ number: Int) -> EventRecord {
    let stream = streams[number % streams.count]
    let payload = Array(#"{"invoiceId":"INV-\#(number)","period":"2025-09","total":1234.56,"note":"\#(note)"}"#.utf8)
    let time = Timestamp(microseconds: start + Int64(number) * 1_000_000)
    return EventRecord(
      eventId: id(number), type: stream.type, ts: time, source: stream.source,
      correlationId: number % 100 < 10 ? "run_\(number / 1000)" : nil, payload: payload,
      bodyDigest: SHA256.hash(payload), receivedAt: time,
      signal: stream.type == "backend.fn.error" ? .error : .activity,
      corrects: stream.type == "event.corrected" ? id(number - 1) : nil)
  }

  static func id(_ number: Int) -> String { "evt_bench_4711_1700000000_\(number)" }
}
