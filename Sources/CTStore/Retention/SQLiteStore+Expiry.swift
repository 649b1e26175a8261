package import CTJSON

extension SQLiteStore {
  /// Rows that one read looks at.
  private static let scanCount = 4096
  /// Events that one transaction removes: a few milliseconds.
  private static let removalCount = 250

  package func expiry(before limit: Timestamp) async throws(StoreError) -> ExpiryReport {
    var report = ExpiryReport()
    let projected = health.projectedSeq
    var place: Int64? = 0
    while let start = place {
      let before = report
      (report, place) = try await scan { scan throws(StoreError) in
        var report = before
        // Rows up to the floor are old whatever their time is.
        let floor = try scan.connection.integer("SELECT floor FROM retention") ?? 0
        if start < floor {
          let rows = try scan.leftovers(after: start, limit: Self.scanCount)
          let held = rows.count { $0.isHeld }
          report.held += held
          report.removed += rows.count - held
          return (report, rows.count == Self.scanCount ? rows[rows.count - 1].event.seq : floor)
        }
        let next = try scan.count(
          after: start, before: limit, through: projected, rows: Self.scanCount, into: &report)
        return (report, next)
      }
    }
    return report
  }

  package func expire(
    before limit: Timestamp, pause: Duration, forget: @Sendable ([ExpiredEvent]) async throws -> Void
  ) async throws -> ExpiryReport {
    try await raiseFloor(before: limit)
    var report = ExpiryReport()
    var place: Int64 = 0
    while true {
      try Task.checkCancellation()
      let start = place
      let rows = try await scan { scan throws(StoreError) in
        try scan.leftovers(after: start, limit: Self.scanCount)
      }
      guard let last = rows.last else { return report }
      place = last.event.seq
      report.held += rows.count { $0.isHeld }
      let work = rows.filter { !$0.isHeld || !$0.isSigned }
      for start in stride(from: 0, to: work.count, by: Self.removalCount) {
        let batch = work[start..<min(start + Self.removalCount, work.count)]
        try await forget(batch.filter { !$0.isHeld }.map(\.event))
        report.removed += try await remove(batch.map(\.event.seq))
        if pause > .zero { try await Task.sleep(for: pause) }
      }
    }
  }

  package func heldEvents() async throws(StoreError) -> [ExpiredEvent] {
    var all: [ExpiredEvent] = []
    while true {
      let start = all.last?.seq ?? 0
      let rows = try await scan { scan throws(StoreError) in
        try scan.leftovers(after: start, limit: Self.scanCount)
      }
      all += rows.map(\.event)
      if rows.count < Self.scanCount { return all }
    }
  }

  /// Verifies the log up to the last event that was received before `limit`, signs a checkpoint there, and lets what is
  /// before it be removed.
  private func raiseFloor(before limit: Timestamp) async throws(StoreError) {
    let projected = health.projectedSeq
    var report = try await read { connection throws(StoreError) in try ChainVerifier(connection).begin(after: 0) }
    let floor = report.lastSeq
    var goesOn = true
    while goesOn {
      let before = report
      (report, goesOn) = try await read { connection throws(StoreError) in
        var report = before
        let goesOn = try ChainVerifier(connection).advance(&report, receivedBefore: limit, through: projected)
        return (report, goesOn)
      }
    }
    if let fault = report.firstFault {
      throw StoreError(
        .corrupt, "event \(fault.seq) is not what was recorded (\(fault.reason.rawValue)); nothing is removed")
    }
    guard report.lastSeq > floor else { return }
    let key = keys.checkpoint
    let end = EventLog.Head(seq: report.lastSeq, hash: report.lastHash)
    _ = try await perform { session, now throws(StoreError) in
      try CheckpointTable(connection: session.connection, key: key).raiseFloor(to: end, now)
      return 0
    }
  }

  /// Removes those of the events that no hold keeps at this moment, and signs the others. - Returns: how many are gone.
  private func remove(_ events: [Int64]) async throws(StoreError) -> Int {
    let key = keys.checkpoint
    return try await perform { session, _ throws(StoreError) in
      let connection = session.connection
      let holds = try Holds(session.documents)
      let held = HeldEventTable(connection: connection, key: key)
      let streams = session.log.streams
      var removed = 0
      for seq in events {
        let select = try connection.cached("SELECT stream, correlation_id FROM events WHERE seq = ?")
        let isHeld = try select.firstRow([.integer(seq)]) { row in
          holds.keep(source: streams[row.integer(0)]?.source ?? "", correlationId: row.optionalText(1))
        }
        switch isHeld {
        case true?: try held.sign(seq: seq, streams: streams)
        case false?:
          try connection.run("DELETE FROM held_events WHERE seq = ?", .integer(seq))
          try connection.run("DELETE FROM events WHERE seq = ?", .integer(seq))
          removed += 1
        case nil: break
        }
      }
      return removed
    }
  }

  private func scan<Value: Sendable>(
    _ body: @escaping @Sendable (ExpiryScan) throws(StoreError) -> Value
  ) async throws(StoreError) -> Value {
    try await read { connection throws(StoreError) in
      let streams = StreamTable()
      try streams.load(from: connection)
      let holds = try Holds(DocumentTable(connection: connection))
      return try body(ExpiryScan(connection: connection, streams: streams, holds: holds))
    }
  }
}
