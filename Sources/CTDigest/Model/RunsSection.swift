package import CTJSON

/// The runs of triggers.
package struct RunsSection: Codable, Hashable, Sendable {
  /// Runs of the period that failed in the same way.
  package struct Failure: Codable, Hashable, Sendable {
    package var trigger: String
    /// Why, such as `exit status 3` or `timed out`.
    package var reason: String
    package var count: Int
    package var lastRunId: String
    package var lastAt: Timestamp

    package init(trigger: String, reason: String, count: Int, lastRunId: String, lastAt: Timestamp) {
      self.trigger = trigger
      self.reason = reason
      self.count = count
      self.lastRunId = lastRunId
      self.lastAt = lastAt
    }
  }

  /// A run that goes on for longer than it should.
  package struct Stuck: Codable, Hashable, Sendable {
    package var runId: String
    package var trigger: String
    package var startedAt: Timestamp
    /// How long it may take; `nil` where nothing is said about it.
    package var slaSeconds: Int?

    package init(runId: String, trigger: String, startedAt: Timestamp, slaSeconds: Int?) {
      self.runId = runId
      self.trigger = trigger
      self.startedAt = startedAt
      self.slaSeconds = slaSeconds
    }
  }

  /// Runs that ended in the period, without cancelled ones.
  package var finished: Figure
  /// How many of them failed or timed out.
  package var failed: Figure
  /// Runs that ended in the 7 days up to the end of the period, without cancelled ones.
  package var finished7d: Figure
  package var failed7d: Figure
  package var cancelled7d: Figure
  /// Most frequent first.
  package var failures: [Failure]
  /// Failed runs of the period that `failures` has no place for.
  package var failuresOmitted: Int
  /// Oldest first.
  package var stuck: [Stuck]
  package var stuckOmitted: Int

  package init(
    finished: Figure, failed: Figure, finished7d: Figure, failed7d: Figure, cancelled7d: Figure,
    failures: [Failure], failuresOmitted: Int = 0, stuck: [Stuck], stuckOmitted: Int = 0
  ) {
    self.finished = finished
    self.failed = failed
    self.finished7d = finished7d
    self.failed7d = failed7d
    self.cancelled7d = cancelled7d
    self.failures = failures
    self.failuresOmitted = failuresOmitted
    self.stuck = stuck
    self.stuckOmitted = stuckOmitted
  }
}
