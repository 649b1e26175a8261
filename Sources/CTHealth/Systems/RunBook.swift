package import CTJSON

/// The runs that have begun and not ended, and how those of the recent past ended.
package struct RunBook: Sendable {
  package struct Open: Sendable, Hashable {
    package var trigger: String
    package var startedAt: Timestamp

    package init(trigger: String, startedAt: Timestamp) {
      self.trigger = trigger
      self.startedAt = startedAt
    }
  }

  private let policy: RunPolicy
  private(set) var open: [String: Open] = [:]
  private var outcomes: MinuteSums

  /// More would be runs that are never ended.
  private static let maximumOpen = 10_000

  init(_ policy: RunPolicy) {
    self.policy = policy
    outcomes = MinuteSums(minutes: policy.window / Span.minute)
  }

  mutating func start(_ id: String, _ run: Open) {
    if open[id] == nil, open.count < Self.maximumOpen { open[id] = run }
  }

  /// - Parameter isSuccess: `nil` for a run that was cancelled, which does not count.
  mutating func finish(_ id: String, isSuccess: Bool?, at now: Timestamp) {
    open[id] = nil
    if let isSuccess { addOutcomes(succeeded: isSuccess ? 1 : 0, failed: isSuccess ? 0 : 1, at: now) }
  }

  mutating func addOutcomes(succeeded: Int64, failed: Int64, at instant: Timestamp) {
    outcomes.add(succeeded, failed, at: instant)
  }

  /// Runs that take longer than their trigger allows, by when they began.
  func overdue(at now: Timestamp) -> [(id: String, run: Open, limit: Int64)] {
    open.compactMap { id, run in
      let limit = policy.limit(of: run.trigger)
      return run.startedAt.advanced(by: limit) < now ? (id, run, limit) : nil
    }.sorted { ($0.run.startedAt, $0.id) < ($1.run.startedAt, $1.id) }
  }

  /// When the next run is overdue.
  func nextOverdue(after now: Timestamp) -> Timestamp? {
    var next: Timestamp?
    for run in open.values {
      let due = run.startedAt.advanced(by: policy.limit(of: run.trigger) + 1)
      if due > now { next = min(next ?? due, due) }
    }
    return next
  }

  mutating func report(at now: Timestamp) -> ObjectiveReport {
    outcomes.expire(at: now)
    return policy.report(succeeded: outcomes.first, failed: outcomes.second)
  }

  var hasOutcomes: Bool { !outcomes.isEmpty }
}
