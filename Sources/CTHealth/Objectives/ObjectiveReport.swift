/// One objective of one system, or of all, as it stands.
package struct ObjectiveReport: Sendable, Hashable {
  package var objective: Objective
  package var status: ObjectiveStatus
  /// Seconds for latency and heartbeat; a part of 1 for runs.
  package var target: Double
  /// In the unit of the target; `nil` when nothing was measured.
  package var current: Double?
  /// The window that it is measured over.
  package var windowSeconds: Int
  /// What was measured: events, or runs that were not cancelled.
  package var samples: Int
  /// The part of what may go wrong in the window that has not gone wrong yet: 1 when nothing has, 0 when all of it has, less
  /// when even more has. `nil` for lack of data.
  package var errorBudgetLeft: Double?

  package init(
    objective: Objective, status: ObjectiveStatus, target: Double, current: Double?, windowSeconds: Int, samples: Int,
    errorBudgetLeft: Double?
  ) {
    self.objective = objective
    self.status = status
    self.target = target
    self.current = current
    self.windowSeconds = windowSeconds
    self.samples = samples
    self.errorBudgetLeft = errorBudgetLeft
  }
}
