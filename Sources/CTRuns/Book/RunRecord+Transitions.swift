import CTCrypto
internal import CTJSON
internal import CTStore

/// The steps of a run. Each changes the record and returns what else has to be written in the same commit: an event that
/// tells of it, which nobody can change afterwards, and the run's places in the queue and among the leases.
extension RunRecord {
  private static let empty = Array("{}".utf8)

  /// A new run waits.
  func queueing() -> [Write] {
    var members: [JSONValue.Member] = [.init(key: "initiator", value: .string(initiator))]
    if let retryOf { members.append(.init(key: "retryOf", value: .string(retryOf))) }
    return [.put(queueKey, body: Self.empty), event("queued", members, at: createdAt)]
  }

  /// It is started, by the tower that holds the lease.
  mutating func start(holder: String, at now: Timestamp) -> [Write] {
    status = .running
    attempt += 1
    startedAt = now
    updatedAt = now
    progress = nil
    let lease = JSONValue.object([.init(key: "holder", value: .string(holder))])
    return [
      .delete(queueKey), .put(leaseKey, body: JSONWriter.write(lease)),
      event("started", id: "started.\(attempt)", [.init(key: "attempt", value: .integer(attempt))], at: now),
    ]
  }

  /// A tower that died or stopped left it unfinished, and it waits again.
  mutating func interrupt(at now: Timestamp) -> [Write] {
    status = .queued
    updatedAt = now
    return [
      .delete(leaseKey), .put(queueKey, body: Self.empty),
      event("interrupted", id: "interrupted.\(attempt)", [.init(key: "attempt", value: .integer(attempt))], at: now),
    ]
  }

  /// It takes longer than it should.
  mutating func markOverdue(sla: Duration, at now: Timestamp) -> [Write] {
    isOverdue = true
    let seconds = max(1, Int(sla.components.seconds))
    return [event("overdue", [.init(key: "slaSeconds", value: .integer(seconds))], at: now)]
  }

  /// It has ended; without a failure, well.
  mutating func finish(_ failure: RunFailure?, at now: Timestamp) -> [Write] {
    status = failure?.status ?? .success
    self.failure = failure
    updatedAt = now
    endedAt = now
    let milliseconds = Int(max(0, now.microseconds - (startedAt ?? createdAt).microseconds) / 1000)
    if startedAt != nil { metrics.set("durationMs", milliseconds) }
    return [
      .delete(queueKey), .delete(leaseKey),
      event(
        "finished",
        [
          .init(key: "status", value: .string(status.rawValue)),
          .init(key: "durationMs", value: .integer(startedAt == nil ? 0 : milliseconds)),
        ], at: now),
    ]
  }

  private func event(
    _ step: String, id: String? = nil, _ members: [JSONValue.Member], at now: Timestamp
  ) -> Write {
    let common: [JSONValue.Member] = [
      .init(key: "runId", value: .string(runId)), .init(key: "trigger", value: .string(trigger)),
    ]
    let payload = JSONWriter.write(.object(common + members))
    return .append(
      EventRecord(
        eventId: "\(runId).\(id ?? step)", type: "run.\(step)", ts: now, source: "tower", correlationId: runId,
        payload: payload, bodyDigest: SHA256.hash(payload), receivedAt: now))
  }
}
