import CTChannels
import CTHTTP
import CTJSON
import CTStore
import Synchronization
import Testing

@testable import CTImpl

/// A channel whose receiver does what the test says, in order.
private final class Scripted: Channel {
  private let answers: Mutex<[DeliveryError?]>
  private let seen = Mutex<[CTChannels.Notification]>([])

  init(_ answers: DeliveryError?...) { self.answers = Mutex(answers) }

  var delivered: [String] { seen.withLock { $0.map(\.id) } }
  var links: [String?] { seen.withLock { $0.map(\.link) } }

  func send(_ notification: CTChannels.Notification) async throws(DeliveryError) -> String {
    seen.withLock { $0.append(notification) }
    let error = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    if let error { throw error }
    return "taken"
  }
}

/// Notifications on their way through the queue.
@Suite struct DeliveryTests {
  private let notification = CTChannels.Notification(
    id: "ntf_1", rule: "r", severity: .critical, state: .firing, title: "t", detail: "d", dedupeKey: "k",
    startedAt: Timestamp("2025-09-27T10:00:00Z")!, at: Timestamp("2025-09-27T10:00:00Z")!)

  private func runner(_ tower: TestTower, _ channel: Scripted, publicURL: String? = nil) -> JobRunner {
    let handler = AlertDeliveryHandler(
      channels: ChannelTable(["on-call": channel]), store: tower.store, publicURL: publicURL, log: quietLog)
    return JobRunner(store: tower.store, handlers: [handler], clock: tower.time.clock, seed: 7, log: quietLog)
  }

  private func enqueue(
    _ runner: JobRunner, channel: String = "on-call", _ other: CTChannels.Notification? = nil
  ) async throws {
    let delivery = Delivery(other ?? notification, channel: channel)
    try await runner.enqueue(kind: Delivery.kind, payload: delivery.payload, id: delivery.jobId)
  }

  private func letters(_ tower: TestTower) async throws -> [CTStore.DeadLetter] {
    try await DeadLetterShelf(store: tower.store).page(.init(), before: nil, limit: 10).letters
  }

  @Test func aPassingFailureIsTriedAgainAndDeliveredOnce() async throws {
    try await TestTower.with { tower in
      let channel = Scripted(DeliveryError(.passing(), "away"), nil)
      let runner = runner(tower, channel)
      try await enqueue(runner)
      for _ in 0..<20 {
        try await runner.runDue()
        tower.time.advance(seconds: 1)
      }
      #expect(channel.delivered == ["ntf_1", "ntf_1"])
      #expect(try await letters(tower).isEmpty)
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).isEmpty)
    }
  }

  @Test(arguments: [(40, 40), (100_000, 300)])
  func notBeforeTheReceiverSays(seconds: Int, wait: Int) async throws {
    try await TestTower.with { tower in
      let channel = Scripted(DeliveryError(.passing(retryAfter: seconds), "busy"))
      let runner = runner(tower, channel)
      try await enqueue(runner)
      try await runner.runDue()
      tower.time.advance(seconds: Double(wait) - 0.5)
      try await runner.runDue()
      #expect(channel.delivered.count == 1)
      tower.time.advance(seconds: 1)
      try await runner.runDue()
      #expect(channel.delivered.count == 2)
    }
  }

  @Test func aFinalFailureIsADeadLetterAtOnce() async throws {
    try await TestTower.with { tower in
      let channel = Scripted(DeliveryError(.final, "answered 410"))
      let runner = runner(tower, channel)
      try await enqueue(runner)
      try await runner.runDue()
      let letter = try #require(try await letters(tower).first)
      #expect(letter.kind == "alert.deliver" && letter.attempts == 1 && letter.error == "on-call: answered 410")
      #expect(try Delivery(payload: letter.payload).notification == notification)
    }
  }

  @Test func anUnknownChannelIsADeadLetterAtOnce() async throws {
    try await TestTower.with { tower in
      let runner = runner(tower, Scripted())
      try await enqueue(runner, channel: "nobody")
      try await runner.runDue()
      #expect(try await letters(tower).map(\.error) == ["there is no channel 'nobody' in the configuration"])
    }
  }

  /// Three severe errors, and what the tower then puts into the queue.
  private func fire(_ tower: TestTower) async throws {
    for number in 0..<3 {
      var event = record("e\(number)", type: "backend.fn.error", payload: #"{"fnName":"f","severity":"high"}"#)
      event.source = "backend"
      event.receivedAt = tower.time.now
      event.ts = tower.time.now
      event.signal = .error
      _ = try await tower.store.append(event)
    }
    await tower.monitor.step()
  }

  @Test func theEndOfAnAlertIsToldAfterItsBeginningHoweverOftenThatFails() async throws {
    try await TestTower.with(channels: ["on-call"]) { tower in
      let away = DeliveryError(.passing(), "away")
      let channel = Scripted(away, away, away, away)
      let runner = runner(tower, channel)
      try await fire(tower)
      try await runner.runDue()
      tower.time.advance(seconds: 601)
      await tower.monitor.step()
      for _ in 0..<60 {
        try await runner.runDue()
        tower.time.advance(seconds: 1)
      }
      let notices = channel.delivered.compactMap { $0.split(separator: "_").last }
      #expect(notices == ["firing", "firing", "firing", "firing", "firing", "resolved"])
      #expect(try await tower.store.documents(in: Job.collection, limit: 10).isEmpty)
    }
  }

  @Test func aReplayedLetterAboutAnAlertThatIsOverIsNotSent() async throws {
    try await TestTower.with(channels: ["on-call"]) { tower in
      let channel = Scripted(DeliveryError(.final, "gone"))
      let runner = runner(tower, channel)
      try await fire(tower)
      try await runner.runDue()
      tower.time.advance(seconds: 601)
      await tower.monitor.step()
      let letter = try #require(try await letters(tower).first)
      _ = try await DeadLetterDesk(store: tower.store, clock: tower.time.clock).replay(letter.id, token: "desk")
      for _ in 0..<5 {
        try await runner.runDue()
        tower.time.advance(seconds: 1)
      }
      #expect(channel.delivered.compactMap { $0.split(separator: "_").last } == ["firing", "resolved"])
    }
  }

  @Test(
    arguments: [
      (nil, nil), ("https://tower.example", "https://tower.example/alerts"),
      ("https://tower.example/ct/", "https://tower.example/ct/alerts"),
    ] as [(String?, String?)])
  func aLinkLeadsToWherePeopleReachTheTower(publicURL: String?, link: String?) async throws {
    try await TestTower.with { tower in
      let channel = Scripted()
      let runner = runner(tower, channel, publicURL: publicURL)
      var linked = notification
      linked.link = "/alerts"
      try await enqueue(runner, linked)
      try await runner.runDue()
      #expect(channel.links == [link])
    }
  }

  @Test func whatIsNoNotificationIsADeadLetterAtOnce() async throws {
    try await TestTower.with { tower in
      let runner = runner(tower, Scripted())
      try await runner.enqueue(kind: Delivery.kind, payload: Array(#"{"channel":"on-call"}"#.utf8))
      try await runner.runDue()
      #expect(try await letters(tower).map(\.attempts) == [1])
    }
  }
}
