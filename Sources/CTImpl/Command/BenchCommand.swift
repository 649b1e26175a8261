internal import CTCrypto
internal import CTJSON
internal import CTStore
internal import Glibc

/// `control-tower bench NAME`
struct BenchCommand {
  private let arguments: ArraySlice<String>

  init(_ arguments: ArraySlice<String>) { self.arguments = arguments }

  func run() async throws -> Int32 {
    switch arguments.first {
    case "verify": try await VerifyBench(arguments.dropFirst()).run()
    case "health": try await HealthBench(arguments.dropFirst()).run()
    default: throw UsageError("there are two benchmarks: bench verify and bench health")
    }
  }
}

/// A directory for a store that is measured.
enum BenchDirectory {
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

/// `control-tower bench verify`: how long checking a log of so many events takes.
struct VerifyBench {
  private let events: Int

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let text = try CommandLineArguments(arguments, options: ["--events"])["--events"] ?? "1000000"
    guard let events = Int(text), 1...100_000_000 ~= events else { throw UsageError("--events is a number from 1 on") }
    self.events = events
  }

  func run() async throws -> Int32 {
    let directory = try BenchDirectory.make()
    defer { BenchDirectory.remove(directory) }
    let filling = try await seconds { try await fill(directory) }
    print("filled: \(events) events in \(filling) s")
    var report = ChainReport()
    let checking = try await seconds { report = try SQLiteStore.verifyChain(directory: directory) }
    guard report.isIntact, report.events == events else {
      print("the chain is broken")
      return 1
    }
    print("verified: \(report.events) events in \(checking) s")
    return 0
  }

  /// Events of about 450 bytes, as producers send them.
  private func fill(_ directory: String) async throws {
    let store = try await SQLiteStore.open(directory: directory)
    let note = String(repeating: "x", count: 240)
    for start in stride(from: 0, to: events, by: 1000) {
      let writes = (start..<min(events, start + 1000)).map { number in
        let payload = Array(
          #"{"invoiceId":"INV-\#(number)","period":"2025-09","total":1234.56,"note":"\#(note)"}"#.utf8)
        return Write.append(
          EventRecord(
            eventId: "evt_bench_4711_1700000000_\(number)", type: "finance.invoice.generated",
            ts: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number)), source: "finance", payload: payload,
            bodyDigest: SHA256.hash(payload), receivedAt: Timestamp(microseconds: 1_700_000_000_000_000)))
      }
      _ = try await store.commit(writes)
      if start % 100_000 == 0 { _ = try await store.makeCheckpoint() }
    }
    await store.close()
  }

  private func seconds(_ body: () async throws -> Void) async rethrows -> String {
    let start = ContinuousClock.now
    try await body()
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return String((milliseconds / 10).rounded() / 100)
  }
}
