internal import CTJSON
internal import CTStore

extension DeadLetter {
  /// A job that was given up.
  init(_ job: Job, at now: Timestamp, _ random: inout SplitMix64) {
    self.init(
      id: TimedID.make("dlq", at: now, &random), kind: job.kind, payload: job.payload, eventId: job.eventId,
      error: job.error ?? "unknown", attempts: job.attempts, firstFailedAt: job.firstFailedAt ?? now, deadAt: now)
  }
}
