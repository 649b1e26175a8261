package import CTJSON

/// Something that is done at set times.
package struct ScheduledJob: Sendable {
  /// Such as `retention` or `report.digest`; its state is kept under this name.
  package let name: String
  package let schedule: Schedule
  /// Does it, and says in a few words what came of it. Throws when it has to be tried again.
  ///
  /// It may be called again for the same run, when the process died before the end could be noted: ``ScheduledRun/key``
  /// is the same then. It is cancelled when the tower stops.
  package let run: @Sendable (ScheduledRun) async throws -> String

  package init(
    _ name: String, _ schedule: Schedule, run: @escaping @Sendable (ScheduledRun) async throws -> String
  ) {
    self.name = name
    self.schedule = schedule
    self.run = run
  }
}

/// One time that a job is done.
package struct ScheduledRun: Sendable, Hashable {
  /// Tells this run from all others of the job: the local date for daily jobs, else the instant it was due at.
  package let key: String
  /// When it was due; after downtime that is some time ago.
  package let due: Timestamp
  /// The local date of a daily job; `nil` for others.
  package let date: LocalDate?
  /// The key of the run before, done or given up; `nil` for the first.
  package let previous: String?
  /// When it was begun.
  package let startedAt: Timestamp
}

/// What is known of a job: for those who look after the tower.
package struct JobStatus: Sendable, Hashable {
  package enum Outcome: String, Sendable {
    case succeeded, failed
  }

  /// The last time that it ended.
  package struct LastRun: Sendable, Hashable {
    package var key: String
    package var startedAt: Timestamp
    package var endedAt: Timestamp
    package var outcome: Outcome
    /// What came of it, or why it failed.
    package var detail: String
  }

  package let name: String
  package let schedule: Schedule
  package let lastRun: LastRun?
  /// When it was last done with success; `nil` when never.
  package let lastSuccessAt: Timestamp?
  /// Failures in a row.
  package let failures: Int
  /// Whether some tower does it now.
  package let isRunning: Bool
  /// When it is done next, or tried again.
  package let nextAt: Timestamp
}
