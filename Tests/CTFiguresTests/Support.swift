import CTCrypto
import CTDigest
import CTJSON
import CTStore
import Glibc

@testable import CTFigures

func time(_ text: String) -> Timestamp { Timestamp(text)! }

/// The day up to 2025-09-27, 08:00 in London.
let day = Period(from: time("2025-09-26T07:00:00Z"), to: time("2025-09-27T07:00:00Z"))

/// A store with the figures' projections, in a fresh directory.
struct FigureStore {
  let store: SQLiteStore

  static func with(
    seed: UInt64 = 1, _ body: (FigureStore) async throws -> Void
  ) async throws {
    var template = Array("/tmp/ct-figures-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    let directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    let store = try await SQLiteStore.open(directory: directory, projections: Figures.projections)
    let result: Result<Void, any Error>
    do { result = .success(try await body(FigureStore(store: store))) } catch { result = .failure(error) }
    await store.close()
    for name in ["tower.db", "tower.db-wal", "tower.db-shm", "tower.lock", "digest.key"] {
      unlink("\(directory)/\(name)")
    }
    rmdir(directory)
    try result.get()
  }

  /// Sends an event; it is received when it happens unless said otherwise.
  func send(
    _ type: String, _ payload: String, at ts: String, id: String = "evt_\(UInt64.random(in: .min ... .max))",
    source: String? = nil, received: String? = nil
  ) async throws {
    let source = source ?? (type.hasPrefix("run.") ? "tower" : "finance")
    _ = try await store.append(
      EventRecord(
        eventId: id, type: type, ts: time(ts), source: source, payload: Array(payload.utf8),
        bodyDigest: SHA256.hash(payload.utf8), receivedAt: time(received ?? ts)))
  }

  func invoice(_ id: String, _ total: String, at ts: String, event: String? = nil, currency: String? = nil) async throws
  {
    let currency = currency.map { #","currency":"\#($0)""# } ?? ""
    try await send(
      "finance.invoice.generated", #"{"invoiceId":"\#(id)","period":"2025-09","total":\#(total)\#(currency)}"#, at: ts,
      id: event ?? "evt_\(id)_\(ts)")
  }

  func payment(_ id: String, at ts: String, to status: String = "paid", amount: String? = nil) async throws {
    let amount = amount.map { #","amount":\#($0)"# } ?? ""
    try await send(
      "finance.payment.webhook",
      #"{"invoiceId":"\#(id)","statusFrom":"pending","statusTo":"\#(status)"\#(amount)}"#, at: ts)
  }

  func correct(_ original: String, _ changes: String, at ts: String, id: String = "evt_c", source: String = "finance")
    async throws
  {
    try await send(
      "event.corrected", #"{"originalEventId":"\#(original)","reason":"wrong","changes":\#(changes)}"#, at: ts, id: id,
      source: source)
  }

  func finance(_ period: Period = day) async throws -> FinanceSection {
    try await store.projected { connection throws(StoreError) in try FinanceProjection.section(connection, period) }
  }

  func ci(_ period: Period = day) async throws -> CISection {
    try await store.projected { connection throws(StoreError) in
      try CIProjection.section(connection, period, githubLastHeartbeat: nil)
    }
  }

  func errors(_ period: Period = day) async throws -> FunctionErrorFigures {
    try await store.projected { connection throws(StoreError) in
      try FunctionErrorsProjection.figures(connection, period)
    }
  }

  func runs(_ period: Period = day) async throws -> RunsSection {
    try await store.projected { connection throws(StoreError) in try RunsProjection.section(connection, period) }
  }
}
