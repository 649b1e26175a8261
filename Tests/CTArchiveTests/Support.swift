import CTArtifacts
import CTCrypto
import CTJSON
import CTStore
import Foundation
import Glibc
import Synchronization

@testable import CTArchive

/// A directory that is removed with everything in it when the value goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/ct-archive-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A clock that stands until the test moves it.
final class TestTime: Sendable {
  private let instant = Mutex(Timestamp("2025-09-27T12:00:00Z")!)
  var now: Timestamp { instant.withLock { $0 } }
  func advance(days: Int) { instant.withLock { $0.microseconds += Int64(days) * 86_400_000_000 } }
}

/// A store and artifacts in a fresh directory.
struct Bench: Sendable {
  let directory = TemporaryDirectory()
  let time = TestTime()
  let store: SQLiteStore
  let artifacts: DirectoryArtifactStore

  var data: String { directory.path + "/data" }
  var key: String { data + "/digest.key" }

  static func with(_ body: (Bench) async throws -> Void) async throws {
    let bench = try await Bench()
    do {
      try await body(bench)
      await bench.store.close()
    } catch {
      await bench.store.close()
      throw error
    }
  }

  private init() async throws {
    var options = StoreOptions()
    options.now = { [time] in time.now }
    store = try await SQLiteStore.open(directory: directory.path + "/data", options: options)
    artifacts = try DirectoryArtifactStore(path: directory.path + "/artifacts")
  }

  func place(_ name: String) -> String { "\(directory.path)/\(name)" }

  func fill(_ numbers: ClosedRange<Int>) async throws {
    let now = time.now
    _ = try await store.commit(numbers.map { .append(event($0, receivedAt: now)) })
  }

  func export(_ date: String) async throws -> ExportManifest {
    try await DailyExport(store: store, directory: data, artifacts: artifacts, now: { [time] in time.now }).run(date)
  }

  func backUp() async throws -> String {
    try await Backup(directory: data, artifacts: artifacts, now: { [time] in time.now }).run().prefix
  }
}

func event(_ number: Int, payload: String? = nil, correlation: String? = nil, receivedAt: Timestamp) -> EventRecord {
  let payload = Array((payload ?? #"{"invoiceId":"INV-\#(number)","total":12.50}"#).utf8)
  return EventRecord(
    eventId: "evt_\(number)", type: "finance.invoice.generated", ts: Timestamp(microseconds: Int64(number) * 1001),
    source: "finance", correlationId: correlation, payload: payload, bodyDigest: SHA256.hash(payload),
    receivedAt: receivedAt, signal: number % 5 == 0 ? .error : .activity)
}

/// All lines of a gzipped file.
func lines(_ bytes: [UInt8]) throws -> [[UInt8]] {
  let gzip = GzipReader()
  var reader = LineReader()
  var found: [[UInt8]] = []
  try gzip.expand(bytes) { try reader.read($0) { found.append(Array($0)) } }
  try gzip.finish()
  return found
}

/// What `body` throws, in words.
func failure(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch {
    return String(describing: error)
  }
}
