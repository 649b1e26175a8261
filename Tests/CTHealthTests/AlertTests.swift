import CTJSON
import Testing

@testable import CTHealth

/// An alert fires once, is updated, is resolved; people and dependencies keep it quiet.
@Suite struct AlertTests {
  private let start = time("2025-09-24T10:00:00Z")
  private func minutes(_ number: Double) -> Timestamp { start.advanced(by: Int64(number * 60e6)) }

  private func engine(_ rules: [AlertRule], _ change: (inout HealthPolicy) -> Void = { _ in }) throws -> TestEngine {
    var policy = try policy(rules: rules)
    change(&policy)
    return TestEngine.running(policy, at: start)
  }

  /// The lines about alerts.
  private func alerts(_ engine: TestEngine) -> [String] {
    engine.lines().filter {
      $0.contains(":") && $0.split(separator: " ").count > 2
        && !["green", "amber", "red", "unknown"].contains(String($0.split(separator: " ").last!))
    }
  }

  @Test func threeSevereErrorsInTenMinutesFireOnceAndResolve() throws {
    let engine = try engine([functionErrors])
    engine.fail("high", minutes(1))
    engine.fail("low", minutes(2))
    engine.fail("high", minutes(3))
    engine.fail("high", minutes(11.5))  // ten and a half minutes after the first
    #expect(alerts(engine) == [])
    engine.fail("high", minutes(12))
    engine.fail("high", minutes(12.5))
    engine.beatAll(until: minutes(40))
    #expect(
      alerts(engine) == [
        "2025-09-24T10:12:00Z function-errors:backend firing firing",
        "2025-09-24T10:21:30Z function-errors:backend resolved resolved",
      ])
  }

  @Test func whatLastsIsToldAgainWhenItHasChanged() throws {
    let engine = try engine([functionErrors])
    for number in 0..<80 { engine.fail("high", minutes(Double(number))) }
    engine.beatAll(until: minutes(100))
    #expect(
      alerts(engine)
        == [
          "2025-09-24T10:02:00Z function-errors:backend firing firing",
          "2025-09-24T10:31:00Z function-errors:backend firing updated",
          "2025-09-24T11:01:00Z function-errors:backend firing updated",
          "2025-09-24T11:27:00Z function-errors:backend resolved resolved",
        ].map { $0 })
  }

  @Test func aConditionHasToHoldForAsLongAsTheRuleSays() throws {
    let engine = try engine([AlertRule(id: "dead-letters", .deadLetters(over: 10), .critical, hold: 30 * Span.minute)])
    var facts = TowerFacts()
    facts.deadLetters = 11
    engine.note(facts, at: minutes(1))
    facts.deadLetters = 10
    engine.note(facts, at: minutes(20))  // begins anew
    facts.deadLetters = 12
    engine.note(facts, at: minutes(21))
    engine.advance(to: minutes(50.9))
    #expect(alerts(engine) == [])
    engine.advance(to: minutes(51))
    facts.deadLetters = 0
    engine.note(facts, at: minutes(60))
    #expect(
      alerts(engine) == [
        "2025-09-24T10:51:00Z dead-letters:tower firing firing",
        "2025-09-24T11:00:00Z dead-letters:tower resolved resolved",
      ])
  }

  @Test func everyStuckRunIsAnAlertOfItsOwn() throws {
    let engine = try engine([AlertRule(id: "stuck-run", .runs, .critical)]) {
      $0.runs.limits["contract.regenerate"] = 10 * Span.minute
    }
    engine.run("run.started", "run_1", minutes(1))
    engine.run("run.started", "run_2", minutes(2))
    engine.run("run.started", "run_3", minutes(2))
    engine.run("run.finished", "run_3", minutes(5), status: "success")
    engine.advance(to: minutes(14))
    engine.run("run.finished", "run_1", minutes(15), status: "failed")
    engine.advance(to: minutes(16))
    #expect(
      alerts(engine) == [
        "2025-09-24T10:11:00.000001Z stuck-run:tower:run_1 firing firing",
        "2025-09-24T10:12:00.000001Z stuck-run:tower:run_2 firing firing",
        "2025-09-24T10:15:00Z stuck-run:tower:run_1 resolved resolved",
      ])
  }

  @Test func lessSevereOnesAreKeptButNotSent() throws {
    var rule = functionErrors
    rule.severity = .error
    let engine = try engine([rule])
    for number in 0..<3 { engine.fail("high", minutes(Double(number))) }
    engine.advance(to: minutes(5))
    #expect(engine.openAlerts.map(\.state) == [.firing])
    #expect(alerts(engine) == [])
  }

  @Test func anAcknowledgedAlertIsNotToldAgainButItsEndIs() throws {
    let engine = try engine([functionErrors])
    for number in 0..<5 { engine.fail("high", minutes(Double(number))) }
    let id = try #require(engine.openAlerts.first?.id)
    let alert = engine.acknowledge(id, by: "desk", note: "looking", at: minutes(5))
    #expect(alert?.acknowledged?.by == "desk")
    #expect(engine.acknowledge(id, by: "other", note: nil, at: minutes(6))?.acknowledged?.by == "desk")
    for number in 6..<60 { engine.fail("high", minutes(Double(number))) }
    engine.beatAll(until: minutes(90))
    #expect(
      alerts(engine).map { $0.split(separator: " ").last } == ["firing", "acknowledged", "resolved"])
    #expect(engine.acknowledge(id, by: "late", note: nil, at: minutes(91)) == nil)
  }

  @Test func aSnoozedAlertIsToldAgainAfterwards() throws {
    let engine = try engine([functionErrors])
    for number in 0..<3 { engine.fail("high", minutes(Double(number))) }
    let id = try #require(engine.openAlerts.first?.id)
    #expect(engine.snooze(id, until: minutes(65), by: "desk", at: minutes(4)) != nil)
    for number in 5..<70 { engine.fail("high", minutes(Double(number))) }
    #expect(
      alerts(engine) == [
        "2025-09-24T10:02:00Z function-errors:backend firing firing",
        "2025-09-24T11:05:00Z function-errors:backend firing firing",
      ])
  }

  @Test func alertsOfWhatDependsOnARedSystemStayQuiet() throws {
    let missed = AlertRule(id: "missed", .objective(.red, [.heartbeat], systems: nil), .critical)
    let engine = try engine([missed])
    // The portal and finance depend on the backend; the website does not.
    engine.beatAll(until: minutes(5), except: ["backend"])
    engine.beatAll(until: minutes(100), except: ["backend", "portal", "website"])
    #expect(
      alerts(engine) == [
        "2025-09-24T11:00:00.000001Z missed:backend:heartbeat firing firing",
        "2025-09-24T11:05:00.000001Z missed:website:heartbeat firing firing",
      ])
    let portal = try #require(engine.openAlerts.first { $0.systemId == "portal" })
    #expect(portal.state == .firing && portal.isMuted && portal.notifiedAt == nil)
    // With the backend back, what is still wrong with the portal is told; its end then too.
    engine.beat("backend", minutes(101))
    engine.advance(to: minutes(102))
    engine.beat("portal", minutes(103))
    #expect(
      alerts(engine) == [
        "2025-09-24T11:41:00Z missed:backend:heartbeat resolved resolved",
        "2025-09-24T11:41:00Z missed:portal:heartbeat firing firing",
        "2025-09-24T11:43:00Z missed:portal:heartbeat resolved resolved",
      ])
  }

  @Test func certificatesAndTheStoreAreWatched() throws {
    let engine = try engine([
      AlertRule(id: "expires", .certificates(days: 14, unreadable: true), .critical),
      AlertRule(id: "soon", .certificates(days: 3, unreadable: false), .critical),
      AlertRule(id: "store", .store, .critical),
    ])
    var facts = TowerFacts()
    facts.certificates = [.init(name: "portal.example", .until(minutes(14 * 1440 + 30)))]
    engine.note(facts, at: minutes(1))
    engine.advance(to: minutes(40))
    facts.storeFault = "disk-full"
    engine.note(facts, at: minutes(50))
    #expect(engine.view(of: "tower")?.status == .red)
    facts.storeFault = nil
    engine.note(facts, at: minutes(51))
    #expect(
      alerts(engine) == [
        "2025-09-24T10:31:00Z expires:tower:portal.example firing firing",
        "2025-09-24T10:50:00Z store:tower firing firing", "2025-09-24T10:51:00Z store:tower resolved resolved",
      ])
  }

  @Test func aCertificateThatCannotBeReadIsAnAlertOfTheMilderRuleOnly() throws {
    let engine = try engine([
      AlertRule(id: "expires", .certificates(days: 14, unreadable: true), .critical),
      AlertRule(id: "soon", .certificates(days: 3, unreadable: false), .critical),
    ])
    var facts = TowerFacts()
    facts.certificates = [.init(name: "a", .unknown("a.pem cannot be read"))]
    engine.note(facts, at: minutes(1))
    #expect(engine.openAlerts.map(\.rule) == ["expires"])
    #expect(engine.openAlerts.first?.title == "The certificate a cannot be read")
    facts.certificates = [.init(name: "a", .until(start))]
    engine.note(facts, at: minutes(2))
    #expect(engine.openAlerts.map(\.rule).sorted() == ["expires", "soon"])
    #expect(engine.openAlerts.map(\.detail).allSatisfy { $0 == "It expired at 2025-09-24T10:00:00Z." })
  }

  @Test func theEndOfASnoozedAlertThatSomebodyLooksAfterIsTold() throws {
    let engine = try engine([functionErrors])
    for number in 0..<3 { engine.fail("high", minutes(Double(number))) }
    let id = try #require(engine.openAlerts.first?.id)
    _ = engine.acknowledge(id, by: "desk", note: nil, at: minutes(3))
    _ = engine.snooze(id, until: minutes(5), by: "desk", at: minutes(4))
    engine.beatAll(until: minutes(30))
    #expect(
      alerts(engine).map { $0.split(separator: " ").last } == ["firing", "acknowledged", "resolved"])
  }

  @Test func whoWasNotToldOfAnAlertIsNotToldThatSomebodyLooksAfterIt() throws {
    var rule = functionErrors
    rule.severity = .warning
    let engine = try engine([rule])
    for number in 0..<3 { engine.fail("high", minutes(Double(number))) }
    let id = try #require(engine.openAlerts.first?.id)
    #expect(engine.acknowledge(id, by: "desk", note: nil, at: minutes(3))?.acknowledged != nil)
    #expect(alerts(engine) == [])
  }

  @Test func aRuleOfYourOwnConcernsTheSystemsAndObjectivesThatItNames() throws {
    let rule = AlertRule(id: "own", .objective(.amber, [.heartbeat], systems: ["website"]), .critical)
    let engine = try engine([rule])
    engine.beatAll(until: minutes(40), except: ["website", "github"])
    #expect(alerts(engine) == ["2025-09-24T10:15:00.000001Z own:website:heartbeat firing firing"])
  }

  @Test func anAlertOfASystemThatIsNotWatchedAnyMoreEndsWithTheNextStart() throws {
    let engine = try engine([functionErrors])
    for number in 0..<3 { engine.fail("high", minutes(Double(number))) }
    let kept = try #require(engine.openAlerts.first)
    var smaller = try policy(rules: [functionErrors])
    smaller.systems.removeAll { $0.id == "backend" }
    let second = TestEngine(smaller)
    second.load(kept)
    second.start(at: minutes(5))
    #expect(second.openAlerts.isEmpty)
    #expect(alerts(second) == ["2025-09-24T10:05:00Z function-errors:backend resolved resolved"])
  }

  @Test func anAlertSurvivesARestartAndIsNotToldAgain() throws {
    let engine = try engine([functionErrors])
    for number in 0..<3 { engine.fail("high", minutes(Double(number))) }
    let kept = try #require(engine.openAlerts.first)
    let second = TestEngine(try policy(rules: [functionErrors]))
    second.load(try #require(Alert(json: kept.json)))
    for number in 0..<3 { second.fail("high", minutes(Double(number))) }
    second.start(at: minutes(5))
    #expect(alerts(second) == [])
    #expect(second.openAlerts.map(\.id) == [kept.id])
    second.advance(to: minutes(15))
    #expect(alerts(second).count == 1 && second.openAlerts.isEmpty)
  }

  /// What the tower knows about itself is looked at after the start: until then its alerts neither end nor begin anew.
  @Test func alertsAboutTheTowerSurviveARestart() throws {
    let rules = [
      AlertRule(id: "dead-letters", .deadLetters(over: 10), .critical, hold: 30 * Span.minute),
      AlertRule(id: "expires", .certificates(days: 14, unreadable: true), .critical),
    ]
    let engine = try engine(rules)
    var facts = TowerFacts()
    facts.deadLetters = 11
    facts.certificates = [.init(name: "a", .until(start))]
    engine.note(facts, at: minutes(1))
    engine.advance(to: minutes(32))
    let kept = engine.openAlerts
    #expect(kept.map(\.state) == [.firing, .firing])
    let second = TestEngine(try policy(rules: rules))
    for alert in kept { second.load(alert) }
    second.start(at: minutes(33))
    second.advance(to: minutes(34))
    #expect(second.openAlerts.map(\.id) == kept.map(\.id))
    second.note(facts, at: minutes(35))
    #expect(second.openAlerts.map(\.id) == kept.map(\.id))
    #expect(alerts(second) == [])
    facts.deadLetters = 0
    second.note(facts, at: minutes(36))
    #expect(second.openAlerts.map(\.rule) == ["expires"])
  }

  @Test func theDocumentComesBackAsItWas() throws {
    var alert = Alert(
      id: "alert_1", rule: "r", dedupeKey: "r:s", severity: .warning, state: .firing, title: "t", detail: "d",
      systemId: "s", link: "/x", channels: ["a"], since: minutes(1), startedAt: minutes(2), updatedAt: minutes(3),
      resolvedAt: minutes(4))
    alert.acknowledged = .init(by: "me", at: minutes(5), note: "n")
    alert.snoozedUntil = minutes(6)
    alert.snoozedBy = "me"
    alert.isMuted = true
    alert.isToBeToldAgain = true
    alert.notifiedAt = minutes(7)
    #expect(Alert(json: alert.json) == alert)
    #expect(Alert(json: .object([])) == nil)
  }
}
