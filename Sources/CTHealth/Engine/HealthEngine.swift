package import CTJSON

/// Judges the systems and keeps the alerts, from events and the passing of time alone.
///
///     var engine = HealthEngine(policy)
///     engine.start(at: now)
///     engine.observe(event)           // in the order of the log
///     engine.advance(to: now)         // does what is due until then, in the order of its time
///     for change in engine.takeChanges() { … }
///
/// It knows no clock: the same events and the same instants give the same changes. Each system says when it could change
/// by itself: when a silence becomes too long, a run overdue, a minute leaves a window; nothing is done in between. An
/// event costs the counting; a system is judged at once only when the event can change what it is.
package struct HealthEngine: Sendable {
  package let policy: HealthPolicy
  var calendar: BusinessCalendar
  var systems: [SystemRecord]
  /// Where each system is in `systems`.
  private let places: [String: Int]
  var book: AlertBook
  package internal(set) var now = Timestamp(microseconds: 0)
  var facts = TowerFacts()
  /// Since when the tower is in order; what it knows about itself is its sign of life.
  var isStarted = false
  var statusChanges: [StatusChange] = []

  package init(_ policy: HealthPolicy) {
    self.policy = policy
    calendar = policy.calendar
    book = AlertBook(policy)
    let order = Self.parentsFirst(policy.systems)
    systems = order.map { system in
      SystemRecord(system, parent: order.firstIndex { $0.id == system.parent }, policy)
    }
    places = Dictionary(order.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// So that at one instant a system is judged before those that depend on it. Parents that depend on each other in a
  /// circle, or are not watched, count for nothing.
  private static func parentsFirst(_ systems: [HealthPolicy.System]) -> [HealthPolicy.System] {
    var ordered: [HealthPolicy.System] = []
    var rest = systems
    while !rest.isEmpty {
      let isFree = { (system: HealthPolicy.System) in
        system.parent.map { parent in !rest.contains { $0.id == parent } } ?? true
      }
      guard let index = rest.firstIndex(where: isFree) else { return ordered + rest }
      ordered.append(rest.remove(at: index))
    }
    return ordered
  }

  // MARK: What was before

  /// Takes over a minute of a system from before the start.
  package mutating func load(_ bucket: MinuteBucket, of source: String) {
    guard let index = index(of: source) else { return }
    systems[index].minutes.add(bucket)
    systems[index].silence.count(bucket.events, at: bucket.last)
    hear(index, at: bucket.first)
    hear(index, at: bucket.last)
    if bucket.errors > 0 { systems[index].lastErrorAt = max(systems[index].lastErrorAt ?? bucket.last, bucket.last) }
  }

  package mutating func load(run id: String, _ run: RunBook.Open) { withTower { $0.runs.start(id, run) } }

  /// Takes over how the runs of one minute ended.
  package mutating func loadRuns(succeeded: Int64, failed: Int64, at instant: Timestamp) {
    withTower { $0.runs.addOutcomes(succeeded: succeeded, failed: failed, at: instant) }
  }

  package mutating func load(_ alert: Alert) { book.restore(alert) }

  /// Takes over the status that a system had, and since when.
  package mutating func load(status: SystemStatus, of system: String, since: Timestamp) {
    guard let index = index(of: system) else { return }
    systems[index].status = status
    systems[index].since = since
  }

  /// Judges everything for the first time. Events that are observed before only count.
  package mutating func start(at now: Timestamp) {
    self.now = now
    isStarted = true
    book.endOrphans(Set(systems.map(\.id)), at: now)
    for index in systems.indices { judge(index) }
  }

  // MARK: What happens

  /// Takes account of the next event of the log.
  package mutating func observe(_ event: HealthEvent) {
    if isStarted { advance(to: max(now, event.receivedAt)) }
    guard let index = index(of: event.source) else { return }
    systems[index].minutes.record(at: event.receivedAt, ts: event.ts, isError: event.isError)
    systems[index].silence.count(1, at: event.receivedAt)
    if isStarted { systems[index].arrivals.record(event.receivedAt.microseconds - event.ts.microseconds) }
    let wasSilent = systems[index].assessment.heartbeat.status != .green
    hear(index, at: event.receivedAt)
    var effect = wasSilent ? Effect.change : .none
    if event.isError {
      systems[index].lastErrorAt = event.receivedAt
      effect = max(effect, systems[index].assessment.errorStatus == .red ? .number : .change)
    }
    if let detail = event.detail { effect = max(effect, note(event, detail, index)) }
    guard isStarted else { return }
    // What is counted leaves its window some day: from now on every minute matters.
    if systems[index].due == nil { systems[index].due = nextMinute }
    if effect != .none { judgeSoon(index, effect) }
  }

  /// What an event can do to the judgement of its system.
  private enum Effect: Int, Comparable {
    case none
    /// A number is another one; what is made of it is not.
    case number
    /// A status, or an alert.
    case change

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  /// At once for what can change, a few times in a second; in a storm of errors, the others wait for the next second. What
  /// only counts up is read as it is, and told once a minute: for that, a few seconds will do.
  private mutating func judgeSoon(_ index: Int, _ effect: Effect) {
    let second = now.microseconds / Span.second
    if effect == .change {
      if systems[index].urgent.second != second { systems[index].urgent = (second, 0) }
      systems[index].urgent.count += 1
      if systems[index].urgent.count <= Self.urgentPerSecond { return judge(index) }
    }
    let pause = effect == .change ? 1 : Self.secondsBetweenNumbers
    let next = Timestamp(microseconds: (second / pause + 1) * pause * Span.second)
    systems[index].due = min(systems[index].due ?? next, next)
  }

  private static let secondsBetweenNumbers: Int64 = 5
  private static let urgentPerSecond = 10

  private mutating func note(_ event: HealthEvent, _ detail: HealthEvent.Detail, _ index: Int) -> Effect {
    var effect = Effect.none
    for place in systems[index].triggers.indices {
      let rule = systems[index].triggers[place].rule
      guard case .events(let pattern, _, _) = policy.rules[rule].condition, pattern.matches(event) else { continue }
      systems[index].triggers[place].note(event.receivedAt)
      effect = max(effect, systems[index].triggers[place].isHeld ? .number : .change)
    }
    guard systems[index].isTower, let id = detail.payload["runId"]?.string ?? detail.correlationId else {
      return effect
    }
    switch event.type {
    case HealthPolicy.runStarted:
      let trigger = detail.payload["trigger"]?.string ?? ""
      systems[index].runs.start(id, .init(trigger: trigger, startedAt: event.receivedAt))
    case HealthPolicy.runFinished:
      let status = detail.payload["status"]?.string
      systems[index].runs.finish(
        id, isSuccess: status == "cancelled" ? nil : status == "success", at: event.receivedAt)
    default: return effect
    }
    return .change
  }

  private mutating func hear(_ index: Int, at instant: Timestamp) {
    systems[index].lastReceivedAt = max(systems[index].lastReceivedAt ?? instant, instant)
    systems[index].silence.hear(at: instant, &calendar)
  }

  /// Takes account of what the tower knows about itself.
  package mutating func note(_ facts: TowerFacts, at instant: Timestamp) {
    advance(to: max(now, instant))
    guard facts != self.facts else { return }
    self.facts = facts
    if let tower = index(of: HealthPolicy.towerId) { judge(tower) }
  }

  /// Does everything that is due until an instant, in the order of time. A clock that was set back is followed, and
  /// nothing is done twice.
  package mutating func advance(to instant: Timestamp) {
    while let (index, due) = nextDue, due <= instant {
      now = max(now, due)
      judge(index)
    }
    now = instant
  }

  /// When something changes by time alone; `nil` when nothing does.
  package var nextChange: Timestamp? { nextDue?.due }

  private var nextDue: (index: Int, due: Timestamp)? {
    var next: (index: Int, due: Timestamp)?
    for index in systems.indices {
      if let due = systems[index].due, next.map({ due < $0.due }) ?? true { next = (index, due) }
    }
    return next
  }

  /// What has changed since the last call.
  package mutating func takeChanges() -> (statuses: [StatusChange], alerts: [AlertChange]) {
    defer { statusChanges = [] }
    return (statusChanges, book.takeChanges())
  }

  // MARK: What people do

  /// - Returns: the alert as it then is; `nil` when none that fires has this id.
  package mutating func acknowledge(_ id: String, by token: String, note: String?, at instant: Timestamp) -> Alert? {
    advance(to: max(now, instant))
    return book.acknowledge(id, .init(by: token, at: now, note: note))
  }

  /// - Returns: the alert as it then is; `nil` when none that fires has this id.
  package mutating func snooze(_ id: String, until: Timestamp, by token: String, at instant: Timestamp) -> Alert? {
    advance(to: max(now, instant))
    guard let alert = book.snooze(id, until: until, by: token, at: now), let index = index(of: alert.systemId) else {
      return nil
    }
    systems[index].due = min(systems[index].due ?? until, until)
    return alert
  }

  // MARK: Helpers

  func index(of system: String) -> Int? { places[system] }

  var nextMinute: Timestamp { Timestamp(microseconds: (Span.minuteNumber(now.microseconds) + 1) * Span.minute) }

  private mutating func withTower(_ body: (inout SystemRecord) -> Void) {
    if let index = index(of: HealthPolicy.towerId) { body(&systems[index]) }
  }
}
