internal import CTCrypto
internal import CTJSON
internal import CTStore
internal import Foundation
internal import Glibc

/// `control-tower bench verify` and `bench export`: how long checking, or exporting, a log of so many events takes.
struct BenchCommand {
  private let isExport: Bool
  private let events: Int

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let name = arguments.first, ["verify", "export"].contains(name) else {
      throw UsageError("there are two benchmarks: bench verify, bench export")
    }
    isExport = name == "export"
    let text = try CommandLineArguments(arguments.dropFirst(), options: ["--events"])["--events"] ?? "1000000"
    guard let events = Int(text), 1...100_000_000 ~= events else { throw UsageError("--events is a number from 1 on") }
    self.events = events
  }

  func run() async throws -> Int32 {
    var template = Array("/tmp/ct-bench-XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) != nil }) else {
      throw UsageError("cannot make a temporary directory")
    }
    let directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let filling = try await seconds { try await fill(directory) }
    print("filled: \(events) events in \(filling) s")
    if isExport {
      try await ExportBench(directory: directory, events: events).run()
      return 0
    }
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
    for start in stride(from: 0, to: events, by: 1000) {
      let writes = (start..<min(events, start + 1000)).map { number in
        Write.append(Self.event("evt_bench_4711_1700000000_\(number)", number))
      }
      _ = try await store.commit(writes)
      if start % 100_000 == 0 { _ = try await store.makeCheckpoint() }
    }
    await store.close()
  }

  private static let note = String(repeating: "x", count: 240)

  static func event(_ id: String, _ number: Int) -> EventRecord {
    let payload = Array(
      #"{"invoiceId":"INV-\#(number)","period":"2025-09","total":1234.56,"note":"\#(note)"}"#.utf8)
    return EventRecord(
      eventId: id, type: "finance.invoice.generated",
      ts: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number)),
      source: "finance", payload: payload, bodyDigest: SHA256.hash(payload),
      receivedAt: Timestamp(microseconds: 1_700_000_000_000_000))
  }

  private func seconds(_ body: () async throws -> Void) async rethrows -> String {
    let start = ContinuousClock.now
    try await body()
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return String((milliseconds / 10).rounded() / 100)
  }
}
