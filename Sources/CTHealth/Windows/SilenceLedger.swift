internal import CTJSON

/// How long a system was silent for longer than it may be, over a rolling window, in business time.
struct SilenceLedger: Sendable {
  private let policy: HeartbeatPolicy
  /// Milliseconds beyond the objective, by the minute in which a silence ended.
  private var excess: MinuteSums
  /// Signs of life in the window.
  private var signs: MinuteSums
  private(set) var lastHeard: Timestamp?

  init(_ policy: HeartbeatPolicy) {
    self.policy = policy
    excess = MinuteSums(minutes: policy.window / Span.minute)
    signs = MinuteSums(minutes: policy.window / Span.minute)
  }

  /// Counts signs of life of one minute, apart from what ``hear(at:_:)`` makes of them.
  mutating func count(_ number: Int, at instant: Timestamp) { signs.add(Int64(number), 0, at: instant) }

  /// Notes a sign of life: it ends the silence before it.
  mutating func hear(at instant: Timestamp, _ calendar: inout BusinessCalendar) {
    guard let last = lastHeard else {
      lastHeard = instant
      return
    }
    guard instant > last else { return }
    lastHeard = instant
    // Business time is never longer than time.
    guard instant.microseconds - last.microseconds > policy.amber else { return }
    let gap = calendar.businessTime(from: last, to: instant)
    if gap > policy.amber { excess.add((gap - policy.amber) / 1000, 0, at: instant) }
  }

  /// Microseconds of business time since the last sign of life; `nil` when there was none.
  func gap(at now: Timestamp, _ calendar: inout BusinessCalendar) -> Int64? {
    lastHeard.map { calendar.businessTime(from: $0, to: now) }
  }

  /// When the gap exceeds an amount.
  func exceeds(_ amount: Int64, _ calendar: inout BusinessCalendar) -> Timestamp? {
    lastHeard.flatMap { calendar.instant(after: $0, businessTime: amount + 1) }
  }

  mutating func report(at now: Timestamp, _ calendar: inout BusinessCalendar) -> ObjectiveReport {
    excess.expire(at: now)
    signs.expire(at: now)
    let gap = gap(at: now, &calendar)
    let start = now.advanced(by: -policy.window)
    let allowed = Double(calendar.businessTime(from: start, to: now)) * policy.allowedSilence
    let silent = gap.map { Double(excess.first * 1000 + max(0, $0 - policy.amber)) }
    return ObjectiveReport(
      objective: .heartbeat, status: gap.map(policy.status) ?? .insufficientData,
      target: Double(policy.amber) / 1e6, current: gap.map { Double($0) / 1e6 },
      windowSeconds: Int(policy.window / Span.second), samples: Int(signs.first),
      errorBudgetLeft: silent.flatMap { allowed > 0 ? 1 - $0 / allowed : nil })
  }
}
