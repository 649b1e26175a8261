import CTJSON

@testable import CTHealth

func time(_ text: String) -> Timestamp { Timestamp(text)! }

/// Six systems, one of which others depend on, judged around the clock unless a calendar says otherwise.
func policy(rules: [AlertRule] = [], hours: BusinessHours? = nil) throws -> HealthPolicy {
  let always = BusinessHours(timeZone: "UTC", weekdays: [1, 2, 3, 4, 5, 6, 7], opens: 0, closes: 1440)
  return HealthPolicy(
    systems: [
      .init(id: "portal", parent: "backend"), .init(id: "backend"), .init(id: "finance", parent: "backend"),
      .init(id: "desktop"), .init(id: "website"), .init(id: "github"), .init(id: HealthPolicy.towerId),
    ], calendar: try BusinessCalendar(hours ?? always), rules: rules)
}

/// An engine that expectations may call.
@dynamicMemberLookup
final class TestEngine {
  var engine: HealthEngine

  init(_ policy: HealthPolicy) { engine = HealthEngine(policy) }

  subscript<Value>(dynamicMember path: WritableKeyPath<HealthEngine, Value>) -> Value {
    get { engine[keyPath: path] }
    set { engine[keyPath: path] = newValue }
  }

  subscript<Value>(dynamicMember path: KeyPath<HealthEngine, Value>) -> Value { engine[keyPath: path] }

  func start(at now: Timestamp) { engine.start(at: now) }
  func observe(_ event: HealthEvent) { engine.observe(event) }
  func advance(to now: Timestamp) { engine.advance(to: now) }
  func note(_ facts: TowerFacts, at now: Timestamp) { engine.note(facts, at: now) }
  func view(of system: String) -> SystemView? { engine.view(of: system) }
  func load(_ alert: Alert) { engine.load(alert) }
  func load(_ bucket: MinuteBucket, of source: String) { engine.load(bucket, of: source) }
  func load(status: SystemStatus, of system: String, since: Timestamp) {
    engine.load(status: status, of: system, since: since)
  }
  func acknowledge(_ id: String, by token: String, note: String?, at now: Timestamp) -> Alert? {
    engine.acknowledge(id, by: token, note: note, at: now)
  }
  func snooze(_ id: String, until: Timestamp, by token: String, at now: Timestamp) -> Alert? {
    engine.snooze(id, until: until, by: token, at: now)
  }

  /// A started engine in which every system but the tower was just heard.
  static func running(_ policy: HealthPolicy, at start: Timestamp) -> TestEngine {
    let engine = TestEngine(policy)
    engine.start(at: start)
    for system in policy.systems where system.id != HealthPolicy.towerId { engine.beat(system.id, start) }
    _ = engine.lines()
    return engine
  }

  func beat(_ system: String, _ at: Timestamp) {
    observe(HealthEvent(source: system, type: "system.heartbeat", ts: at, receivedAt: at))
  }

  /// Heartbeats of all systems but some, every five minutes until an instant.
  func beatAll(until end: Timestamp, except silent: Set<String> = []) {
    var next = engine.now.advanced(by: 5 * Span.minute)
    while next <= end {
      for system in engine.policy.systems where system.id != HealthPolicy.towerId && !silent.contains(system.id) {
        beat(system.id, next)
      }
      next = next.advanced(by: 5 * Span.minute)
    }
    advance(to: end)
  }

  func fail(_ severity: String = "high", _ at: Timestamp) {
    let payload = JSONValue.object([.init(key: "severity", value: .string(severity))])
    observe(
      HealthEvent(
        source: "backend", type: "backend.fn.error", ts: at, receivedAt: at, isError: true,
        detail: .init(eventId: "e", payload: payload)))
  }

  func run(_ type: String, _ id: String, _ at: Timestamp, status: String? = nil) {
    var members: [JSONValue.Member] = [
      .init(key: "runId", value: .string(id)), .init(key: "trigger", value: .string("contract.regenerate")),
    ]
    if let status { members.append(.init(key: "status", value: .string(status))) }
    observe(
      HealthEvent(
        source: "tower", type: type, ts: at, receivedAt: at,
        detail: .init(eventId: "e", correlationId: id, payload: .object(members))))
  }

  /// What has changed, as lines: `time system status`, `time rule state notice`.
  func lines() -> [String] {
    let (statuses, alerts) = engine.takeChanges()
    return statuses.map { "\($0.at) \($0.system) \($0.status.rawValue)" }
      + alerts.filter { !$0.isDropped && ($0.notice != nil || $0.alert.state == .resolved) }.map { change in
        "\(change.alert.updatedAt) \(change.alert.dedupeKey) \(change.alert.state.rawValue)"
          + (change.notice.map { " \($0.rawValue)" } ?? "")
      }
  }
}

let functionErrors = AlertRule(
  id: "function-errors",
  .events(.init(type: "backend.fn.error", member: "severity", value: "high"), count: 3, window: 10 * Span.minute),
  .critical)
