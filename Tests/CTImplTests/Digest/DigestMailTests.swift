import CTDigest
import CTFigures
import CTGenerated
import CTJSON
import CTSchedule
import CTStore
import Synchronization
import Testing

@testable import CTChannels
@testable import CTImpl

/// Keeps what it is given to send, or fails as it is told to.
private final class Outbox: Mailer {
  private let state = Mutex<(sent: [EmailMessage], error: DeliveryError?)>(([], nil))

  var sent: [EmailMessage] { state.withLock { $0.sent } }
  func fail(with error: DeliveryError?) { state.withLock { $0.error = error } }

  func send(_ message: EmailMessage) async throws(DeliveryError) -> MailReceipt {
    if let error = state.withLock({ $0.error }) { throw error }
    state.withLock { $0.sent.append(message) }
    return MailReceipt(server: "mail.example.com", reply: "250 OK", refused: [])
  }
}

@Suite struct DigestMailTests {
  private let date = LocalDate("2025-09-27")!

  private func desk(_ tower: TestTower, _ outbox: Outbox, role: String) throws -> DigestDesk {
    var plan = try DigestPlan()
    let channel = EmailChannel(
      from: Mailbox("tower@example.com")!, to: [Mailbox("team@example.com")!], mailer: outbox)
    plan.email = DigestPlan.Email(channel: channel, role: role)
    return DigestDesk(store: tower.store, health: tower.monitor, plan: plan, clock: tower.time.clock)
  }

  private func runner(_ tower: TestTower, _ desk: DigestDesk) -> JobRunner {
    JobRunner(
      store: tower.store, handlers: [DigestMailHandler(desk: desk)], clock: tower.time.clock, seed: 7, log: quietLog)
  }

  @Test(arguments: [("viewer", false), ("maintainer", true)])
  func `a digest is sent once, as the role may read it`(role: String, seesPayloads: Bool) async throws {
    try await TestTower.with { tower in
      let outbox = Outbox()
      let desk = try desk(tower, outbox, role: role)
      for _ in 0..<3 { _ = try await desk.make(date) }
      let runner = runner(tower, desk)
      for _ in 0..<3 { try await runner.runDue() }
      let message = try #require(outbox.sent.first)
      #expect(outbox.sent.count == 1)
      #expect(message.subject == "Control Tower 2025-09-27: unknown, nothing needs attention")
      #expect(message.id == "digest_2025-09-27")
      #expect(message.text.contains("Finance") == seesPayloads)
      #expect(message.html?.contains("Finance") == seesPayloads)
    }
  }

  @Test func `a mail server that is away gets it later`() async throws {
    try await TestTower.with { tower in
      let outbox = Outbox()
      let desk = try desk(tower, outbox, role: "viewer")
      _ = try await desk.make(date)
      let runner = runner(tower, desk)
      outbox.fail(with: DeliveryError(.passing(), "away"))
      try await runner.runDue()
      outbox.fail(with: nil)
      tower.time.advance(seconds: 60)
      try await runner.runDue()
      #expect(outbox.sent.count == 1)
    }
  }

  @Test func `without a channel nobody gets anything`() async throws {
    try await TestTower.with { tower in
      _ = try await tower.digests.make(date)
      #expect(try await tower.store.documents(in: Job.collection, after: nil, descending: false, limit: 10).isEmpty)
    }
  }

  @Test func `a channel that is not there, or sends no mail, is told at the start`() throws {
    let settings = DigestSettings(email: DigestEmail(channel: "team-mail"))
    let error = #expect(throws: ConfigurationError.self) { try DigestPlan(settings) }
    #expect(error?.description.contains("'team-mail'") == true)
  }

  @Test func `a time zone that this machine does not know is told at the start`() throws {
    let error = #expect(throws: ConfigurationError.self) { try DigestPlan(DigestSettings(timeZone: "Mars/Olympus")) }
    #expect(error?.description.contains("Mars/Olympus") == true)
  }
}
