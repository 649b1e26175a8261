import CTJSON
import CTStore
import Foundation

/// What the store knows of a job: what was done and who does it now. One document a job.
struct JobState: Sendable, Hashable {
  /// When the job was first seen: what was due before that is not made up for.
  var since: Timestamp
  /// The keys of the last runs that were done, the latest at the end: what is in it is not done again, whatever the
  /// clock says.
  var done: [String] = []
  /// When the last run was due that was done.
  var lastDue: Timestamp?
  var lastSuccessAt: Timestamp?
  var lastRun: JobStatus.LastRun?
  /// Failures of the run that is to be done, in a row.
  var failures = 0
  var firstFailedAt: Timestamp?
  var retryAt: Timestamp?
  /// Which scheduler does it now, and until when nobody else may.
  var owner: String?
  var leaseUntil: Timestamp?

  init(since: Timestamp) { self.since = since }

  static let collection = "schedules"
  /// More than the days of a clock that was wrong for a month.
  private static let remembered = 40

  mutating func noteDone(_ key: String) {
    // A run that was given up and is done again is there already.
    if done.contains(key) { return }
    done.append(key)
    done.removeFirst(max(0, done.count - Self.remembered))
  }

  /// Whether another scheduler holds it. A lease that seems to end later than any can is one of a clock that was set back.
  func isLeased(from owner: String, at now: Timestamp, longest: Int64) -> Bool {
    guard let leaseUntil, self.owner != nil, self.owner != owner else { return false }
    return now < leaseUntil && leaseUntil.microseconds - now.microseconds <= longest
  }
}

extension JobState {
  var json: [UInt8] {
    var members = DocumentMembers()
    members.add("since", since)
    members.add("done", done.joined(separator: " "))
    members.add("lastDue", lastDue)
    members.add("lastSuccessAt", lastSuccessAt)
    members.add("key", lastRun?.key)
    members.add("startedAt", lastRun?.startedAt)
    members.add("endedAt", lastRun?.endedAt)
    members.add("outcome", lastRun?.outcome.rawValue)
    members.add("detail", lastRun?.detail)
    members.add("failures", failures)
    members.add("firstFailedAt", firstFailedAt)
    members.add("retryAt", retryAt)
    members.add("owner", owner)
    members.add("leaseUntil", leaseUntil)
    return members.bytes
  }

  init(json: [UInt8]) throws(StoreError) {
    let members = try DocumentMembers(parsing: json)
    func time(_ name: String) -> Timestamp? { members.optionalText(name).flatMap { Timestamp($0) } }
    since = try members.time("since")
    done = try members.text("done").split(separator: " ").map(String.init)
    lastDue = time("lastDue")
    lastSuccessAt = time("lastSuccessAt")
    failures = try members.integer("failures")
    firstFailedAt = time("firstFailedAt")
    retryAt = time("retryAt")
    owner = members.optionalText("owner")
    leaseUntil = time("leaseUntil")
    if let outcome = members.optionalText("outcome").flatMap({ JobStatus.Outcome(rawValue: $0) }) {
      lastRun = JobStatus.LastRun(
        key: try members.text("key"), startedAt: try members.time("startedAt"), endedAt: try members.time("endedAt"),
        outcome: outcome, detail: try members.text("detail"))
    }
  }
}

// MARK: What is due

extension JobState {
  /// A run that is to be done.
  struct Occurrence: Hashable {
    let key: String
    let due: Timestamp
    let date: LocalDate?
  }

  /// The run that is due now; `nil` when none is, or when it waits for its next attempt. After downtime only the last
  /// of those that were missed.
  func occurrence(of schedule: Schedule, at now: Timestamp, _ policy: RetryPolicy) -> Occurrence? {
    if let retryAt, !policy.isDue(retryAt, at: now) { return nil }
    switch schedule {
    case .daily(let time, let zone):
      let today = LocalDate(of: now, in: zone)
      for date in [today, today.adding(days: -1)] {
        let due = date.instant(at: time, in: zone)
        if due > now { continue }
        return due < since || done.contains(date.description)
          ? nil : Occurrence(key: date.description, due: due, date: date)
      }
      return nil
    case .every(let seconds):
      let due = nextDue(after: lastDue ?? since, seconds, now)
      return due <= now ? Occurrence(key: due.description, due: due, date: nil) : nil
    }
  }

  /// When the next run will be due, if nothing goes wrong.
  func next(of schedule: Schedule, at now: Timestamp, _ policy: RetryPolicy) -> Timestamp {
    if let retryAt, !policy.isDue(retryAt, at: now) { return retryAt }
    if let due = occurrence(of: schedule, at: now, policy) { return due.due }
    switch schedule {
    case .every(let seconds): return nextDue(after: lastDue ?? since, seconds, now)
    case .daily(let time, let zone):
      var date = LocalDate(of: now, in: zone)
      while date.instant(at: time, in: zone) <= now || done.contains(date.description) { date = date.adding(days: 1) }
      return date.instant(at: time, in: zone)
    }
  }

  /// A clock that was set back does not make anybody wait for it to come round again: then it counts from now.
  private func nextDue(after last: Timestamp, _ seconds: Int, _ now: Timestamp) -> Timestamp {
    let pause = Int64(seconds) * 1_000_000
    let next = Timestamp(microseconds: last.microseconds + pause)
    if last > now { return now }
    // What was missed is done once, for the last time that it should have been.
    let missed = (now.microseconds - last.microseconds) / pause
    return missed > 1 ? Timestamp(microseconds: last.microseconds + missed * pause) : next
  }
}
