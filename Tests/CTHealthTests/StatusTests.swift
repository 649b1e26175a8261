import CTJSON
import Testing

@testable import CTHealth

/// Statuses follow from what was heard and when; never green for lack of data.
@Suite struct StatusTests {
  private let start = time("2025-09-24T10:00:00Z")
  private func minutes(_ number: Double) -> Timestamp { start.advanced(by: Int64(number * 60e6)) }

  @Test func whatWasNeverHeardIsUnknown() throws {
    let engine = TestEngine(try policy())
    engine.start(at: start)
    engine.advance(to: minutes(60 * 24))
    #expect(engine.view(of: "portal")?.status == .unknown)
    #expect(engine.view(of: "portal")?.reasons.map(\.text) == ["Nothing has been received from it yet."])
    #expect(engine.status == .unknown)
    #expect(engine.overall.allSatisfy { $0.status != .green || $0.objective == .heartbeat })
  }

  @Test func silenceIsAmberAndThenRedAtTheInstantAndGreenWithTheNextSignOfLife() throws {
    let engine = TestEngine.running(try policy(), at: start)
    engine.beatAll(until: minutes(20), except: ["portal"])
    engine.beatAll(until: minutes(70), except: ["portal"])
    engine.beat("portal", minutes(71))
    #expect(
      engine.lines() == [
        "2025-09-24T10:15:00.000001Z portal amber", "2025-09-24T11:00:00.000001Z portal red",
        "2025-09-24T11:11:00Z portal green",
      ])
  }

  @Test func outsideBusinessHoursSilenceDoesNotGrow() throws {
    let friday = time("2025-09-26T16:20:00Z")
    let engine = TestEngine.running(try policy(hours: BusinessHours()), at: friday)
    engine.advance(to: time("2025-09-29T08:05:00Z"))
    #expect(engine.view(of: "finance")?.status == .green)
    engine.advance(to: time("2025-09-29T08:06:00Z"))
    #expect(engine.view(of: "finance")?.status == .amber)
    #expect(engine.view(of: "finance")?.since == time("2025-09-29T08:05:00.000001Z"))
  }

  @Test func errorsMakeItAmberThenRedForAnHour() throws {
    let engine = TestEngine.running(try policy(), at: start)
    engine.fail("low", minutes(1))
    for number in 0..<9 { engine.fail("low", minutes(10 + Double(number) / 10)) }
    engine.beatAll(until: minutes(75))
    #expect(
      engine.lines().filter { $0.contains("backend") } == [
        "2025-09-24T10:01:00Z backend amber", "2025-09-24T10:10:48Z backend red",
        "2025-09-24T11:01:00Z backend amber", "2025-09-24T11:10:00Z backend green",
      ])
    #expect(engine.view(of: "backend")?.errors24h == 10)
  }

  @Test func whatAStormOfErrorsCountsUpToIsShownAsItIs() throws {
    let engine = TestEngine.running(try policy(rules: [functionErrors]), at: start)
    for number in 0..<400 { engine.fail("high", start.advanced(by: Int64(number) * 50_000)) }
    let reasons = engine.view(of: "backend")?.reasons.map { $0.text } ?? []
    #expect(reasons.contains("400 errors in the last 60 minutes."), "\(reasons)")
  }

  @Test func lateEventsMakeTheLatencyAmberAndRed() throws {
    let engine = TestEngine.running(try policy(), at: start)
    func send(_ count: Int, lateBy seconds: Int64, at: Timestamp) {
      for _ in 0..<count {
        engine.observe(
          HealthEvent(source: "finance", type: "x", ts: at.advanced(by: -seconds * Span.second), receivedAt: at))
      }
    }
    send(10, lateBy: 1, at: minutes(1))
    engine.advance(to: minutes(2))
    #expect(engine.view(of: "finance")?.objectives.first?.status == .insufficientData)
    send(190, lateBy: 1, at: minutes(3))
    engine.advance(to: minutes(4))
    #expect(engine.view(of: "finance")?.objectives.first?.status == .green)
    #expect(engine.view(of: "finance")?.objectives.first?.errorBudgetLeft == 1)
    send(20, lateBy: 420, at: minutes(5))
    engine.advance(to: minutes(6))
    #expect(engine.view(of: "finance")?.status == .amber)
    send(40, lateBy: 900, at: minutes(7))
    engine.advance(to: minutes(8))
    let view = try #require(engine.view(of: "finance"))
    #expect(view.status == .red && view.objectives[0].errorBudgetLeft! < 0)
    #expect(abs(view.objectives[0].current! - 900) <= 9)
    // A day later all of it has left the window.
    engine.beatAll(until: minutes(8 + 1441))
    #expect(engine.view(of: "finance")?.objectives[0].status == .green)
    #expect(engine.view(of: "finance")?.status == .green)
  }

  @Test func latenciesLeaveAWindowThatIsShorterThanADay() throws {
    var policy = try policy()
    policy.latency.window = Span.hour
    policy.latency.minimumSamples = 1
    let engine = TestEngine.running(policy, at: start)
    for _ in 0..<10 {
      engine.observe(
        HealthEvent(source: "finance", type: "x", ts: start.advanced(by: -900 * Span.second), receivedAt: minutes(1)))
    }
    engine.beatAll(until: minutes(60))
    #expect(engine.view(of: "finance")?.objectives[0].status == .red)
    engine.beatAll(until: minutes(62))
    #expect(engine.view(of: "finance")?.objectives[0].status == .green)
    #expect(engine.view(of: "finance")?.objectives[0].samples == 11)
  }

  @Test func aSystemMayHaveThresholdsOfItsOwn() throws {
    var policy = try policy()
    let place = try #require(policy.systems.firstIndex { $0.id == "github" })
    var slow = HeartbeatPolicy()
    slow.amber = 4 * Span.hour
    slow.red = 8 * Span.hour
    policy.systems[place].heartbeat = slow
    var quick = LatencyPolicy()
    quick.green = 2 * Span.second
    quick.minimumSamples = 1
    policy.systems[place].latency = quick
    let engine = TestEngine.running(policy, at: start)
    engine.observe(HealthEvent(source: "github", type: "x", ts: start, receivedAt: minutes(0.1)))
    engine.observe(HealthEvent(source: "portal", type: "x", ts: start, receivedAt: minutes(0.1)))
    engine.advance(to: minutes(90))
    #expect(engine.view(of: "portal")?.objectives[1].status == .red)
    let github = try #require(engine.view(of: "github"))
    #expect(github.objectives[0].status == .amber && github.objectives[0].target == 2)
    #expect(github.objectives[1].status == .green && github.objectives[1].target == 14_400)
  }

  @Test(arguments: [(3, 3 * 288 + 1), (9, 7 * 288)])
  func theHeartbeatCountsTheSignsOfLifeOfAWeek(days: Int, signs: Int) throws {
    let engine = TestEngine.running(try policy(), at: start)
    engine.beatAll(until: minutes(Double(days) * 1440))
    // It is measured once a minute.
    engine.advance(to: minutes(Double(days) * 1440 + 1))
    #expect(engine.view(of: "portal")?.objectives[1].samples == signs)
  }

  @Test func cancelledRunsDoNotCount() throws {
    let engine = TestEngine.running(try policy(), at: start)
    for number in 0..<98 {
      engine.run("run.started", "r\(number)", minutes(1))
      engine.run("run.finished", "r\(number)", minutes(2), status: "success")
    }
    engine.run("run.finished", "c", minutes(2.1), status: "cancelled")
    engine.advance(to: minutes(3))
    var report = try #require(engine.view(of: "tower")?.objectives.last)
    #expect(report.status == .green && report.samples == 98 && report.errorBudgetLeft == 1)
    engine.run("run.finished", "f", minutes(4), status: "failed")
    engine.run("run.finished", "t", minutes(4.1), status: "timed_out")
    engine.advance(to: minutes(5))
    report = try #require(engine.view(of: "tower")?.objectives.last)
    #expect(report.status == .amber && report.current == 0.98 && report.samples == 100)
    #expect(abs(report.errorBudgetLeft! + 1) < 1e-9)
    #expect(engine.view(of: "tower")?.status == .amber)
    engine.advance(to: minutes(5 + 7 * 1440))
    #expect(engine.view(of: "tower")?.objectives.last?.status == .insufficientData)
  }

  @Test func theSameEventsGiveTheSameChangesHoweverTimeIsAdvanced() throws {
    func replay(step: Double?) throws -> [String] {
      let engine = TestEngine.running(try policy(rules: [functionErrors]), at: start)
      var lines: [String] = []
      for number in 0..<200 {
        let at = minutes(Double(number) * 1.7)
        if let step {
          for tick in stride(from: 0, to: 1.7, by: step) {
            engine.advance(to: minutes(Double(number) * 1.7 - 1.7 + tick))
          }
        }
        if number % 3 == 0 {
          engine.fail(number % 2 == 0 ? "high" : "low", at)
        } else {
          engine.beat(["portal", "finance"][number % 2], at)
        }
        lines += engine.lines()
      }
      return lines
    }
    let once = try replay(step: nil)
    #expect(once.count > 4)
    #expect(try replay(step: 0.1) == once)
  }

  /// Restarted in the middle, with what the store keeps: the statuses and since when.
  @Test func aRestartChangesNothing() throws {
    let engine = TestEngine.running(try policy(), at: start)
    engine.beatAll(until: minutes(30), except: ["website"])
    engine.fail("low", minutes(31))
    engine.advance(to: minutes(40))
    let second = TestEngine(try policy())
    for view in engine.views { second.load(status: view.status, of: view.id, since: view.since) }
    for record in engine.systems {
      var window = record.minutes
      window.expire(at: minutes(40))
      for bucket in window.all { second.load(bucket, of: record.id) }
    }
    second.start(at: minutes(40))
    #expect(second.lines() == [])
    #expect(second.views.map(\.status) == engine.views.map(\.status))
    #expect(second.views.map(\.since) == engine.views.map(\.since))
    #expect(second.views.map(\.errors24h) == engine.views.map(\.errors24h))
    #expect(second.view(of: "finance")?.objectives == engine.view(of: "finance")?.objectives)
  }

  @Test func theMemoryIsThatOfTheMinutesAndNotOfTheEvents() throws {
    let engine = TestEngine.running(try policy(), at: start)
    for minute in 0..<3000 {
      for _ in 0..<20 { engine.beat("portal", minutes(Double(minute))) }
    }
    #expect(engine.keptMinutes <= 1440 + 6)
  }
}
