internal import CTHealth
internal import CTJSON
internal import CTStore

/// Makes an engine that knows what one that had never stopped would know.
struct HealthLoader {
  let store: SQLiteStore
  let policy: HealthPolicy

  static let systemsCollection = "systems"

  /// - Returns: an engine that has not been started, and the last event that it takes account of.
  func load(at now: Timestamp) async throws(StoreError) -> (engine: HealthEngine, seq: Int64) {
    var engine = HealthEngine(policy)
    for document in try await store.documents(in: Self.systemsCollection, limit: 100) {
      guard let body = try? JSONValue(parsing: document.body),
        let status = body["status"]?.string.flatMap(SystemStatus.init), let since = body["since"]?.string,
        let since = Timestamp(since)
      else { continue }
      engine.load(status: status, of: document.key.id, since: since)
    }
    for document in try await store.documents(in: Alert.openCollection, limit: 1000) {
      if let body = try? JSONValue(parsing: document.body), let alert = Alert(json: body) { engine.load(alert) }
    }
    let rows = try await store.projected { connection throws(StoreError) in try HealthRows.read(connection) }
    for (id, run) in rows.runs { engine.load(run: id, run) }
    for (minute, succeeded, failed) in rows.outcomes {
      engine.loadRuns(succeeded: succeeded, failed: failed, at: Timestamp(microseconds: minute * Span.minute))
    }
    try await fill(&engine, rows, at: now)
    return (engine, rows.seq)
  }

  /// Minutes as they are; but the events of the last ones by themselves, as rules count within them.
  private func fill(_ engine: inout HealthEngine, _ rows: HealthRows, at now: Timestamp) async throws(StoreError) {
    let cut = Span.minuteNumber(now.microseconds - policy.longestRuleWindow) - 1
    for minute in rows.minutes where minute.bucket.minute < cut { engine.load(minute.bucket, of: minute.source) }
    let recent = rows.minutes.filter { $0.bucket.minute >= cut }
    guard var seq = recent.map({ $0.firstSeq - 1 }).min() else { return }
    while seq < rows.seq {
      let page = try await store.signals(after: seq, limit: 2000, detailTypes: policy.detailTypes)
      guard let last = page.last else { return }
      for event in page
      where event.seq <= rows.seq && Span.minuteNumber(event.receivedAt.microseconds) >= cut {
        engine.observe(HealthEvent(event))
      }
      seq = last.seq
    }
  }
}

extension HealthEvent {
  init(_ event: ProjectedEvent) {
    let detail = event.detail.flatMap { detail in
      (try? JSONValue(parsing: detail.payload)).map {
        Detail(eventId: detail.eventId, correlationId: detail.correlationId, payload: $0)
      }
    }
    self.init(
      source: event.source, type: event.type, ts: event.ts, receivedAt: event.receivedAt,
      isError: event.signal == .error, detail: detail)
  }
}
