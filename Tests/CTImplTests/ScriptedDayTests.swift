import CTHealth
import CTJSON
import CTScenario
import Testing

@testable import CTImpl

/// A scripted day, judged by the configuration's defaults: every status at every minute, every alert and its end.
@Suite struct ScriptedDayTests {
  private static let day = Scenario.scriptedDay

  /// The day replayed through an engine, minute by minute: the statuses at each minute, and what the alerts did.
  private func replay() throws -> (minutes: [[String: SystemStatus]], alerts: [String]) {
    var engine = HealthEngine(try HealthPolicy(nil))
    engine.start(at: Self.day.start)
    var minutes: [[String: SystemStatus]] = []
    var alerts: [String] = []
    var rest = Self.day.events[...]
    for minute in 1...1440 {
      let now = Timestamp(microseconds: Self.day.start.microseconds + Int64(minute) * Span.minute)
      while let event = rest.first, event.receivedAt < now {
        engine.observe(HealthEvent(event))
        rest.removeFirst()
      }
      engine.advance(to: now)
      for change in engine.takeChanges().alerts where !change.isDropped {
        let alert = change.alert
        guard
          change.notice != nil || alert.resolvedAt == now || alert.state == .resolved
            || alert.startedAt == alert.updatedAt
        else { continue }
        let time = alert.updatedAt.description.dropFirst(11).prefix(5)
        alerts.append("\(time) \(alert.dedupeKey) \(alert.state.rawValue)\(change.notice == nil ? "" : ", sent")")
      }
      minutes.append(Dictionary(uniqueKeysWithValues: engine.views.map { ($0.id, $0.status) }))
    }
    return (minutes, alerts)
  }

  /// What the statuses have to be: from each time on, until the next of the system. UTC; offices open at 08:00.
  private static let expected = [
    "00:01 backend green",
    "00:01 desktop unknown",
    "00:01 finance green",
    "00:01 github green",
    "00:01 portal green",
    "00:01 tower green",
    "00:01 website green",
    "07:01 desktop green",
    "09:12 github amber",
    "10:01 backend amber",
    "10:05 backend red",
    "11:02 backend amber",
    "11:20 backend green",
    "11:33 github green",
    "13:11 finance amber",
    "13:24 github amber",
    "13:56 finance red",
    "14:23 github green",
    "15:01 finance green",
    "15:26 tower amber",
    "15:51 tower green",
  ]

  /// Three errors by 10:04, the last but two at 10:16; silent since 12:55, and again heard at 15:00; a run of 15:10 that may take
  /// 15 minutes and takes 40.
  private static let expectedAlerts = [
    "10:04 function-errors:backend firing, sent",
    "10:26 function-errors:backend resolved, sent",
    "13:15 objective-at-risk:finance:heartbeat firing",
    "13:55 objective-missed:finance:heartbeat firing, sent",
    "13:55 objective-at-risk:finance:heartbeat resolved",
    "15:00 objective-missed:finance:heartbeat resolved, sent",
    "15:25 stuck-run:tower:run_demo_1765 firing",
    "15:50 stuck-run:tower:run_demo_1765 resolved",
  ]

  @Test func everyMinuteHasItsStatuses() throws {
    let (minutes, alerts) = try replay()
    var current: [String: SystemStatus] = [:]
    var changes: [String] = []
    for (minute, statuses) in minutes.enumerated() {
      for (system, status) in statuses.sorted(by: { $0.key < $1.key }) where current[system] != status {
        changes.append("\(Self.clock(minute + 1)) \(system) \(status.rawValue)")
        current[system] = status
      }
    }
    #expect(changes == Self.expected)
    #expect(alerts == Self.expectedAlerts)
  }

  private static func clock(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  @Test func theSameSeedGivesTheSameDay() {
    #expect(Scenario.scriptedDay.events.map(\.body) == Self.day.events.map(\.body))
    var other = Self.day
    other.seed += 1
    #expect(other.events.map(\.body) != Self.day.events.map(\.body))
  }

  /// Over both changes of the clock: the portal is silent from Friday 17:00 on, and the office opens on Monday at nine.
  @Test(arguments: [
    ("2025-10-20T00:00:00Z", "2025-10-27T09:00:00Z", "2025-10-24T15:59:00Z", "2025-10-24T16:15:00Z"),
    ("2026-03-23T00:00:00Z", "2026-03-30T08:00:00Z", "2026-03-27T17:29:30Z", "2026-03-30T08:15:00Z"),
  ])
  func aWeekOverAChangeOfTheClock(start: String, opens: String, silentFrom: String, amber: String) throws {
    let silence = Scenario.Incident(
      "portal", .silence, from: Timestamp(silentFrom)!, to: Timestamp("2027-01-01T00:00:00Z")!)
    let week = Scenario(seed: 7, start: Timestamp(start)!, days: 8, incidents: [silence])
    var engine = HealthEngine(try HealthPolicy(nil))
    engine.start(at: week.start)
    let end = Timestamp(microseconds: week.start.microseconds + 8 * Span.day)
    let events = week.events.filter { $0.receivedAt < end }
    for event in events { engine.observe(HealthEvent(event)) }
    engine.advance(to: end)
    let changes = engine.takeChanges().statuses.filter { $0.system == "portal" }
    #expect(changes.map(\.status) == [.unknown, .green, .amber, .red])
    let last = try #require(events.last { $0.source == "portal" }).receivedAt
    let expected = Timestamp(amber)!
    // The silence began a little before: what was left of Friday counts.
    let begun = Timestamp(silentFrom)!.microseconds - last.microseconds
    #expect(changes[2].at.microseconds <= expected.microseconds)
    #expect(expected.microseconds - changes[2].at.microseconds <= begun + 60_000_000)
  }
}

extension HealthEvent {
  init(_ event: ScenarioEvent) {
    let isError = event.type == "backend.fn.error" || event.type == "ci.workflow.failed"
    self.init(
      source: event.source, type: event.type, ts: event.ts, receivedAt: event.receivedAt, isError: isError,
      detail: .init(eventId: event.eventId, correlationId: event.correlationId, payload: event.payload))
  }
}
